using System.Collections.Concurrent;

namespace SignalLab.Analysis.Fourier;

/// <summary>
/// Discrete Fourier transform of real values of one length, in double or single precision: the n/2 + 1 bins from frequency 0 on.
/// A plan shared by all threads that allocates nothing once a thread has its workspace.
/// </summary>
/// <remarks>
/// Source: Press et al., Numerical Recipes, 3rd ed., § 12.3: an even length goes through a complex transform of half of it;
/// Sorensen et al., IEEE Trans. ASSP 35 (1987) 849–863: an odd one through half of the spectrum.
/// </remarks>
public sealed class RealFft
{
    private static readonly ConcurrentDictionary<int, RealFft> Plans = new();

    private RealFft(int length) => Length = length;

    /// <summary>Number of real values.</summary>
    public int Length { get; }

    /// <summary>Number of bins, Length / 2 + 1.</summary>
    public int BinCount => (Length / 2) + 1;

    private RealBatch<double> Doubles => field ??= new(Length);

    private RealBatch<float> Floats => field ??= new(Length);

    /// <summary>The plan of a length, made at the first call.</summary>
    /// <param name="length">Number of values, ≥ 1.</param>
    public static RealFft Plan(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return Plans.GetOrAdd(length, n => new RealFft(n));
    }

    /// <summary>Transforms.</summary>
    /// <param name="samples">Length × batch values.</param>
    /// <param name="re">Receives BinCount × batch real parts.</param>
    /// <param name="im">Receives BinCount × batch imaginary parts.</param>
    /// <param name="batch">Independent transforms side by side: value t of transform b stands at t·batch + b.</param>
    public void Forward(ReadOnlySpan<double> samples, Span<double> re, Span<double> im, int batch = 1)
    {
        Check(samples.Length, re.Length, im.Length, batch);
        Doubles.ForwardColumns(samples, re, im, batch);
    }

    /// <summary>Transforms in single precision.</summary>
    /// <param name="samples">Length × batch values.</param>
    /// <param name="re">Receives BinCount × batch real parts.</param>
    /// <param name="im">Receives BinCount × batch imaginary parts.</param>
    /// <param name="batch">Independent transforms side by side: value t of transform b stands at t·batch + b.</param>
    public void Forward(ReadOnlySpan<float> samples, Span<float> re, Span<float> im, int batch = 1)
    {
        Check(samples.Length, re.Length, im.Length, batch);
        Floats.ForwardColumns(samples, re, im, batch);
    }

    /// <summary>Transforms rows that follow one another.</summary>
    /// <param name="rows">Value t of row b at b·Length + t.</param>
    /// <param name="re">Receives the real parts, bin k of row b at b·BinCount + k.</param>
    /// <param name="im">Receives the imaginary parts in the same order.</param>
    /// <param name="count">Number of rows.</param>
    public void ForwardRows(ReadOnlySpan<double> rows, Span<double> re, Span<double> im, int count)
    {
        Check(rows.Length, re.Length, im.Length, count);
        Doubles.ForwardRows(rows, re, im, count);
    }

    /// <summary>Transforms rows that follow one another in single precision.</summary>
    /// <param name="rows">Value t of row b at b·Length + t.</param>
    /// <param name="re">Receives the real parts, bin k of row b at b·BinCount + k.</param>
    /// <param name="im">Receives the imaginary parts in the same order.</param>
    /// <param name="count">Number of rows.</param>
    public void ForwardRows(ReadOnlySpan<float> rows, Span<float> re, Span<float> im, int count)
    {
        Check(rows.Length, re.Length, im.Length, count);
        Floats.ForwardRows(rows, re, im, count);
    }

    /// <summary>Transforms back.</summary>
    /// <param name="re">BinCount × batch real parts.</param>
    /// <param name="im">BinCount × batch imaginary parts; those of frequency 0 and of half the rate are taken as 0.</param>
    /// <param name="samples">Receives Length × batch values.</param>
    /// <param name="batch">Independent transforms side by side.</param>
    public void Inverse(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> samples, int batch = 1)
    {
        Check(samples.Length, re.Length, im.Length, batch);
        Doubles.InverseColumns(re, im, samples, batch);
    }

    /// <summary>Transforms back in single precision.</summary>
    /// <param name="re">BinCount × batch real parts.</param>
    /// <param name="im">BinCount × batch imaginary parts; those of frequency 0 and of half the rate are taken as 0.</param>
    /// <param name="samples">Receives Length × batch values.</param>
    /// <param name="batch">Independent transforms side by side.</param>
    public void Inverse(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> samples, int batch = 1)
    {
        Check(samples.Length, re.Length, im.Length, batch);
        Floats.InverseColumns(re, im, samples, batch);
    }

    /// <summary>Transforms rows of bins back.</summary>
    /// <param name="re">Real parts, bin k of row b at b·BinCount + k.</param>
    /// <param name="im">Imaginary parts in the same order.</param>
    /// <param name="rows">Receives value t of row b at b·Length + t.</param>
    /// <param name="count">Number of rows.</param>
    public void InverseRows(ReadOnlySpan<double> re, ReadOnlySpan<double> im, Span<double> rows, int count)
    {
        Check(rows.Length, re.Length, im.Length, count);
        Doubles.InverseRows(re, im, rows, count);
    }

    /// <summary>Transforms rows of bins back in single precision.</summary>
    /// <param name="re">Real parts, bin k of row b at b·BinCount + k.</param>
    /// <param name="im">Imaginary parts in the same order.</param>
    /// <param name="rows">Receives value t of row b at b·Length + t.</param>
    /// <param name="count">Number of rows.</param>
    public void InverseRows(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> rows, int count)
    {
        Check(rows.Length, re.Length, im.Length, count);
        Floats.InverseRows(re, im, rows, count);
    }

    private void Check(int samples, int re, int im, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(samples, checked(Length * batch), nameof(samples));
        ArgumentOutOfRangeException.ThrowIfNotEqual(re, BinCount * batch, nameof(re));
        ArgumentOutOfRangeException.ThrowIfNotEqual(im, BinCount * batch, nameof(im));
    }
}
