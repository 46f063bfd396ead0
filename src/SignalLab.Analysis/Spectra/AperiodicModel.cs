using MathNet.Numerics.LinearAlgebra;

namespace SignalLab.Analysis.Spectra;

/// <summary>Least squares of offset − log10(knee + f^exponent), by Levenberg and Marquardt's steps where there is a knee.</summary>
/// <param name="frequenciesHz">Frequencies.</param>
/// <param name="logDensity">Logarithms of the densities, base 10.</param>
/// <param name="hasKnee">Three parameters instead of two.</param>
/// <remarks>Source: Marquardt, J. SIAM 11 (1963) 431–441; errors from the Jacobian: Seber and Wild, Nonlinear Regression (1989), § 2.1.</remarks>
internal sealed class AperiodicModel(double[] frequenciesHz, double[] logDensity, bool hasKnee)
{
    private const int MostSteps = 500;

    private readonly double[] logFrequency = Array.ConvertAll(frequenciesHz, Math.Log10);

    /// <summary>Fits the bins that are kept.</summary>
    /// <returns>Offset, exponent and, where there is one, the knee.</returns>
    public double[] Fit(bool[] kept)
    {
        var (n, sx, sy, sxx, sxy) = (0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < kept.Length; i++)
        {
            if (kept[i])
            {
                n++;
                sx += logFrequency[i];
                sy += logDensity[i];
                sxx += logFrequency[i] * logFrequency[i];
                sxy += logFrequency[i] * logDensity[i];
            }
        }

        var slope = ((n * sxy) - (sx * sy)) / ((n * sxx) - (sx * sx));
        double[] line = [(sy - (slope * sx)) / n, -slope];
        return hasKnee ? Bent(kept, line) : line;
    }

    /// <summary>Distance of every bin from a fit.</summary>
    public double[] Residuals(double[] fit) => [.. logDensity.Select((y, i) => y - Value(fit, i))];

    /// <summary>The fit with its errors.</summary>
    public AperiodicComponent Describe(double[] fit, bool[] kept)
    {
        var residuals = Residuals(fit).Where((_, i) => kept[i]).ToArray();
        var values = logDensity.Where((_, i) => kept[i]).ToArray();
        var mean = values.Average();
        var (unexplained, total) = (residuals.Sum(r => r * r), values.Sum(v => (v - mean) * (v - mean)));
        var normal = Jacobian(fit, kept);
        var covariance = (normal.TransposeThisAndMultiply(normal)).PseudoInverse() * (unexplained / Math.Max(1, values.Length - fit.Length));
        double Error(int i) => Math.Sqrt(Math.Max(0, covariance[i, i]));
        return new(
            fit[0], fit[1], hasKnee ? fit[2] : 0, Error(0), Error(1), hasKnee ? Error(2) : 0,
            total > 0 ? 1 - (unexplained / total) : double.NaN, residuals.Average(Math.Abs), values.Length, kept.Length);
    }

    private double Value(double[] fit, int i) => hasKnee
        ? fit[0] - Math.Log10(fit[2] + Math.Pow(frequenciesHz[i], fit[1]))
        : fit[0] - (fit[1] * logFrequency[i]);

    private Matrix<double> Jacobian(double[] fit, bool[] kept)
    {
        int[] rows = [.. Enumerable.Range(0, kept.Length).Where(i => kept[i])];
        return Matrix<double>.Build.Dense(rows.Length, fit.Length, (r, c) =>
        {
            var (f, power) = (logFrequency[rows[r]], Math.Pow(frequenciesHz[rows[r]], fit[1]));
            return c switch
            {
                0 => 1,
                1 => hasKnee ? -f * power / (fit[2] + power) : -f,
                _ => -1 / (Math.Log(10) * (fit[2] + power)),
            };
        });
    }

    private double[] Bent(bool[] kept, double[] line)
    {
        double[] fit = [line[0], Math.Max(0.1, line[1]), 0];
        var (damping, cost) = (1e-3, Cost(fit, kept));
        for (var step = 0; step < MostSteps && damping < 1e12; step++)
        {
            var jacobian = Jacobian(fit, kept);
            var residuals = Vector<double>.Build.Dense([.. Residuals(fit).Where((_, i) => kept[i])]);
            var normal = jacobian.TransposeThisAndMultiply(jacobian);
            var damped = normal + (damping * Matrix<double>.Build.DiagonalOfDiagonalVector(normal.Diagonal()));
            var change = damped.Solve(jacobian.TransposeThisAndMultiply(residuals));
            double[] next = [fit[0] + change[0], fit[1] + change[1], fit[2] + change[2]];
            var nextCost = Cost(next, kept);
            if (!(nextCost <= cost))
            {
                damping *= 4;
                continue;
            }

            var isDone = cost - nextCost <= 1e-15 * cost;
            (fit, cost, damping) = (next, nextCost, damping / 3);
            if (isDone)
            {
                break;
            }
        }

        return fit;
    }

    private double Cost(double[] fit, bool[] kept) => Residuals(fit).Where((_, i) => kept[i]).Sum(r => r * r);
}
