using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SignalLab.Analysis.Components;

/// <summary>log cosh and its derivatives over many samples, four side by side.</summary>
internal static class LogCosh
{
    // Beyond this tanh is 1 to the last bit.
    private const double Farthest = 20;

    // Adding it moves the nearest whole number into the low bits.
    private const double Magic = 6755399441055744.0;

    /// <summary>Replaces values by their tanh (absolute error below 4e-16) and sums what goes with it.</summary>
    /// <param name="values">Values, a multiple of four and at most 2048 of them.</param>
    /// <returns>Sums of 1 − tanh² and of log cosh.</returns>
    public static (double Slope, double Value) Tanh(Span<double> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        var (slope, size) = (Vector256<double>.Zero, Vector256<double>.Zero);

        // log cosh y = |y| + log(1 + e) − log 2 with e = exp(−2|y|): the logarithms are taken once, of the product.
        var product = Vector256<double>.One;
        for (var i = 0; i < values.Length; i += 4)
        {
            var y = Vector256.LoadUnsafe(ref first, (nuint)i);
            var magnitude = Vector256.Abs(y);
            var e = ExpOfNegative(Vector256.Create(-2.0) * Vector256.Min(magnitude, Vector256.Create(Farthest)));
            var one = Vector256<double>.One;
            var tanh = (one - e) / (one + e);
            size += magnitude;
            product *= one + e;
            slope += one - (tanh * tanh);
            tanh = Vector256.ConditionalSelect(Vector256.Create(-0.0), y, tanh);
            tanh.StoreUnsafe(ref first, (nuint)i);
        }

        var logs = Math.Log(product[0]) + Math.Log(product[1]) + Math.Log(product[2]) + Math.Log(product[3]);
        return (Vector256.Sum(slope), Vector256.Sum(size) + logs - (values.Length * Math.Log(2)));
    }

    // exp by x = n·log 2 + r, |r| <= log(2)/2, and the Taylor series to the twelfth power (remainder below 2e-16); x from −40 to 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> ExpOfNegative(Vector256<double> x)
    {
        var magic = Vector256.Create(Magic);
        var shifted = Vector256.FusedMultiplyAdd(x, Vector256.Create(1.4426950408889634), magic);
        var n = shifted - magic;
        var r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-0.6931471803691238), x);
        r = Vector256.FusedMultiplyAdd(n, Vector256.Create(-1.9082149292705877e-10), r);
        var r2 = r * r;
        var r4 = r2 * r2;
        var low = Pair(r, 1, 1) + (Pair(r, 1.0 / 2, 1.0 / 6) * r2);
        var middle = Pair(r, 1.0 / 24, 1.0 / 120) + (Pair(r, 1.0 / 720, 1.0 / 5040) * r2);
        var high = Pair(r, 1.0 / 40320, 1.0 / 362880) + (Pair(r, 1.0 / 3628800, 1.0 / 39916800) * r2) + (Vector256.Create(1.0 / 479001600) * r4);
        var series = Vector256.FusedMultiplyAdd(Vector256.FusedMultiplyAdd(high, r4, middle), r4, low);
        var power = Vector256.ShiftLeft(shifted.AsInt64(), 52) + Vector256.Create(1023L << 52);
        return series * power.AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Pair(Vector256<double> r, double constant, double linear) => Vector256.FusedMultiplyAdd(r, Vector256.Create(linear), Vector256.Create(constant));
}
