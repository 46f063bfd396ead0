using System.Numerics;

namespace SignalLab.Analysis.Fourier;

/// <summary>A prime number of values, 7, 11 or 13, by sums and differences of the values mirrored about the first.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <typeparam name="TPrime">The prime.</typeparam>
internal readonly struct PrimeButterfly<T, TPrime> : IButterfly<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TPrime : struct, IPrime
{
    private static readonly T[] Cosines = [.. Enumerable.Range(0, TPrime.Value).Select(k => T.CreateTruncating(Twiddles.Root(k, TPrime.Value).Re))];
    private static readonly T[] Sines = [.. Enumerable.Range(0, TPrime.Value).Select(k => T.CreateTruncating(-Twiddles.Root(k, TPrime.Value).Im))];

    public static void Run<TLane, TTurn>(Split<T> from, Split<T> to, ref T factors, nint stride, ref T spare)
        where TLane : struct, ILane<TLane, T>
        where TTurn : struct, ITurn
    {
        var (half, room) = ((TPrime.Value - 1) / 2, 4 * TLane.Width);
        var (ar, ai) = (TLane.Load(ref from.Re, 0), TLane.Load(ref from.Im, 0));
        var (totalRe, totalIm) = (ar, ai);
        for (var j = 1; j <= half; j++)
        {
            var (xr, xi) = (TLane.Load(ref from.Re, j * from.Pitch), TLane.Load(ref from.Im, j * from.Pitch));
            var (yr, yi) = (TLane.Load(ref from.Re, (TPrime.Value - j) * from.Pitch), TLane.Load(ref from.Im, (TPrime.Value - j) * from.Pitch));
            var (sr, si) = (xr + yr, xi + yi);
            (totalRe, totalIm) = (totalRe + sr, totalIm + si);
            sr.Store(ref spare, j * room);
            si.Store(ref spare, (j * room) + TLane.Width);
            (xr - yr).Store(ref spare, (j * room) + (2 * TLane.Width));
            (xi - yi).Store(ref spare, (j * room) + (3 * TLane.Width));
        }

        NoTurn.Store<T, TLane>(totalRe, totalIm, 0, ref factors, stride, to);
        for (var k = 1; k <= half; k++)
        {
            var (evenRe, evenIm, oddRe, oddIm) = (ar, ai, TLane.Of(T.Zero), TLane.Of(T.Zero));
            for (var (j, at) = (1, k); j <= half; j++, at = (at + k) % TPrime.Value)
            {
                var (cosine, sine) = (TLane.Of(Cosines[at]), TLane.Of(Sines[at]));
                evenRe = TLane.MultiplyAdd(cosine, TLane.Load(ref spare, j * room), evenRe);
                evenIm = TLane.MultiplyAdd(cosine, TLane.Load(ref spare, (j * room) + TLane.Width), evenIm);
                oddRe = TLane.MultiplyAdd(sine, TLane.Load(ref spare, (j * room) + (2 * TLane.Width)), oddRe);
                oddIm = TLane.MultiplyAdd(sine, TLane.Load(ref spare, (j * room) + (3 * TLane.Width)), oddIm);
            }

            TTurn.Store<T, TLane>(evenRe + oddIm, evenIm - oddRe, k, ref factors, stride, to);
            TTurn.Store<T, TLane>(evenRe - oddIm, evenIm + oddRe, TPrime.Value - k, ref factors, stride, to);
        }
    }
}

/// <summary>A prime as a type, so that its butterfly's loops have a known length.</summary>
internal interface IPrime
{
    static abstract int Value { get; }
}

internal readonly struct Seven : IPrime
{
    public static int Value => 7;
}

internal readonly struct Eleven : IPrime
{
    public static int Value => 11;
}

internal readonly struct Thirteen : IPrime
{
    public static int Value => 13;
}
