namespace SignalLab.Analysis.Imaging;

/// <summary>How a value between grid nodes is found.</summary>
public enum Interpolation
{
    /// <summary>Weighted mean of the eight nodes around.</summary>
    Linear,

    /// <summary>The nearest node's value; always used for labels.</summary>
    Nearest,
}

/// <summary>One value between the nodes of a box of voxels, first index fastest.</summary>
internal static class GridInterpolation
{
    // Nearer than this to a node is the node: rounding of the affine must not blur a value or let a neighbour without number in.
    private const double NodeTolerance = 1e-6;

    /// <summary>True where a position belongs to a voxel: at most half a voxel outside the outermost centres.</summary>
    /// <param name="x">Position along the first index, in voxels.</param>
    /// <param name="y">Along the second.</param>
    /// <param name="z">Along the third.</param>
    /// <param name="sizeX">Voxels along the first index.</param>
    /// <param name="sizeY">Along the second.</param>
    /// <param name="sizeZ">Along the third.</param>
    public static bool IsInside(double x, double y, double z, int sizeX, int sizeY, int sizeZ) =>
        Belongs(x, sizeX) && Belongs(y, sizeY) && Belongs(z, sizeZ);

    /// <summary>The node whose voxel a position lies in.</summary>
    /// <param name="position">Position in voxels.</param>
    /// <param name="size">Number of nodes.</param>
    public static int NearestNode(double position, int size) => Math.Clamp((int)Math.Floor(position + 0.5 + NodeTolerance), 0, size - 1);

    /// <summary>The node below a position and the part of the way to the next: 0 on a node and outside the outermost centres.</summary>
    /// <param name="position">Position in voxels.</param>
    /// <param name="size">Number of nodes.</param>
    public static (int Node, double Part) Split(double position, int size)
    {
        var clamped = Math.Clamp(position, 0, size - 1);
        var nearest = Math.Round(clamped);
        if (Math.Abs(clamped - nearest) <= NodeTolerance)
        {
            return ((int)nearest, 0);
        }

        var below = Math.Floor(clamped);
        return ((int)below, clamped - below);
    }

    /// <summary>The trilinear value in a cell. A node without number counts only where its weight is not 0.</summary>
    /// <param name="box">Values, first index fastest.</param>
    /// <param name="at">The cell's lowest node.</param>
    /// <param name="u">Part of the way along the first index, 0…1.</param>
    /// <param name="v">Along the second.</param>
    /// <param name="w">Along the third.</param>
    /// <param name="nextRow">Distance of rows in the box.</param>
    /// <param name="nextLayer">Distance of layers.</param>
    public static double Linear(ReadOnlySpan<double> box, int at, double u, double v, double w, int nextRow, int nextLayer) =>
        w == 0 ? InPlane(box, at, u, v, nextRow) : ((1 - w) * InPlane(box, at, u, v, nextRow)) + (w * InPlane(box, at + nextLayer, u, v, nextRow));

    private static double InPlane(ReadOnlySpan<double> box, int at, double u, double v, int next) =>
        v == 0 ? InRow(box, at, u) : ((1 - v) * InRow(box, at, u)) + (v * InRow(box, at + next, u));

    private static double InRow(ReadOnlySpan<double> box, int at, double u) => u == 0 ? box[at] : ((1 - u) * box[at]) + (u * box[at + 1]);

    private static bool Belongs(double position, int size) => position >= -0.5 - NodeTolerance && position <= size - 0.5 + NodeTolerance;
}
