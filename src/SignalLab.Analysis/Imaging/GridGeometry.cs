using SignalLab.Model;

namespace SignalLab.Analysis.Imaging;

/// <summary>A conventional plane of anatomy.</summary>
public enum SlicePlane
{
    /// <summary>Across the body: x right, y front.</summary>
    Axial,

    /// <summary>Seen from the front: x right, y up.</summary>
    Coronal,

    /// <summary>Seen from the side: x front, y up.</summary>
    Sagittal,
}

/// <summary>Where a grid lies in its frame, and grids cut out of it.</summary>
public static class GridGeometry
{
    extension(GridSupport grid)
    {
        /// <summary>Smallest and largest coordinate of any voxel centre, in millimetres.</summary>
        public (Point3 Low, Point3 High) ExtentMm()
        {
            ArgumentNullException.ThrowIfNull(grid);
            var corners = Enumerable.Range(0, 8).Select(c => grid.ToMillimetres.Apply(new((c & 1) * (grid.SizeX - 1), (c >> 1 & 1) * (grid.SizeY - 1), (c >> 2) * (grid.SizeZ - 1)))).ToArray();
            return (new(corners.Min(p => p.X), corners.Min(p => p.Y), corners.Min(p => p.Z)), new(corners.Max(p => p.X), corners.Max(p => p.Y), corners.Max(p => p.Z)));
        }

        /// <summary>The voxel that holds a point, as its position among the values; null outside the grid.</summary>
        /// <param name="positionMm">The point in the grid's frame.</param>
        public long? LocationAt(Point3 positionMm)
        {
            ArgumentNullException.ThrowIfNull(grid);
            var p = grid.ToMillimetres.Inverse().Apply(positionMm);
            return GridInterpolation.IsInside(p.X, p.Y, p.Z, grid.SizeX, grid.SizeY, grid.SizeZ)
                ? grid.IndexOf(GridInterpolation.NearestNode(p.X, grid.SizeX), GridInterpolation.NearestNode(p.Y, grid.SizeY), GridInterpolation.NearestNode(p.Z, grid.SizeZ))
                : null;
        }

        /// <summary>Centre of a voxel in millimetres.</summary>
        /// <param name="location">Its position among the values.</param>
        public Point3 PositionMm(long location)
        {
            ArgumentNullException.ThrowIfNull(grid);
            return grid.ToMillimetres.Apply(new(location % grid.SizeX, location / grid.SizeX % grid.SizeY, location / grid.SizeX / grid.SizeY));
        }

        /// <summary>Distance of neighbouring voxels along right, front and up: of the index that runs nearest to each.</summary>
        public Point3 SpacingRasMm()
        {
            var s = grid.SpacingMm;
            double[] sizes = [s.X, s.Y, s.Z];
            var order = IndexAlong(grid.ToMillimetres);
            return new(sizes[order[0]], sizes[order[1]], sizes[order[2]]);
        }

        /// <summary>The same voxels with the indices running right, front and up as nearly as they can: axes exchanged and turned, none interpolated.</summary>
        public GridSupport ToRas()
        {
            int[] sizes = [grid.SizeX, grid.SizeY, grid.SizeZ];
            var affine = grid.ToMillimetres;
            var order = IndexAlong(affine);
            var origin = affine.Column(3);
            var columns = new Point3[3];
            for (var axis = 0; axis < 3; axis++)
            {
                var column = affine.Column(order[axis]);
                var runsBack = Component(column, axis) < 0;
                origin = runsBack ? origin + ((sizes[order[axis]] - 1) * column) : origin;
                columns[axis] = runsBack ? -1 * column : column;
            }

            return grid with
            {
                SizeX = sizes[order[0]],
                SizeY = sizes[order[1]],
                SizeZ = sizes[order[2]],
                ToMillimetres = Affine.FromColumns(columns[0], columns[1], columns[2], origin),
            };
        }

        /// <summary>The pixels of a plane through the grid: where the grid lies straight, its own voxel centres in that plane.</summary>
        /// <param name="plane">Which plane.</param>
        /// <param name="millimetres">Where: the coordinate up (axial), to the front (coronal) or to the right (sagittal).</param>
        /// <returns>A grid of one layer in the same frame: axial x right, y front; coronal x right, y up; sagittal x front, y up.</returns>
        /// <exception cref="UnfitInputException">The plane lies outside the grid.</exception>
        public GridSupport Plane(SlicePlane plane, double millimetres)
        {
            ArgumentNullException.ThrowIfNull(grid);
            var (across, up, normal) = AxesOf(plane);
            var (low, high) = grid.ExtentMm();
            var spacing = grid.SpacingRasMm();
            var margin = Component(spacing, normal) / 2;
            if (!(millimetres >= Component(low, normal) - margin - 1e-6 && millimetres <= Component(high, normal) + margin + 1e-6))
            {
                throw new UnfitInputException(FormattableString.Invariant(
                    $"The {plane.ToString().ToLowerInvariant()} plane at {millimetres} mm lies outside the image, which reaches from {Component(low, normal):0.##} to {Component(high, normal):0.##} mm."));
            }

            var origin = Along(across, Component(low, across)) + Along(up, Component(low, up)) + Along(normal, millimetres);
            return grid with
            {
                SizeX = PixelsAlong(across),
                SizeY = PixelsAlong(up),
                SizeZ = 1,
                ToMillimetres = Affine.FromColumns(Along(across, Component(spacing, across)), Along(up, Component(spacing, up)), Along(normal, Component(spacing, normal)), origin),
            };

            int PixelsAlong(int axis) => (int)Math.Ceiling(((Component(high, axis) - Component(low, axis)) / Component(spacing, axis)) - 1e-3) + 1;
        }

        /// <summary>Coordinates of the grid's layers parallel to a plane, lowest first: where the conventional slices are taken.</summary>
        /// <param name="plane">Which plane.</param>
        public IReadOnlyList<double> LayersMm(SlicePlane plane)
        {
            ArgumentNullException.ThrowIfNull(grid);
            var (_, _, normal) = AxesOf(plane);
            var (low, high) = grid.ExtentMm();
            var (first, last, step) = (Component(low, normal), Component(high, normal), Component(grid.SpacingRasMm(), normal));
            var layers = new double[(int)Math.Floor(((last - first) / step) + 1e-3) + 1];
            for (var i = 0; i < layers.Length; i++)
            {
                layers[i] = first + (i * step);
            }

            return layers;
        }
    }

    private static (int Across, int Up, int Normal) AxesOf(SlicePlane plane) => plane switch
    {
        SlicePlane.Axial => (0, 1, 2),
        SlicePlane.Coronal => (0, 2, 1),
        SlicePlane.Sagittal => (1, 2, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(plane), plane, "Axial, coronal or sagittal."),
    };

    private static double Component(Point3 p, int axis) => axis == 0 ? p.X : axis == 1 ? p.Y : p.Z;

    private static Point3 Along(int axis, double length) => new(axis == 0 ? length : 0, axis == 1 ? length : 0, axis == 2 ? length : 0);

    // For right, front and up the index that runs nearest to it: of the six ways to pair them the one with the largest cosines.
    private static int[] IndexAlong(Affine affine)
    {
        int[][] ways = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        return ways.MaxBy(way => Enumerable.Range(0, 3).Sum(axis => Math.Pow(Component(affine.Column(way[axis]).Unit(), axis), 2)))!;
    }
}
