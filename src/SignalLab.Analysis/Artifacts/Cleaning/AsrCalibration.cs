using MathNet.Numerics.LinearAlgebra;
using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>What clean data look like: their mixing and how large each component may become.</summary>
internal sealed class AsrCalibration
{
    private const int MostSeconds = 240;
    private const int LeastSeconds = 10;
    private const int MostIterations = 200;

    private AsrCalibration(Matrix<double> mixing, Matrix<double> limits, int cleanSeconds)
    {
        (Mixing, Limits, CleanSeconds) = (mixing, limits, cleanSeconds);
        LimitEnergy = limits.TransposeThisAndMultiply(limits);
        Tiny = 1e-9 * LimitEnergy.Trace() / limits.ColumnCount;
        for (var c = 0; c < limits.ColumnCount; c++)
        {
            LimitEnergy[c, c] += Tiny;
        }
    }

    /// <summary>Square root of the usual covariance.</summary>
    public Matrix<double> Mixing { get; }

    /// <summary>T: limits of the components, times their directions.</summary>
    public Matrix<double> Limits { get; }

    /// <summary>TᵀT with a trace on its diagonal for directions without signal.</summary>
    public Matrix<double> LimitEnergy { get; }

    /// <summary>That trace.</summary>
    public double Tiny { get; }

    public int CleanSeconds { get; }

    /// <summary>Learns from the clean seconds among at most two hundred and forty, spread over the recording.</summary>
    /// <exception cref="UnfitInputException">Fewer than ten seconds are clean.</exception>
    public static AsrCalibration Of(Recording recording, int[] channels, double[] factors, AsrOptions options)
    {
        var rate = recording.Channels[channels[0]].RateHz;
        var length = Math.Max(8, (int)Math.Round(rate));
        var seconds = Seconds(recording, channels, factors, length);
        var clean = Clean(seconds, options);
        if (clean.Count < LeastSeconds)
        {
            throw new UnfitInputException(FormattableString.Invariant($"Artifact-subspace reconstruction learns from clean seconds: {clean.Count} of {seconds.Count} are clean, at least {LeastSeconds} are needed; leave out faulty channels first."));
        }

        var usual = GeometricMedian([.. clean.Select(s => s.TransposeAndMultiply(s) / length)]);
        var eigen = usual.Evd(Symmetricity.Symmetric);
        var roots = eigen.EigenValues.Real().PointwiseMaximum(0).PointwiseSqrt();
        var mixing = eigen.EigenVectors * Matrix<double>.Build.DenseOfDiagonalVector(roots) * eigen.EigenVectors.Transpose();
        var limits = eigen.EigenVectors.Transpose();
        var half = length / 2;
        var amplitudes = Array.ConvertAll(channels, _ => new double[2 * clean.Count]);
        for (var s = 0; s < clean.Count; s++)
        {
            var components = limits * clean[s];
            for (var k = 0; k < channels.Length; k++)
            {
                amplitudes[k][2 * s] = Rms(components, k, 0, half);
                amplitudes[k][(2 * s) + 1] = Rms(components, k, half, length);
            }
        }

        for (var k = 0; k < channels.Length; k++)
        {
            var (middle, spread) = Robust.Centre(amplitudes[k]);
            limits.SetRow(k, limits.Row(k) * (middle + (options.Cutoff * spread)));
        }

        return new(mixing, limits, clean.Count);
    }

    /// <summary>The matrix with the least sum of distances to all (Weiszfeld 1937), its entries taken as one long vector.</summary>
    public static Matrix<double> GeometricMedian(IReadOnlyList<Matrix<double>> matrices)
    {
        var median = matrices.Aggregate((a, b) => a + b) / matrices.Count;
        for (var i = 0; i < MostIterations; i++)
        {
            double[] weights = [.. matrices.Select(m => 1 / Math.Max(1e-12 * (1e-300 + median.FrobeniusNorm()), (m - median).FrobeniusNorm()))];
            var total = weights.Sum();
            var next = Matrix<double>.Build.Dense(median.RowCount, median.ColumnCount);
            for (var m = 0; m < weights.Length; m++)
            {
                next += matrices[m] * (weights[m] / total);
            }

            var moved = (next - median).FrobeniusNorm();
            median = next;
            if (moved <= 1e-6 * median.FrobeniusNorm())
            {
                break;
            }
        }

        return median;
    }

    private static List<Matrix<double>> Seconds(Recording recording, int[] channels, double[] factors, int length)
    {
        var starts = recording.Runs(channels[0]).SelectMany(r => Enumerable.Range(0, (int)(r.Count / length)).Select(k => r.FirstSample + ((long)k * length))).ToList();
        var used = Math.Min(MostSeconds, starts.Count);
        var seconds = new List<Matrix<double>>(used);
        var block = new double[channels.Length * length];
        for (var i = 0; i < used; i++)
        {
            recording.Samples.Read(channels, starts[(int)((long)i * starts.Count / used)], length, block);
            if (block.All(double.IsFinite))
            {
                seconds.Add(Matrix<double>.Build.Dense(channels.Length, length, (c, t) => block[(c * length) + t] * factors[c]));
            }
        }

        return seconds;
    }

    private static List<Matrix<double>> Clean(List<Matrix<double>> seconds, AsrOptions options)
    {
        if (seconds.Count == 0)
        {
            return [];
        }

        var outliers = new int[seconds.Count];
        var n = seconds[0].RowCount;
        for (var c = 0; c < n; c++)
        {
            double[] amplitude = [.. seconds.Select(s => Math.Log(Rms(s, c, 0, s.ColumnCount) + double.Epsilon))];
            var (middle, spread) = Robust.Centre(amplitude);
            for (var s = 0; s < amplitude.Length; s++)
            {
                outliers[s] += amplitude[s] - middle > options.OutlierZ * Math.Max(spread, 0.05) ? 1 : 0;
            }
        }

        return [.. seconds.Where((_, s) => outliers[s] <= options.MostOutliers * n)];
    }

    private static double Rms(Matrix<double> rows, int row, int from, int end)
    {
        var sum = 0.0;
        for (var t = from; t < end; t++)
        {
            sum += rows[row, t] * rows[row, t];
        }

        return Math.Sqrt(sum / (end - from));
    }
}
