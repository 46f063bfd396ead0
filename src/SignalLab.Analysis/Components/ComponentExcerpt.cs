using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Spectra;
using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>Activations, their densities and the eye and heart channels beside them, over as much of a recording as is needed to judge components.</summary>
internal sealed class ComponentExcerpt
{
    private const double MostSeconds = 300;
    private const long MostValues = 10_000_000;
    private const double SegmentSeconds = 2;

    /// <summary>Reads an excerpt.</summary>
    /// <param name="decomposition">The components.</param>
    /// <param name="recording">A recording with the decomposed channels.</param>
    /// <param name="highpassHz">High-pass before, or null.</param>
    public ComponentExcerpt(Decomposition decomposition, Recording recording, double? highpassHz)
    {
        var (indices, _, _) = decomposition.Placed(recording);
        var lead = recording.Channels[indices[0]];
        Eyes = Companions(recording, lead, ChannelKind.Eog, "EOG");
        Hearts = Companions(recording, lead, ChannelKind.Ecg, "ECG", "EKG");
        int[] all = [.. indices.Concat(Eyes.Keys).Concat(Hearts.Keys).Distinct()];
        var prepared = highpassHz is { } cutoff ? recording.Filter(FilterDesign.Butterworth(FilterBand.Highpass(cutoff), 4), Phase.Zero, all) : recording;
        var most = (long)Math.Max(1, Math.Min(MostSeconds * lead.RateHz, MostValues / (double)(decomposition.Count + Eyes.Count + Hearts.Count)));
        var stretches = FittingStretches.Of(recording, indices, 0, null, most);
        if (stretches.Count == 0)
        {
            throw new UnfitInputException("Every sample lies in a stretch marked as bad: components cannot be judged on nothing.");
        }

        RateHz = lead.RateHz;
        Activations = Gather(decomposition.Sources(prepared).Samples, [.. Enumerable.Range(0, decomposition.Count)], stretches);
        foreach (var companions in new[] { Eyes, Hearts })
        {
            int[] keys = [.. companions.Keys];
            var read = Gather(prepared.Samples, keys, stretches);
            for (var i = 0; i < keys.Length; i++)
            {
                companions[keys[i]] = read[i];
            }
        }

        var runs = stretches.Select(s => new Segment(recording.TimeOf(indices[0], s.First), s.Count / RateHz)).ToArray();
        var sources = new Recording([.. Activations.Select((a, k) => new Channel(Decomposition.NameOf(k), ChannelKind.Misc, Unit.One, RateHz, a.Length))], new MemorySamples(Activations)) { Segments = runs };
        Densities = [.. sources.Welch(new WelchOptions { SegmentSeconds = Math.Min(SegmentSeconds, runs.Max(r => r.DurationSeconds)) }).Select(s => s.Density)];
        LineHz = recording.LineFrequencyHz ?? Louder(Densities);
        TopHz = Top(Densities);
    }

    /// <summary>Samples a second.</summary>
    public double RateHz { get; }

    /// <summary>The mains frequency: as the file states it, or the louder of 50 and 60 Hz.</summary>
    public double LineHz { get; }

    /// <summary>Where the data's own low-pass sets in, or half the rate.</summary>
    public double TopHz { get; }

    /// <summary>One row a component.</summary>
    public double[][] Activations { get; }

    /// <summary>Power densities of the activations.</summary>
    public IReadOnlyList<Series> Densities { get; }

    /// <summary>Eye channels by their index.</summary>
    public SortedDictionary<int, double[]> Eyes { get; }

    /// <summary>Heart channels by their index.</summary>
    public SortedDictionary<int, double[]> Hearts { get; }

    private static SortedDictionary<int, double[]> Companions(Recording recording, Channel lead, ChannelKind kind, params string[] words) => new(
        Enumerable.Range(0, recording.Channels.Count)
            .Where(i => recording.Channels[i] is var c && c.RateHz == lead.RateHz && c.SampleCount == lead.SampleCount && !c.IsBad
                && (c.Kind == kind || words.Any(w => c.Label.Contains(w, StringComparison.OrdinalIgnoreCase))))
            .ToDictionary(i => i, _ => Array.Empty<double>()));

    private static double[][] Gather(ISampleSource samples, int[] channels, List<(long First, long Count)> stretches)
    {
        var total = stretches.Sum(s => s.Count);
        var rows = channels.Select(_ => new double[total]).ToArray();
        var at = 0;
        foreach (var (first, count) in stretches)
        {
            const int Most = 1 << 16;
            for (var done = 0L; done < count && channels.Length > 0; done += Most)
            {
                var length = (int)Math.Min(Most, count - done);
                var block = new double[channels.Length * length];
                samples.Read(channels, first + done, length, block);
                for (var i = 0; i < channels.Length; i++)
                {
                    block.AsSpan(i * length, length).CopyTo(rows[i].AsSpan(at, length));
                }

                at += length;
            }
        }

        // What is not finite counts as nothing.
        foreach (var row in rows)
        {
            foreach (ref var value in row.AsSpan())
            {
                value = double.IsFinite(value) ? value : 0;
            }
        }

        return rows;
    }

    private static double Louder(IReadOnlyList<Series> densities)
    {
        double At(double hz) => densities.Sum(d => ComponentCourse.Mean(d, hz - 1, hz + 1) / Math.Max(1e-300, ComponentCourse.Mean(d, hz - 6, hz - 3)));
        return densities[0].Axis.Values[^1] > 61 && At(60) > At(50) ? 60 : 50;
    }

    private static double Top(IReadOnlyList<Series> densities)
    {
        var axis = densities[0].Axis.Values;
        double Mean(double from, double to) => densities.Average(d => ComponentCourse.Mean(d, from, to));
        var reference = Mean(8, 20);
        var top = axis[^1];
        for (var hz = 25.0; hz < axis[^1] - 1; hz++)
        {
            if (Mean(hz - 1, hz + 1) < 0.003 * reference)
            {
                top = hz - 2;
                break;
            }
        }

        return top;
    }
}
