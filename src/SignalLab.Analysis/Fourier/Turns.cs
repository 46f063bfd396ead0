using System.Runtime.CompilerServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>How a pass turns what leaves a butterfly: not at all, all lanes by one factor, or each lane by its own.</summary>
internal interface ITurn
{
    /// <summary>Turns output k and stores it.</summary>
    static abstract void Store<T, TLane>(TLane re, TLane im, int k, ref T factors, nint stride, Split<T> to)
        where T : unmanaged
        where TLane : struct, ILane<TLane, T>;
}

/// <summary>The last pass: every factor is 1.</summary>
internal readonly struct NoTurn : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, TLane>(TLane re, TLane im, int k, ref T factors, nint stride, Split<T> to)
        where T : unmanaged
        where TLane : struct, ILane<TLane, T>
    {
        re.Store(ref to.Re, k * to.Pitch);
        im.Store(ref to.Im, k * to.Pitch);
    }
}

/// <summary>One factor for all lanes: cosine and sine of output 1, of output 2, …</summary>
internal readonly struct TurnTogether : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, TLane>(TLane re, TLane im, int k, ref T factors, nint stride, Split<T> to)
        where T : unmanaged
        where TLane : struct, ILane<TLane, T>
    {
        var (c, s) = (TLane.Of(Unsafe.Add(ref factors, (2 * k) - 2)), TLane.Of(Unsafe.Add(ref factors, (2 * k) - 1)));
        TLane.SubtractProduct(im, s, re * c).Store(ref to.Re, k * to.Pitch);
        TLane.MultiplyAdd(re, s, im * c).Store(ref to.Im, k * to.Pitch);
    }
}

/// <summary>A factor a lane: cosines of output 1 for all elements, their sines, cosines of output 2, …</summary>
internal readonly struct TurnEach : ITurn
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T, TLane>(TLane re, TLane im, int k, ref T factors, nint stride, Split<T> to)
        where T : unmanaged
        where TLane : struct, ILane<TLane, T>
    {
        var (c, s) = (TLane.Load(ref factors, ((2 * k) - 2) * stride), TLane.Load(ref factors, ((2 * k) - 1) * stride));
        TLane.SubtractProduct(im, s, re * c).Store(ref to.Re, k * to.Pitch);
        TLane.MultiplyAdd(re, s, im * c).Store(ref to.Im, k * to.Pitch);
    }
}
