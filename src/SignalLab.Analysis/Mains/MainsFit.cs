using System.Numerics;
using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Spectra;

namespace SignalLab.Analysis.Mains;

/// <summary>A sinusoid found in a window: Re(amplitude · exp(i·turn·t)), t in samples from the window's start.</summary>
/// <param name="RadiansPerSample">Its frequency.</param>
/// <param name="Amplitude">Peak amplitude and phase.</param>
internal readonly record struct HumLine(double RadiansPerSample, Complex Amplitude);

/// <summary>Fits sinusoids near given frequencies to windows of one length, each where it stands out from what surrounds it.</summary>
/// <remarks>
/// Source: Thomson, Proc. IEEE 70 (1982) 1055–1096, § XIII: the amplitude that several Slepian tapers agree on, and the F-test of their agreement. The frequency is sought
/// where that amplitude is largest, as the maximum-likelihood estimate of Rife and Boorstyn, IEEE Trans. Inf. Theory 20 (1974) 591–598.
/// </remarks>
internal sealed class MainsFit
{
    private const double HalfBandwidth = 4;
    private const int TaperCount = 7;
    private const int Searches = 40;
    private const int Anchored = 64;
    private const double GoldenPart = 0.6180339887498949;

    private readonly double[][] tapers;
    private readonly double[] sums;
    private readonly double sumOfSquares;
    private readonly double[] combined;
    private readonly double[] nominal;
    private readonly double[] minus;
    private readonly double tolerance;
    private readonly double[] thresholds;

    /// <summary>Prepares for windows of one length.</summary>
    /// <param name="length">Samples a window, more than twice the half bandwidth of the tapers.</param>
    /// <param name="nominal">Angular frequencies sought, per sample: multiples of the first.</param>
    /// <param name="tolerance">How far the first may stray, in radians per sample.</param>
    /// <param name="significance">Probability at which the F-test gives way.</param>
    public MainsFit(int length, double[] nominal, double tolerance, double significance)
    {
        var slepian = SlepianTapers.Of(length, HalfBandwidth, TaperCount, isSymmetric: true);
        tapers = [.. Enumerable.Range(0, TaperCount).Select(k => slepian[k].ToArray())];

        // Odd tapers are antisymmetric: a line at their centre frequency leaves nothing in them.
        sums = [.. tapers.Select((t, k) => k % 2 == 0 ? t.Sum() : 0)];
        sumOfSquares = sums.Sum(s => s * s);
        combined = new double[length];
        for (var k = 0; k < TaperCount; k += 2)
        {
            for (var t = 0; t < length; t++)
            {
                combined[t] += sums[k] * tapers[k][t] / sumOfSquares;
            }
        }

        (this.nominal, this.tolerance) = (nominal, tolerance);
        minus = new double[length];
        Array.Fill(minus, -1);

        // The quantile of F with 2 and 2K − 2 degrees of freedom in closed form, shared among the frequencies that a search tells apart.
        double Quantile(double p) => (TaperCount - 1) * (Math.Pow(p, -1.0 / (TaperCount - 1)) - 1);
        thresholds = [.. nominal.Select((_, h) => Quantile(significance / (1 + ((h + 1) * tolerance * length / Math.PI))))];
    }

    /// <summary>The shortest window in which tapers of this bandwidth exist and the mains shows some periods.</summary>
    /// <param name="radiansPerSample">Its angular frequency.</param>
    public static int ShortestLength(double radiansPerSample) => (int)Math.Ceiling(Math.Max(4 * HalfBandwidth, 2 * HalfBandwidth * 2 * Math.PI / radiansPerSample));

    /// <summary>Samples a window.</summary>
    public int Length => combined.Length;

    /// <summary>The lines of one window; an amplitude of 0 where none stands out or a value is missing.</summary>
    /// <param name="samples">The window.</param>
    /// <param name="lines">Receives a line for each frequency sought.</param>
    public void Find(ReadOnlySpan<double> samples, Span<HumLine> lines)
    {
        var rest = samples.ToArray();
        var (re, im) = (new double[Length], new double[Length]);
        for (var h = 0; h < nominal.Length; h++)
        {
            var frequency = Strongest(rest, nominal[h], tolerance * (h + 1), re, im);
            Demodulate(rest, frequency, re, im);
            var line = new HumLine(frequency, 2 * Projection(combined, re, im));
            lines[h] = StandsOut(line, thresholds[h], re, im) ? line : line with { Amplitude = 0 };
            Add(rest, 0, lines[h], minus);
        }
    }

