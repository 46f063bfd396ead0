using System.Collections.Concurrent;

namespace SignalLab.Analysis.Fourier;

/// <summary>
/// Discrete Fourier transform of one length, X[k] = Σ x[t]·exp(−2πi·k·t/n), in double or single precision: a plan that is made once, shared by all threads,
/// and allocates nothing once a thread has its workspace.
/// Lengths of the primes up to 13 are split by them, others are turned into a convolution of such a length (Bluestein).
/// </summary>
/// <remarks>Source: Van Loan, Computational Frameworks for the Fast Fourier Transform, §§ 1.7 and 4.2; Bluestein, IEEE Trans. Audio Electroacoust. 18 (1970) 451–455.</remarks>
public sealed class ComplexFft
{
    private static readonly ConcurrentDictionary<int, ComplexFft> Plans = new();

    private ComplexFft(int length) => Length = length;

    /// <summary>Number of values that are transformed.</summary>
    public int Length { get; }

    private ComplexBatch<double> Doubles => field ??= new(Length);

    private ComplexBatch<float> Floats => field ??= new(Length);

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
        Check(re.Length, im.Length, spectrumRe.Length, spectrumIm.Length, batch);
        Doubles.ForwardColumns(re, im, spectrumRe, spectrumIm, batch);
    }

    /// <summary>Transforms in single precision.</summary>
    /// <param name="re">Real parts, Length × batch.</param>
    /// <param name="im">Imaginary parts, Length × batch.</param>
    /// <param name="spectrumRe">Receives the real parts; may be <paramref name="re"/>.</param>
    /// <param name="spectrumIm">Receives the imaginary parts; may be <paramref name="im"/>.</param>
    /// <param name="batch">Independent transforms side by side: value t of transform b stands at t·batch + b.</param>
    public void Forward(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> spectrumRe, Span<float> spectrumIm, int batch = 1)
    {
        Check(re.Length, im.Length, spectrumRe.Length, spectrumIm.Length, batch);
        Floats.ForwardColumns(re, im, spectrumRe, spectrumIm, batch);
    }

    /// <summary>Transforms rows that follow one another: value t of row b at b·Length + t.</summary>
    /// <param name="re">Real parts, count × Length.</param>
    /// <param name="im">Imaginary parts, count × Length.</param>
    /// <param name="spectrumRe">Receives the real parts; may be <paramref name="re"/>.</param>
    /// <param name="spectrumIm">Receives the imaginary parts; may be <paramref name="im"/>.</param>
    /// <param name="count">Number of rows.</param>
    public void ForwardRows(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> spectrumRe, Span<double> spectrumIm, int count)
    {
        Check(re.Length, im.Length, spectrumRe.Length, spectrumIm.Length, count);
        Doubles.ForwardRows(re, im, spectrumRe, spectrumIm, count);
    }

    /// <summary>Transforms rows that follow one another in single precision: value t of row b at b·Length + t.</summary>
    /// <param name="re">Real parts, count × Length.</param>
    /// <param name="im">Imaginary parts, count × Length.</param>
    /// <param name="spectrumRe">Receives the real parts; may be <paramref name="re"/>.</param>
    /// <param name="spectrumIm">Receives the imaginary parts; may be <paramref name="im"/>.</param>
    /// <param name="count">Number of rows.</param>
    public void ForwardRows(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> spectrumRe, Span<float> spectrumIm, int count)
    {
        Check(re.Length, im.Length, spectrumRe.Length, spectrumIm.Length, count);
        Floats.ForwardRows(re, im, spectrumRe, spectrumIm, count);
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
        Doubles.Scale(re);
        Doubles.Scale(im);
    }

    /// <summary>Transforms back in single precision.</summary>
    /// <param name="spectrumRe">Real parts, Length × batch.</param>
    /// <param name="spectrumIm">Imaginary parts, Length × batch.</param>
    /// <param name="re">Receives the real parts; may be <paramref name="spectrumRe"/>.</param>
    /// <param name="im">Receives the imaginary parts; may be <paramref name="spectrumIm"/>.</param>
    /// <param name="batch">Independent transforms side by side.</param>
    public void Inverse(ReadOnlySpan<float> spectrumRe, ReadOnlySpan<float> spectrumIm, Span<float> re, Span<float> im, int batch = 1)
    {
        Forward(spectrumIm, spectrumRe, im, re, batch);
        Floats.Scale(re);
        Floats.Scale(im);
    }

    /// <summary>Transforms rows of bins back.</summary>
    /// <param name="spectrumRe">Real parts, count × Length.</param>
    /// <param name="spectrumIm">Imaginary parts, count × Length.</param>
    /// <param name="re">Receives the real parts; may be <paramref name="spectrumRe"/>.</param>
    /// <param name="im">Receives the imaginary parts; may be <paramref name="spectrumIm"/>.</param>
    /// <param name="count">Number of rows.</param>
    public void InverseRows(ReadOnlySpan<double> spectrumRe, ReadOnlySpan<double> spectrumIm, Span<double> re, Span<double> im, int count)
    {
        ForwardRows(spectrumIm, spectrumRe, im, re, count);
        Doubles.Scale(re);
        Doubles.Scale(im);
    }

    /// <summary>Transforms rows of bins back in single precision.</summary>
    /// <param name="spectrumRe">Real parts, count × Length.</param>
    /// <param name="spectrumIm">Imaginary parts, count × Length.</param>
    /// <param name="re">Receives the real parts; may be <paramref name="spectrumRe"/>.</param>
    /// <param name="im">Receives the imaginary parts; may be <paramref name="spectrumIm"/>.</param>
    /// <param name="count">Number of rows.</param>
    public void InverseRows(ReadOnlySpan<float> spectrumRe, ReadOnlySpan<float> spectrumIm, Span<float> re, Span<float> im, int count)
    {
        ForwardRows(spectrumIm, spectrumRe, im, re, count);
        Floats.Scale(re);
        Floats.Scale(im);
    }

    /// <summary>The next length that splits into 2, 3 and 5 alone, for convolutions.</summary>
    /// <param name="length">Least length.</param>
    internal static int FastLength(int length) => Radices.FastLength(length);

    private void Check(int re, int im, int spectrumRe, int spectrumIm, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        var size = checked(Length * batch);
        ArgumentOutOfRangeException.ThrowIfNotEqual(re, size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(im, size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(spectrumRe, size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(spectrumIm, size);
    }
}
