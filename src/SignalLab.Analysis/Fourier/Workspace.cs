using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>Memory of the running thread for intermediate values, aligned to cache lines; given back in the reverse order.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal ref struct Workspace<T>
    where T : unmanaged
{
    private const int LineBytes = 64;

    [ThreadStatic]
    private static T[]?[]? kept;

    [ThreadStatic]
    private static int depth;

    private readonly int level;

    private Workspace(Span<T> values, int level)
    {
        Values = values;
        this.level = level;
    }

    /// <summary>The memory; holds anything.</summary>
    public Span<T> Values { get; }

    /// <summary>Takes memory; dispose to give it back.</summary>
    /// <param name="count">Numbers wanted.</param>
    public static Workspace<T> Take(int count)
    {
        kept ??= new T[8][];
        var slack = LineBytes / Unsafe.SizeOf<T>();
        if (kept[depth] is not { } array || array.Length < count + slack)
        {
            // Pinned, so that what is aligned once stays so.
            kept[depth] = array = GC.AllocateUninitializedArray<T>(checked(count + (count / 4) + slack), pinned: true);
        }

        depth++;
        return new(array.AsSpan(Misalignment(ref MemoryMarshal.GetArrayDataReference(array)), count), depth - 1);
    }

    /// <summary>Gives the memory back.</summary>
    public readonly void Dispose() => depth = level;

    private static int Misalignment(ref T first)
    {
        var past = (int)(Unsafe.ByteOffset(ref Unsafe.NullRef<T>(), ref first) & (LineBytes - 1));
        return past == 0 ? 0 : (LineBytes - past) / Unsafe.SizeOf<T>();
    }
}
