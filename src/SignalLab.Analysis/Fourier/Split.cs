using System.Runtime.CompilerServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>A view of complex values whose real and imaginary parts stand apart; an element holds one value or a vector of them.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal readonly ref struct Split<T>
    where T : unmanaged
{
    public readonly ref T Re;
    public readonly ref T Im;
    public readonly nint Pitch;

    /// <summary>A view.</summary>
    /// <param name="re">The first real part.</param>
    /// <param name="im">The first imaginary part.</param>
    /// <param name="pitch">Numbers from one element to the next.</param>
    public Split(ref T re, ref T im, nint pitch)
    {
        Re = ref re;
        Im = ref im;
        Pitch = pitch;
    }

    /// <summary>Real and imaginary parts exchanged: the forward transform then turns the other way.</summary>
    public Split<T> Exchanged => new(ref Im, ref Re, Pitch);

    /// <summary>The view from a later element on.</summary>
    public Split<T> From(nint element) => new(ref Unsafe.Add(ref Re, element * Pitch), ref Unsafe.Add(ref Im, element * Pitch), Pitch);
}
