using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SignalLab.Analysis.Fourier;

namespace SignalLab.Analysis.Spectra;

/// <summary>Gathers one channel's tapered periodograms, eight segments side by side in each transform.</summary>
/// <remarks>Source: Welch, IEEE Trans. Audio Electroacoust. 15 (1967) 70–73; bias of the median: Allen et al., Phys. Rev. D 85 (2012) 122006, appendix B.</remarks>
internal sealed class SegmentSpectra
{
    private const int Together = 8;

    private readonly RealFft plan;
    private readonly double[] weights;
    private readonly double scale;
    private readonly double[] sum;
    private readonly List<double[]>? all;

    /// <summary>Prepares for segments of one length.</summary>
    /// <param name="weights">The taper, as long as a segment; shared, not changed.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="averaging">Mean or median.</param>
    public SegmentSpectra(double[] weights, double rateHz, Averaging averaging)
    {
        plan = RealFft.Plan(weights.Length);
        this.weights = weights;
        scale = 1 / (rateHz * weights.Sum(w => w * w));
        sum = new double[plan.BinCount];
        all = averaging == Averaging.Median ? [] : null;
    }

    /// <summary>Segments taken in so far; those with missing values are passed over.</summary>
    public int Count { get; private set; }

    /// <summary>Takes segments in.</summary>
    /// <param name="samples">The samples from the first segment's first to the last segment's last.</param>
    /// <param name="step">Samples from one segment's start to the next one's.</param>
    public void Add(ReadOnlySpan<double> samples, int step)
    {
        var (n, bins) = (weights.Length, plan.BinCount);
        if (samples.Length < n)
        {
            return;
        }

        // One or two segments alone are not worth eight lanes.
        var lanes = (samples.Length - n) / step < 2 ? 1 : Together;
        var rented = ArrayPool<double>.Shared.Rent((n + (2 * bins)) * lanes);
        var segments = rented.AsSpan(0, n * lanes);
        var re = rented.AsSpan(n * lanes, bins * lanes);
        var im = rented.AsSpan((n + bins) * lanes, bins * lanes);
        var filled = 0;
        for (var start = 0; start + n <= samples.Length; start += step)
        {
            filled += Fill(samples.Slice(start, n), segments[filled..], lanes) ? 1 : 0;
            if (filled == lanes)
            {
                Transform(segments, re, im, lanes, filled);
                filled = 0;
            }
        }

        if (filled > 0)
        {
            for (var at = 0; at < segments.Length; at += lanes)
            {
                segments.Slice(at + filled, lanes - filled).Clear();
            }

            Transform(segments, re, im, lanes, filled);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The one-sided density of what was taken in; NaN where that is nothing.</summary>
    public double[] Density()
    {
        var density = new double[plan.BinCount];
        var column = new double[Count];
        for (var k = 0; k < density.Length; k++)
        {
            // Every bin but 0 and half the rate stands for its negative frequency too.
            var sides = k == 0 || 2 * k == weights.Length ? 1 : 2;
            density[k] = Count == 0 ? double.NaN : sides * scale * (all is null ? sum[k] / Count : Median(column, k) / MedianBias(Count));
        }

        return density;
    }

    private bool Fill(ReadOnlySpan<double> samples, Span<double> lane, int lanes)
    {
        var vectors = MemoryMarshal.Cast<double, Vector512<double>>(samples);
        var totals = Vector512<double>.Zero;
        foreach (var vector in vectors)
        {
            totals += vector;
        }

        var total = Vector512.Sum(totals);
        foreach (var sample in samples[(8 * vectors.Length)..])
        {
            total += sample;
        }

        var mean = total / samples.Length;
        if (!double.IsFinite(mean))
        {
            return false;
        }

        for (var (t, at) = (0, 0); t < samples.Length; t++, at += lanes)
        {
            lane[at] = (samples[t] - mean) * weights[t];
        }

        return true;
    }

    private void Transform(ReadOnlySpan<double> segments, Span<double> re, Span<double> im, int lanes, int filled)
    {
        plan.Forward(segments, re, im, lanes);
        Count += filled;
        if (all is not null)
        {
            for (var lane = 0; lane < filled; lane++)
            {
                var power = new double[plan.BinCount];
                for (var k = 0; k < power.Length; k++)
                {
                    var at = (k * lanes) + lane;
                    power[k] = (re[at] * re[at]) + (im[at] * im[at]);
                }

                all.Add(power);
            }
        }
        else if (lanes == Together)
        {
            var real = MemoryMarshal.Cast<double, Vector512<double>>(re);
            var imaginary = MemoryMarshal.Cast<double, Vector512<double>>(im);
            for (var k = 0; k < real.Length; k++)
            {
                sum[k] += Vector512.Sum((real[k] * real[k]) + (imaginary[k] * imaginary[k]));
            }
        }
        else
        {
            for (var k = 0; k < sum.Length; k++)
            {
                sum[k] += (re[k] * re[k]) + (im[k] * im[k]);
            }
        }
    }

    private double Median(double[] column, int bin)
    {
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = all![i][bin];
        }

        Array.Sort(column);
        var middle = column.Length / 2;
        return column.Length % 2 == 1 ? column[middle] : (column[middle - 1] + column[middle]) / 2;
    }

    // The median of a chi-squared variable with two degrees of freedom, as a part of its mean, for a finite number of segments.
    private static double MedianBias(int segments)
    {
        var bias = 1.0;
        for (var i = 1; i <= (segments - 1) / 2; i++)
        {
            bias += (1.0 / ((2 * i) + 1)) - (1.0 / (2 * i));
        }

        return bias;
    }
}
