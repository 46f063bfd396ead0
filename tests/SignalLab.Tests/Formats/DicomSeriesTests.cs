using System.Globalization;
using SignalLab.Formats;
using SignalLab.Formats.Dicom;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class DicomSeriesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // The order of names, of instance numbers and of places are all different: the place alone decides.
    [Fact]
    public void Files_of_a_series_are_stacked_by_place_whatever_their_names()
    {
        double[] places = [7.5, 0, 5, 2.5];
        for (var i = 0; i < places.Length; i++)
        {
            Slice(i, places[i]).Write(folder[$"file{(i * 3) % 4}"]);
        }

        var map = Assert.Single(KnownFormats.Open(folder.Path).Maps);
        var grid = (GridSupport)map.Support;
        Assert.Equal((3, 2, 4), (grid.SizeX, grid.SizeY, grid.SizeZ));
        Assert.Equal(new Affine([-1, 0, 0, -10, 0, -1, 0, -20, 0, 0, 2.5, 0]), grid.ToMillimetres);
        Assert.Equal([10.0, 30, 20, 0], Enumerable.Range(0, 4).Select(z => map.ReadFrame()[grid.IndexOf(0, 0, z)]));
        Assert.Empty(map.Axes);
        Assert.Null(map.Mask);
        Assert.Empty(map.Remarks);
        Assert.Equal("scanner:1.2.9", grid.Frame.Name);
    }

    [Fact]
    public void One_file_of_a_series_opens_itself_alone()
    {
        for (var i = 0; i < 3; i++)
        {
            Slice(i, i).Write(folder[$"{i}.dcm"]);
        }

        Assert.Equal(6, KnownFormats.Open(folder["1.dcm"]).Maps[0].Support.Count);
    }

    [Fact]
    public void A_missing_slice_has_no_values_and_is_remarked()
    {
        foreach (var (place, i) in new[] { (0.0, 0), (2, 1), (6, 2), (8, 3) })
        {
            Slice(i, place).Write(folder[$"{i}"]);
        }

        var map = Assert.Single(KnownFormats.Open(folder.Path).Maps);
        var grid = (GridSupport)map.Support;
        Assert.Equal((5, 2.0), (grid.SizeZ, grid.SpacingMm.Z));
        Assert.Equal([true, true, false, true, true], Enumerable.Range(0, 5).Select(z => map.Mask![(int)grid.IndexOf(0, 0, z)]));
        Assert.Equal([0, 10, double.NaN, 20, 30], Enumerable.Range(0, 5).Select(z => map.ReadFrame()[grid.IndexOf(0, 0, z)]));
        Assert.Contains(map.Remarks, r => r.Contains("1 of 5 slices", StringComparison.Ordinal));
    }

    [Fact]
    public void Uneven_slices_are_kept_apart_each_at_its_true_place()
    {
        double[] places = [0, 1, 2.4, 7.03, 9];
        for (var i = 0; i < places.Length; i++)
        {
            Slice(i, places[i]).Write(folder[$"{i}"]);
        }

        var maps = KnownFormats.Open(folder.Path).Maps;
        Assert.Equal(places, maps.Select(m => ((GridSupport)m.Support).ToMillimetres[2, 3]));
        Assert.All(maps, m => Assert.Contains(m.Remarks, r => r.Contains("lie unevenly", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_tilted_gantry_makes_an_oblique_grid()
    {
        for (var i = 0; i < 4; i++)
        {
            Slice(i, 3 * i, y: 20 + i).Write(folder[$"{i}"]);
        }

        var map = Assert.Single(KnownFormats.Open(folder.Path).Maps);
        var step = ((GridSupport)map.Support).ToMillimetres.Column(2);
        Assert.Equal(new Point3(0, -1, 3), step);
        Assert.Contains(map.Remarks, r => r.Contains("tilt of 18.4 degrees", StringComparison.Ordinal));
    }

    [Fact]
    public void Several_files_at_one_place_are_volumes_over_time()
    {
        for (var i = 0; i < 6; i++)
        {
            // Two slices, three volumes, the clock running backwards against the names.
            Slice(i, i % 2).With(0x00080032, "TM", string.Create(CultureInfo.InvariantCulture, $"1000{50 - (10 * (i / 2)):00}.5")).Write(folder[$"{i}"]);
        }

        var map = Assert.Single(KnownFormats.Open(folder.Path).Maps);
        Assert.Equal((AxisKind.Time, Unit.Second), (map.Axes[0].Kind, map.Axes[0].Unit));
        Assert.Equal([0.0, 10, 20], map.Axes[0].Values);
        Assert.Equal([40.0, 20, 0], Enumerable.Range(0, 3).Select(v => map.ReadFrame(v)[0]));
    }

    [Fact]
    public void Places_with_unequal_numbers_of_planes_lose_none()
    {
        foreach (var (place, i) in new[] { (0, 0), (1, 1), (2, 2), (1, 3) })
        {
            Slice(i, place).Write(folder[$"{i}"]);
        }

        var maps = KnownFormats.Open(folder.Path).Maps;
        Assert.Equal([3, 1], maps.Select(m => ((GridSupport)m.Support).SizeZ));
        Assert.Equal(30, maps[1].ReadFrame()[0]);
        Assert.Contains(maps[0].Remarks, r => r.Contains("it is split", StringComparison.Ordinal));
    }

    [Fact]
    public void Other_series_directions_and_sizes_are_other_maps()
    {
        Slice(0, 0).Write(folder["a"]);
        Slice(1, 1).With(0x0020000E, "UI", "1.2.77").Write(folder["b"]);
        Slice(2, 2).At(-10, 20, 2, 1, @"0\1\0\0\0\-1").Write(folder["c"]);
        DicomSample.Image(4, 2, i => i).At(10, 20, 3).Write(folder["d"]);
        Assert.Equal(4, KnownFormats.Open(folder.Path).Maps.Count);
    }

    [Fact]
    public void What_cannot_be_read_in_a_folder_is_named_and_left_out()
    {
        Slice(0, 0).Write(folder["a"]);
        Slice(1, 1).Without(0x00280010).Write(folder["broken"]);
        File.WriteAllText(folder["notes.txt"], "nothing to do with it");
        var study = KnownFormats.Open(folder.Path);
        Assert.Single(study.Maps);
        Assert.Contains("broken", Assert.Single(study.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void The_hash_of_a_series_depends_on_every_file()
    {
        Slice(0, 0).Write(folder["a"]);
        Slice(1, 1).Write(folder["b"]);
        var before = KnownFormats.Open(folder.Path).Maps[0].Provenance.InputSha256;
        Slice(9, 1).Write(folder["b"]);
        Assert.NotEqual(before, KnownFormats.Open(folder.Path).Maps[0].Provenance.InputSha256);
    }

    [Theory]
    [InlineData(DicomSample.Implicit, false)]
    [InlineData(DicomSample.Explicit, true)]
    [InlineData(DicomSample.Big, true)]
    public void An_enhanced_image_takes_place_and_scale_from_its_functional_groups(string syntax, bool undefined)
    {
        DicomSample Frame(int index, double z, double slope) => Set(
            (0x00209111, new DicomSample().With(0x00209128, "UL", (uint)(1 + (index / 2)))),
            (0x00209113, new DicomSample().With(0x00200032, "DS", FormattableString.Invariant($@"1\2\{z}"))),
            (0x00289145, new DicomSample().With(0x00281052, "DS", "100").With(0x00281053, "DS", slope.ToString(CultureInfo.InvariantCulture)).With(0x00281054, "LO", "HU")));
        var shared = Set(
            (0x00209116, new DicomSample().With(0x00200037, "DS", @"1\0\0\0\1\0")),
            (0x00289110, new DicomSample().With(0x00280030, "DS", @"2\3").With(0x00180050, "DS", "9")));
        var sample = DicomSample.Image(2, 1, i => i, frames: 4).With(0x52009229, "SQ", new[] { shared })
            .With(0x52009230, "SQ", new[] { Frame(0, 5, 1), Frame(1, 0, 2), Frame(2, 5, 3), Frame(3, 0, 4) });
        (sample.Syntax, sample.UndefinedLengths) = (syntax, undefined);
        var map = Assert.Single(new DicomFormat().Open(sample.Write(folder["e.dcm"])).Maps);
        var grid = (GridSupport)map.Support;
        Assert.Equal(new Affine([-3, 0, 0, -1, 0, -2, 0, -2, 0, 0, 5, 0]), grid.ToMillimetres);
        Assert.Equal([100 + (2 * 2), 100 + (3 * 2), 100 + 0, 100 + 1], map.ReadFrame(0));
        Assert.Equal([100 + (6 * 4), 100 + (7 * 4), 100 + (4 * 3), 100 + (5 * 3)], map.ReadFrame(1));
        Assert.Equal("HU", map.Unit.Symbol);
    }

    [Fact]
    public void Frames_of_a_cine_run_over_time()
    {
        var map = Open(DicomSample.Image(1, 1, i => i, frames: 3).With(0x00181063, "DS", "40"));
        Assert.Equal([0, 0.04, 0.08], map.Axes[0].Values.Select(v => Math.Round(v, 9)));
        Assert.Equal(Frame.Detector, map.Support.Frame);
    }

    [Fact]
    public void Dose_planes_stand_at_their_offsets()
    {
        var map = Open(DicomSample.Image(1, 1, i => i, frames: 3).At(1, 2, 3).With(0x3004000C, "DS", @"0\-4\-8").With(0x3004000E, "DS", "0.5").With(0x30040002, "CS", "GY"));
        var grid = (GridSupport)map.Support;
        Assert.Equal((-5.0, 4.0), (grid.ToMillimetres[2, 3], grid.ToMillimetres[2, 2]));
        Assert.Equal([1.0, 0.5, 0], map.ReadFrame());
        Assert.Equal("Gy", map.Unit.Symbol);
    }

    [Fact]
    public void Each_segment_is_a_label_map_and_is_zero_where_it_has_no_frame()
    {
        DicomSample Frame(ushort segment, double z) => Set(
            (0x00209113, new DicomSample().With(0x00200032, "DS", FormattableString.Invariant($@"0\0\{z}"))),
            (0x0062000A, new DicomSample().With(0x0062000B, "US", segment)));
        var shared = Set(
            (0x00209116, new DicomSample().With(0x00200037, "DS", @"1\0\0\0\1\0")),
            (0x00289110, new DicomSample().With(0x00280030, "DS", @"1\1").With(0x00180088, "DS", "2")));
        var sample = DicomSample.Image(8, 1, _ => 1, frames: 4, bits: 1).With(0x00620001, "CS", "BINARY").With(0x00080060, "CS", "SEG")
            .With(0x00620002, "SQ", new[] { new DicomSample().With(0x00620004, "US", (ushort)1).With(0x00620005, "LO", "liver"), new DicomSample().With(0x00620004, "US", (ushort)2).With(0x00620005, "LO", "spleen") })
            .With(0x52009229, "SQ", new[] { shared }).With(0x52009230, "SQ", new[] { Frame(1, 0), Frame(1, 2), Frame(1, 6), Frame(2, 4) });
        var maps = new DicomFormat().Open(sample.Write(folder["s.dcm"])).Maps;
        Assert.Equal(["segment: liver", "segment: spleen"], maps.Select(m => m.Quantity.Name));
        Assert.All(maps, m => Assert.Equal(MapKind.Label, m.Kind));
        Assert.Equal([1.0, 1, 0, 1], Enumerable.Range(0, 4).Select(z => maps[0].ReadFrame()[8 * z]));
    }

    [Fact]
    public void An_image_without_place_lies_on_its_detector()
    {
        var grid = (GridSupport)Open(DicomSample.Image(2, 2, i => i).With(0x00181164, "DS", @"0.2\0.1")).Support;
        Assert.Equal((Frame.Detector, 0.1, 0.2), (grid.Frame, grid.SpacingMm.X, grid.SpacingMm.Y));
        Assert.Contains(Open(DicomSample.Image(2, 2, i => i)).Remarks, r => r.Contains("No pixel size", StringComparison.Ordinal));
    }

    private static DicomSample Set(params (uint Tag, DicomSample Item)[] macros)
    {
        var set = new DicomSample();
        foreach (var (tag, item) in macros)
        {
            set.With(tag, "SQ", new[] { item });
        }

        return set;
    }

    private static DicomSample Slice(int number, double place, double y = 20) =>
        DicomSample.Image(3, 2, i => (number * 10) + i).At(10, y, place).With(0x00200052, "UI", "1.2.9").With(0x00200013, "IS", "5").With(0x00080060, "CS", "MR");

    private ParameterMap Open(DicomSample sample) => new DicomFormat().Open(sample.Write(folder["sample.dcm"])).Maps[0];
}
