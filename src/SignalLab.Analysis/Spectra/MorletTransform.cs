using System.Buffers;
using System.Runtime.Intrinsics;
using SignalLab.Analysis.Fourier;

namespace SignalLab.Analysis.Spectra;

/// <summary>Convolves channels with wavelets: each channel is transformed once, eight side by side, and comes back once a wavelet. Beyond its ends a signal is taken as 0.</summary>
public sealed class MorletTransform
{
    private const int Together = 8;

    private readonly MorletWavelets wavelets;
    private readonly int reach;
    private readonly ComplexFft plan;
    private readonly double[][] spectra;

    /// <summary>Prepares for pieces of one length.</summary>
    /// <param name="wavelets">The wavelets.</param>
    /// <param name="mostSamples">Longest piece that will be asked for; longer ones are cut into several.</param>
    public MorletTransform(MorletWavelets wavelets, int mostSamples)
    {
        ArgumentNullException.ThrowIfNull(wavelets);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSamples, 1);
        this.wavelets = wavelets;
        reach = wavelets.Reach;
        plan = ComplexFft.Plan(LengthFor(mostSamples, reach));
        spectra = new double[wavelets.FrequenciesHz.Count][];
        Parallel.For(0, spectra.Length, f => spectra[f] = SpectrumOf(wavelets[f]));
    }

    /// <summary>Samples beyond each end of a piece that its values depend on.</summary>
    public int Reach => reach;

    // Samples that one transform brings back.
    private int PerTransform => plan.Length - (2 * reach);

    /// <summary>Power: the squared magnitude of the coefficients, in the square of the samples' unit.</summary>
    /// <param name="samples">channels × samples, one channel after the other.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="power">Receives channels × frequencies × samples.</param>
    /// <param name="before">Leading samples that only serve the others: they have no values of their own.</param>
    /// <param name="after">Trailing samples of that kind.</param>
    public void Power(ReadOnlyMemory<double> samples, int channels, Memory<double> power, int before = 0, int after = 0) => Run(samples, channels, before, after, power, null);

    /// <summary>Complex coefficients, in the samples' unit.</summary>
    /// <param name="samples">channels × samples, one channel after the other.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="re">Receives channels × frequencies × samples.</param>
    /// <param name="im">Receives as many.</param>
    /// <param name="before">Leading samples that only serve the others.</param>
    /// <param name="after">Trailing samples of that kind.</param>
    public void Coefficients(ReadOnlyMemory<double> samples, int channels, Memory<double> re, Memory<double> im, int before = 0, int after = 0) => Run(samples, channels, before, after, re, im);

    private void Run(ReadOnlyMemory<double> samples, int channels, int before, int after, Memory<double> first, Memory<double>? second)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples.Length % channels, 0);
        var stored = samples.Length / channels;
        var count = stored - before - after;
        ArgumentOutOfRangeException.ThrowIfNotEqual(first.Length, (long)channels * spectra.Length * count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(second?.Length ?? first.Length, first.Length);
        var pieces = (count + PerTransform - 1) / PerTransform;
        var groups = (channels + Together - 1) / Together;
        Parallel.For(0, pieces * groups, job =>
        {
            var (channel, start) = (job % groups * Together, job / groups * PerTransform);
            var lanes = Math.Min(Together, channels - channel);
            var length = Math.Min(PerTransform, count - start);
            var size = plan.Length * lanes;
            var rented = ArrayPool<double>.Shared.Rent(4 * size);
            var xr = rented.AsSpan(0, size);
            var xi = rented.AsSpan(size, size);
            var yr = rented.AsSpan(2 * size, size);
            var yi = rented.AsSpan(3 * size, size);
            var missing = Gather(samples.Span, stored, channel, lanes, before + start - reach, xr);
            xi.Clear();
            plan.Forward(xr, xi, xr, xi, lanes);
            for (var f = 0; f < spectra.Length; f++)
            {
                Multiply(xr, xi, spectra[f], yr, yi, lanes);

                // With real and imaginary parts exchanged the forward transform turns back.
                plan.Forward(yi, yr, yi, yr, lanes);
                for (var lane = 0; lane < lanes; lane++)
                {
                    var at = ((((channel + lane) * spectra.Length) + f) * count) + start;
                    var from = (reach * lanes) + lane;
                    var a = first.Span.Slice(at, length);
                    if (second is { } imaginary)
                    {
                        Copy(yr[from..], a, lanes);
                        Copy(yi[from..], imaginary.Span.Slice(at, length), lanes);
                    }
                    else
                    {
                        Square(yr[from..], yi[from..], a, lanes);
                    }

                    Blank(missing[lane], wavelets[f].Re.Count / 2, a, second is { } other ? other.Span.Slice(at, length) : a);
                }
            }

            ArrayPool<double>.Shared.Return(rented);
        });
    }

    // Missing values are taken as 0 here and blank out afterwards what a wavelet over them gave.
    private static List<int>[] Gather(ReadOnlySpan<double> samples, int stored, int channel, int lanes, int from, Span<double> into)
    {
        var missing = new List<int>[lanes];
        into.Clear();
        for (var lane = 0; lane < lanes; lane++)
        {
            missing[lane] = [];
            var source = samples.Slice((channel + lane) * stored, stored);
            var (begin, end) = (Math.Max(0, -from), Math.Min(into.Length / lanes, stored - from));
            for (var t = begin; t < end; t++)
            {
                var value = source[from + t];
                if (double.IsFinite(value))
                {
                    into[(t * lanes) + lane] = value;
                }
                else
                {
                    missing[lane].Add(t);
                }
            }
        }

        return missing;
    }

    private void Blank(List<int> missing, int half, Span<double> first, Span<double> second)
    {
        var done = 0;
        foreach (var t in missing)
        {
            for (done = Math.Max(done, t - half - reach); done <= t + half - reach && done < first.Length; done++)
            {
                (first[done], second[done]) = (double.NaN, double.NaN);
            }
        }
    }

    private static void Multiply(ReadOnlySpan<double> xr, ReadOnlySpan<double> xi, double[] by, Span<double> yr, Span<double> yi, int lanes)
    {
        if (lanes == Together)
        {
            for (var k = 0; k < by.Length; k++)
            {
                var factor = Vector512.Create(by[k]);
                (Vector512.Create(xr.Slice(k * Together, Together)) * factor).CopyTo(yr[(k * Together)..]);
                (Vector512.Create(xi.Slice(k * Together, Together)) * factor).CopyTo(yi[(k * Together)..]);
            }

            return;
        }

        for (var k = 0; k < by.Length; k++)
        {
            for (var i = k * lanes; i < (k + 1) * lanes; i++)
            {
                (yr[i], yi[i]) = (xr[i] * by[k], xi[i] * by[k]);
            }
        }
    }

    private static void Square(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> into, int lanes)
    {
        for (var (t, at) = (0, 0); t < into.Length; t++, at += lanes)
        {
            into[t] = (re[at] * re[at]) + (im[at] * im[at]);
        }
    }

    private static void Copy(ReadOnlySpan<double> from, Span<double> into, int lanes)
    {
        for (var (t, at) = (0, 0); t < into.Length; t++, at += lanes)
        {
            into[t] = from[at];
        }
    }

    // A transform that holds the piece and the wavelet's reach at both ends: the one whose cost a sample is least, long ones charged for leaving the cache.
    private static int LengthFor(int samples, int reach)
    {
        var whole = ComplexFft.FastLength(Math.Min(samples, 1 << 20) + (2 * reach));
        var (best, least) = (whole, double.PositiveInfinity);
        foreach (var length in (ReadOnlySpan<int>)[whole, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 1 << 17])
        {
            if (length != whole && (length >= whole || length <= 4 * reach))
            {
                continue;
            }

            var pieces = Math.Ceiling(samples / (double)(length - (2 * reach)));
            var cost = pieces * length * Math.Log2(length) * (length > 4096 ? 1.4 : 1);
            (best, least) = cost < least ? (length, cost) : (best, least);
        }

        return best;
    }

    // A wavelet's conjugate is its mirror image in time, so that its spectrum is real.
    private double[] SpectrumOf((IReadOnlyList<double> Re, IReadOnlyList<double> Im) wavelet)
    {
        var (re, im) = (new double[plan.Length], new double[plan.Length]);
        var half = wavelet.Re.Count / 2;
        for (var s = -half; s <= half; s++)
        {
            var at = s < 0 ? s + plan.Length : s;
            (re[at], im[at]) = (wavelet.Re[s + half] / plan.Length, wavelet.Im[s + half] / plan.Length);
        }

        plan.Forward(re, im, re, im);
        return re;
    }
}
