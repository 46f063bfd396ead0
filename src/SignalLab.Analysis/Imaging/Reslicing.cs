using SignalLab.Model;

namespace SignalLab.Analysis.Imaging;

/// <summary>Grid maps cut and laid over each other in millimetres. Everything is lazy: values are interpolated when they are read.</summary>
public static class Reslicing
{
    extension(ParameterMap map)
    {
        /// <summary>The plane of a map at a coordinate, through its own voxel centres where it lies straight.</summary>
        /// <param name="plane">Axial, coronal or sagittal.</param>
        /// <param name="millimetres">Coordinate up (axial), to the front (coronal) or to the right (sagittal).</param>
        /// <param name="interpolation">Between voxels; labels always take the nearest.</param>
        /// <returns>A map of one layer in the same frame, with the same axes: axial x right, y front; coronal x right, y up; sagittal x front, y up.</returns>
        /// <exception cref="UnfitInputException">The map is not on a grid, or the plane misses it.</exception>
        public ParameterMap SliceAt(SlicePlane plane, double millimetres, Interpolation interpolation = Interpolation.Linear) =>
            map.Resampled(GridOf(map).Plane(plane, millimetres), Affine.Identity, interpolation, ProcessingStep.Of("slice", ("plane", plane), ("at_mm", millimetres), ("interpolation", Method(map, interpolation))));

        /// <summary>The map at the nodes of another grid of its own frame.</summary>
        /// <param name="target">The nodes wanted.</param>
        /// <param name="interpolation">Between voxels; labels always take the nearest.</param>
        /// <returns>A map over <paramref name="target"/>; nodes outside the source are masked (NaN, 0 for labels).</returns>
        /// <exception cref="UnfitInputException">The map is not on a grid, or the grids' frames differ.</exception>
        public ParameterMap Reslice(GridSupport target, Interpolation interpolation = Interpolation.Linear) =>
            map.ResliceOnto(target, new TransformGraph([]), interpolation);

        /// <summary>The map at the nodes of a grid of another frame.</summary>
        /// <param name="target">The nodes wanted.</param>
        /// <param name="transforms">The study's transforms, in which a path must join the two frames.</param>
        /// <param name="interpolation">Between voxels; labels always take the nearest.</param>
        /// <returns>A map over <paramref name="target"/>, in its frame.</returns>
        /// <exception cref="UnfitInputException">The map is not on a grid, or no path joins the frames.</exception>
        public ParameterMap ResliceOnto(GridSupport target, TransformGraph transforms, Interpolation interpolation = Interpolation.Linear)
        {
            ArgumentNullException.ThrowIfNull(target);
            ArgumentNullException.ThrowIfNull(transforms);
            var metres = transforms.Between(target.Frame, GridOf(map).Frame);
            var between = Affine.FromColumns(metres.Column(0), metres.Column(1), metres.Column(2), 1000 * metres.Column(3));
            return map.Resampled(target, between, interpolation, ProcessingStep.Of(
                "reslice", ("frame", target.Frame.Name), ("size_x", target.SizeX), ("size_y", target.SizeY), ("size_z", target.SizeZ),
                ("affine_mm", string.Join(" ", target.ToMillimetres.ToArray().Take(12).Select(v => v.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))),
                ("interpolation", Method(map, interpolation))));
        }

        /// <summary>The same voxels with indices running right, front and up; no value is interpolated.</summary>
        /// <exception cref="UnfitInputException">The map is not on a grid.</exception>
        public ParameterMap ToRas()
        {
            var target = GridOf(map).ToRas();
            return map.Resampled(target, Affine.Identity, Interpolation.Nearest, ProcessingStep.Of("to RAS"));
        }

        /// <summary>The voxel that holds a point, as its position among the values; null outside the map.</summary>
        /// <param name="positionMm">The point in the map's frame.</param>
        /// <exception cref="UnfitInputException">The map is not on a grid.</exception>
        public long? LocationAt(Point3 positionMm) => GridOf(map).LocationAt(positionMm);

        /// <summary>The map's value at a point of its own frame; NaN where it has none (labels: 0).</summary>
        /// <param name="positionMm">The point.</param>
        /// <param name="frame">Frame number, first extra axis fastest.</param>
        /// <param name="interpolation">Between voxels; labels always take the nearest.</param>
        /// <returns>The value in the map's unit; at a voxel's centre that voxel's.</returns>
        /// <exception cref="UnfitInputException">The map is not on a grid.</exception>
        public double ValueAt(Point3 positionMm, int frame = 0, Interpolation interpolation = Interpolation.Linear)
        {
            var there = GridOf(map) with { SizeX = 1, SizeY = 1, SizeZ = 1, ToMillimetres = Affine.FromColumns(new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), positionMm) };
            var point = map.Resampled(there, Affine.Identity, interpolation, ProcessingStep.Of("value at"));
            return point.Mask is [false] && map.Kind != MapKind.Label ? double.NaN : point.ReadFrame(frame)[0];
        }

        private ParameterMap Resampled(GridSupport target, Affine targetFrameToOwn, Interpolation interpolation, ProcessingStep step)
        {
            var grid = GridOf(map);
            var toSource = grid.ToMillimetres.Inverse().After(targetFrameToOwn).After(target.ToMillimetres);
            var values = new ReslicedValues(map.Values, grid, map.Mask, target, toSource, Method(map, interpolation), map.Kind == MapKind.Label ? 0 : double.NaN);
            return map with
            {
                Support = target,
                Values = values,
                Mask = ReslicedMask.Of(grid, map.Mask, target, toSource),
                Provenance = map.Provenance.Then(step),
            };
        }
    }

    internal static GridSupport GridOf(ParameterMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map.Support as GridSupport ?? throw new UnfitInputException("Only a map over a grid can be sliced; this one has its values at sensors or on a surface.");
    }

    private static Interpolation Method(ParameterMap map, Interpolation asked) => map.Kind == MapKind.Label ? Interpolation.Nearest : asked;
}
