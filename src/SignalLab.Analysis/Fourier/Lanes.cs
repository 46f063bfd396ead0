using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SignalLab.Analysis.Fourier;

/// <summary>A number, or several side by side, so that one butterfly serves both.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface ILane<TSelf>
    where TSelf : struct, ILane<TSelf>
{
    static abstract int Width { get; }

    static abstract TSelf Of(double value);

    static abstract TSelf Load(ReadOnlySpan<double> from, int at);

    void Store(Span<double> to, int at);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);
}

/// <summary>One number.</summary>
internal readonly struct One(double value) : ILane<One>
{
    private readonly double value = value;

    public static int Width => 1;

    public static One Of(double value) => new(value);

    public static One Load(ReadOnlySpan<double> from, int at) => new(from[at]);

    public void Store(Span<double> to, int at) => to[at] = value;

    public static One operator +(One a, One b) => new(a.value + b.value);

    public static One operator -(One a, One b) => new(a.value - b.value);

    public static One operator *(One a, One b) => new(a.value * b.value);

    public static One MultiplyAdd(One a, One b, One c) => new(Math.FusedMultiplyAdd(a.value, b.value, c.value));
}

/// <summary>Four numbers.</summary>
internal readonly struct Four(Vector256<double> value) : ILane<Four>
{
    private readonly Vector256<double> value = value;

    public static int Width => 4;

    public static Four Of(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four Load(ReadOnlySpan<double> from, int at) => new(Vector256.Create(from.Slice(at, 4)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<double> to, int at) => value.CopyTo(to.Slice(at, 4));

    public static Four operator +(Four a, Four b) => new(a.value + b.value);

    public static Four operator -(Four a, Four b) => new(a.value - b.value);

    public static Four operator *(Four a, Four b) => new(a.value * b.value);

    public static Four MultiplyAdd(Four a, Four b, Four c) => new(Vector256.FusedMultiplyAdd(a.value, b.value, c.value));
}

/// <summary>Eight numbers.</summary>
internal readonly struct Eight(Vector512<double> value) : ILane<Eight>
{
    private readonly Vector512<double> value = value;

    public static int Width => 8;

    public static Eight Of(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Eight Load(ReadOnlySpan<double> from, int at) => new(Vector512.Create(from.Slice(at, 8)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(Span<double> to, int at) => value.CopyTo(to.Slice(at, 8));

    public static Eight operator +(Eight a, Eight b) => new(a.value + b.value);

    public static Eight operator -(Eight a, Eight b) => new(a.value - b.value);

    public static Eight operator *(Eight a, Eight b) => new(a.value * b.value);

    public static Eight MultiplyAdd(Eight a, Eight b, Eight c) => new(Vector512.FusedMultiplyAdd(a.value, b.value, c.value));
}
