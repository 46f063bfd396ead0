using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>The complex transform of one length in one precision: passes from buffer to buffer, over vectors of transforms side by side or over one alone.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal sealed class ComplexTransform<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly ConcurrentDictionary<int, ComplexTransform<T>> Plans = new();

    private readonly StockhamPass<T>[] passes;
    private readonly Bluestein<T>? convolution;

    private ComplexTransform(int length)
    {
        Length = length;
        var factors = Radices.Of(length);
        convolution = factors is null ? new Bluestein<T>(length) : null;
        passes = new StockhamPass<T>[factors?.Length ?? 0];
        var (left, stride) = (length, 1);
        for (var i = 0; i < passes.Length; i++)
        {
            passes[i] = new(factors![i], left, stride);
            left /= factors[i];
            stride *= factors[i];
        }
    }

    public int Length { get; }

    /// <summary>True where the result may stand in the first buffer of a run, false where in the second.</summary>
    public bool EndsInFirst => passes.Length % 2 == 1;

    public static ComplexTransform<T> Plan(int length) => Plans.GetOrAdd(length, n => new ComplexTransform<T>(n));

    /// <summary>Numbers that a buffer of a run takes: as many lines apart that its parts do not fall on one place of the cache.</summary>
    /// <param name="elements">Elements, at least Length.</param>
    /// <param name="lanes">Numbers in an element.</param>
    public static int BufferLength(int elements, int lanes) => 2 * ImaginaryAt(elements, lanes);

    /// <summary>A buffer's values.</summary>
    /// <param name="memory">BufferLength numbers.</param>
    /// <param name="elements">Elements.</param>
    /// <param name="lanes">Numbers in an element.</param>
    public static Split<T> Buffer(ref T memory, int elements, int lanes) => new(ref memory, ref Unsafe.Add(ref memory, ImaginaryAt(elements, lanes)), lanes);

    /// <summary>Transforms elements of one number or of a full vector.</summary>
    /// <param name="from">The elements.</param>
    /// <param name="first">A buffer apart from <paramref name="from"/>, without gaps.</param>
    /// <param name="second">Another one, which may be <paramref name="from"/> where that may be lost.</param>
    /// <param name="to">Receives the spectrum: of the buffers only the one that <see cref="EndsInFirst"/> names; <paramref name="from"/> only where it is no single pass.</param>
    /// <param name="lanes">1 or the numbers in a vector.</param>
    public void Run(Split<T> from, Split<T> first, Split<T> second, Split<T> to, int lanes)
    {
        if (convolution is not null)
        {
            convolution.Run(from, to, lanes);
            return;
        }

        if (passes.Length == 0)
        {
            MemoryMarshal.CreateSpan(ref from.Re, lanes).CopyTo(MemoryMarshal.CreateSpan(ref to.Re, lanes));
            MemoryMarshal.CreateSpan(ref from.Im, lanes).CopyTo(MemoryMarshal.CreateSpan(ref to.Im, lanes));
            return;
        }

        for (var i = 0; i < passes.Length; i++)
        {
            var source = i == 0 ? from : i % 2 == 1 ? first : second;
            var target = i == passes.Length - 1 ? to : i % 2 == 0 ? first : second;
            if (lanes == 1)
            {
                passes[i].RunNumbers(source, target);
            }
            else
            {
                passes[i].RunVectors(source, target);
            }
        }
    }

    private static int ImaginaryAt(int elements, int lanes)
    {
        var line = 64 / Unsafe.SizeOf<T>();
        return checked((((elements * lanes) + line - 1) / line * line) + (9 * line));
    }
}
