using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;

namespace SignalLab.Learning.Beats;

/// <summary>
/// Rhythms that the records at hand hardly hold, made of their beats: patients most of whose beats are supraventricular ectopic, so that no median interval tells what is early,
/// and atrial fibrillation, in which nothing is. Shapes stay as recorded.
/// </summary>
internal static class BeatAugmentation
{
    private const double EctopicShare = 0.6;
    private const int LeastEctopic = 20;
    private const int LongestFibrillation = 300;

    // In fibrillation no P wave repeats: correlations of neighbours as between unrelated stretches.
    private const double CorrelationSpread = 0.38;
    private const double LargestCorrelation = 0.95;

    private static readonly int WithPrevious = BeatEvidence.ShapeNames.ToList().IndexOf("P correlation with previous beat");
    private static readonly int[] PWave = [.. Enumerable.Range(0, BeatEvidence.ShapeNames.Count).Where(i => BeatEvidence.ShapeNames[i].StartsWith("P ", StringComparison.Ordinal))];

    /// <summary>The patient's supraventricular beats and those after them, with so few others that the former are six of ten.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="random">Chooses which of the beats after go.</param>
    /// <returns>Null where fewer than twenty beats are supraventricular.</returns>
    public static LabelledBeats? MostlySupraventricular(LabelledBeats patient, Random random)
    {
        var count = patient.Classes.Count;
        var ectopic = patient.Classes.Count(c => c == BeatClass.Supraventricular);
        if (ectopic < LeastEctopic)
        {
            return null;
        }

        bool IsAfter(int i) => i > 0 && patient.Classes[i - 1] == BeatClass.Supraventricular && patient.Classes[i] != BeatClass.Supraventricular;
        var after = Enumerable.Range(0, count).Count(IsAfter);
        var others = (ectopic / EctopicShare) - ectopic;
        var kept = Enumerable.Range(0, count).Where(i => patient.Classes[i] == BeatClass.Supraventricular || (IsAfter(i) && random.NextDouble() < others / Math.Max(1, after))).ToHashSet();
        int[] rest = [.. Enumerable.Range(0, count).Where(i => !kept.Contains(i) && !IsAfter(i) && patient.Classes[i] is BeatClass.Normal or BeatClass.Ventricular)];
        kept.UnionWith(Spread(rest, (int)others - after));
        return Only(patient, [.. kept.Order()]);
    }

    /// <summary>The patient's normal and ventricular beats at the irregular intervals of atrial fibrillation and without P waves.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="random">Gives rate and intervals.</param>
    /// <param name="withoutP">Shapes of beats before which no P wave stands.</param>
    public static LabelledBeats InFibrillation(LabelledBeats patient, Random random, IReadOnlyList<float[]> withoutP)
    {
        int[] beats = [.. Enumerable.Range(0, patient.Classes.Count).Where(i => patient.Classes[i] is BeatClass.Normal or BeatClass.Ventricular).Take(LongestFibrillation)];
        var some = Only(patient, beats);
        var (usual, spread) = (0.5 + (0.45 * random.NextDouble()), 0.12 + (0.16 * random.NextDouble()));
        var known = some.Evidence.IntervalsSeconds.Where(double.IsFinite).Order().ToArray();
        var intervals = new double[beats.Length];
        var shapes = new float[beats.Length][];
        for (var i = 0; i < beats.Length; i++)
        {
            // The node conducts again after its refractory time; ventricular beats come as early as they did.
            var early = some.Evidence.IntervalsSeconds[i] / known[known.Length / 2];
            intervals[i] = some.Classes[i] == BeatClass.Ventricular && double.IsFinite(early)
                ? usual * Math.Clamp(early, 0.45, 1) * Math.Exp(0.1 * Normal(random))
                : Math.Max(usual * Math.Exp(spread * Normal(random)), (0.6 * usual) + (0.03 * random.NextDouble()));
            shapes[i] = [.. some.Evidence.Shapes[i]];
            var donor = withoutP[random.Next(withoutP.Count)];
            foreach (var p in PWave)
            {
                shapes[i][p] = donor[p];
            }

            shapes[i][WithPrevious] = (float)Math.Clamp(CorrelationSpread * Normal(random), -LargestCorrelation, LargestCorrelation);
        }

        return new(patient.Patient, new(intervals, shapes, some.Evidence.Clusters), some.Classes);
    }

    /// <summary>So many of some, evenly over them.</summary>
    /// <param name="from">All.</param>
    /// <param name="most">How many at most.</param>
    public static IEnumerable<int> Spread(int[] from, int most)
    {
        var take = Math.Clamp(most, 0, from.Length);
        return Enumerable.Range(0, take).Select(k => from[(long)k * from.Length / take]);
    }

    private static LabelledBeats Only(LabelledBeats patient, int[] beats) => new(patient.Patient, patient.Evidence.Keep(beats), [.. beats.Select(b => patient.Classes[b])]);

    // Box and Muller 1958.
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
