using MathNet.Numerics.LinearAlgebra;
using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>Principal components of unit variance of channels that were first scaled to one size a kind.</summary>
/// <param name="Means">Mean of each channel.</param>
/// <param name="Scales">What each channel is divided by: the standard deviation over all channels of its kind.</param>
/// <param name="Directions">Principal directions kept, components × channels, of unit length.</param>
/// <param name="Deviations">Standard deviation along each.</param>
/// <param name="Rank">How many directions have variance at all.</param>
/// <param name="Total">Variance of all directions.</param>
internal sealed record Whitening(double[] Means, double[] Scales, Matrix<double> Directions, double[] Deviations, int Rank, double Total)
{
    // A variance below this part of the largest is rounding: standard deviations one hundred-thousandth of the largest.
    private const double LeastVariance = 1e-10;

    /// <summary>Finds the principal components of samples and replaces the samples by them.</summary>
    /// <param name="samples">Samples, a row a channel; a row a kept component afterwards.</param>
    /// <param name="kinds">Each channel's kind and unit; those alike are scaled alike.</param>
    /// <param name="components">Components to keep, or null.</param>
    /// <param name="fraction">Part of the variance to keep where no number is given.</param>
    /// <exception cref="UnfitInputException">No variance, or fewer directions than asked for.</exception>
    public static Whitening Apply(SampleTiles samples, IReadOnlyList<string> kinds, int? components, double fraction)
    {
        var (size, padded) = (samples.Rows, samples.PaddedRows);
        var means = samples.Means();
        samples.Subtract(means);
        var products = samples.Products();
        var scales = new double[size];
        foreach (var alike in Enumerable.Range(0, size).GroupBy(c => kinds[c], StringComparer.Ordinal))
        {
            var deviation = Math.Sqrt(alike.Average(c => products[(c * padded) + c]));
            foreach (var c in alike)
            {
                scales[c] = deviation > 0 ? deviation : 1;
            }
        }

        // Scaled in place of the samples: the covariance of scaled samples is the scaled covariance.
        var eigen = Matrix<double>.Build.Dense(size, size, (i, j) => products[(i * padded) + j] / (scales[i] * scales[j])).Evd(Symmetricity.Symmetric);
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(i => eigen.EigenValues[i].Real)];
        double[] variances = [.. order.Select(i => eigen.EigenValues[i].Real)];
        var rank = variances[0] > 0 ? variances.Count(v => v > LeastVariance * variances[0]) : 0;
        var kept = Count(variances, rank, components, fraction);
        var directions = Matrix<double>.Build.Dense(kept, size, (i, j) => eigen.EigenVectors[j, order[i]]);
        double[] deviations = [.. variances.Take(kept).Select(Math.Sqrt)];
        var whitening = new Whitening(means, scales, directions, deviations, rank, variances.Take(rank).Sum());
        samples.Mix(ScoreMoments.Padded(whitening.Forward(), padded), kept);
        return whitening;
    }

    /// <summary>From centred channels to principal components of unit variance.</summary>
    public Matrix<double> Forward() => Matrix<double>.Build.Dense(Directions.RowCount, Directions.ColumnCount, (i, j) => Directions[i, j] / (Deviations[i] * Scales[j]));

    /// <summary>From principal components to channels.</summary>
    public Matrix<double> Back() => Matrix<double>.Build.Dense(Directions.ColumnCount, Directions.RowCount, (j, i) => Directions[i, j] * Deviations[i] * Scales[j]);

    private static int Count(double[] variances, int rank, int? components, double fraction)
    {
        if (rank == 0)
        {
            throw new UnfitInputException("The channels are flat in the stretch to be decomposed: there is no variance to take apart.");
        }

        if (components > rank)
        {
            throw new UnfitInputException($"{components} components are asked for, but the data have rank {rank} ({variances.Length} channels; an average reference or interpolated, flat or equal channels lower it): ask for at most {rank}.");
        }

        if (components is { } number)
        {
            return number;
        }

        var total = variances.Take(rank).Sum();
        var (sum, kept) = (0.0, 0);
        while (kept < rank && !(sum > fraction * total))
        {
            sum += variances[kept++];
        }

        return kept;
    }
}
