using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>Numbers by which beats are classified: rhythm, shape against the patient's usual beat, and what beats of the same shape have in common.</summary>
/// <param name="Values">beats × <see cref="Names"/>.</param>
public sealed record BeatFeatures(IReadOnlyList<float[]> Values)
{
    // A beat that comes so early, as a share of the usual interval, is premature.
    private const float Early = 0.88f;

    private const string ShareName = "share of the beats with its shape";
    private const string EarlyName = "share of early beats among them";

    private static readonly string[] Pooled = ["RR before", "RR after", "QRS spread / usual", "QRS correlation", "RR both", "P correlation, best lead", "QRS size", "T correlation, least lead"];

    /// <summary>Names of the values, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. RhythmFeatures.Names, .. ShapeFeatures.Names, "QRS correlation, previous beat", "QRS correlation, next beat", "correlation with next beat",
        ShareName, "is the usual shape", .. Pooled.Select(n => $"{n}, median of its shape"), EarlyName,
    ];

    /// <summary>Index of a value by its name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static int IndexOf(string name) => Names.ToList().IndexOf(name);

    /// <summary>Measures beats; the recording is read twice, in order.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="leads">Channel indices, of one rate; of more than two the first limb lead II and chest lead V1 are taken where they are named, else the first two.</param>
    /// <param name="beats">Beats in order of time.</param>
    public static BeatFeatures Of(Recording recording, IReadOnlyList<int> leads, IReadOnlyList<Beat> beats)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentNullException.ThrowIfNull(beats);
        if (leads.Count == 0 || beats.Count == 0)
        {
            return new([]);
        }

        var chosen = Choose(recording, leads);
        var rhythm = RhythmFeatures.Compute(Intervals(recording, chosen[0], beats));
        var clusters = recording.ClusterBeats(chosen, beats);
        var usual = Usual(clusters, rhythm);
        var windows = new BeatWindows(recording, chosen);
        var shapes = new ShapeFeatures(windows, [.. clusters.Templates[usual].Waveforms.SelectMany(w => w).Select(v => (float)v)]);
        var shape = new float[beats.Count][];
        windows.Visit(beats, (beat, window) => shape[beat] = shapes.Compute(window));
        return new(Join(rhythm, shape, clusters, usual));
    }

    // Two leads are what the model was trained on.
    private static int[] Choose(Recording recording, IReadOnlyList<int> leads)
    {
        if (leads.Count <= 2)
        {
            return [.. leads];
        }

        int[] named = [.. new[] { "II", "V1" }.Select(n => leads.FirstOrDefault(l => string.Equals(recording.Channels[l].Label, n, StringComparison.OrdinalIgnoreCase), -1)).Where(l => l >= 0)];
        return [.. named.Concat(leads).Distinct().Take(2)];
    }

    private static double[] Intervals(Recording recording, int lead, IReadOnlyList<Beat> beats)
    {
        var rate = recording.Channels[lead].RateHz;
        var intervals = new double[beats.Count];
        intervals[0] = double.NaN;
        for (var i = 1; i < beats.Count; i++)
        {
            // Across a gap real time and stored samples differ.
            var stored = (beats[i].Sample - beats[i - 1].Sample) / rate;
            intervals[i] = Math.Abs(beats[i].Seconds - beats[i - 1].Seconds - stored) > 1.5 / rate ? double.NaN : stored;
        }

        return intervals;
    }

    // The shape that most beats have which do not come early.
    private static int Usual(BeatClusters clusters, float[][] rhythm)
    {
        var calm = new int[clusters.Templates.Count];
        for (var i = 0; i < rhythm.Length; i++)
        {
            calm[clusters.Indices[i]] += rhythm[i][0] > Early ? 1 : 0;
        }

        return Array.IndexOf(calm, calm.Max());
    }

    private static float[][] Join(float[][] rhythm, float[][] shape, BeatClusters clusters, int usual)
    {
        var alone = rhythm.Select((r, i) => (float[])
        [
            .. r, .. shape[i], shape[Math.Max(0, i - 1)][0], shape[Math.Min(shape.Length - 1, i + 1)][0], shape[Math.Min(shape.Length - 1, i + 1)][^1],
        ]).ToArray();
        var pooled = Pooled.Select(IndexOf).ToArray();
        var ofShape = new float[clusters.Templates.Count][];
        foreach (var group in Enumerable.Range(0, alone.Length).GroupBy(i => clusters.Indices[i]))
        {
            int[] members = [.. group];
            ofShape[group.Key] =
            [
                (float)members.Length / alone.Length, group.Key == usual ? 1 : 0,
                .. pooled.Select(f => members.Select(m => alone[m][f]).Order().ElementAt(members.Length / 2)),
                (float)members.Count(m => alone[m][0] < Early) / members.Length,
            ];
        }

        return [.. alone.Select((a, i) => (float[])[.. a, .. ofShape[clusters.Indices[i]]])];
    }
}
