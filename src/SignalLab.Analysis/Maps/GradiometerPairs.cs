using SignalLab.Model;

namespace SignalLab.Analysis.Maps;

/// <summary>Planar gradiometers come in pairs at one place that measure the field's slope along two directions: their root mean square has a map.</summary>
internal static class GradiometerPairs
{
    private const double SamePlaceMetres = 1e-6;

    /// <summary>The pairs of a layout in order of their first coil; a coil without partner is in none.</summary>
    /// <param name="layout">Coils.</param>
    /// <returns>Indices of both coils.</returns>
    public static IReadOnlyList<(int First, int Second)> Of(SensorLayout layout)
    {
        var pairs = new List<(int, int)>();
        var taken = new HashSet<int>();
        for (var i = 0; i < layout.Sensors.Count; i++)
        {
            for (var j = i + 1; j < layout.Sensors.Count && !taken.Contains(i); j++)
            {
                if (!taken.Contains(j) && (layout.Sensors[i].PositionMetres - layout.Sensors[j].PositionMetres).Norm < SamePlaceMetres)
                {
                    pairs.Add((i, j));
                    taken.UnionWith([i, j]);
                }
            }
        }

        return pairs;
    }

    /// <summary>One sensor a pair, named after the first with an x for the digit that tells them apart.</summary>
    public static SensorLayout Merge(SensorLayout layout, IReadOnlyList<(int First, int Second)> pairs) =>
        layout with { Sensors = [.. pairs.Select(p => layout.Sensors[p.First] with { Name = layout.Sensors[p.First].Name[..^1] + "x" })] };

    /// <summary>The root mean square of each pair.</summary>
    public static double[] Merge(ReadOnlySpan<double> values, IReadOnlyList<(int First, int Second)> pairs)
    {
        var merged = new double[pairs.Count];
        for (var i = 0; i < merged.Length; i++)
        {
            var (a, b) = (values[pairs[i].First], values[pairs[i].Second]);
            merged[i] = Math.Sqrt(((a * a) + (b * b)) / 2);
        }

        return merged;
    }
}
