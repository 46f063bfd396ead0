using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>Real NIfTI files against what nibabel reads from them.</summary>
public sealed class NiftiOracleTests
{
    public static TheoryData<string, string> Files()
    {
        var data = new TheoryData<string, string>();
        foreach (var oracle in new[] { "nifti", "fmri", "atlas", "ct", "elastography" })
        {
            foreach (var file in SharedData.Folder is null ? [] : SharedData.Oracle($"imaging/oracles/{oracle}.json").EnumerateObject().Where(e => e.Value.TryGetProperty("affine_ras", out _)))
            {
                data.Add(oracle, file.Name);
            }
        }

        return data;
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public void Geometry_and_values_are_those_of_nibabel(string oracle, string file)
    {
        var expected = SharedData.Oracle($"imaging/oracles/{oracle}.json").GetProperty(file);
        var map = KnownFormats.Open(SharedData.File("imaging/" + file)).Maps[0];
        var grid = (GridSupport)map.Support;
        int[] shape = [grid.SizeX, grid.SizeY, grid.SizeZ, .. map.Axes.Select(a => a.Length)];
        Assert.Equal(Numbers(expected.GetProperty("shape")).Select(n => (int)n), shape);
        Assert.All(grid.ToMillimetres.ToArray().Zip(Numbers(expected.GetProperty("affine_ras"))), p => Assert.Equal(p.Second, p.First, 1e-4));
        if (map.Axes.Count > 0)
        {
            Assert.Equal(expected.GetProperty("zooms")[3].GetDouble(), map.Axes[0].Values[1] - map.Axes[0].Values[0], 1e-6);
        }

        foreach (var sample in expected.GetProperty("samples").EnumerateArray())
        {
            var index = Numbers(sample.GetProperty("index")).Select(n => (int)n).ToArray();
            var one = new double[1];
            map.Values.Read(index.Length > 3 ? index[3] : 0, grid.IndexOf(index[0], index[1], index[2]), one);
            Assert.Equal(sample.GetProperty("value").GetDouble(), one[0], 1e-9 * Math.Max(1, Math.Abs(one[0])));
        }

        if (expected.TryGetProperty("time_course", out var course))
        {
            var v = Numbers(course.GetProperty("voxel")).Select(n => (int)n).ToArray();
            Assert.All(map.GraphAt(grid.IndexOf(v[0], v[1], v[2])).Values.Zip(Numbers(course.GetProperty("values"))), p => Assert.Equal(p.Second, p.First, 1e-5));
        }

        var (low, high) = (expected.GetProperty("cal_min").GetDouble(), expected.GetProperty("cal_max").GetDouble());
        Assert.Equal(high > low ? (low + high) / 2 : null, map.Window?.Centre);
    }

    [Theory]
    [InlineData("atlas/aal.nii.gz", MapKind.Label, "label", "1")]
    [InlineData("fmri/tstat1.nii.gz", MapKind.Statistic, "t statistic", "1")]
    [InlineData("elastography/sub001_stiffness_kPa.nii.gz", MapKind.Derived, "stiffness", "kPa")]
    public void Kind_quantity_and_unit_are_the_headers(string file, MapKind kind, string quantity, string unit)
    {
        var map = KnownFormats.Open(SharedData.File("imaging/" + file)).Maps[0];
        Assert.Equal((kind, quantity, unit), (map.Kind, map.Quantity.Name, map.Unit.Symbol));
    }

    [Fact]
    public void The_lone_Analyze_header_names_its_missing_voxels() =>
        Assert.Throws<MalformedFileException>(() => KnownFormats.Open(SharedData.File("imaging/nifti/analyze.hdr")));

    [Fact]
    public void A_step_of_2000_seconds_is_remarked() =>
        Assert.Contains(KnownFormats.Open(SharedData.File("imaging/fmri/example4d.nii.gz")).Maps[0].Remarks, r => r.Contains("2000 s", StringComparison.Ordinal));

    private static IEnumerable<double> Numbers(JsonElement array) =>
        array.EnumerateArray().SelectMany(e => e.ValueKind == JsonValueKind.Array ? Numbers(e) : [e.GetDouble()]);
}
