using SignalLab.Analysis.Imaging;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Imaging;

public sealed class ReslicingTests
{
    private static readonly Affine Straight = new([2, 0, 0, -10, 0, 3, 0, -20, 0, 0, 4, -30]);

    // Metamorphic: one brain stored in any of the 48 orders and directions of its axes is one brain.
    [Fact]
    public void Every_storage_order_of_one_brain_gives_the_same_canonical_volume_and_slices()
    {
        var brain = Noise(5, 6, 7, Straight);
        var canonical = brain.ToRas();
        foreach (var stored in Orders(brain))
        {
            var back = stored.ToRas();
            AssertSamePlace(Grid(canonical), Grid(back));
            Assert.Equal(canonical.ReadFrame(), back.ReadFrame());
            foreach (var (plane, mm) in new[] { (SlicePlane.Axial, -18.3), (SlicePlane.Coronal, -11.0), (SlicePlane.Sagittal, -6.5) })
            {
                var (expected, actual) = (brain.SliceAt(plane, mm), stored.SliceAt(plane, mm));
                AssertSamePlace(Grid(expected), Grid(actual));
                Assert.All(expected.ReadFrame().Zip(actual.ReadFrame()), p => Assert.Equal(p.First, p.Second, 1e-12));
            }
        }
    }

    [Fact]
    public void A_slice_through_voxel_centres_holds_the_voxels_themselves()
    {
        var map = Noise(5, 6, 7, Straight);
        var values = map.ReadFrame();
        var grid = Grid(map);
        var axial = map.SliceAt(SlicePlane.Axial, -30 + (4 * 3));
        Assert.Equal((5, 6, 1), (Grid(axial).SizeX, Grid(axial).SizeY, Grid(axial).SizeZ));
        Assert.Equal(Enumerable.Range(0, 30).Select(n => values[grid.IndexOf(n % 5, n / 5, 3)]), axial.ReadFrame());
        var coronal = map.SliceAt(SlicePlane.Coronal, -20 + (3 * 2)).ReadFrame();
        Assert.Equal(Enumerable.Range(0, 35).Select(n => values[grid.IndexOf(n % 5, 2, n / 5)]), coronal);
        var sagittal = map.SliceAt(SlicePlane.Sagittal, -10 + (2 * 1)).ReadFrame();
        Assert.Equal(Enumerable.Range(0, 42).Select(n => values[grid.IndexOf(1, n % 6, n / 6)]), sagittal);
    }

    [Fact]
    public void The_value_at_a_point_is_the_voxels_own_at_its_centre_and_none_outside()
    {
        var map = Noise(5, 6, 7, Oblique(2, 0.3));
        var grid = Grid(map);
        var values = map.ReadFrame();
        for (var n = 0; n < values.Length; n++)
        {
            Assert.Equal(values[n], map.ValueAt(grid.PositionMm(n)));
        }

        var between = 0.5 * (grid.PositionMm(grid.IndexOf(2, 2, 2)) + grid.PositionMm(grid.IndexOf(3, 2, 2)));
        Assert.Equal((values[grid.IndexOf(2, 2, 2)] + values[grid.IndexOf(3, 2, 2)]) / 2, map.ValueAt(between), 1e-12);
        Assert.Equal(double.NaN, map.ValueAt(new(1e4, 0, 0)));
        var masked = map with { Mask = [.. values.Select((_, n) => n != 17)] };
        Assert.Equal(double.NaN, masked.ValueAt(grid.PositionMm(17)));
        Assert.Equal(values[18], masked.ValueAt(grid.PositionMm(18)));
        var labels = map with { Kind = MapKind.Label, Values = new MemoryValues([.. values.Select((_, n) => n + 1.0)], values.Length) };
        Assert.Equal(grid.IndexOf(2, 2, 2) + 1, labels.ValueAt(grid.ToMillimetres.Apply(new(2.4, 2, 2))));
        Assert.Equal(0, labels.ValueAt(new(1e4, 0, 0)));
    }

    // Trilinear interpolation reproduces every function linear in the coordinates, on any oblique grid.
    [Fact]
    public void A_linear_field_is_resliced_exactly_on_an_oblique_grid()
    {
        static double Field(Point3 p) => 3 + (0.5 * p.X) - (2 * p.Y) + (0.25 * p.Z);
        var source = new GridSupport(12, 11, 10, Oblique(2, 0.3));
        var map = Map(source, [.. Enumerable.Range(0, (int)source.Count).Select(n => Field(source.PositionMm(n)))]);
        var centre = source.ToMillimetres.Apply(new(5.5, 5, 4.5));
        var turned = Oblique(0.7, -0.4);
        var target = new GridSupport(6, 5, 4, Affine.FromColumns(turned.Column(0), turned.Column(1), turned.Column(2), centre));
        var resliced = map.Reslice(target);
        Assert.Null(resliced.Mask);
        Assert.All(resliced.ReadFrame().Select((v, n) => (v, n)), p => Assert.Equal(Field(target.PositionMm(p.n)), p.v, 1e-9));
    }

