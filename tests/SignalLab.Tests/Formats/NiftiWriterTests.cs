using SignalLab.Formats.Nifti;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class NiftiWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a.nii", 0.0)]
    [InlineData("a.nii.gz", 0.5)]
    [InlineData("a.nii", 0.1)]
    public void A_map_comes_back_with_its_values_meaning_and_axis(string name, double fraction)
    {
        var values = Enumerable.Range(0, 2 * 3 * 4 * 5).Select(i => i - 7 + fraction).ToArray();
        var map = Map(2, 3, 4, values) with
        {
            Axes = [Axis.Uniform(AxisKind.Time, Unit.Parse("ms"), 250, 500, 5)],
            Quantity = new("stiffness"),
            Unit = Unit.Parse("kPa"),
            Kind = MapKind.Derived,
            Window = (5, 10),
        };
        NiftiWriter.Write(map, folder[name]);
        var back = new NiftiFormat().Open(folder[name]).Maps[0];
        Assert.Equal((map.Quantity, map.Unit, map.Kind, map.Window), (back.Quantity, back.Unit, back.Kind, back.Window));
        Assert.Equal([0.25, 0.75, 1.25, 1.75, 2.25], back.Axes[0].Values);
        Assert.Equal(values, Enumerable.Range(0, 5).SelectMany(back.ReadFrame));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, "*.part"));
    }

    [Fact]
    public void Whole_numbers_take_two_bytes_and_others_as_many_as_they_need()
    {
        long Size(double v)
        {
            NiftiWriter.Write(Map(10, 10, 10, [.. Enumerable.Repeat(v, 1000)]), folder["s.nii"]);
            return new FileInfo(folder["s.nii"]).Length - 352;
        }

        Assert.Equal((2000, 4000, 8000), (Size(-5), Size(0.5), Size(0.1)));
    }

    [Fact]
    public void A_dimension_beyond_int16_makes_a_NIfTI_2_file()
    {
        NiftiWriter.Write(Map(40000, 1, 1, [.. Enumerable.Range(0, 40000).Select(i => (double)(i % 1000))]), folder["l.nii"]);
        var study = new NiftiFormat().Open(folder["l.nii"]);
        Assert.Equal("NIfTI-2", study.Format);
        Assert.Equal(999, study.Maps[0].ReadFrame()[999]);
    }

    [Fact]
    public void The_qform_and_the_sform_place_every_right_angled_grid_alike()
    {
        foreach (var (x, y, z) in Axes())
        {
            var map = Map(2, 2, 2, new double[8]) with
            {
                Support = new GridSupport(2, 2, 2, Affine.FromColumns(2 * x, 3 * y, 4 * z, new(5, 6, 7))),
            };
            NiftiWriter.Write(map, folder["q.nii"]);
            var both = ((GridSupport)new NiftiFormat().Open(folder["q.nii"]).Maps[0].Support).ToMillimetres;
            var bytes = File.ReadAllBytes(folder["q.nii"]);
            bytes[254] = 0;
            File.WriteAllBytes(folder["q.nii"], bytes);
            var byQform = ((GridSupport)new NiftiFormat().Open(folder["q.nii"]).Maps[0].Support).ToMillimetres;
            Assert.All(both.ToArray().Zip(byQform.ToArray()), p => Assert.Equal(p.First, p.Second, 5));
            Assert.NotEqual(0, bytes[252]);
        }
    }

    [Fact]
    public void Locations_outside_the_mask_have_no_number()
    {
        NiftiWriter.Write(Map(2, 1, 1, [3, 4]) with { Mask = [true, false] }, folder["m.nii"]);
        Assert.Equal([3, double.NaN], new NiftiFormat().Open(folder["m.nii"]).Maps[0].ReadFrame());
    }

    [Fact]
    public void An_uneven_axis_is_refused()
    {
        var map = Map(1, 1, 1, [1, 2, 3]) with { Axes = [new(AxisKind.Frequency, Unit.Hertz, [1, 2, 4])] };
        Assert.Contains("uneven", Assert.Throws<UnfitInputException>(() => NiftiWriter.Write(map, folder["u.nii"])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    private static ParameterMap Map(int x, int y, int z, double[] values) =>
        new(Quantity.Intensity, Unit.Unknown, new GridSupport(x, y, z, new([2, 0, 0, -10, 0, 3, 0, -20, 0, 0, 4, -30])), new MemoryValues(values, (long)x * y * z));

    /// <summary>The 48 ways to lay three indices along the axes of space, and one oblique way.</summary>
    private static IEnumerable<(Point3 X, Point3 Y, Point3 Z)> Axes()
    {
        Point3[] e = [new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)];
        foreach (var (a, b, c) in new[] { (0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0) })
        {
            for (var s = 0; s < 8; s++)
            {
                yield return ((1 - (2 * (s & 1))) * e[a], (1 - (s & 2)) * e[b], (1 - ((s & 4) / 2)) * e[c]);
            }
        }

        var oblique = new Point3(1, 2, 3).Unit();
        var second = oblique.Cross(new(0, 0, 1)).Unit();
        yield return (oblique, second, oblique.Cross(second));
        yield return (oblique, second, second.Cross(oblique));
    }
}
