using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Validation;
using SignalLab.Analysis.Simulation;

namespace SignalLab.Cli.Ecg;

/// <summary>A twelve-lead ECG whose fiducials are known exactly.</summary>
/// <param name="Beat">Times and shape of its beats.</param>
/// <param name="Decibels">Signal over noise, of lead II.</param>
/// <param name="Seconds">Its length.</param>
internal sealed record SimulatedCase(SimulatedBeat Beat, double Decibels, double Seconds)
{
    private const int Seed = 11;

    /// <summary>The intervals that are compared, by the examination's names.</summary>
    public static IReadOnlyList<(string Name, string Heading)> Intervals { get; } = [("PR interval", "PR"), ("QRS duration", "QRS"), ("QT interval", "QT")];

    /// <summary>Simulates and examines it.</summary>
    public (Simulated<Model.Recording> Simulated, EcgExamination Examination) Examine()
    {
        var lead = EcgSimulation.TwelveLead(Seed, Seconds, Beat, 0).Data.ReadAll(1);
        var noise = Math.Sqrt(lead.Average(v => v * v)) / Math.Pow(10, Decibels / 20);
        var simulated = EcgSimulation.TwelveLead(Seed, Seconds, Beat, noise);
        return (simulated, simulated.Data.Examine(EcgDefaults.Options()));
    }

    /// <summary>Simulates it and compares what is measured with what is true.</summary>
    public SimulatedOutcome Measure()
    {
        var (simulated, examination) = Examine();
        var rate = simulated.Data.Channels[0].RateHz;
        var beats = simulated.Truth["beats"]!.AsArray().Select(b => Marks(b!.AsObject(), rate)).ToList();
        double[] truth = [Beat.PrSeconds, Beat.QrsSeconds, Beat.QtSeconds];
        return new(
            rate,
            DetectionScore.Of([.. beats.Select(b => new ReferenceMark(b.R!.Value, "N"))], [.. examination.Beats.Select(b => b.Sample)], rate),
            WaveSet.Of(beats),
            WaveSet.Of(examination.Beats.Select(b => b.Global)),
            [.. Intervals.Select((n, i) => examination.Measurements.FirstOrDefault(m => m.Name == n.Name)?.Value - (1000 * truth[i]))]);
    }

    private static WaveMarks Marks(JsonObject truth, double rate)
    {
        long? At(string name) => truth[name] is { } value ? (long)Math.Round(value.GetValue<double>() * rate) : null;
        return new() { POn = At("p_on_s"), P = At("p_s"), POff = At("p_off_s"), QrsOn = At("qrs_on_s"), R = At("r_s"), QrsOff = At("qrs_off_s"), TOn = At("t_on_s"), T = At("t_s"), TOff = At("t_off_s") };
    }
}

/// <summary>What was measured on one simulated ECG, beside the truth.</summary>
/// <param name="RateHz">Samples a second.</param>
/// <param name="Beats">How well its beats were found.</param>
/// <param name="Truth">The true marks.</param>
/// <param name="Ours">The global marks.</param>
/// <param name="IntervalErrorsMs">Measured minus true PR, QRS and QT of the usual beat; null where not measured.</param>
internal sealed record SimulatedOutcome(double RateHz, DetectionScore Beats, WaveSet Truth, WaveSet Ours, IReadOnlyList<double?> IntervalErrorsMs);

/// <summary>How well simulated ECGs of one condition were measured.</summary>
/// <param name="Condition">What they have in common.</param>
/// <param name="Outcomes">The ECGs.</param>
internal sealed record SimulatedScore(string Condition, IReadOnlyList<SimulatedOutcome> Outcomes)
{
    private static readonly (WaveKind Kind, string Heading)[] Shown =
        [(WaveKind.POn, "P on"), (WaveKind.POff, "P off"), (WaveKind.QrsOn, "QRS on"), (WaveKind.QrsOff, "QRS off"), (WaveKind.T, "T"), (WaveKind.TOff, "T off")];

