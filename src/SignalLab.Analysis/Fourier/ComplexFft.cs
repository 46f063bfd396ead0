using System.Buffers;
using System.Collections.Concurrent;

namespace SignalLab.Analysis.Fourier;

/// <summary>
/// Discrete Fourier transform of one length, X[k] = Σ x[t]·exp(−2πi·k·t/n): a plan that is made once, shared by all threads, and allocates nothing.
/// Lengths of the primes 2, 3, 5 and 7 are split by them, others are turned into a convolution of such a length (Bluestein).
/// </summary>
/// <remarks>Source: Van Loan, Computational Frameworks for the Fast Fourier Transform, §§ 1.7 and 4.2; Bluestein, IEEE Trans. Audio Electroacoust. 18 (1970) 451–455.</remarks>
public sealed class ComplexFft
{
    private static readonly ConcurrentDictionary<int, ComplexFft> Plans = new();

    private readonly StockhamPass[] passes;
    private readonly Bluestein? convolution;

    private ComplexFft(int length)
    {
        Length = length;
        var factors = SmallFactors(length);
        convolution = factors is null ? new Bluestein(length) : null;
        passes = new StockhamPass[factors?.Count ?? 0];
        var (left, stride) = (length, 1);
        for (var i = 0; i < passes.Length; i++)
        {
            passes[i] = new(factors![i], left, stride);
            left /= factors[i];
            stride *= factors[i];
        }
    }

    /// <summary>Number of values that are transformed.</summary>
    public int Length { get; }

    /// <summary>The plan of a length, made at the first call.</summary>
    /// <param name="length">Number of values, ≥ 1.</param>
    public static ComplexFft Plan(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return Plans.GetOrAdd(length, n => new ComplexFft(n));
    }

    /// <summary>Transforms.</summary>
    /// <param name="re">Real parts, Length × batch.</param>
    /// <param name="im">Imaginary parts, Length × batch.</param>
    /// <param name="spectrumRe">Receives the real parts; may be <paramref name="re"/>.</param>
    /// <param name="spectrumIm">Receives the imaginary parts; may be <paramref name="im"/>.</param>
    /// <param name="batch">Independent transforms side by side: value t of transform b stands at t·batch + b.</param>
    public void Forward(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> spectrumRe, Span<double> spectrumIm, int batch = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var size = checked(Length * batch);
        ArgumentOutOfRangeException.ThrowIfNotEqual(re.Length, size, nameof(re));
        ArgumentOutOfRangeException.ThrowIfNotEqual(im.Length, size, nameof(im));
        ArgumentOutOfRangeException.ThrowIfNotEqual(spectrumRe.Length, size, nameof(spectrumRe));
        ArgumentOutOfRangeException.ThrowIfNotEqual(spectrumIm.Length, size, nameof(spectrumIm));
        if (convolution is not null)
        {
            convolution.Forward(re, im, spectrumRe, spectrumIm, batch);
            return;
        }

        var rented = ArrayPool<double>.Shared.Rent(2 * size);
        var otherRe = rented.AsSpan(0, size);
        var otherIm = rented.AsSpan(size, size);

        // The passes alternate between two buffers; the values start in the one from which the last pass ends in the spectrum.
        var intoOther = passes.Length % 2 == 0;
        if (intoOther)
        {
            re.CopyTo(spectrumRe);
            im.CopyTo(spectrumIm);
        }
        else
        {
            re.CopyTo(otherRe);
            im.CopyTo(otherIm);
        }

        foreach (var pass in passes)
        {
            if (intoOther)
            {
                pass.Run(spectrumRe, spectrumIm, otherRe, otherIm, batch);
            }
            else
            {
                pass.Run(otherRe, otherIm, spectrumRe, spectrumIm, batch);
            }

            intoOther = !intoOther;
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Transforms back: x[t] = (1/n)·Σ X[k]·exp(2πi·k·t/n).</summary>
    /// <param name="spectrumRe">Real parts, Length × batch.</param>
    /// <param name="spectrumIm">Imaginary parts, Length × batch.</param>
    /// <param name="re">Receives the real parts; may be <paramref name="spectrumRe"/>.</param>
    /// <param name="im">Receives the imaginary parts; may be <paramref name="spectrumIm"/>.</param>
    /// <param name="batch">Independent transforms side by side.</param>
    public void Inverse(ReadOnlySpan<double> spectrumRe, ReadOnlySpan<double> spectrumIm, Span<double> re, Span<double> im, int batch = 1)
    {
        // With real and imaginary parts exchanged the forward transform turns the other way.
        Forward(spectrumIm, spectrumRe, im, re, batch);
        var scale = 1.0 / Length;
        for (var i = 0; i < re.Length; i++)
        {
            re[i] *= scale;
            im[i] *= scale;
        }
    }

    /// <summary>The next length that splits into 2, 3 and 5 alone, for convolutions.</summary>
    /// <param name="length">Least length.</param>
    internal static int FastLength(int length)
    {
        var n = Math.Max(1, length);
        while (SmallFactors(n) is null || n % 7 == 0)
        {
            n++;
        }

        return n;
    }

    // Fours first: from the second pass on the numbers side by side fill vectors. Null where a prime above 7 is left.
    private static List<int>? SmallFactors(int length)
    {
        var factors = new List<int>();
        foreach (var radix in (ReadOnlySpan<int>)[4, 2, 5, 3, 7])
        {
            for (; length % radix == 0; length /= radix)
            {
                factors.Add(radix);
            }
        }

        return length == 1 ? factors : null;
    }
}
