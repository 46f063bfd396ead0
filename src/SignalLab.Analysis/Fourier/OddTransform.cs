using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>
/// The transform of real values of an odd length by the half of the spectrum alone: samples j, j + r, j + 2r, … are r transforms side by side,
/// and their bins join to those of the whole.
/// </summary>
/// <typeparam name="T">double or float.</typeparam>
/// <remarks>Source: Sorensen et al., IEEE Trans. ASSP 35 (1987) 849–863, decimation in time.</remarks>
internal sealed class OddTransform<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int LargestRadix = 13;

    private readonly int length;
    private readonly int[] radices;
    private readonly T[][] factors;

    private OddTransform(int length, int[] radices)
    {
        (this.length, this.radices) = (length, radices);
        factors = new T[radices.Length][];
        var left = length;
        for (var i = 0; i < radices.Length; i++)
        {
            var (r, m) = (radices[i], left / radices[i]);
            factors[i] = new T[((m / 2) + 1) * r * 2];
            for (var k = 0; k <= m / 2; k++)
            {
                for (var j = 0; j < r; j++)
                {
                    var (re, im) = Twiddles.Root((long)j * k, left);
                    var at = 2 * ((k * r) + j);
                    (factors[i][at], factors[i][at + 1]) = (T.CreateTruncating(re), T.CreateTruncating(im));
                }
            }

            left = m;
        }
    }

    /// <summary>The plan of an odd length, or null where it holds a prime above 13 or is even.</summary>
    public static OddTransform<T>? Plan(int length) =>
        length > 1 && length % 2 == 1 && Radices.Of(length) is { } radices ? new(length, radices) : null;

    /// <summary>Numbers that each of the two buffers takes.</summary>
    /// <param name="lanes">Numbers in an element.</param>
    public int BufferLength(int lanes) => 3 * (length + 1) * lanes;

    /// <summary>Transforms.</summary>
    /// <param name="samples">Elements without gaps, lost.</param>
    /// <param name="first">A buffer, where the samples may stand.</param>
    /// <param name="second">Another buffer.</param>
    /// <param name="to">Receives (n + 1) / 2 elements.</param>
    /// <param name="lanes">1 or the numbers in a vector.</param>
    public void Forward(ref T samples, Span<T> first, Span<T> second, Split<T> to, int lanes)
    {
        ref var source = ref samples;
        ref var sourceIm = ref samples;
        var (m, batch) = (1, length * lanes);
        for (var i = radices.Length - 1; i >= 0; i--)
        {
            batch /= radices[i];
            var bins = ((m * radices[i]) + 1) / 2;
            var into = (radices.Length - i) % 2 == 1 ? second : first;
            ref var targetRe = ref i == 0 ? ref to.Re : ref MemoryMarshal.GetReference(into);
            ref var targetIm = ref i == 0 ? ref to.Im : ref into[bins * batch];
            var target = new Split<T>(ref targetRe, ref targetIm, i == 0 ? to.Pitch : batch);
            Widest(new(ref source, ref sourceIm, batch), target, i, m, batch, forward: true);
            source = ref targetRe;
            sourceIm = ref targetIm;
            m *= radices[i];
        }
    }

    /// <summary>Transforms back, not yet divided by the length.</summary>
    /// <param name="from">(n + 1) / 2 elements.</param>
    /// <param name="first">A buffer.</param>
    /// <param name="second">Another buffer.</param>
    /// <param name="samples">Receives elements without gaps.</param>
    /// <param name="lanes">1 or the numbers in a vector.</param>
    public void Inverse(Split<T> from, Span<T> first, Span<T> second, ref T samples, int lanes)
    {
        scoped var source = from;
        var (m, batch) = (length, lanes);
        for (var i = 0; i < radices.Length; i++)
        {
            m /= radices[i];
            var into = i % 2 == 0 ? first : second;
            var elements = (m + 1) / 2 * radices[i];
            ref var targetRe = ref m == 1 ? ref samples : ref MemoryMarshal.GetReference(into);
            ref var targetIm = ref into[elements * batch];
            var target = new Split<T>(ref targetRe, ref targetIm, batch);
            Widest(source, target, i, m, batch, forward: false);
            batch *= radices[i];
            source = new(ref targetRe, ref targetIm, batch);
        }
    }

    private void Widest(Split<T> from, Split<T> to, int level, int m, int batch, bool forward)
    {
        if (batch >= Lanes512<T>.Width && Lanes<T>.Count == Lanes512<T>.Width)
        {
            Pass<Lanes512<T>>(from, to, level, m, batch, forward);
        }
        else if (batch >= Lanes256<T>.Width)
        {
            Pass<Lanes256<T>>(from, to, level, m, batch, forward);
        }
        else
        {
            Pass<One<T>>(from, to, level, m, batch, forward);
        }
    }

    private void Pass<TLane>(Split<T> from, Split<T> to, int level, int m, int batch, bool forward)
        where TLane : struct, ILane<TLane, T>
    {
        var radix = radices[level];
        Span<T> room = stackalloc T[8 * LargestRadix * TLane.Width];
        ref var cells = ref MemoryMarshal.GetReference(room);
        var inputs = new Split<T>(ref cells, ref Unsafe.Add(ref cells, LargestRadix * TLane.Width), TLane.Width);
        var outputs = new Split<T>(ref Unsafe.Add(ref cells, 2 * LargestRadix * TLane.Width), ref Unsafe.Add(ref cells, 3 * LargestRadix * TLane.Width), TLane.Width);
        ref var spare = ref Unsafe.Add(ref cells, 4 * LargestRadix * TLane.Width);
        nint last = batch - TLane.Width;
        for (var k = 0; k <= m / 2; k++)
        {
            for (nint b = 0; ;)
            {
                if (forward)
                {
                    Gather<TLane>(from, b, level, k, m == 1, inputs);
                    StockhamPass<T>.Alone<TLane>(radix, inputs, outputs, ref spare);
                    Spread<TLane>(outputs, to, b, radix, k, m);
                }
                else
                {
                    Collect<TLane>(from, b, radix, k, m, inputs);
                    StockhamPass<T>.Alone<TLane>(radix, inputs.Exchanged, outputs.Exchanged, ref spare);
                    Scatter<TLane>(outputs, to, b, level, k, m == 1);
                }

                if (b == last)
                {
                    break;
                }

                b = Math.Min(b + TLane.Width, last);
            }
        }
    }

    // Bin k of the parts, turned by exp(−2πi·j·k/n).
    private void Gather<TLane>(Split<T> from, nint b, int level, int k, bool areSamples, Split<T> inputs)
        where TLane : struct, ILane<TLane, T>
    {
        for (var j = 0; j < radices[level]; j++)
        {
            var part = (k * radices[level]) + j;
            var at = (part * from.Pitch) + b;
            var (c, s) = (TLane.Of(factors[level][2 * part]), TLane.Of(factors[level][(2 * part) + 1]));
            var (x, y) = (TLane.Load(ref from.Re, at), areSamples ? TLane.Of(T.Zero) : TLane.Load(ref from.Im, at));
            TLane.SubtractProduct(y, s, x * c).Store(ref inputs.Re, j * inputs.Pitch);
            TLane.MultiplyAdd(x, s, y * c).Store(ref inputs.Im, j * inputs.Pitch);
        }
    }

    // Bins k + m·l, those of the upper half as the conjugates of the lower one.
    private static void Spread<TLane>(Split<T> outputs, Split<T> to, nint b, int radix, int k, int m)
        where TLane : struct, ILane<TLane, T>
    {
        for (var l = 0; l < radix; l++)
        {
            var bin = k + (m * l);
            var upper = 2 * bin > m * radix;
            if (upper && k == 0)
            {
                return;
            }

            var at = ((upper ? (m * radix) - bin : bin) * to.Pitch) + b;
            var im = TLane.Load(ref outputs.Im, l * outputs.Pitch);
            TLane.Load(ref outputs.Re, l * outputs.Pitch).Store(ref to.Re, at);
            (upper ? TLane.Of(T.Zero) - im : im).Store(ref to.Im, at);
        }
    }

    private static void Collect<TLane>(Split<T> from, nint b, int radix, int k, int m, Split<T> inputs)
        where TLane : struct, ILane<TLane, T>
    {
        for (var l = 0; l < radix; l++)
        {
            var bin = k + (m * l);
            var upper = 2 * bin > m * radix;
            var at = ((upper ? (m * radix) - bin : bin) * from.Pitch) + b;
            var im = bin == 0 ? TLane.Of(T.Zero) : TLane.Load(ref from.Im, at);
            TLane.Load(ref from.Re, at).Store(ref inputs.Re, l * inputs.Pitch);
            (upper ? TLane.Of(T.Zero) - im : im).Store(ref inputs.Im, l * inputs.Pitch);
        }
    }

    private void Scatter<TLane>(Split<T> outputs, Split<T> to, nint b, int level, int k, bool areSamples)
        where TLane : struct, ILane<TLane, T>
    {
        for (var j = 0; j < radices[level]; j++)
        {
            var part = (k * radices[level]) + j;
            var at = (part * to.Pitch) + b;
            var (c, s) = (TLane.Of(factors[level][2 * part]), TLane.Of(factors[level][(2 * part) + 1]));
            var (x, y) = (TLane.Load(ref outputs.Re, j * outputs.Pitch), TLane.Load(ref outputs.Im, j * outputs.Pitch));
            TLane.MultiplyAdd(y, s, x * c).Store(ref to.Re, at);
            if (!areSamples)
            {
                TLane.SubtractProduct(x, s, y * c).Store(ref to.Im, at);
            }
        }
    }
}
