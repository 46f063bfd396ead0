using SignalLab.Formats;
using SignalLab.Formats.Nifti;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class NiftiHeaderTests : IDisposable
{
    private static readonly double[] Placed = [2, 0, 0, -10, 0, 3, 0, -20, 0, 0, 4, -30];
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(2, 1)]
    [InlineData(4, 2)]
    [InlineData(8, 4)]
    [InlineData(16, 4)]
    [InlineData(64, 8)]
    [InlineData(256, 1)]
    [InlineData(512, 2)]
    [InlineData(768, 4)]
    [InlineData(1024, 8)]
    [InlineData(1280, 8)]
    public void Every_real_data_type_reads_the_same_numbers_in_both_byte_orders_and_versions(int datatype, int size)
    {
        foreach (var (big, two) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            var sample = new NiftiSample { BigEndian = big, Two = two, Datatype = datatype, BytesPerVoxel = size };
            var map = Open(sample, i => Encode(datatype, Number(datatype, i)));
            Assert.Equal(Enumerable.Range(0, sample.VoxelCount).Select(i => Number(datatype, i)), map.ReadFrame());
        }
    }

    [Theory]
    [InlineData(1, "1-bit")]
    [InlineData(32, "complex")]
    [InlineData(1536, "128-bit")]
    public void Values_that_a_real_map_cannot_hold_are_refused_by_name(int datatype, string named)
    {
        var e = Assert.Throws<UnfitInputException>(() => Open(new NiftiSample { Datatype = datatype, BytesPerVoxel = 8 }, _ => new byte[16]));
        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_sform_goes_before_the_qform_and_a_conflict_in_one_frame_is_remarked()
    {
        var sample = new NiftiSample { Sform = 2, Rows = Placed, Qform = 2, Quaternion = [0, 0, 1, 5, 6, 7] };
        var map = Open(sample);
        Assert.Equal(new Affine(Placed), Grid(map).ToMillimetres);
        Assert.Equal("aligned", map.Support.Frame.Name);
        Assert.Contains(map.Remarks, r => r.Contains("sform and qform", StringComparison.Ordinal));
        Assert.DoesNotContain(Open(sample with { Qform = 0 }).Remarks, r => r.Contains("sform and qform", StringComparison.Ordinal));
    }

    [Fact]
    public void Two_forms_with_two_frames_give_the_transform_between_them()
    {
        var path = new NiftiSample { Sform = 4, Rows = Placed, Qform = 1, Quaternion = [0, 0, 0, 1, 2, 3] }.Write(folder["two.nii"], NiftiSample.Int16);
        var study = new NiftiFormat().Open(path);
        var toMni = new TransformGraph(study.Transforms).Between(Frame.Scanner, Frame.Mni);
        var voxel = new Point3(3, 2, 1);
        var inScanner = new Point3(1 + (2 * voxel.X), 2 + (3 * voxel.Y), 3 + (4 * voxel.Z));
        var inMni = Grid(study.Maps[0]).ToMillimetres.Apply(voxel);
        Assert.True(((1000 * toMni.Apply(1e-3 * inScanner)) - inMni).Norm < 1e-9);
    }

    // nifti1.h, method 2: a rotation by 90 degrees about z is a = d = sqrt(1/2); qfac -1 turns the third axis.
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void The_qform_is_a_rotation_with_the_hand_of_qfac(int qfac)
    {
        var map = Open(new NiftiSample { Qform = 1, Quaternion = [0, 0, Math.Sqrt(0.5), 5, 6, 7], Pixdim = [qfac, 2, 3, 4, 0, 0, 0, 0] });
        double[] expected = [0, -3, 0, 5, 2, 0, 0, 6, 0, 0, qfac * 4, 7];
        Assert.All(Grid(map).ToMillimetres.ToArray().Zip(expected), p => Assert.Equal(p.Second, p.First, 6));
        Assert.Equal(Frame.Scanner, map.Support.Frame);
    }

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(2, 1)]
    [InlineData(3, 0.001)]
    public void Lengths_become_millimetres(int units, double factor) =>
        Assert.Equal(-10 * factor, Grid(Open(new NiftiSample { Sform = 1, Rows = Placed, Units = units })).ToMillimetres[0, 3], 9);

    [Theory]
    [InlineData(8, 1500, AxisKind.Time, "s", 1500)]
    [InlineData(16, 1500, AxisKind.Time, "s", 1.5)]
    [InlineData(24, 1500, AxisKind.Time, "s", 0.0015)]
    [InlineData(32, 4, AxisKind.Frequency, "Hz", 4)]
    [InlineData(40, 4, AxisKind.Frequency, "ppm", 4)]
    public void The_fourth_dimension_is_time_in_seconds_or_frequency(int units, double step, AxisKind kind, string unit, double expected)
    {
        var axis = Assert.Single(Open(new NiftiSample { Dim = [4, 2, 2, 2, 3], Pixdim = [1, 1, 1, 1, step, 0, 0, 0], Units = 2 | units }).Axes);
        Assert.Equal((kind, unit, 3), (axis.Kind, axis.Unit.Symbol, axis.Length));
        Assert.Equal(expected, axis.Values[1] - axis.Values[0], 9);
    }

    [Fact]
    public void Dimensions_five_to_seven_are_axes_and_frames_run_with_the_first_fastest()
    {
        var map = Open(new NiftiSample { Dim = [7, 2, 1, 1, 3, 2, 1, 2], Pixdim = [1, 1, 1, 1, 1, 1, 1, 1], Units = 10 });
        Assert.Equal([AxisKind.Time, AxisKind.Component, AxisKind.Component], map.Axes.Select(a => a.Kind));
        Assert.Equal(12, map.FrameCount);
        Assert.Equal((37 * (2 * 7)) - 100, map.ReadFrame(7)[0]);
    }

    [Fact]
    public void Colours_are_the_fastest_axis()
    {
        var map = Open(new NiftiSample { Datatype = 2304, BytesPerVoxel = 4, Dim = [4, 2, 1, 1, 2], Pixdim = [1, 1, 1, 1, 1, 0, 0, 0], Units = 10, Slope = 5 }, i => [(byte)i, (byte)(10 + i), (byte)(20 + i), 255]);
        Assert.Equal([AxisKind.Colour, AxisKind.Time], map.Axes.Select(a => a.Kind));
        Assert.Equal([12.0, 13], map.ReadFrame(5));
    }

    [Theory]
    [InlineData(1002, MapKind.Label, "label")]
    [InlineData(3, MapKind.Statistic, "t statistic")]
    [InlineData(4, MapKind.Statistic, "F statistic")]
    [InlineData(5, MapKind.Statistic, "z score")]
    [InlineData(0, MapKind.Measured, "intensity")]
    public void The_intent_names_kind_and_quantity(int intent, MapKind kind, string quantity)
    {
        var map = Open(new NiftiSample { Intent = intent });
        Assert.Equal((kind, quantity), (map.Kind, map.Quantity.Name));
    }

    [Theory]
    [InlineData(0, 7, false)]
    [InlineData(double.NaN, 7, false)]
    [InlineData(2, 7, true)]
    public void A_slope_of_zero_or_not_a_number_scales_nothing(double slope, double intercept, bool scaled)
    {
        var map = Open(new NiftiSample { Slope = slope, Intercept = intercept });
        Assert.Equal(scaled ? (2 * -100) + 7 : -100, map.ReadFrame()[0]);
    }

    [Fact]
    public void The_window_is_the_calibrated_range() =>
        Assert.Equal((60, 40), Open(new NiftiSample { CalMin = 40, CalMax = 80 }).Window);

    [Fact]
    public void The_unit_is_the_one_that_closes_the_description()
    {
        var map = Open(new NiftiSample { Description = "shear stiffness of a phantom, kPa" });
        Assert.Equal(("kPa", MapKind.Derived), (map.Unit.Symbol, map.Kind));
        Assert.False(Open(new NiftiSample { Description = "smoothed, 8 mm" }).Unit.IsKnown);
    }

    [Fact]
    public void An_analyze_pair_opens_with_its_sides_unknown()
    {
        var map = Open(new NiftiSample { Analyze = true });
        Assert.Equal(Frame.Detector, map.Support.Frame);
        Assert.Equal(new Point3(2, 3, 4), Grid(map).SpacingMm);
        Assert.Contains(map.Remarks, r => r.Contains("left and right", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pair.hdr", "pair.hdr")]
    [InlineData("pair.hdr", "pair.img")]
    [InlineData("pair.hdr.gz", "pair.img.gz")]
    public void Either_file_of_a_pair_opens_it(string written, string opened)
    {
        new NiftiSample { Pair = true, Sform = 1, Rows = Placed }.Write(folder[written], NiftiSample.Int16);
        Assert.Equal(-100, KnownFormats.Open(folder[opened]).Maps[0].ReadFrame()[0]);
    }

    [Fact]
    public void A_header_without_its_voxels_names_what_is_missing()
    {
        var path = new NiftiSample { Pair = true }.Write(folder["alone.hdr"], NiftiSample.Int16);
        File.Delete(folder["alone.img"]);
        Assert.Contains(".img", Assert.Throws<MalformedFileException>(() => new NiftiFormat().Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_that_the_file_cannot_hold_is_refused_before_anything_is_allocated()
    {
        var path = new NiftiSample { Two = true, Dim = [7, 2, 1, 1, 1, 1, 1, 1] }.Write(folder["huge.nii"], NiftiSample.Int16);
        var bytes = File.ReadAllBytes(path);
        for (var d = 1; d < 8; d++)
        {
            BitConverter.GetBytes((long)int.MaxValue).CopyTo(bytes, 16 + (8 * d));
        }

        File.WriteAllBytes(path, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MalformedFileException>(() => new NiftiFormat().Open(path));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void Opening_an_uncompressed_file_reads_its_header_and_a_voxel_reads_a_voxel()
    {
        var path = new NiftiSample { Dim = [3, 100, 100, 10] }.Write(folder["cost.nii"], NiftiSample.Int16);
        ByteSource.BytesRead = 0;
        var map = new NiftiFormat().Open(path).Maps[0];
        Assert.InRange(ByteSource.BytesRead, 1, 1000);
        map.Values.Read(0, 5000, new double[1]);
        Assert.InRange(ByteSource.BytesRead, 1, 1010);
    }

    private static GridSupport Grid(ParameterMap map) => (GridSupport)map.Support;

    private static double Number(int datatype, int i) => datatype switch
    {
        2 => i * 11 % 256,
        256 => i - 12,
        512 or 768 or 1280 => (i * 2000) + 7,
        16 or 64 => (i * 0.125) - 1,
        _ => (i * 100) - 900,
    };

    private static byte[] Encode(int datatype, double v) => datatype switch
    {
        2 => [(byte)v],
        256 => [(byte)(sbyte)v],
        4 => BitConverter.GetBytes((short)v),
        512 => BitConverter.GetBytes((ushort)v),
        8 => BitConverter.GetBytes((int)v),
        768 => BitConverter.GetBytes((uint)v),
        16 => BitConverter.GetBytes((float)v),
        64 => BitConverter.GetBytes(v),
        1024 => BitConverter.GetBytes((long)v),
        _ => BitConverter.GetBytes((ulong)v),
    };

    private ParameterMap Open(NiftiSample sample, Func<int, byte[]>? encode = null) =>
        new NiftiFormat().Open(sample.Write(folder[sample.Pair || sample.Analyze ? "sample.hdr" : "sample.nii"], encode ?? NiftiSample.Int16)).Maps[0];
}
