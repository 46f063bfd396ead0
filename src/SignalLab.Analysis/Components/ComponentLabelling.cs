using SignalLab.Analysis.Maps;
using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>Says what components seem to be, by rules that can be read.</summary>
public static class ComponentLabelling
{
    private const double SlopeFromHz = 7;
    private const double SlopeToHz = 75;

    extension(Decomposition decomposition)
    {
        /// <summary>Labels each component by its map, its spectrum, its course and its correlation with eye and heart channels where there are any. Looks at no more than five minutes, spread over the recording.</summary>
        /// <param name="recording">A recording with the decomposed channels, their places if known, and the eye and heart channels.</param>
        /// <param name="highpassHz">High-pass before, as for fitting; null for none.</param>
        /// <returns>The decomposition with its labels.</returns>
        /// <exception cref="UnfitInputException">A decomposed channel is missing.</exception>
        public Decomposition Label(Recording recording, double? highpassHz = 1)
        {
            ArgumentNullException.ThrowIfNull(recording);
            var excerpt = new ComponentExcerpt(decomposition, recording, highpassHz);
            return decomposition with { Labels = [.. Enumerable.Range(0, decomposition.Count).Select(k => ComponentRules.Judge(Features(decomposition, recording, excerpt, k)))] };
        }

        /// <summary>The artefacts that the labels are sure of.</summary>
        /// <param name="leastConfidence">Least confidence, 0 to 1.</param>
        /// <returns>Their numbers.</returns>
        public IReadOnlyList<int> Artifacts(double leastConfidence = 0.7) =>
            [.. Enumerable.Range(0, decomposition.Labels.Count).Where(k => decomposition.Labels[k].IsArtifact && decomposition.Labels[k].Confidence >= leastConfidence)];

        /// <summary>Power densities of the components over no more than five minutes, spread over the recording.</summary>
        /// <param name="recording">A recording with the decomposed channels.</param>
        /// <param name="highpassHz">High-pass before, or null for none.</param>
        public IReadOnlyList<Series> Spectra(Recording recording, double? highpassHz = 1) => new ComponentExcerpt(decomposition, recording, highpassHz).Densities;
    }

    private static ComponentFeatures Features(Decomposition decomposition, Recording recording, ComponentExcerpt excerpt, int k)
    {
        var (activation, density) = (excerpt.Activations[k], excerpt.Densities[k]);
        var end = Math.Min(density.Axis.Values[^1], excerpt.TopHz);
        var total = ComponentCourse.Power(density, 1, density.Axis.Values[^1]);
        double Share(double from, double to) => total > 0 ? ComponentCourse.Power(density, from, to) / total : 0;
        double Line(int n) => excerpt.LineHz * n + 1 < density.Axis.Values[^1] ? Share((excerpt.LineHz * n) - 1, (excerpt.LineHz * n) + 1) : 0;
        var around = (ComponentCourse.Mean(density, 4, 7) + ComponentCourse.Mean(density, 14, 18)) / 2;
        return new()
        {
            Kurtosis = ComponentCourse.Kurtosis(activation),
            Slope = ComponentCourse.Slope(density, SlopeFromHz, Math.Min(SlopeToHz, end), excerpt.LineHz),
            SlowShare = Share(1, 5),
            LineShare = Line(1) + Line(2),
            AlphaRatio = around > 0 ? ComponentCourse.Mean(density, 8, 13) / around : 0,
            Eye = Best(recording, excerpt.Eyes, activation),
            Heart = Best(recording, excerpt.Hearts, activation),
            Beats = ComponentCourse.Beats(activation, excerpt.RateHz),
            Focus = Focus(decomposition, k),
            Map = EyeMapOf(decomposition, recording, k),
        };
    }

    private static (double Value, string Channel) Best(Recording recording, SortedDictionary<int, double[]> channels, double[] activation) =>
        channels.Select(c => (ComponentCourse.Correlation(c.Value, activation), recording.Channels[c.Key].Label)).OrderByDescending(c => c.Item1).FirstOrDefault((0, ""));

    // Values of different kinds are compared as parts of that kind's usual size.
    private static (double Value, string Channel) Focus(Decomposition decomposition, int k)
    {
        var channels = decomposition.Channels;
        var sizes = channels.Select((c, i) => (c.Kind, decomposition.Maps.Sum(m => m[i] * m[i]))).GroupBy(c => c.Kind).ToDictionary(g => g.Key, g => g.Average(c => c.Item2));
        double[] squares = [.. channels.Select((c, i) => sizes[c.Kind] > 0 ? decomposition.Maps[k][i] * decomposition.Maps[k][i] / sizes[c.Kind] : 0)];
        var at = Array.IndexOf(squares, squares.Max());
        return (squares.Sum() > 0 ? squares[at] / squares.Sum() : 0, channels[at].Label);
    }

    private static EyeMap? EyeMapOf(Decomposition decomposition, Recording recording, int k)
    {
        var (indices, _, _) = decomposition.Placed(recording);
        var kind = new[] { ChannelKind.Eeg, ChannelKind.Mag }.Cast<ChannelKind?>().FirstOrDefault(wanted => indices.Any(i => recording.Channels[i].Kind == wanted && recording.Channels[i].Sensor is not null));
        int[] located = kind is null ? [] : [.. Enumerable.Range(0, indices.Length).Where(i => recording.Channels[indices[i]].Kind == kind && recording.Channels[indices[i]].Sensor is not null)];
        if (located.Length < 8)
        {
            return null;
        }

        var centre = HeadSphere.Of(recording, kind!.Value).CentreMetres;
        return EyeMap.Of([.. located.Select(i => recording.Channels[indices[i]].Sensor!.PositionMetres - centre)], [.. located.Select(i => decomposition.Maps[k][i])]);
    }
}
