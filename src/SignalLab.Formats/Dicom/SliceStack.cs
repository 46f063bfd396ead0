using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>Planes laid on one grid: slices by their place along the normal, several planes of one place as an extra axis.</summary>
/// <param name="Grid">The grid.</param>
/// <param name="Planes">Plane of every volume and slice, slices fastest; null where one is missing.</param>
/// <param name="Volumes">Number of volumes.</param>
internal sealed record SliceStack(GridSupport Grid, DicomPlane?[] Planes, int Volumes)
{
    // Positions nearer than this are one place.
    private const double SamePlaceMm = 0.01;

    // A slice may lie off its regular place by this share of the spacing.
    private const double Tolerated = 0.1;
    private const double Remarkable = 0.01;

    // More places than this share of planes can only be a wrong spacing.
    private const int MostPlacesPerSlice = 4;

    public List<string> Remarks { get; } = [];

    public DicomPlane First => Planes.First(p => p is not null)!;

    /// <summary>Lays planes of one series on as few grids as their places allow.</summary>
    /// <param name="planes">Parallel planes of one size.</param>
    public static IEnumerable<SliceStack> Of(IReadOnlyList<DicomPlane> planes)
    {
        if (planes[0].Geometry is null)
        {
            return [Flat(planes)];
        }

        var places = Places(planes);
        if (places.All(p => p.Count == places[0].Count))
        {
            return Volume(places);
        }

        // Some places have more planes than others: whole volumes as far as they go, the rest by itself.
        var counts = places.Select(p => p.Count).Distinct().Order().ToArray();
        var stacks = new List<SliceStack>();
        for (var (from, n) = (0, 0); n < counts.Length; from = counts[n++])
        {
            stacks.AddRange(Volume([.. places.Where(p => p.Count >= counts[n]).Select(p => p.GetRange(from, counts[n] - from))]));
        }

        stacks.ForEach(s => s.Remarks.Add(FormattableString.Invariant($"The series has between {counts[0]} and {counts[^1]} planes at one place: it is split.")));
        return stacks;
    }

    /// <summary>The extra axis, or null for one volume: time where a clock of the file runs through the volumes, else their number.</summary>
    public Axis? ExtraAxis()
    {
        if (Volumes == 1)
        {
            return null;
        }

        for (var clock = 0; clock < First.Seconds.Length; clock++)
        {
            var times = Enumerable.Range(0, Volumes).Select(v => Planes[v * Grid.SizeZ]?.Seconds[clock]).ToArray();
            if (times.All(t => t is not null) && times.Zip(times.Skip(1)).All(p => p.First < p.Second))
            {
                return new(AxisKind.Time, Unit.Second, [.. times.Select(t => t!.Value - times[0]!.Value)]);
            }
        }

        return Axis.Uniform(AxisKind.Component, Unit.One, 0, 1, Volumes);
    }

    private static SliceStack Flat(IReadOnlyList<DicomPlane> planes)
    {
        var (first, spacing) = (planes[0], planes[0].Image.FlatSpacingMm);
        var (column, row) = spacing ?? (1, 1);
        var grid = new GridSupport(first.Columns, first.Rows, 1, new([column, 0, 0, 0, 0, row, 0, 0, 0, 0, 1, 0])) { Frame = Frame.Detector };
        var stack = new SliceStack(grid, [.. planes], planes.Count);
        if (spacing is null)
        {
            stack.Remarks.Add("No pixel size is stated: distances count pixels, not millimetres.");
        }

        return stack;
    }

    private static List<List<DicomPlane>> Places(IReadOnlyList<DicomPlane> planes)
    {
        var normal = planes[0].Geometry!.Normal;
        var places = new List<List<DicomPlane>>();
        var last = double.NaN;
        foreach (var (plane, depth) in planes.Select(p => (p, Depth: normal.Dot(p.Geometry!.Position))).OrderBy(p => p.Depth))
        {
            if (Math.Abs(depth - last) <= SamePlaceMm)
            {
                places[^1].Add(plane);
            }
            else
            {
                places.Add([plane]);
                last = depth;
            }
        }

        places.ForEach(p => p.Sort((a, b) => a.Order.AsSpan().SequenceCompareTo(b.Order)));
        return places;
    }

