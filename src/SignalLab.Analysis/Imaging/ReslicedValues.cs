using SignalLab.Model;

namespace SignalLab.Analysis.Imaging;

/// <summary>A grid's values at the nodes of another grid, computed when read: only the box of voxels that a read needs is read.</summary>
/// <param name="source">The values.</param>
/// <param name="from">Their grid.</param>
/// <param name="mask">Which of them have a value, or null for all.</param>
/// <param name="target">The nodes wanted.</param>
/// <param name="toSource">From node indices of the target to voxel indices of the source.</param>
/// <param name="interpolation">How.</param>
/// <param name="outside">The value of nodes outside the source.</param>
internal sealed class ReslicedValues(
    IMapValues source, GridSupport from, IReadOnlyList<bool>? mask, GridSupport target, Affine toSource, Interpolation interpolation, double outside) : IMapValues
{
    private const int WorthManyThreads = 1 << 15;

    public int FrameCount => source.FrameCount;

    public void Read(int frame, long first, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + into.Length, target.Count, nameof(first));
        var lines = Lines(first, into.Length);
        if (Box.Around(lines, toSource.Column(0), from) is not { } box)
        {
            into.Fill(outside);
            return;
        }

        var voxels = ReadBox(frame, box);
        if (into.Length < WorthManyThreads)
        {
            foreach (var line in lines)
            {
                Fill(line, box, voxels, into.Slice(line.At, line.Count));
            }

            return;
        }

        var results = new double[into.Length];
        Parallel.ForEach(lines, line => Fill(line, box, voxels, results.AsSpan(line.At, line.Count)));
        results.CopyTo(into);
    }

    private void Fill(Line line, Box box, double[] voxels, Span<double> into)
    {
        var step = toSource.Column(0);
        for (var n = 0; n < into.Length; n++)
        {
            // From the whole line's beginning, so that every block gives the same bits.
            var p = line.Origin + ((line.First + n) * step);
            if (!GridInterpolation.IsInside(p.X, p.Y, p.Z, from.SizeX, from.SizeY, from.SizeZ))
            {
                into[n] = outside;
            }
            else if (interpolation == Interpolation.Linear)
            {
                var (i, u) = GridInterpolation.Split(p.X, from.SizeX);
                var (j, v) = GridInterpolation.Split(p.Y, from.SizeY);
                var (k, w) = GridInterpolation.Split(p.Z, from.SizeZ);
                into[n] = GridInterpolation.Linear(voxels, box.IndexOf(i, j, k), u, v, w, box.SizeX, box.SizeX * box.SizeY);
            }
            else
            {
                into[n] = voxels[box.IndexOf(
                    GridInterpolation.NearestNode(p.X, from.SizeX), GridInterpolation.NearestNode(p.Y, from.SizeY), GridInterpolation.NearestNode(p.Z, from.SizeZ))];
            }
        }
    }

    // The stretch of target nodes as lines along the first index, each with the source position of the whole line's beginning.
    private List<Line> Lines(long first, int count)
    {
        var lines = new List<Line>();
        for (var at = 0; at < count;)
        {
            var node = first + at;
            var (i, j, k) = ((int)(node % target.SizeX), (int)(node / target.SizeX % target.SizeY), (int)(node / target.SizeX / target.SizeY));
            var n = Math.Min(target.SizeX - i, count - at);
            lines.Add(new(at, i, n, toSource.Apply(new(0, j, k))));
            at += n;
        }

        return lines;
    }

    private double[] ReadBox(int frame, Box box)
    {
        if ((long)box.SizeX * box.SizeY * box.SizeZ > Array.MaxLength)
        {
            throw new UnfitInputException("The image is too large to be resliced at once: take single slices.");
        }

        var voxels = new double[box.SizeX * box.SizeY * box.SizeZ];
        var row = new double[from.SizeX * box.SizeY];
        for (var k = 0; k < box.SizeZ; k++)
        {
            var first = from.IndexOf(0, box.Y, box.Z + k);
            source.Read(frame, first, row);
            for (var n = 0; mask is not null && n < row.Length; n++)
            {
                row[n] = mask[(int)(first + n)] ? row[n] : double.NaN;
            }

            for (var j = 0; j < box.SizeY; j++)
            {
                row.AsSpan((j * from.SizeX) + box.X, box.SizeX).CopyTo(voxels.AsSpan(box.SizeX * (j + (box.SizeY * k))));
            }
        }

        return voxels;
    }

    private readonly record struct Line(int At, int First, int Count, Point3 Origin);

    /// <summary>The voxels that a set of lines needs.</summary>
    private readonly record struct Box(int X, int Y, int Z, int SizeX, int SizeY, int SizeZ)
    {
        public int IndexOf(int i, int j, int k) => i - X + (SizeX * (j - Y + (SizeY * (k - Z))));

        public static Box? Around(List<Line> lines, Point3 step, GridSupport grid)
        {
            var ends = lines.SelectMany(l => new[] { l.Origin + (l.First * step), l.Origin + ((l.First + l.Count - 1) * step) }).ToArray();
            if (Reach(ends, p => p.X, grid.SizeX) is not var (x0, x1) || Reach(ends, p => p.Y, grid.SizeY) is not var (y0, y1) || Reach(ends, p => p.Z, grid.SizeZ) is not var (z0, z1))
            {
                return null;
            }

            return new(x0, y0, z0, x1 - x0 + 1, y1 - y0 + 1, z1 - z0 + 1);
        }

        private static (int First, int Last)? Reach(Point3[] ends, Func<Point3, double> along, int size)
        {
            var low = ends.Min(along);
            var high = ends.Max(along);
            return high < -0.6 || low > size - 0.4 || !double.IsFinite(high - low)
                ? null
                : ((int)Math.Clamp(Math.Floor(low - 1e-3), 0, size - 1), (int)Math.Clamp(Math.Ceiling(high + 1e-3), 0, size - 1));
        }
    }
}
