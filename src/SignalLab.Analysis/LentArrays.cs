using System.Buffers;
using System.Numerics;

namespace SignalLab.Analysis;

/// <summary>
/// Working memory that is lent and given back, kept for all threads together within one budget: the runtime's shared pool keeps some for each thread, a pool of powers of two
/// keeps some of every size, and for windows of many channels either is most of a day's memory.
/// </summary>
internal sealed class LentArrays : ArrayPool<double>
{
    private const long MostKept = 10L << 20;

    private readonly Lock gate = new();
    private readonly LinkedList<double[]> kept = [];
    private long keptLength;

    private LentArrays()
    {
    }

    /// <summary>Arrays of numbers.</summary>
    public static ArrayPool<double> Doubles { get; } = new LentArrays();

    /// <inheritdoc/>
    public override double[] Rent(int minimumLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumLength);

        // Eighths of a power of two: few sizes, little unused.
        var step = Math.Max(64L, (long)BitOperations.RoundUpToPowerOf2((uint)minimumLength) / 16);
        var length = (int)Math.Min(Array.MaxLength, (minimumLength + step - 1) / step * step);
        lock (gate)
        {
            for (var node = kept.Last; node is not null; node = node.Previous)
            {
                if (node.Value.Length == length)
                {
                    Forget(node);
                    return node.Value;
                }
            }
        }

        return GC.AllocateUninitializedArray<double>(length);
    }

    /// <inheritdoc/>
    public override void Return(double[] array, bool clearArray = false)
    {
        ArgumentNullException.ThrowIfNull(array);
        if (clearArray)
        {
            Array.Clear(array);
        }

        lock (gate)
        {
            kept.AddLast(array);
            keptLength += array.Length;
            while (keptLength > MostKept)
            {
                Forget(kept.First!);
            }
        }
    }

    private void Forget(LinkedListNode<double[]> node)
    {
        kept.Remove(node);
        keptLength -= node.Value.Length;
    }
}
