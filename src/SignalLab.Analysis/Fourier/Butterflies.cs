using System.Numerics;
using System.Runtime.CompilerServices;

namespace SignalLab.Analysis.Fourier;

/// <summary>A transform of a few values in registers.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <remarks>Source: Nussbaumer, Fast Fourier Transform and Convolution Algorithms, § 5.4.</remarks>
internal interface IButterfly<T>
    where T : unmanaged
{
    /// <summary>Transforms the values at multiples of the pitches and turns the results.</summary>
    /// <param name="from">The values.</param>
    /// <param name="to">Receives them.</param>
    /// <param name="factors">The turning factors of this butterfly.</param>
    /// <param name="stride">Numbers from one factor to the next where each lane has its own.</param>
    /// <param name="spare">Room for two vectors a value, where registers do not hold them.</param>
    static abstract void Run<TLane, TTurn>(Split<T> from, Split<T> to, ref T factors, nint stride, ref T spare)
        where TLane : struct, ILane<TLane, T>
        where TTurn : struct, ITurn;
}

/// <summary>Cosines and sines of the butterflies in one precision.</summary>
internal static class Corner<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static readonly T Half = T.CreateTruncating(0.5);
    public static readonly T MinusHalf = T.CreateTruncating(-0.5);
    public static readonly T Eighth = T.CreateTruncating(0.70710678118654752440);
    public static readonly T Sin3 = T.CreateTruncating(0.86602540378443864676);
    public static readonly T Cos5A = T.CreateTruncating(0.30901699437494742410);
    public static readonly T Cos5B = T.CreateTruncating(-0.80901699437494742410);
    public static readonly T Sin5A = T.CreateTruncating(0.95105651629515357212);
    public static readonly T Sin5B = T.CreateTruncating(0.58778525229247312917);
}

/// <summary>Two values.</summary>
internal readonly struct Two<T> : IButterfly<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLane, TTurn>(Split<T> from, Split<T> to, ref T factors, nint stride, ref T spare)
        where TLane : struct, ILane<TLane, T>
        where TTurn : struct, ITurn
    {
        var (ar, ai) = (TLane.Load(ref from.Re, 0), TLane.Load(ref from.Im, 0));
        var (br, bi) = (TLane.Load(ref from.Re, from.Pitch), TLane.Load(ref from.Im, from.Pitch));
        NoTurn.Store<T, TLane>(ar + br, ai + bi, 0, ref factors, stride, to);
        TTurn.Store<T, TLane>(ar - br, ai - bi, 1, ref factors, stride, to);
    }
}

/// <summary>Three values.</summary>
internal readonly struct Three<T> : IButterfly<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLane, TTurn>(Split<T> from, Split<T> to, ref T factors, nint stride, ref T spare)
        where TLane : struct, ILane<TLane, T>
        where TTurn : struct, ITurn
    {
        var (step, half, sine) = (from.Pitch, TLane.Of(Corner<T>.MinusHalf), TLane.Of(Corner<T>.Sin3));
        var (ar, ai) = (TLane.Load(ref from.Re, 0), TLane.Load(ref from.Im, 0));
        var (br, bi) = (TLane.Load(ref from.Re, step), TLane.Load(ref from.Im, step));
        var (cr, ci) = (TLane.Load(ref from.Re, 2 * step), TLane.Load(ref from.Im, 2 * step));
        var (sr, si, dr, di) = (br + cr, bi + ci, br - cr, bi - ci);
        var (er, ei) = (TLane.MultiplyAdd(half, sr, ar), TLane.MultiplyAdd(half, si, ai));
        NoTurn.Store<T, TLane>(ar + sr, ai + si, 0, ref factors, stride, to);
        TTurn.Store<T, TLane>(TLane.MultiplyAdd(sine, di, er), TLane.SubtractProduct(sine, dr, ei), 1, ref factors, stride, to);
        TTurn.Store<T, TLane>(TLane.SubtractProduct(sine, di, er), TLane.MultiplyAdd(sine, dr, ei), 2, ref factors, stride, to);
    }
}

/// <summary>Four values.</summary>
internal readonly struct Four<T> : IButterfly<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLane, TTurn>(Split<T> from, Split<T> to, ref T factors, nint stride, ref T spare)
        where TLane : struct, ILane<TLane, T>
        where TTurn : struct, ITurn
    {
        var step = from.Pitch;
        var (ar, ai) = (TLane.Load(ref from.Re, 0), TLane.Load(ref from.Im, 0));
        var (br, bi) = (TLane.Load(ref from.Re, step), TLane.Load(ref from.Im, step));
        var (cr, ci) = (TLane.Load(ref from.Re, 2 * step), TLane.Load(ref from.Im, 2 * step));
        var (dr, di) = (TLane.Load(ref from.Re, 3 * step), TLane.Load(ref from.Im, 3 * step));
        var (pr, pi, qr, qi) = (ar + cr, ai + ci, ar - cr, ai - ci);
        var (rr, ri, tr, ti) = (br + dr, bi + di, br - dr, bi - di);
        NoTurn.Store<T, TLane>(pr + rr, pi + ri, 0, ref factors, stride, to);
        TTurn.Store<T, TLane>(qr + ti, qi - tr, 1, ref factors, stride, to);
        TTurn.Store<T, TLane>(pr - rr, pi - ri, 2, ref factors, stride, to);
        TTurn.Store<T, TLane>(qr - ti, qi + tr, 3, ref factors, stride, to);
    }
}

