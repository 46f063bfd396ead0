using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>What is measured of each beat by itself, from which <see cref="BeatFeatures"/> follow; training leaves beats out of it, or puts another rhythm in, to see what has not been recorded.</summary>
/// <param name="IntervalsSeconds">Interval before each beat, s; NaN where none was recorded.</param>
/// <param name="Shapes">beats × <see cref="ShapeNames"/>: each beat's waves against the usual beat around, the patient's usual beat and the beat before.</param>
/// <param name="Clusters">Per beat the number of its shape.</param>
public sealed record BeatEvidence(IReadOnlyList<double> IntervalsSeconds, IReadOnlyList<float[]> Shapes, IReadOnlyList<int> Clusters)
{
    /// <summary>Names of the values in <see cref="Shapes"/>, in order.</summary>
    public static IReadOnlyList<string> ShapeNames { get; } = [.. LocalShape.Names, .. ShapeFeatures.Names];

    /// <summary>Measures beats; the recording is read twice, in order.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="leads">Channel indices, of one rate; of more than two the first limb lead II and chest lead V1 are taken where they are named, else the first two.</param>
    /// <param name="beats">Beats in order of time.</param>
    /// <returns>Empty where there is no lead or no beat.</returns>
    public static BeatEvidence Of(Recording recording, IReadOnlyList<int> leads, IReadOnlyList<Beat> beats)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(leads);
        ArgumentNullException.ThrowIfNull(beats);
        if (leads.Count == 0 || beats.Count == 0)
        {
            return new([], [], []);
        }

        var chosen = Choose(recording, leads);
        var intervals = Intervals(recording, chosen[0], beats);
        var clusters = recording.ClusterBeats(chosen, beats);
        var early = RhythmFeatures.BeforeOverLocal(intervals);
        var usual = BeatFeatures.Usual(clusters.Indices, early);
        var windows = new BeatWindows(recording, chosen);
        var ofAll = new ShapeFeatures(windows, [.. clusters.Templates[usual].Waveforms.SelectMany(w => w).Select(v => (float)v)]);
        var near = new LocalShape(windows, [.. early.Select(e => e > BeatFeatures.Early)]);
        var shapes = new float[beats.Count][];
        windows.Visit(beats, (beat, window) =>
        {
            shapes[beat] = ofAll.Compute(window);
            near.Take(beat, window);
        });
        return new(intervals, [.. near.Finish().Zip(shapes, (local, shape) => (float[])[.. local, .. shape])], clusters.Indices);
    }

    /// <summary>Some of the beats, as if the others had not been: each keeps the interval before it.</summary>
    /// <param name="beats">Indices, in order.</param>
    public BeatEvidence Keep(IReadOnlyList<int> beats) =>
        new([.. beats.Select(b => IntervalsSeconds[b])], [.. beats.Select(b => Shapes[b])], [.. beats.Select(b => Clusters[b])]);

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
}