    private readonly DetectionScore beats = Outcomes.Aggregate(default(DetectionScore), (sum, o) => sum.Add(o.Beats));
    private readonly DelineationScore waves = Waves(Outcomes);

    /// <summary>Conditions as a table in Markdown.</summary>
    public static string Markdown(IReadOnlyList<SimulatedScore> scores)
    {
        var text = new StringBuilder();
        text.Append("| condition | ECGs | beats Se % | PPV % | ").AppendJoin(" | ", Shown.Select(s => s.Heading)).Append(" | ").AppendJoin(" | ", SimulatedCase.Intervals.Select(i => i.Heading)).Append(" |\n| - | -: | -: | -: | ")
            .AppendJoin(" | ", Enumerable.Repeat("-:", Shown.Length + SimulatedCase.Intervals.Count)).Append(" |\n");
        foreach (var score in scores)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {score.Condition} | {score.Outcomes.Count} | {score.beats.SensitivityPercent:0.#} | {score.beats.PositivePredictivityPercent:0.#} | ")
                .AppendJoin(" | ", Shown.Select(s => Cell(score.waves.Waves[(int)s.Kind]))).Append(" | ")
                .AppendJoin(" | ", SimulatedCase.Intervals.Select((_, i) => Cell([.. score.Outcomes.Select(o => o.IntervalErrorsMs[i])]))).Append(" |\n");
        }

        return text.ToString();
    }

    /// <summary>The same as a document.</summary>
    public static JsonArray Json(IReadOnlyList<SimulatedScore> scores) => new([.. scores.Select(s => (JsonNode)new JsonObject
    {
        ["condition"] = s.Condition,
        ["ecgs"] = s.Outcomes.Count,
        ["se_percent"] = s.beats.SensitivityPercent,
        ["ppv_percent"] = s.beats.PositivePredictivityPercent,
        ["waves"] = new JsonObject(Shown.Select(w => KeyValuePair.Create(w.Heading, (JsonNode?)Json(s.waves.Waves[(int)w.Kind])))),
        ["interval_errors_ms"] = new JsonObject(SimulatedCase.Intervals.Select((n, i) => KeyValuePair.Create(n.Heading, (JsonNode?)new JsonArray([.. s.Outcomes.Select(o => (JsonNode?)o.IntervalErrorsMs[i])])))),
    })]);

    private static DelineationScore Waves(IReadOnlyList<SimulatedOutcome> outcomes)
    {
        var scorer = new DelineationScorer();
        foreach (var outcome in outcomes)
        {
            scorer.Add(outcome.Truth, [outcome.Ours], outcome.RateHz);
        }

        return scorer.Sum();
    }

    private static JsonObject Json(WaveScore wave) => new() { ["se_percent"] = wave.SensitivityPercent, ["mean_ms"] = wave.Errors?.MeanMs, ["sd_ms"] = wave.Errors?.SdMs };

    private static string Cell(WaveScore wave) => wave.Errors is not { } e ? "not found" : Cell(e.MeanMs, e.SdMs, wave.Reference, wave.Found);

    private static string Cell(IReadOnlyList<double?> errors)
    {
        double[] measured = [.. errors.OfType<double>()];
        return measured.Length == 0 ? "–" : errors.Count == 1 ? Signed(measured[0]) : Cell(measured.Average(), ErrorSummary.Of(measured).SdMs, errors.Count, measured.Length);
    }

    private static string Cell(double mean, double sd, double all, double found) =>
        string.Create(CultureInfo.InvariantCulture, $"{Signed(mean)} ± {sd:0.#}{(found < all ? string.Create(CultureInfo.InvariantCulture, $" ({Math.Floor(100 * found / all):0} %)") : "")}");

    private static string Signed(double value) => value.ToString("+0.#;-0.#;0", CultureInfo.InvariantCulture);
}
