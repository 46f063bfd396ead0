using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>Moves columns of a table.</summary>
internal static class Columns
{
    /// <summary>Copies the first columns of each row and clears what is left of the target's.</summary>
    /// <param name="from">The first row's first number.</param>
    /// <param name="fromPitch">Numbers from one row to the next.</param>
    /// <param name="to">Receives the first row's first number.</param>
    /// <param name="toPitch">Numbers from one row to the next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns copied.</param>
    /// <param name="filled">Columns of the target that are written.</param>
    public static void Copy<T>(ref T from, nint fromPitch, ref T to, nint toPitch, int rows, int columns, int filled)
        where T : unmanaged
    {
        for (nint r = 0; r < rows; r++)
        {
            var target = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, r * toPitch), filled);
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref from, r * fromPitch), columns).CopyTo(target);
            target[columns..].Clear();
        }
    }
}
