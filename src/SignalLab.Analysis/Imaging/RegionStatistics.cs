using SignalLab.Model;

namespace SignalLab.Analysis.Imaging;

/// <summary>The values of one region of a map.</summary>
/// <param name="Label">The region's number in the label map.</param>
/// <param name="Count">Voxels with a value.</param>
/// <param name="Mean">Mean of the values, in the map's unit.</param>
/// <param name="StandardDeviation">Sample standard deviation (divided by n − 1; NaN for one voxel), in the map's unit.</param>
/// <param name="Median">Middle value.</param>
/// <param name="Minimum">Smallest value.</param>
/// <param name="Maximum">Largest value.</param>
/// <param name="VolumeMl">Volume of those voxels in millilitres.</param>
public sealed record RegionStatistics(int Label, int Count, double Mean, double StandardDeviation, double Median, double Minimum, double Maximum, double VolumeMl);

/// <summary>Statistics of a map over the regions of a label map.</summary>
public static class Regions
{
    extension(ParameterMap map)
    {
        /// <summary>Statistics over every labelled region: each voxel of this map belongs to the region whose label is nearest to its centre.</summary>
        /// <param name="labels">A label map in the same frame, or one that <paramref name="transforms"/> joins to it.</param>
        /// <param name="transforms">Transforms between the frames, or null where they are one.</param>
        /// <param name="frame">Which frame of the map.</param>
        /// <returns>One entry a label other than 0 that holds at least one voxel, by rising label. Masked voxels and those without a number are left out.</returns>
        /// <exception cref="UnfitInputException">A map is not on a grid, the second is not a label map, or no path joins the frames.</exception>
        public IReadOnlyList<RegionStatistics> StatisticsByRegion(ParameterMap labels, TransformGraph? transforms = null, int frame = 0)
        {
            ArgumentNullException.ThrowIfNull(labels);
            var grid = Reslicing.GridOf(map);
            if (labels.Kind != MapKind.Label)
            {
                throw new UnfitInputException("Regions are given by a label map; the values of this one are not labels.");
            }

            var regions = labels.ResliceOnto(grid, transforms ?? new TransformGraph([])).ReadFrame();
            var values = map.ReadFrame(frame);
            var byLabel = new SortedDictionary<int, List<double>>();
            for (var i = 0; i < values.Length; i++)
            {
                if (regions[i] is not 0 and not double.NaN && double.IsFinite(values[i]) && (map.Mask is null || map.Mask[i]))
                {
                    var label = (int)regions[i];
                    if (!byLabel.TryGetValue(label, out var list))
                    {
                        byLabel[label] = list = [];
                    }

                    list.Add(values[i]);
                }
            }

            var voxelMl = Math.Abs(grid.ToMillimetres.Determinant) / 1000;
            return [.. byLabel.Select(r => Of(r.Key, [.. r.Value], voxelMl))];
        }
    }

    private static RegionStatistics Of(int label, double[] values, double voxelMl)
    {
        Array.Sort(values);
        var mean = values.Average();
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
        var middle = values.Length / 2;
        var median = values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
        return new(label, values.Length, mean, Math.Sqrt(variance), median, values[0], values[^1], values.Length * voxelMl);
    }
}