    [Fact]
    public void Reading_in_blocks_equals_reading_whole_with_and_without_threads()
    {
        var map = Noise(20, 21, 22, Oblique(2, 0.2));
        var target = new GridSupport(60, 50, 20, Oblique(0.8, 0.5));
        var resliced = map.Reslice(target);
        var whole = resliced.ReadFrame();
        var random = new Random(1);
        for (var trial = 0; trial < 20; trial++)
        {
            var first = random.Next(whole.Length);
            var block = new double[random.Next(1, Math.Min(5000, whole.Length - first) + 1)];
            resliced.Values.Read(0, first, block);
            Assert.Equal(whole.AsSpan(first, block.Length).ToArray(), block);
        }
    }

    [Fact]
    public void Nodes_outside_the_image_are_masked_and_have_no_number()
    {
        var map = Noise(4, 4, 4, Affine.Identity);
        var resliced = map.Reslice(new GridSupport(7, 1, 1, new([1, 0, 0, -2, 0, 1, 0, 0, 0, 0, 1, 0])));
        Assert.Equal([false, false, true, true, true, true, false], resliced.Mask!);
        Assert.Equal(resliced.Mask!, resliced.ReadFrame().Select(v => !double.IsNaN(v)));
    }

    [Fact]
    public void A_node_without_number_spoils_only_what_leans_on_it()
    {
        var map = Map(new GridSupport(4, 1, 1, Affine.Identity), [1, 2, double.NaN, 4]);
        var fine = map.Reslice(new GridSupport(7, 1, 1, new([0.5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]))).ReadFrame();
        Assert.Equal([1, 1.5, 2, double.NaN, double.NaN, double.NaN, 4], fine);
    }

    [Fact]
    public void Masked_voxels_are_never_mixed_into_a_value()
    {
        var map = Map(new GridSupport(3, 1, 1, Affine.Identity), [1, 1000, 3]) with { Mask = [true, false, true] };
        var fine = map.Reslice(new GridSupport(5, 1, 1, new([0.5, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])));
        Assert.Equal([1, double.NaN, double.NaN, double.NaN, 3], fine.ReadFrame());
        Assert.False(fine.Mask![2]);
    }

    [Fact]
    public void Labels_are_never_interpolated()
    {
        var map = Map(new GridSupport(3, 1, 1, Affine.Identity), [10, 20, 30]) with { Kind = MapKind.Label };
        var fine = map.Reslice(new GridSupport(9, 1, 1, new([0.25, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0])), Interpolation.Linear).ReadFrame();
        Assert.All(fine, v => Assert.Contains(v, new[] { 10.0, 20, 30 }));
    }

    [Fact]
    public void Frames_that_no_transform_joins_are_never_laid_over_each_other()
    {
        var map = Noise(3, 3, 3, Affine.Identity);
        var other = new GridSupport(3, 3, 3, Affine.Identity) { Frame = Frame.Mni };
        Assert.Throws<UnfitInputException>(() => map.Reslice(other));
        var shift = new Transform(Frame.Scanner, Frame.Mni, new([1, 0, 0, 0.001, 0, 1, 0, 0, 0, 0, 1, 0]));
        var laid = map.ResliceOnto(other, new([shift]));
        Assert.Equal(Frame.Mni, laid.Support.Frame);
        Assert.Equal(map.ReadFrame()[0], laid.ReadFrame()[1]);
    }

