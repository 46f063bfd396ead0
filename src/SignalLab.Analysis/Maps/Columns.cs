using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Maps;

/// <summary>Row arithmetic on weights: one row a place, one column a sensor.</summary>
internal static class Columns
{
    extension(double[,] matrix)
    {
        /// <summary>One row of a matrix without copying.</summary>
        public Span<double> AsRow(int row) => MemoryMarshal.CreateSpan(ref matrix[row, 0], matrix.GetLength(1));
    }

    /// <summary>into += factor × row.</summary>
    public static void AddScaled(Span<double> into, ReadOnlySpan<double> row, double factor)
    {
        var i = 0;
        for (; i <= into.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(into[i..]) + (new Vector<double>(row[i..]) * factor)).CopyTo(into[i..]);
        }

        for (; i < into.Length; i++)
        {
            into[i] += factor * row[i];
        }
    }

    /// <summary>Scalar product.</summary>
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var (i, sum) = (0, Vector<double>.Zero);
        for (; i <= left.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sum += new Vector<double>(left[i..]) * new Vector<double>(right[i..]);
        }

        var total = Vector.Sum(sum);
        for (; i < left.Length; i++)
        {
            total += left[i] * right[i];
        }

        return total;
    }
}