    /// <summary>Adds a line's values to a stretch; a value does not depend on where the stretch begins.</summary>
    /// <param name="into">Values from the window's sample <paramref name="from"/> on.</param>
    /// <param name="from">First sample, ≥ 0.</param>
    /// <param name="line">The line.</param>
    /// <param name="weights">What each value is multiplied by.</param>
    public static void Add(Span<double> into, int from, HumLine line, ReadOnlySpan<double> weights)
    {
        if (line.Amplitude == 0)
        {
            return;
        }

        var turn = Complex.FromPolarCoordinates(1, line.RadiansPerSample);
        for (var t = 0; t < into.Length;)
        {
            var anchor = (from + t) / Anchored * Anchored;
            var value = line.Amplitude * Complex.FromPolarCoordinates(1, line.RadiansPerSample * anchor);
            for (var at = anchor; at < from + t; at++)
            {
                value *= turn;
            }

            for (var end = Math.Min(into.Length, anchor + Anchored - from); t < end; t++)
            {
                into[t] += weights[t] * value.Real;
                value *= turn;
            }
        }
    }

    private double Strongest(double[] samples, double centre, double reach, double[] re, double[] im)
    {
        // The window demodulated to the nominal frequency and summed over short pieces: what strays by the tolerance hardly turns within one.
        Demodulate(samples, centre, re, im);
        var piece = Math.Clamp((int)(0.1 / Math.Max(reach, 1e-12)), 1, Math.Max(1, samples.Length / 16));
        var sumsOfPieces = new Complex[(samples.Length + piece - 1) / piece];
        for (var i = 0; i < sumsOfPieces.Length; i++)
        {
            var part = (i * piece)..Math.Min(samples.Length, (i + 1) * piece);
            sumsOfPieces[i] = Projection(combined.AsSpan(part), re.AsSpan(part), im.AsSpan(part));
        }

        double PowerAt(double offset)
        {
            var (sum, p, step) = (Complex.Zero, Complex.One, Complex.FromPolarCoordinates(1, -offset * piece));
            foreach (var s in sumsOfPieces)
            {
                sum += s * p;
                p *= step;
            }

            return (sum.Real * sum.Real) + (sum.Imaginary * sum.Imaginary);
        }

        var spacing = Math.PI / samples.Length;
        var sides = (int)Math.Ceiling(reach / spacing);
        var best = Enumerable.Range(-sides, (2 * sides) + 1).Select(i => Math.Clamp(i * spacing, -reach, reach)).MaxBy(PowerAt);
        return centre + Peak(PowerAt, Math.Max(-reach, best - spacing), Math.Min(reach, best + spacing));
    }

    // Golden section: a maximum between two points.
    private static double Peak(Func<double, double> of, double low, double high)
    {
        var (a, b) = (high - (GoldenPart * (high - low)), low + (GoldenPart * (high - low)));
        var (fa, fb) = (of(a), of(b));
        for (var i = 0; i < Searches; i++)
        {
            if (fa < fb)
            {
                (low, a, fa) = (a, b, fb);
                b = low + (GoldenPart * (high - low));
                fb = of(b);
            }
            else
            {
                (high, b, fb) = (b, a, fa);
                a = high - (GoldenPart * (high - low));
                fa = of(a);
            }
        }

        return (low + high) / 2;
    }

    // Is what the tapers agree on more than what they differ by?
    private bool StandsOut(HumLine line, double threshold, double[] re, double[] im)
    {
        var mean = line.Amplitude / 2;
        var rest = 0.0;
        for (var k = 0; k < TaperCount; k++)
        {
            var difference = Projection(tapers[k], re, im) - (sums[k] * mean);
            rest += (difference.Real * difference.Real) + (difference.Imaginary * difference.Imaginary);
        }

        var agreed = (TaperCount - 1) * sumOfSquares * ((mean.Real * mean.Real) + (mean.Imaginary * mean.Imaginary));
        return agreed > 0 && double.IsFinite(agreed) && agreed > threshold * rest;
    }

    private static Complex Projection(ReadOnlySpan<double> weights, ReadOnlySpan<double> re, ReadOnlySpan<double> im) =>
        new(InnerProduct.Of(weights, re), InnerProduct.Of(weights, im));

    // The samples turned back by a frequency, which then stands still.
    private static void Demodulate(double[] samples, double frequency, double[] re, double[] im)
    {
        var (phase, turn) = (Complex.One, Complex.FromPolarCoordinates(1, -frequency));
        for (var t = 0; t < samples.Length; t++)
        {
            (re[t], im[t]) = (samples[t] * phase.Real, samples[t] * phase.Imaginary);
            phase *= turn;
        }
    }
}
