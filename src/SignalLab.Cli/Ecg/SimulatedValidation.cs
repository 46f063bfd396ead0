using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Validation;
using SignalLab.Analysis.Simulation;

namespace SignalLab.Cli.Ecg;

/// <summary>One kind of simulated ECG and how well it was measured.</summary>
/// <param name="Condition">What was varied, with its value.</param>
/// <param name="Beats">How well its beats were found.</param>
/// <param name="Waves">How well the global marks were set.</param>
/// <param name="IntervalErrorsMs">Measured minus true PR, QRS and QT of the usual beat; null where not measured.</param>
internal sealed record SimulatedScore(string Condition, DetectionScore Beats, DelineationScore Waves, IReadOnlyList<double?> IntervalErrorsMs);

/// <summary>Twelve-lead ECGs whose fiducials are known exactly, over rates, intervals, shapes of the T wave and noise.</summary>
internal static class SimulatedValidation
{
    private const int Seed = 11;
    private const double Seconds = 30;
    private const double QuietDecibels = 40;

    private static readonly (WaveKind Kind, string Heading)[] Shown =
        [(WaveKind.POn, "P on"), (WaveKind.POff, "P off"), (WaveKind.QrsOn, "QRS on"), (WaveKind.QrsOff, "QRS off"), (WaveKind.T, "T"), (WaveKind.TOff, "T off")];

    private static readonly (string Name, string Heading)[] Intervals = [("PR interval", "PR"), ("QRS duration", "QRS"), ("QT interval", "QT")];

    /// <summary>Simulates and measures every condition.</summary>
    public static IReadOnlyList<SimulatedScore> Run() => [.. Conditions().AsParallel().AsOrdered().Select(c => Score(c.Name, c.Beat, c.Decibels))];

    /// <summary>The result as a table in Markdown.</summary>
    public static string Markdown(IReadOnlyList<SimulatedScore> scores)
    {
        var text = new StringBuilder();
        text.Append("| condition | beats Se % | PPV % | ").AppendJoin(" | ", Shown.Select(s => s.Heading)).Append(" | ").AppendJoin(" | ", Intervals.Select(i => i.Heading)).Append(" |\n| - | -: | -: | ")
            .AppendJoin(" | ", Enumerable.Repeat("-:", Shown.Length + Intervals.Length)).Append(" |\n");
        foreach (var score in scores)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {score.Condition} | {score.Beats.SensitivityPercent:0.#} | {score.Beats.PositivePredictivityPercent:0.#} | ")
                .AppendJoin(" | ", Shown.Select(s => Cell(score.Waves.Waves[(int)s.Kind]))).Append(" | ").AppendJoin(" | ", score.IntervalErrorsMs.Select(Signed)).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>The same as a document.</summary>
    public static JsonArray Json(IReadOnlyList<SimulatedScore> scores) => new([.. scores.Select(s => (JsonNode)new JsonObject
    {
        ["condition"] = s.Condition,
        ["se_percent"] = s.Beats.SensitivityPercent,
        ["ppv_percent"] = s.Beats.PositivePredictivityPercent,
        ["waves"] = new JsonObject(Shown.Select(w => KeyValuePair.Create(w.Heading, (JsonNode?)Json(s.Waves.Waves[(int)w.Kind])))),
        ["interval_errors_ms"] = new JsonObject(Intervals.Select((n, i) => KeyValuePair.Create(n.Heading, (JsonNode?)s.IntervalErrorsMs[i]))),
    })]);

    private static JsonObject Json(WaveScore wave) => new() { ["se_percent"] = wave.SensitivityPercent, ["mean_ms"] = wave.Errors?.MeanMs, ["sd_ms"] = wave.Errors?.SdMs };

    private static IEnumerable<(string Name, SimulatedBeat Beat, double Decibels)> Conditions()
    {
        var usual = new SimulatedBeat(60);
        foreach (var rate in new[] { 30.0, 45, 60, 90, 120, 150, 180, 220 })
        {
            yield return (FormattableString.Invariant($"{rate} /min"), SimulatedBeat.At(rate), QuietDecibels);
        }

        foreach (var qt in new[] { 280.0, 340, 400, 460, 520, 600 })
        {
            yield return (FormattableString.Invariant($"QT {qt} ms"), usual with { QtSeconds = qt / 1000 }, QuietDecibels);
        }

        foreach (var pr in new[] { 80.0, 120, 200, 260, 320 })
        {
            yield return (FormattableString.Invariant($"PR {pr} ms"), usual with { PrSeconds = pr / 1000, PSeconds = Math.Min(0.1, 0.9 * pr / 1000) }, QuietDecibels);
        }

        foreach (var qrs in new[] { 60.0, 80, 120, 160, 200 })
        {
            yield return (FormattableString.Invariant($"QRS {qrs} ms"), usual with { QrsSeconds = qrs / 1000, QtSeconds = 0.44 }, QuietDecibels);
        }

        foreach (var shape in Enum.GetValues<TWaveShape>())
        {
            yield return ($"{shape.ToString().ToLowerInvariant()} T", usual with { TShape = shape }, QuietDecibels);
        }

        foreach (var decibels in new[] { 10.0, 20, 30, 40 })
        {
            yield return (FormattableString.Invariant($"noise {decibels} dB"), usual, decibels);
        }
    }

    private static SimulatedScore Score(string name, SimulatedBeat beat, double decibels)
    {
        var quiet = EcgSimulation.TwelveLead(Seed, Seconds, beat, 0).Data;
        var lead = quiet.ReadAll(1);
        var noise = Math.Sqrt(lead.Average(v => v * v)) / Math.Pow(10, decibels / 20);
        var simulated = EcgSimulation.TwelveLead(Seed, Seconds, beat, noise);
        var examination = simulated.Data.Examine();
        var rate = simulated.Data.Channels[0].RateHz;
        var beats = simulated.Truth["beats"]!.AsArray().Select(b => Marks(b!.AsObject(), rate)).ToList();
        var scorer = new DelineationScorer();
        scorer.Add(WaveSet.Of(beats), [WaveSet.Of(examination.Beats.Select(b => b.Global))], rate);
        double[] truth = [beat.PrSeconds, beat.QrsSeconds, beat.QtSeconds];
        return new(
            name,
            DetectionScore.Of([.. beats.Select(b => new ReferenceMark(b.R!.Value, "N"))], [.. examination.Beats.Select(b => b.Sample)], rate),
            scorer.Sum(),
            [.. Intervals.Select((n, i) => examination.Measurements.FirstOrDefault(m => m.Name == n.Name)?.Value - (1000 * truth[i]))]);
    }

    private static WaveMarks Marks(JsonObject truth, double rate)
    {
        long? At(string name) => truth[name] is { } value ? (long)Math.Round(value.GetValue<double>() * rate) : null;
        return new() { POn = At("p_on_s"), P = At("p_s"), POff = At("p_off_s"), QrsOn = At("qrs_on_s"), R = At("r_s"), QrsOff = At("qrs_off_s"), TOn = At("t_on_s"), T = At("t_s"), TOff = At("t_off_s") };
    }

    private static string Cell(WaveScore wave) => wave.Errors is not { } e ? "not found"
        : string.Create(CultureInfo.InvariantCulture, $"{Signed(e.MeanMs)} ± {e.SdMs:0.#}{(wave.Found < wave.Reference ? string.Create(CultureInfo.InvariantCulture, $" ({wave.SensitivityPercent:0} %)") : "")}");

    private static string Signed(double? value) => value?.ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture) ?? "–";
}
