using System.Text.Json.Nodes;
using SignalLab.Analysis.Simulation;

namespace SignalLab.Cli.Ecg;

/// <summary>Twelve-lead ECGs whose fiducials are known exactly, measured over rates, intervals, shapes of the T wave and noise: one thing varied at a time, and all of them together.</summary>
/// <param name="OneVaried">What each condition does by itself.</param>
/// <param name="AllVaried">The grid of <see cref="SimulatedGrid"/>, factor by factor.</param>
internal sealed record SimulatedValidation(IReadOnlyList<SimulatedScore> OneVaried, IReadOnlyList<SimulatedScore> AllVaried)
{
    private const double Seconds = 30;
    private const double QuietDecibels = 40;

    /// <summary>Simulates and measures every condition.</summary>
    /// <param name="only">Names of conditions, the grid left out; null for all of it.</param>
    public static SimulatedValidation Run(IReadOnlySet<string>? only) => new(
        [.. Conditions().Where(c => only is null || only.Contains(c.Name)).AsParallel().AsOrdered().Select(c => new SimulatedScore(c.Name, [new SimulatedCase(c.Beat, c.Decibels, Seconds).Measure()]))],
        only is null ? SimulatedGrid.Score(SimulatedGrid.Cases()) : []);

    /// <summary>The result as tables in Markdown.</summary>
    public string Markdown() => $"**one thing varied**, the others usual\n\n{SimulatedScore.Markdown(OneVaried)}" +
        (AllVaried.Count > 0 ? $"\n**everything varied**, by what the ECGs have in common\n\n{SimulatedScore.Markdown(AllVaried)}" : "");

    /// <summary>The same as a document.</summary>
    public JsonObject Json() => new() { ["one_varied"] = SimulatedScore.Json(OneVaried), ["all_varied"] = SimulatedScore.Json(AllVaried) };

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
            yield return (SimulatedGrid.Name(shape), usual with { TShape = shape }, QuietDecibels);
        }

        foreach (var decibels in new[] { 10.0, 20, 30, 40 })
        {
            yield return (FormattableString.Invariant($"noise {decibels} dB"), usual, decibels);
        }
    }
}