    [Fact]
    public void A_plane_that_misses_the_image_says_where_the_image_is()
    {
        var e = Assert.Throws<UnfitInputException>(() => Noise(3, 3, 3, Straight).SliceAt(SlicePlane.Axial, 100));
        Assert.Contains("from -30 to -22 mm", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_frame_of_a_series_is_sliced_by_itself()
    {
        var grid = new GridSupport(2, 2, 2, Affine.Identity);
        var map = Map(grid, [.. Enumerable.Range(0, 24).Select(n => (double)n)]) with { Axes = [Axis.Uniform(AxisKind.Time, Unit.Second, 0, 2, 3)] };
        Assert.Equal([20.0, 21, 22, 23], map.SliceAt(SlicePlane.Axial, 1).ReadFrame(2));
    }

    [Fact]
    public void A_point_finds_the_voxel_it_lies_in()
    {
        var map = Noise(5, 6, 7, Straight);
        Assert.Equal(Grid(map).IndexOf(1, 2, 3), map.LocationAt(new(-10 + 2.9, -20 + 6 - 1.4, -30 + 12 + 1.9)));
        Assert.Null(map.LocationAt(new(-11.1, -20, -30)));
    }

    [Fact]
    public void A_mosaic_lays_its_slices_row_by_row_from_the_upper_left()
    {
        var map = Map(new GridSupport(2, 2, 3, Affine.Identity), [.. Enumerable.Range(0, 12).Select(n => (double)n)]);
        var mosaic = map.Mosaic(SlicePlane.Axial, [0, 1, 2], 2);
        Assert.Equal((4, 4), (Grid(mosaic).SizeX, Grid(mosaic).SizeY));
        Assert.Equal([8, 9, double.NaN, double.NaN, 10, 11, double.NaN, double.NaN, 0, 1, 4, 5, 2, 3, 6, 7], mosaic.ReadFrame());
    }

    [Fact]
    public void An_axial_slice_of_a_straight_volume_reads_only_its_own_layers()
    {
        var grid = new GridSupport(10, 10, 50, Affine.Identity);
        var counting = new CountingValues(new MemoryValues(new double[5000], 5000));
        new ParameterMap(Quantity.Intensity, Unit.Unknown, grid, counting).SliceAt(SlicePlane.Axial, 20.5).ReadFrame();
        Assert.InRange(counting.ValuesRead, 1, 400);
    }

    private static GridSupport Grid(ParameterMap map) => (GridSupport)map.Support;

    private static void AssertSamePlace(GridSupport a, GridSupport b)
    {
        Assert.Equal((a.SizeX, a.SizeY, a.SizeZ), (b.SizeX, b.SizeY, b.SizeZ));
        Assert.All(a.ToMillimetres.ToArray().Zip(b.ToMillimetres.ToArray()), p => Assert.Equal(p.First, p.Second, 1e-9));
    }

    private static ParameterMap Map(GridSupport grid, double[] values) => new(Quantity.Intensity, Unit.Unknown, grid, new MemoryValues(values, grid.Count));

    private static ParameterMap Noise(int x, int y, int z, Affine affine)
    {
        var random = new Random(7);
        return Map(new(x, y, z, affine), [.. Enumerable.Range(0, x * y * z).Select(_ => random.NextDouble())]);
    }

    private static Affine Oblique(double spacing, double angle)
    {
        var (c, s) = (Math.Cos(angle), Math.Sin(angle));
        return Affine.FromColumns(spacing * new Point3(c, s, 0), spacing * new Point3(-s * c, c * c, s), spacing * new Point3(s * s, -s * c, c), new(-4, -5, -6));
    }

    /// <summary>The same brain in the 48 orders and directions of its indices.</summary>
    private static IEnumerable<ParameterMap> Orders(ParameterMap brain)
    {
        var grid = Grid(brain);
        var values = brain.ReadFrame();
        int[] sizes = [grid.SizeX, grid.SizeY, grid.SizeZ];
        foreach (var order in new int[][] { [0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0] })
        {
            for (var flips = 0; flips < 8; flips++)
            {
                var columns = new Point3[3];
                var origin = grid.ToMillimetres.Column(3);
                for (var a = 0; a < 3; a++)
                {
                    var column = grid.ToMillimetres.Column(order[a]);
                    var turned = (flips >> a & 1) == 1;
                    origin = turned ? origin + ((sizes[order[a]] - 1) * column) : origin;
                    columns[a] = turned ? -1 * column : column;
                }

                var stored = new GridSupport(sizes[order[0]], sizes[order[1]], sizes[order[2]], Affine.FromColumns(columns[0], columns[1], columns[2], origin));
                var copy = new double[values.Length];
                for (var n = 0; n < copy.Length; n++)
                {
                    int[] index = [n % stored.SizeX, n / stored.SizeX % stored.SizeY, n / stored.SizeX / stored.SizeY];
                    var original = new int[3];
                    for (var a = 0; a < 3; a++)
                    {
                        original[order[a]] = (flips >> a & 1) == 1 ? sizes[order[a]] - 1 - index[a] : index[a];
                    }

                    copy[n] = values[grid.IndexOf(original[0], original[1], original[2])];
                }

                yield return Map(stored, copy);
            }
        }
    }

    private sealed class CountingValues(IMapValues values) : IMapValues
    {
        public long ValuesRead { get; private set; }

        public int FrameCount => values.FrameCount;

        public void Read(int frame, long first, Span<double> into)
        {
            ValuesRead += into.Length;
            values.Read(frame, first, into);
        }
    }
}
