using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>
/// One pass of the self-sorting (Stockham) transform: radix-r butterflies over numbers that lie side by side, decimation in frequency.
/// Element q + s·(p + m·j) goes in, q + s·(r·p + k) comes out, for q &lt; s, p &lt; m and j, k &lt; r.
/// </summary>
/// <typeparam name="T">double or float.</typeparam>
/// <remarks>Source: Van Loan, Computational Frameworks for the Fast Fourier Transform, § 1.7.</remarks>
internal sealed class StockhamPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Along = 8;
    private const int LargestRadix = 13;

    private readonly int radix;
    private readonly int m;
    private readonly int s;
    private readonly T[] together;
    private readonly T[] each;

    /// <summary>The pass that splits transforms of a length by a radix.</summary>
    /// <param name="radix">2, 3, 4, 5, 7, 8, 11 or 13.</param>
    /// <param name="length">Length of the transforms that come in.</param>
    /// <param name="stride">How many of them lie side by side.</param>
    public StockhamPass(int radix, int length, int stride)
    {
        (this.radix, m, s) = (radix, length / radix, stride);
        together = new T[2 * m * (radix - 1)];
        each = new T[s == 1 && m >= Along ? together.Length : 0];
        for (var p = 0; p < m; p++)
        {
            for (var k = 1; k < radix; k++)
            {
                var (re, im) = Twiddles.Root((long)p * k, length);
                var (cosine, sine) = (T.CreateTruncating(re), T.CreateTruncating(im));
                var at = 2 * ((p * (radix - 1)) + k - 1);
                (together[at], together[at + 1]) = (cosine, sine);
                if (each.Length > 0)
                {
                    (each[(((2 * k) - 2) * m) + p], each[(((2 * k) - 1) * m) + p]) = (cosine, sine);
                }
            }
        }
    }

    /// <summary>Runs the pass over elements of full vectors.</summary>
    /// <param name="from">Elements in.</param>
    /// <param name="to">Elements out, apart from those that come in.</param>
    public void RunVectors(Split<T> from, Split<T> to)
    {
        if (Lanes<T>.Count == Lanes512<T>.Width)
        {
            Radix<Lanes512<T>>(from, to, s, 1);
        }
        else
        {
            Radix<Lanes256<T>>(from, to, s, 1);
        }
    }

    /// <summary>Runs the pass over elements of one number: neighbours make a vector.</summary>
    /// <param name="from">Elements in, without pitch.</param>
    /// <param name="to">Elements out, apart from those that come in.</param>
    public void RunNumbers(Split<T> from, Split<T> to)
    {
        if (s >= Lanes512<T>.Width && Lanes<T>.Count == Lanes512<T>.Width)
        {
            Radix<Lanes512<T>>(from, to, s, Lanes512<T>.Width);
        }
        else if (s >= Lanes256<T>.Width)
        {
            Radix<Lanes256<T>>(from, to, s, Lanes256<T>.Width);
        }
        else if (each.Length > 0)
        {
            AlongRadix(from, to);
        }
        else
        {
            Radix<One<T>>(from, to, s, 1);
        }
    }

    /// <summary>Transforms as many values as the radix, without turning, for other schemes than this one.</summary>
    /// <param name="radix">The radix.</param>
    /// <param name="from">The values.</param>
    /// <param name="to">Receives them.</param>
    /// <param name="spare">Room for four vectors a value.</param>
    public static void Alone<TLane>(int radix, Split<T> from, Split<T> to, ref T spare)
        where TLane : struct, ILane<TLane, T>
    {
        switch (radix)
        {
            case 3:
                Three<T>.Run<TLane, NoTurn>(from, to, ref spare, 0, ref spare);
                break;
            case 5:
                Five<T>.Run<TLane, NoTurn>(from, to, ref spare, 0, ref spare);
                break;
            case 7:
                PrimeButterfly<T, Seven>.Run<TLane, NoTurn>(from, to, ref spare, 0, ref spare);
                break;
            case 11:
                PrimeButterfly<T, Eleven>.Run<TLane, NoTurn>(from, to, ref spare, 0, ref spare);
                break;
            default:
                PrimeButterfly<T, Thirteen>.Run<TLane, NoTurn>(from, to, ref spare, 0, ref spare);
                break;
        }
    }

    private void Radix<TLane>(Split<T> from, Split<T> to, int width, int advance)
        where TLane : struct, ILane<TLane, T>
    {
        switch (radix)
        {
            case 2:
                Turn<TLane, Two<T>>(from, to, width, advance);
                break;
            case 3:
                Turn<TLane, Three<T>>(from, to, width, advance);
                break;
            case 4:
                Turn<TLane, Four<T>>(from, to, width, advance);
                break;
            case 5:
                Turn<TLane, Five<T>>(from, to, width, advance);
                break;
            case 7:
                Turn<TLane, PrimeButterfly<T, Seven>>(from, to, width, advance);
                break;
            case 8:
                Turn<TLane, Eight<T>>(from, to, width, advance);
                break;
            case 11:
                Turn<TLane, PrimeButterfly<T, Eleven>>(from, to, width, advance);
                break;
            default:
                Turn<TLane, PrimeButterfly<T, Thirteen>>(from, to, width, advance);
                break;
        }
    }

    private void Turn<TLane, TButterfly>(Split<T> from, Split<T> to, int width, int advance)
        where TLane : struct, ILane<TLane, T>
        where TButterfly : struct, IButterfly<T>
    {
        if (m == 1)
        {
            Columns<TLane, TButterfly, NoTurn>(from, to, width, advance);
        }
        else
        {
            Columns<TLane, TButterfly, TurnTogether>(from, to, width, advance);
        }
    }

    // The last vector of a row that vectors do not fill begins earlier and computes a few numbers twice.
    private void Columns<TLane, TButterfly, TTurn>(Split<T> from, Split<T> to, int width, int advance)
        where TLane : struct, ILane<TLane, T>
        where TButterfly : struct, IButterfly<T>
        where TTurn : struct, ITurn
    {
        Span<T> spare = stackalloc T[4 * LargestRadix * TLane.Width];
        ref var room = ref MemoryMarshal.GetReference(spare);
        nint last = width - advance;
        for (nint p = 0; p < m; p++)
        {
            var source = from.From(p * width);
            var target = to.From(p * width * radix);
            ref var factors = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(together), 2 * (radix - 1) * p);
            for (nint q = 0; ;)
            {
                var input = source.From(q);
                var output = target.From(q);
                TButterfly.Run<TLane, TTurn>(
                    new(ref input.Re, ref input.Im, from.Pitch * width * m),
                    new(ref output.Re, ref output.Im, to.Pitch * width),
                    ref factors,
                    0,
                    ref room);
                if (q == last)
                {
                    break;
                }

                q = Math.Min(q + advance, last);
            }
        }
    }

    private void AlongRadix(Split<T> from, Split<T> to)
    {
        if (typeof(T) == typeof(double) && Lanes<T>.Count == Lanes512<T>.Width)
        {
            AlongRadix<Lanes512<T>>(from, to);
        }
        else
        {
            AlongRadix<Lanes256<T>>(from, to);
        }
    }

    private void AlongRadix<TLane>(Split<T> from, Split<T> to)
        where TLane : struct, ILane<TLane, T>
    {
        switch (radix)
        {
            case 2:
                Points<TLane, Two<T>>(from, to);
                break;
            case 3:
                Points<TLane, Three<T>>(from, to);
                break;
            case 4:
                Points<TLane, Four<T>>(from, to);
                break;
            case 5:
                Points<TLane, Five<T>>(from, to);
                break;
            case 7:
                Points<TLane, PrimeButterfly<T, Seven>>(from, to);
                break;
            case 8:
                Points<TLane, Eight<T>>(from, to);
                break;
            case 11:
                Points<TLane, PrimeButterfly<T, Eleven>>(from, to);
                break;
            default:
                Points<TLane, PrimeButterfly<T, Thirteen>>(from, to);
                break;
        }
    }

    // The first pass over numbers: neighbouring p make a vector, and what belongs to one p is brought together through a tile.
    private void Points<TLane, TButterfly>(Split<T> from, Split<T> to)
        where TLane : struct, ILane<TLane, T>
        where TButterfly : struct, IButterfly<T>
    {
        Span<T> spare = stackalloc T[4 * LargestRadix * TLane.Width];
        Span<T> tile = stackalloc T[2 * LargestRadix * TLane.Width];
        ref var re = ref MemoryMarshal.GetReference(tile);
        ref var im = ref Unsafe.Add(ref re, radix * TLane.Width);
        nint last = m - TLane.Width;
        for (nint p = 0; ;)
        {
            TButterfly.Run<TLane, TurnEach>(
                new(ref Unsafe.Add(ref from.Re, p), ref Unsafe.Add(ref from.Im, p), m),
                new(ref re, ref im, TLane.Width),
                ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(each), p),
                m,
                ref MemoryMarshal.GetReference(spare));
            Tiles.Transpose(ref re, TLane.Width, ref Unsafe.Add(ref to.Re, p * radix), radix, radix, TLane.Width);
            Tiles.Transpose(ref im, TLane.Width, ref Unsafe.Add(ref to.Im, p * radix), radix, radix, TLane.Width);
            if (p == last)
            {
                break;
            }

            p = Math.Min(p + TLane.Width, last);
        }
    }
}