    private static List<SliceStack> Volume(List<List<DicomPlane>> places)
    {
        var geometry = places[0][0].Geometry!;
        if (places.Count == 1)
        {
            return [new(GridOf(places[0][0], geometry.ToMillimetres((geometry.SliceSpacingMm ?? 1) * geometry.Normal), 1), [.. places[0]], places[0].Count)];
        }

        var depths = places.Select(p => geometry.Normal.Dot(p[0].Geometry!.Position)).ToArray();
        if (Lattice(depths) is not var (slices, spacing, worst) || Bend(places, depths, slices[^1]) is not { } step)
        {
            var gaps = depths.Zip(depths.Skip(1), (a, b) => b - a).ToArray();
            var alone = places.SelectMany(p => Volume([p])).ToList();
            alone.ForEach(s => s.Remarks.Add(FormattableString.Invariant($"{places.Count} slices lie unevenly, {gaps.Min():0.###} to {gaps.Max():0.###} mm apart: each is kept by itself.")));
            return alone;
        }

        var (size, volumes) = (slices[^1] + 1, places[0].Count);
        var planes = new DicomPlane?[size * volumes];
        for (var i = 0; i < places.Count; i++)
        {
            for (var v = 0; v < volumes; v++)
            {
                planes[(v * size) + slices[i]] = places[i][v];
            }
        }

        var stack = new SliceStack(GridOf(places[0][0], geometry.ToMillimetres(step), size), planes, volumes);
        stack.Audit(places.Count, spacing, worst, step, geometry.Normal);
        return [stack];
    }

    private static GridSupport GridOf(DicomPlane plane, Affine affine, int slices) => new(plane.Columns, plane.Rows, slices, affine) { Frame = plane.Image.Frame };

    // Slice numbers of rising depths on an even lattice, its spacing, and the largest distance from it; null where there is none.
    private static (int[] Slices, double Spacing, double Worst)? Lattice(double[] depths)
    {
        var n = depths.Length;
        var even = (depths[^1] - depths[0]) / (n - 1);
        var least = depths.Zip(depths.Skip(1), (a, b) => b - a).Min();
        foreach (var guess in new[] { even, least })
        {
            var slices = depths.Select(d => Math.Round((d - depths[0]) / guess)).ToArray();
            if (slices[^1] >= (double)MostPlacesPerSlice * n || slices.Zip(slices.Skip(1)).Any(p => p.First >= p.Second))
            {
                continue;
            }

            var spacing = (depths[^1] - depths[0]) / slices[^1];
            var worst = depths.Select((d, i) => Math.Abs(d - depths[0] - (slices[i] * spacing))).Max();
            if (worst <= Tolerated * spacing)
            {
                return ([.. slices.Select(s => (int)s)], spacing, worst);
            }
        }

        return null;
    }

    // The step from slice to slice in space, which is not along the normal where the gantry is tilted; null where the planes do not follow one line.
    private static Point3? Bend(List<List<DicomPlane>> places, double[] depths, int last)
    {
        var (first, geometry) = (places[0][0].Geometry!.Position, places[0][0].Geometry!);
        var way = places[^1][0].Geometry!.Position - first;
        var pixel = Math.Max(geometry.ColumnSpacingMm, geometry.RowSpacingMm);
        var isLine = places.Select((p, i) => p.Max(plane => Aside(plane.Geometry!.Position, (depths[i] - depths[0]) / (depths[^1] - depths[0])))).All(d => d <= pixel / 2);
        return isLine ? (1.0 / last) * way : null;

        double Aside(Point3 position, double part)
        {
            var off = position - first - (part * way);
            return (off - (geometry.Normal.Dot(off) * geometry.Normal)).Norm;
        }
    }

    private void Audit(int found, double spacing, double worst, Point3 step, Point3 normal)
    {
        if (Grid.SizeZ > found)
        {
            Remarks.Add(FormattableString.Invariant($"{Grid.SizeZ - found} of {Grid.SizeZ} slices {spacing:0.###} mm apart are missing: they have no values."));
        }

        if (worst > Remarkable * spacing && worst > SamePlaceMm)
        {
            Remarks.Add(FormattableString.Invariant($"Slices lie up to {worst:0.###} mm off their even spacing of {spacing:0.###} mm."));
        }

        var tilt = Math.Acos(Math.Clamp(Math.Abs(step.Unit().Dot(normal)), 0, 1)) * 180 / Math.PI;
        if (tilt > 0.5)
        {
            Remarks.Add(FormattableString.Invariant($"The slices are shifted against each other as by a gantry tilt of {tilt:0.#} degrees: the grid is oblique."));
        }

        var stated = First.Geometry?.SliceSpacingMm;
        if (stated is { } s && First.Tile is null && s > spacing * 1.5 && Grid.SizeZ > 2)
        {
            Remarks.Add(FormattableString.Invariant($"The stated slice distance or thickness of {s:0.###} mm is not the {spacing:0.###} mm between positions: the positions are believed."));
        }
    }
}
