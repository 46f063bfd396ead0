using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>Beats grouped by the shape of their QRS complexes.</summary>
/// <param name="Templates">The shapes, the most frequent first; their class is still open.</param>
/// <param name="Indices">Per beat the index of its template.</param>
public sealed record BeatClusters(IReadOnlyList<BeatTemplate> Templates, IReadOnlyList<int> Indices);

/// <summary>Grouping of beats by shape.</summary>
public static class BeatClustering
{
    /// <summary>Most shapes that are told apart; rarer ones join the shape they resemble most.</summary>
    public const int MostTemplates = 40;

    private const double LeastCorrelation = 0.9;

    extension(Recording recording)
    {
        /// <summary>Groups beats whose QRS complexes (−100 to 140 ms, all leads together) correlate by 0.9 or more.</summary>
        /// <param name="leads">Channel indices, of one rate.</param>
        /// <param name="beats">Beats in order of time.</param>
        /// <returns>At most <see cref="MostTemplates"/> shapes at about 120 samples a second (in mV where the leads are voltages), and each beat's.</returns>
        public BeatClusters ClusterBeats(IReadOnlyList<int> leads, IReadOnlyList<Beat> beats)
        {
            ArgumentNullException.ThrowIfNull(leads);
            ArgumentNullException.ThrowIfNull(beats);
            if (leads.Count == 0 || beats.Count == 0)
            {
                return new([], [.. beats.Select(_ => -1)]);
            }

            var windows = new BeatWindows(recording, leads);
            var set = new TemplateSet(windows, LeastCorrelation, MostTemplates);
            var indices = new int[beats.Count];
            windows.Visit(beats, (beat, window) => indices[beat] = set.Add(window));
            var final = set.Final();
            for (var i = 0; i < indices.Length; i++)
            {
                indices[i] = final[indices[i]];
            }

            return new([.. set.Shapes.Select(Template)], indices);

            BeatTemplate Template(TemplateSet.Shape shape) => new(
                shape.Count, BeatClass.Unclassifiable,
                [.. Enumerable.Range(0, leads.Count).Select(l => shape.Mean.AsSpan(l * windows.Length, windows.Length).ToArray().Select(v => (double)v).ToArray())],
                windows.RateHz, windows.Before);
        }
    }
}
