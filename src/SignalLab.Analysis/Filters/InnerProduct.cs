using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Filters;

/// <summary>Sums of products, several at a time.</summary>
internal static class InnerProduct
{
    /// <summary>Σ a[i]·b[i].</summary>
    /// <param name="a">Values.</param>
    /// <param name="b">As many values.</param>
    public static double Of(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var left = MemoryMarshal.Cast<double, Vector<double>>(a);
        var right = MemoryMarshal.Cast<double, Vector<double>>(b);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i + 1 < left.Length; i += 2)
        {
            even += left[i] * right[i];
            odd += left[i + 1] * right[i + 1];
        }

        if (i < left.Length)
        {
            even += left[i] * right[i];
        }

        var sum = Vector.Sum(even + odd);
        for (var k = left.Length * Vector<double>.Count; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
