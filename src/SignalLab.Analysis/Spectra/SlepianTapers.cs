using SignalLab.Analysis.Fourier;

namespace SignalLab.Analysis.Spectra;

/// <summary>Discrete prolate spheroidal sequences: orthonormal tapers that hold as much of their energy as is possible within a band around frequency 0.</summary>
/// <remarks>
/// Source: Slepian, Bell Syst. Tech. J. 57 (1978) 1371–1430, the commuting tridiagonal matrix; Thomson, Proc. IEEE 70 (1982) 1055–1096;
/// Percival and Walden, Spectral Analysis for Physical Applications (1993), ch. 7 and 8, whose signs are kept.
/// </remarks>
public sealed class SlepianTapers
{
    private readonly double[][] weights;

    private SlepianTapers(int length, double halfBandwidth, double[][] weights, double[] concentrations)
    {
        (Length, HalfBandwidth, this.weights, Concentrations) = (length, halfBandwidth, weights, concentrations);
    }

    /// <summary>Number of weights of each taper.</summary>
    public int Length { get; }

    /// <summary>Time times half the bandwidth, NW: half the bandwidth in units of 1 / duration.</summary>
    public double HalfBandwidth { get; }

    /// <summary>Number of tapers.</summary>
    public int Count => weights.Length;

    /// <summary>For each taper the part of its energy inside the band, 0…1, falling: the eigenvalues of the concentration problem.</summary>
    public IReadOnlyList<double> Concentrations { get; }

    /// <summary>Computes tapers in time and memory proportional to length × count.</summary>
    /// <param name="length">Number of weights, ≥ 1.</param>
    /// <param name="halfBandwidth">Time times half the bandwidth, NW, above 0 and below half the length.</param>
    /// <param name="count">Number of tapers, 1 to the length; 2·NW − 1 have good concentration.</param>
    /// <param name="isSymmetric">False for the periodic form that spectra want: tapers of one sample more, whose last is dropped.</param>
    /// <returns>The tapers with their concentrations. Of the full form each has the energy 1; even ones have a positive sum, odd ones begin with a positive lobe.</returns>
    public static SlepianTapers Of(int length, double halfBandwidth, int count, bool isSymmetric = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(halfBandwidth);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, length);
        if (length == 1)
        {
            return new(1, halfBandwidth, [[1]], [Math.Min(1, 2 * halfBandwidth)]);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(halfBandwidth, length / 2.0);
        var full = isSymmetric ? length : checked(length + 1);
        var matrix = new SlepianMatrix(full, halfBandwidth / full);
        var places = matrix.SmallestEigenvalues(count);
        var weights = new double[count][];
        Parallel.For(0, count, k => weights[k] = matrix.Eigenvector(places[k], k));
        var concentrations = ConcentrationsOf(weights, halfBandwidth / full);
        return new(length, halfBandwidth, isSymmetric ? weights : Array.ConvertAll(weights, w => w[..length]), concentrations);
    }

    /// <summary>The weights of one taper.</summary>
    /// <param name="taper">Number of the taper, 0…Count − 1.</param>
    /// <returns><see cref="Length"/> weights.</returns>
    public ReadOnlySpan<double> this[int taper] => weights[taper];

    /// <summary>The tapers that let little leak in from outside the band.</summary>
    /// <param name="concentration">Least part of the energy inside the band.</param>
    /// <returns>Those above it, or the first where none is.</returns>
    public SlepianTapers Above(double concentration)
    {
        var kept = Math.Max(1, Concentrations.Count(c => c > concentration));
        return kept == Count ? this : new(Length, HalfBandwidth, weights[..kept], [.. Concentrations.Take(kept)]);
    }

    // The energy inside the band is the autocorrelation's product with the band's kernel, here over the bins of a transform that holds both without wrapping.
    private static double[] ConcentrationsOf(double[][] weights, double halfWidth)
    {
        var length = weights[0].Length;
        var plan = RealFft.Plan(2 * ComplexFft.FastLength(length));
        var kernel = new double[plan.Length];
        kernel[0] = 2 * halfWidth;
        for (var lag = 1; lag < length; lag++)
        {
            // Whole turns are taken out first, so that long lags keep their digits.
            var turns = halfWidth * lag;
            kernel[lag] = Math.Sin(2 * Math.PI * (turns - Math.Round(turns))) / (Math.PI * lag);
            kernel[^lag] = kernel[lag];
        }

        var band = new double[plan.BinCount];
        plan.Forward(kernel, band, new double[plan.BinCount]);
        var concentrations = new double[weights.Length];
        var most = Math.Max(1, Math.Min(Environment.ProcessorCount, (1 << 24) / length));
        Parallel.For(0, weights.Length, new ParallelOptions { MaxDegreeOfParallelism = most }, k =>
        {
            var (padded, re, im) = (new double[plan.Length], new double[plan.BinCount], new double[plan.BinCount]);
            weights[k].CopyTo(padded, 0);
            plan.Forward(padded, re, im);
            var sum = 0.0;
            for (var f = 0; f < re.Length; f++)
            {
                var sides = f == 0 || 2 * f == plan.Length ? 1 : 2;
                sum += sides * band[f] * ((re[f] * re[f]) + (im[f] * im[f]));
            }

            concentrations[k] = Math.Min(1, sum / plan.Length);
        });
        return concentrations;
    }
}
