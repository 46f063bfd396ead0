using SignalLab.Model;

namespace SignalLab.Figures.Maps;

/// <summary>How the nodes of a plane lie on the page: turned by right angles and mirrored as its affine demands, in true proportion. Colours, contours and marks all go through it.</summary>
internal sealed class PlaneView
{
    private readonly GridSupport grid;
    private readonly bool turned;
    private readonly bool rightFalls;
    private readonly bool upFalls;

    private PlaneView(GridSupport grid, Point3 right, Point3 up)
    {
        if (grid.SizeZ != 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"A plane has one layer, not {grid.SizeZ}: reslice first."), nameof(grid));
        }

        this.grid = grid;
        var (i, j) = (grid.ToMillimetres.Column(0), grid.ToMillimetres.Column(1));
        if (!(i.Norm > 0) || !(j.Norm > 0))
        {
            throw new ArgumentException("A plane's nodes lie a distance apart along both indices.", nameof(grid));
        }

        turned = Math.Abs(j.Unit().Dot(right)) + Math.Abs(i.Unit().Dot(up)) > Math.Abs(i.Unit().Dot(right)) + Math.Abs(j.Unit().Dot(up));
        var (along, across) = turned ? (j, i) : (i, j);
        rightFalls = along.Dot(right) < 0;
        upFalls = across.Dot(up) < 0;
        Right = (rightFalls ? -1 : 1) * along.Unit();
        Up = (upFalls ? -1 : 1) * across.Unit();
        var (nodesRight, nodesUp) = turned ? (grid.SizeY, grid.SizeX) : (grid.SizeX, grid.SizeY);
        (WidthMm, HeightMm) = (nodesRight * along.Norm, nodesUp * across.Norm);
        (NodesRight, NodesUp) = (nodesRight, nodesUp);
    }

    /// <summary>Unit vector in the plane's frame that points to the right on the page.</summary>
    public Point3 Right { get; }

    /// <summary>Unit vector that points up on the page.</summary>
    public Point3 Up { get; }

    /// <summary>Width from the outer edge of the first node to that of the last, in mm of the plane.</summary>
    public double WidthMm { get; }

    /// <summary>Height in mm of the plane.</summary>
    public double HeightMm { get; }

    /// <summary>Nodes from left to right.</summary>
    public int NodesRight { get; }

    /// <summary>Nodes from bottom to top.</summary>
    public int NodesUp { get; }

    /// <summary>A view with x to the right and y up, as topographic maps are.</summary>
    public static PlaneView Upright(GridSupport grid) => new(grid, new(1, 0, 0), new(0, 1, 0));

    /// <summary>A slice of a body as a convention looks at it.</summary>
    public static PlaneView Of(GridSupport grid, ViewConvention convention)
    {
        var (right, up) = Anatomy.Directions(Anatomy.PlaneOf(NormalOf(grid)), convention);
        return new(grid, right, up);
    }

    /// <summary>An image as it is stored: first index to the right, second down.</summary>
    public static PlaneView AsStored(GridSupport grid) =>
        new(grid, grid.ToMillimetres.Column(0).Unit(), -1 * grid.ToMillimetres.Column(1).Unit());

    /// <summary>Unit vector across the plane.</summary>
    public static Point3 NormalOf(GridSupport grid) => grid.ToMillimetres.Column(0).Cross(grid.ToMillimetres.Column(1)).Unit();

    /// <summary>Where a node lies: mm from the view's lower left corner, to the right and up.</summary>
    public (double Right, double Up) Place(double i, double j)
    {
        var (along, across) = turned ? (j, i) : (i, j);
        var right = (along + 0.5) / NodesRight * WidthMm;
        var up = (across + 0.5) / NodesUp * HeightMm;
        return (rightFalls ? WidthMm - right : right, upFalls ? HeightMm - up : up);
    }

    /// <summary>The node coordinates of a place, not whole numbers in general.</summary>
    public (double I, double J) NodeAt(double right, double up)
    {
        var along = ((rightFalls ? WidthMm - right : right) / WidthMm * NodesRight) - 0.5;
        var across = ((upFalls ? HeightMm - up : up) / HeightMm * NodesUp) - 0.5;
        return turned ? (across, along) : (along, across);
    }

    /// <summary>Where a point of the frame lies when it is dropped onto the plane.</summary>
    public (double Right, double Up) Place(Point3 mm)
    {
        var (i, j) = NodeOf(grid, mm);
        return Place(i, j);
    }

    /// <summary>Node coordinates of a point dropped onto a plane.</summary>
    public static (double I, double J) NodeOf(GridSupport grid, Point3 mm)
    {
        // The indices solve the 2 × 2 normal equations, so that sheared planes work too.
        var (a, b) = (grid.ToMillimetres.Column(0), grid.ToMillimetres.Column(1));
        var d = mm - grid.ToMillimetres.Column(3);
        var (aa, ab, bb, da, db) = (a.Dot(a), a.Dot(b), b.Dot(b), d.Dot(a), d.Dot(b));
        var det = (aa * bb) - (ab * ab);
        return (((da * bb) - (db * ab)) / det, ((db * aa) - (da * ab)) / det);
    }

    /// <summary>Distance of a point from the plane, in mm.</summary>
    public double DistanceOf(Point3 mm) => Math.Abs((mm - grid.ToMillimetres.Column(3)).Dot(NormalOf(grid)));

    /// <summary>The point of the frame under a place.</summary>
    public Point3 PointAt(double right, double up)
    {
        var (i, j) = NodeAt(right, up);
        return grid.ToMillimetres.Apply(new(i, j, 0));
    }
}
