using SignalLab.Analysis.Simulation;

namespace SignalLab.Cli.Ecg;

/// <summary>
/// Simulated ECGs in which everything varies at once: every combination of rate, QT and PR in which the T wave ends before the next P wave begins, each with two of the
/// combinations of QRS duration, shape of the T wave and noise, dealt out evenly; and rates at which that range of QT is impossible, with QT and PR as the rate has them.
/// </summary>
internal static class SimulatedGrid
{
    private const double Seconds = 15;
    private const int Deals = 2;

    // Beats come up to 4 % early; a QRS complex takes less than half of QT.
    private const double UsableShareOfRr = 0.94;
    private const double MostOfQt = 0.45;

    private static readonly double[] Rates = [30, 45, 60, 80, 100, 130, 150];
    private static readonly double[] FastRates = [180, 200, 220];
    private static readonly double[] Qts = [0.28, 0.34, 0.4, 0.46, 0.52, 0.6];
    private static readonly double[] Prs = [0.08, 0.12, 0.16, 0.2, 0.26, 0.32];
    private static readonly double[] Complexes = [0.06, 0.08, 0.1, 0.13, 0.16, 0.2];
    private static readonly TWaveShape[] Shapes = Enum.GetValues<TWaveShape>();
    private static readonly double[] Noises = [10, 20, 30, 40];

    // Coprime to the number of combinations, so that all of them come in turn and neighbours differ in all three.
    private const int Stride = 29;

    /// <summary>All combinations.</summary>
    public static IReadOnlyList<SimulatedCase> Cases()
    {
        var beats = (from rate in Rates
                     from qt in Qts
                     from pr in Prs
                     where qt + pr <= UsableShareOfRr * 60 / rate
                     from deal in Enumerable.Range(0, Deals)
                     select new SimulatedBeat(rate, PrSeconds: pr, PSeconds: Math.Min(0.1, 0.8 * pr), QtSeconds: qt)).ToList();
        beats.AddRange(from rate in FastRates from deal in Enumerable.Range(0, Complexes.Length) select SimulatedBeat.At(rate));
        return [.. beats.Select(Dealt)];
    }

    /// <summary>Measures ECGs and sums them up, factor by factor and all together; the fast rates stand only in rows of their own and in the last one.</summary>
    public static IReadOnlyList<SimulatedScore> Score(IReadOnlyList<SimulatedCase> cases)
    {
        var measured = cases.AsParallel().AsOrdered().Select(c => (Case: c, Outcome: c.Measure())).ToList();
        var slow = measured.Where(m => !FastRates.Contains(m.Case.Beat.RatePerMinute)).ToList();
        static IEnumerable<SimulatedScore> By<T>(List<(SimulatedCase Case, SimulatedOutcome Outcome)> of, Func<SimulatedCase, T> factor, Func<T, string> name) =>
            of.GroupBy(m => factor(m.Case)).OrderBy(g => g.Key).Select(g => new SimulatedScore(name(g.Key), [.. g.Select(m => m.Outcome)]));
        return
        [
            .. By(measured, c => c.Beat.RatePerMinute, rate => FormattableString.Invariant($"{rate} /min")),
            .. By(slow, c => c.Beat.QtSeconds, qt => FormattableString.Invariant($"QT {Math.Round(qt * 1000)} ms")),
            .. By(slow, c => c.Beat.PrSeconds, pr => FormattableString.Invariant($"PR {Math.Round(pr * 1000)} ms")),
            .. By(slow, c => c.Beat.QrsSeconds, qrs => FormattableString.Invariant($"QRS {Math.Round(qrs * 1000)} ms")),
            .. By(slow, c => c.Beat.TShape, Name),
            .. By(slow, c => c.Decibels, decibels => FormattableString.Invariant($"noise {decibels} dB")),
            new("all", [.. measured.Select(m => m.Outcome)]),
        ];
    }

    /// <summary>A shape's name.</summary>
    public static string Name(TWaveShape shape) => $"{shape.ToString().ToLowerInvariant()} T";

    private static SimulatedCase Dealt(SimulatedBeat beat, int index)
    {
        double[] complexes = [.. Complexes.Where(q => q <= MostOfQt * beat.QtSeconds)];
        var hand = index * Stride % (Complexes.Length * Shapes.Length * Noises.Length);
        var (complex, shape, noise) = (hand % Complexes.Length, hand / Complexes.Length % Shapes.Length, hand / (Complexes.Length * Shapes.Length));
        return new(beat with { QrsSeconds = complexes[complex % complexes.Length], TShape = Shapes[shape] }, Noises[noise], Seconds);
    }
}
