using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SignalLab.Analysis.Fourier;

/// <summary>A number, or several side by side, so that one butterfly serves both.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
/// <typeparam name="T">The numbers: double or float.</typeparam>
internal interface ILane<TSelf, T>
    where TSelf : struct, ILane<TSelf, T>
    where T : unmanaged
{
    static abstract int Width { get; }

    static abstract TSelf Of(T value);

    static abstract TSelf Load(ref T from, nint at);

    void Store(ref T to, nint at);

    /// <summary>The last number first.</summary>
    TSelf Reversed();

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    /// <summary>a · b + c, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>c − a · b, rounded once.</summary>
    static abstract TSelf SubtractProduct(TSelf a, TSelf b, TSelf c);
}

/// <summary>How many numbers of a type the machine handles at once.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal static class Lanes<T>
    where T : unmanaged
{
    public static int Count => Vector512.IsHardwareAccelerated ? Vector512<T>.Count : Vector256<T>.Count;
}

/// <summary>One number.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal readonly struct One<T>(T value) : ILane<One<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T value = value;

    public static int Width => 1;

    public static One<T> Of(T value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static One<T> Load(ref T from, nint at) => new(Unsafe.Add(ref from, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T to, nint at) => Unsafe.Add(ref to, at) = value;

    public One<T> Reversed() => this;

    public static One<T> operator +(One<T> a, One<T> b) => new(a.value + b.value);

    public static One<T> operator -(One<T> a, One<T> b) => new(a.value - b.value);

    public static One<T> operator *(One<T> a, One<T> b) => new(a.value * b.value);

    public static One<T> MultiplyAdd(One<T> a, One<T> b, One<T> c) => new(T.FusedMultiplyAdd(a.value, b.value, c.value));

    public static One<T> SubtractProduct(One<T> a, One<T> b, One<T> c) => new(T.FusedMultiplyAdd(-a.value, b.value, c.value));
}

/// <summary>Four doubles or eight floats.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal readonly struct Lanes256<T>(Vector256<T> value) : ILane<Lanes256<T>, T>
    where T : unmanaged
{
    private readonly Vector256<T> value = value;

    public static int Width => Vector256<T>.Count;

    public static Lanes256<T> Of(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(ref T from, nint at) => new(Vector256.LoadUnsafe(ref Unsafe.Add(ref from, at)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T to, nint at) => value.StoreUnsafe(ref Unsafe.Add(ref to, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes256<T> Reversed() => new(typeof(T) == typeof(double)
        ? Vector256.Shuffle(value.AsDouble(), Vector256.Create(3, 2, 1, 0)).As<double, T>()
        : Vector256.Shuffle(value.AsSingle(), Vector256.Create(7, 6, 5, 4, 3, 2, 1, 0)).As<float, T>());

    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a.value + b.value);

    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a.value - b.value);

    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => new(typeof(T) == typeof(double)
        ? Vector256.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>()
        : Vector256.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SubtractProduct(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => new(typeof(T) == typeof(double)
        ? Vector256.FusedMultiplyAdd(-a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>()
        : Vector256.FusedMultiplyAdd(-a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>());
}

/// <summary>Eight doubles or sixteen floats.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal readonly struct Lanes512<T>(Vector512<T> value) : ILane<Lanes512<T>, T>
    where T : unmanaged
{
    private readonly Vector512<T> value = value;

    public static int Width => Vector512<T>.Count;

    public static Lanes512<T> Of(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(ref T from, nint at) => new(Vector512.LoadUnsafe(ref Unsafe.Add(ref from, at)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T to, nint at) => value.StoreUnsafe(ref Unsafe.Add(ref to, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Lanes512<T> Reversed() => new(typeof(T) == typeof(double)
        ? Vector512.Shuffle(value.AsDouble(), Vector512.Create(7L, 6, 5, 4, 3, 2, 1, 0)).As<double, T>()
        : Vector512.Shuffle(value.AsSingle(), Vector512.Create(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)).As<float, T>());

    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a.value + b.value);

    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a.value - b.value);

    public static Lanes512<T> operator *(Lanes512<T> a, Lanes512<T> b) => new(a.value * b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => new(typeof(T) == typeof(double)
        ? Vector512.FusedMultiplyAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>()
        : Vector512.FusedMultiplyAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> SubtractProduct(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => new(typeof(T) == typeof(double)
        ? NegatedAdd(a.value.AsDouble(), b.value.AsDouble(), c.value.AsDouble()).As<double, T>()
        : NegatedAdd(a.value.AsSingle(), b.value.AsSingle(), c.value.AsSingle()).As<float, T>());

    // One instruction where the machine has it; the compiler makes two of the general form.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> NegatedAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) =>
        Avx512F.IsSupported ? Avx512F.FusedMultiplyAddNegated(a, b, c) : Vector512.FusedMultiplyAdd(-a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> NegatedAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Avx512F.IsSupported ? Avx512F.FusedMultiplyAddNegated(a, b, c) : Vector512.FusedMultiplyAdd(-a, b, c);
}
