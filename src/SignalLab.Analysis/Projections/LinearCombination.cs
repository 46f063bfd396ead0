using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Projections;

/// <summary>Sums of scaled rows; every element is computed alike wherever it stands, so that block reads equal whole reads.</summary>
internal static class LinearCombination
{
    /// <summary>sum += factor × values, element by element.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="values">The row.</param>
    /// <param name="sum">As long as <paramref name="values"/>.</param>
    public static void AddScaled(double factor, ReadOnlySpan<double> values, Span<double> sum)
    {
        var blocks = MemoryMarshal.Cast<double, Vector<double>>(values);
        var sums = MemoryMarshal.Cast<double, Vector<double>>(sum[..values.Length]);
        var scale = new Vector<double>(factor);
        for (var i = 0; i < blocks.Length; i++)
        {
            sums[i] += blocks[i] * scale;
        }

        for (var i = blocks.Length * Vector<double>.Count; i < values.Length; i++)
        {
            sum[i] += values[i] * factor;
        }
    }
}