/// <summary>Five values.</summary>
internal readonly struct Five<T> : IButterfly<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLane, TTurn>(Split<T> from, Split<T> to, ref T factors, nint stride, ref T spare)
        where TLane : struct, ILane<TLane, T>
        where TTurn : struct, ITurn
    {
        var step = from.Pitch;
        var (cosA, cosB, sinA, sinB) = (TLane.Of(Corner<T>.Cos5A), TLane.Of(Corner<T>.Cos5B), TLane.Of(Corner<T>.Sin5A), TLane.Of(Corner<T>.Sin5B));
        var (ar, ai) = (TLane.Load(ref from.Re, 0), TLane.Load(ref from.Im, 0));
        var (br, bi) = (TLane.Load(ref from.Re, step), TLane.Load(ref from.Im, step));
        var (cr, ci) = (TLane.Load(ref from.Re, 2 * step), TLane.Load(ref from.Im, 2 * step));
        var (dr, di) = (TLane.Load(ref from.Re, 3 * step), TLane.Load(ref from.Im, 3 * step));
        var (er, ei) = (TLane.Load(ref from.Re, 4 * step), TLane.Load(ref from.Im, 4 * step));
        var (pr, pi, qr, qi) = (br + er, bi + ei, br - er, bi - ei);
        var (rr, ri, tr, ti) = (cr + dr, ci + di, cr - dr, ci - di);
        NoTurn.Store<T, TLane>(ar + (pr + rr), ai + (pi + ri), 0, ref factors, stride, to);
        var (fr, fi) = (TLane.MultiplyAdd(cosA, pr, TLane.MultiplyAdd(cosB, rr, ar)), TLane.MultiplyAdd(cosA, pi, TLane.MultiplyAdd(cosB, ri, ai)));
        var (gr, gi) = (TLane.MultiplyAdd(cosB, pr, TLane.MultiplyAdd(cosA, rr, ar)), TLane.MultiplyAdd(cosB, pi, TLane.MultiplyAdd(cosA, ri, ai)));
        var (ur, ui) = (TLane.MultiplyAdd(sinA, qr, sinB * tr), TLane.MultiplyAdd(sinA, qi, sinB * ti));
        var (vr, vi) = (TLane.SubtractProduct(sinA, tr, sinB * qr), TLane.SubtractProduct(sinA, ti, sinB * qi));
        TTurn.Store<T, TLane>(fr + ui, fi - ur, 1, ref factors, stride, to);
        TTurn.Store<T, TLane>(gr + vi, gi - vr, 2, ref factors, stride, to);
        TTurn.Store<T, TLane>(gr - vi, gi + vr, 3, ref factors, stride, to);
        TTurn.Store<T, TLane>(fr - ui, fi + ur, 4, ref factors, stride, to);
    }
}

/// <summary>Eight values: two fours after one splitting.</summary>
internal readonly struct Eight<T> : IButterfly<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TLane, TTurn>(Split<T> from, Split<T> to, ref T factors, nint stride, ref T spare)
        where TLane : struct, ILane<TLane, T>
        where TTurn : struct, ITurn
    {
        var step = from.Pitch;
        var eighth = TLane.Of(Corner<T>.Eighth);
        Split(from, 0, step, out TLane ar, out TLane ai, out TLane er, out TLane ei);
        Split(from, 2 * step, step, out TLane cr, out TLane ci, out TLane gr, out TLane gi);
        var (pr, pi, qr, qi) = (ar + cr, ai + ci, ar - cr, ai - ci);
        var (ur, ui, vr, vi) = (er + gi, ei - gr, er - gi, ei + gr);
        Split(from, step, step, out TLane br, out TLane bi, out TLane fr, out TLane fi);
        Split(from, 3 * step, step, out TLane dr, out TLane di, out TLane hr, out TLane hi);
        var (rr, ri, tr, ti) = (br + dr, bi + di, br - dr, bi - di);
        NoTurn.Store<T, TLane>(pr + rr, pi + ri, 0, ref factors, stride, to);
        TTurn.Store<T, TLane>(qr + ti, qi - tr, 2, ref factors, stride, to);
        TTurn.Store<T, TLane>(pr - rr, pi - ri, 4, ref factors, stride, to);
        TTurn.Store<T, TLane>(qr - ti, qi + tr, 6, ref factors, stride, to);

        // The odd outputs: f turned by an eighth and h by three eighths of the circle, their common factor √½ kept for last.
        var (wr, wi) = (fr + fi, fi - fr);
        var (xr, xi) = (hi - hr, hr + hi);
        var (yr, yi, zr, zi) = (wr + xr, wi - xi, wr - xr, wi + xi);
        TTurn.Store<T, TLane>(TLane.MultiplyAdd(eighth, yr, ur), TLane.MultiplyAdd(eighth, yi, ui), 1, ref factors, stride, to);
        TTurn.Store<T, TLane>(TLane.MultiplyAdd(eighth, zi, vr), TLane.SubtractProduct(eighth, zr, vi), 3, ref factors, stride, to);
        TTurn.Store<T, TLane>(TLane.SubtractProduct(eighth, yr, ur), TLane.SubtractProduct(eighth, yi, ui), 5, ref factors, stride, to);
        TTurn.Store<T, TLane>(TLane.SubtractProduct(eighth, zi, vr), TLane.MultiplyAdd(eighth, zr, vi), 7, ref factors, stride, to);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Split<TLane>(Split<T> from, nint at, nint step, out TLane sumRe, out TLane sumIm, out TLane differenceRe, out TLane differenceIm)
        where TLane : struct, ILane<TLane, T>
    {
        var (xr, xi) = (TLane.Load(ref from.Re, at), TLane.Load(ref from.Im, at));
        var (yr, yi) = (TLane.Load(ref from.Re, at + (4 * step)), TLane.Load(ref from.Im, at + (4 * step)));
        (sumRe, sumIm, differenceRe, differenceIm) = (xr + yr, xi + yi, xr - yr, xi - yi);
    }
}
