using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>Numbers by which beats are classified: rhythm, shape against the patient's usual beat, and what beats of the same shape have in common.</summary>
/// <param name="Values">beats × <see cref="Names"/>.</param>
public sealed record BeatFeatures(IReadOnlyList<float[]> Values)
{
    // A beat that comes so early, as a share of the usual interval, is premature.
    internal const float Early = 0.88f;

    private const string PAgainstNear = "P correlation, best lead, against the beats around";
    private const string ShareName = "share of the beats with its shape";
    private const string EarlyName = "share of early beats among them";

    private static readonly string[] Pooled =
    [
        "RR before", "RR after", "QRS spread / usual", "QRS correlation", "RR both", "P correlation, best lead", "QRS size", "T correlation, least lead",
        "RR before / far mean", "RR before / record mean", "local QRS correlation", "local QRS size",
    ];

    private static readonly int Correlation = BeatEvidence.ShapeNames.ToList().IndexOf("QRS correlation");
    private static readonly int BestP = BeatEvidence.ShapeNames.ToList().IndexOf("P correlation, best lead");
    private static readonly int WithPreviousP = BeatEvidence.ShapeNames.ToList().IndexOf(ShapeFeatures.WithPreviousP);

    /// <summary>Names of the values, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. RhythmFeatures.Names, .. BeatEvidence.ShapeNames, "QRS correlation, previous beat", "QRS correlation, next beat", "correlation with next beat",
        "P correlation with next beat", "P correlation with a neighbour", "P waves repeat, near", "P waves repeat, far", "P waves repeat, upper quartile",
        PAgainstNear, ShareName, "is the usual shape", .. Pooled.Select(n => $"{n}, median of its shape"), EarlyName,
    ];

    /// <summary>Index of a value by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static int IndexOf(string name) => Names.ToList().IndexOf(name);

    /// <summary>Measures beats; the recording is read twice, in order.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="leads">Channel indices, of one rate; of more than two the first limb lead II and chest lead V1 are taken where they are named, else the first two.</param>
    /// <param name="beats">Beats in order of time.</param>
    public static BeatFeatures Of(Recording recording, IReadOnlyList<int> leads, IReadOnlyList<Beat> beats) => Of(BeatEvidence.Of(recording, leads, beats));

    /// <summary>Puts together what was measured of single beats: each against its neighbours, the rhythm around it and the beats of its shape.</summary>
    /// <param name="evidence">What was measured.</param>
    public static BeatFeatures Of(BeatEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        if (evidence.Shapes.Count == 0)
        {
            return new([]);
        }

        var rhythm = RhythmFeatures.Compute([.. evidence.IntervalsSeconds]);
        return new(Join(rhythm, evidence.Shapes, evidence.Clusters));
    }

    private static float[][] Join(float[][] rhythm, IReadOnlyList<float[]> shape, IReadOnlyList<int> clusters)
    {
        var last = shape.Count - 1;
        var nextP = shape.Select((_, i) => i == last ? 0 : shape[i + 1][WithPreviousP]).ToArray();
        var neighbourP = shape.Select((s, i) => (double)Math.Max(s[WithPreviousP], nextP[i])).ToArray();
        var (near, far, upper) = (RhythmFeatures.Means(neighbourP, 8), RhythmFeatures.Means(neighbourP, 40), RhythmFeatures.Running(neighbourP, 25, 0.75));
        double[] ownP = [.. shape.Select(s => (double)s[BestP])];
        var usualP = RhythmFeatures.Running(ownP, RhythmFeatures.Around, 0.5);
        var alone = rhythm.Select((r, i) => (float[])
        [
            .. r, .. shape[i], shape[Math.Max(0, i - 1)][Correlation], shape[Math.Min(last, i + 1)][Correlation], shape[Math.Min(last, i + 1)][^1],
            nextP[i], (float)neighbourP[i], (float)near[i], (float)far[i], (float)upper[i], (float)(ownP[i] - usualP[i]),
        ]).ToArray();
        var usual = Usual(clusters, [.. rhythm.Select(r => (double)r[0])]);
        var pooled = Pooled.Select(IndexOf).ToArray();
        var ofShape = new Dictionary<int, float[]>();
        foreach (var group in Enumerable.Range(0, alone.Length).GroupBy(i => clusters[i]))
        {
            int[] members = [.. group];
            ofShape[group.Key] =
            [
                (float)members.Length / alone.Length, group.Key == usual ? 1 : 0,
                .. pooled.Select(f => members.Select(m => alone[m][f]).Order().ElementAt(members.Length / 2)),
                (float)members.Count(m => alone[m][0] < Early) / members.Length,
            ];
        }

        return [.. alone.Select((a, i) => (float[])[.. a, .. ofShape[clusters[i]]])];
    }

    // The shape that most beats have which do not come early.
    internal static int Usual(IReadOnlyList<int> clusters, double[] before)
    {
        var calm = new int[clusters.Max() + 1];
        for (var i = 0; i < before.Length; i++)
        {
            calm[clusters[i]] += before[i] > Early ? 1 : 0;
        }

        return Array.IndexOf(calm, calm.Max());
    }
}
