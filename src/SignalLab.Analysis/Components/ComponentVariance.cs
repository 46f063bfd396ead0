using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>How much of each channel's variance components hold.</summary>
public static class ComponentVariance
{
    private const long MostValues = 12_000_000;

    extension(Decomposition decomposition)
    {
        /// <summary>The part of each decomposed channel's variance that removing components takes away, over the recording as it is (spread stretches of a long one): 1 − variance after / variance before.</summary>
        /// <param name="recording">A recording with the decomposed channels.</param>
        /// <param name="components">Which components.</param>
        /// <returns>A value a decomposed channel; NaN for a flat one. Below zero where the removal adds variance.</returns>
        /// <exception cref="UnfitInputException">A component or a channel does not exist.</exception>
        public double[] RemovedVariance(Recording recording, IReadOnlyList<int> components)
        {
            ArgumentNullException.ThrowIfNull(recording);
            var cleaned = decomposition.Remove(recording, components);
            var (indices, _, _) = decomposition.Placed(recording);
            var stretches = FittingStretches.Of(recording, indices, 0, null, Math.Max(1, MostValues / indices.Length));
            var (before, after) = (Variances(recording, indices, stretches), Variances(cleaned, indices, stretches));
            return [.. before.Zip(after, (b, a) => b > 0 ? 1 - (a / b) : double.NaN)];
        }
    }

    private static double[] Variances(Recording recording, int[] channels, List<(long First, long Count)> stretches)
    {
        var (samples, _) = FittingSamples.Read(recording, channels, stretches);
        if (samples.Count == 0)
        {
            return [.. channels.Select(_ => double.NaN)];
        }

        samples.Subtract(samples.Means());
        var products = samples.Products();
        return [.. channels.Select((_, i) => products[(i * samples.PaddedRows) + i])];
    }
}
