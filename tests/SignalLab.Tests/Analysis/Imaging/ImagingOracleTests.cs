using System.Security.Cryptography;
using System.Text.Json;
using SignalLab.Analysis.Imaging;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Imaging;

/// <summary>Real images against nibabel's canonical volumes and slices, and against reference region statistics.</summary>
public sealed class ImagingOracleTests
{
    public static TheoryData<string, string> Canonical()
    {
        var data = new TheoryData<string, string>();
        foreach (var oracle in new[] { "nifti", "fmri", "ct", "elastography" })
        {
            foreach (var file in SharedData.Folder is null ? [] : SharedData.Oracle($"imaging/oracles/{oracle}.json").EnumerateObject().Where(e => e.Value.TryGetProperty("canonical", out _)))
            {
                data.Add(oracle, file.Name);
            }
        }

        return data;
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Canonical))]
    public void The_canonical_volume_and_its_middle_slices_are_those_of_nibabel(string oracle, string file)
    {
        var expected = SharedData.Oracle($"imaging/oracles/{oracle}.json").GetProperty(file).GetProperty("canonical");
        var map = Open(file).ToRas();
        var grid = (GridSupport)map.Support;
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32()), [grid.SizeX, grid.SizeY, grid.SizeZ]);
        var values = map.ReadFrame();
        Assert.Equal(expected.GetProperty("float32_sha").GetString(), Hash(grid, values));

        // The slice through the centre of the middle voxel, taken by its coordinate in millimetres.
        var mid = expected.GetProperty("mid").EnumerateArray().Select(e => e.GetInt32()).ToArray();
        var centre = grid.ToMillimetres.Apply(new(mid[0], mid[1], mid[2]));
        if (!IsStraight(grid))
        {
            return;
        }

        var axial = Open(file).SliceAt(SlicePlane.Axial, centre.Z);
        AssertBlocks(expected.GetProperty("axial16"), axial);
        AssertBlocks(expected.GetProperty("coronal16"), Open(file).SliceAt(SlicePlane.Coronal, centre.Y));
        AssertBlocks(expected.GetProperty("sagittal16"), Open(file).SliceAt(SlicePlane.Sagittal, centre.X));
    }

    [Fact]
    public void Atlas_labels_are_found_by_their_coordinate()
    {
        foreach (var atlas in SharedData.Oracle("imaging/oracles/derived.json").GetProperty("atlas_lookup").EnumerateObject())
        {
            var map = Open(atlas.Name);
            foreach (var entry in atlas.Value.EnumerateArray())
            {
                var mm = entry.GetProperty("mni_mm").EnumerateArray().Select(e => e.GetDouble()).ToArray();
                var value = new double[1];
                map.Values.Read(0, map.LocationAt(new(mm[0], mm[1], mm[2]))!.Value, value);
                Assert.Equal(entry.GetProperty("label").GetDouble(), value[0]);
            }
        }
    }

    [Fact]
    public void Stiffness_by_region_is_the_references()
    {
        var expected = SharedData.Oracle("imaging/oracles/derived.json").GetProperty("elastography_z").GetProperty("aal_roi");
        var (map, sd) = (Open("elastography/sub001_stiffness_kPa.nii.gz"), Open("elastography/MRE133_stiffness_sd_kPa.nii.gz").ReadFrame());
        var values = map.ReadFrame();
        var regions = (map with { Mask = [.. values.Select((v, i) => v > 0 && sd[i] > 0)] }).StatisticsByRegion(Open("atlas/aal.nii.gz"));
        foreach (var region in expected.EnumerateObject())
        {
            var found = regions.Single(r => r.Label == region.Value.GetProperty("label").GetInt32());
            Assert.Equal(region.Value.GetProperty("voxels").GetInt32(), found.Count);
            Assert.Equal(region.Value.GetProperty("mean_kPa").GetDouble(), found.Mean, 1e-9);
            Assert.Equal(region.Value.GetProperty("sd_kPa").GetDouble(), found.StandardDeviation, 1e-9);
            Assert.Equal(region.Value.GetProperty("median_kPa").GetDouble(), found.Median, 1e-9);
        }
    }

    private static ParameterMap Open(string file) => KnownFormats.Open(SharedData.File("imaging/" + file)).Maps[0];

    private static bool IsStraight(GridSupport grid) =>
        Enumerable.Range(0, 9).All(n => n % 4 == 0 || Math.Abs(grid.ToMillimetres[n / 3, n % 3]) < 1e-6);

    // NumPy's C order: the third index fastest.
    private static string Hash(GridSupport grid, double[] values)
    {
        var bytes = new byte[4 * values.Length];
        var at = 0;
        for (var i = 0; i < grid.SizeX; i++)
        {
            for (var j = 0; j < grid.SizeY; j++)
            {
                for (var k = 0; k < grid.SizeZ; k++, at += 4)
                {
                    BitConverter.TryWriteBytes(bytes.AsSpan(at), (float)values[grid.IndexOf(i, j, k)]);
                }
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
    }

    // The reference keeps each slice as means of at most 16 x 16 blocks, first index down, node i belonging to block i·parts/size rounded down.
    private static void AssertBlocks(JsonElement expected, ParameterMap slice)
    {
        var grid = (GridSupport)slice.Support;
        var values = slice.ReadFrame();
        var (rows, columns) = (expected.GetArrayLength(), expected[0].GetArrayLength());
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var (sum, n) = (0.0, 0);
                for (var i = Cut(grid.SizeX, rows, r); i < Cut(grid.SizeX, rows, r + 1); i++)
                {
                    for (var j = Cut(grid.SizeY, columns, c); j < Cut(grid.SizeY, columns, c + 1); j++)
                    {
                        sum += values[grid.IndexOf(i, j, 0)];
                        n++;
                    }
                }

                Assert.Equal(expected[r][c].GetDouble(), sum / n, 1e-4 + (1e-6 * Math.Abs(sum / n)));
            }
        }

        static int Cut(int size, int parts, int index) => ((size * index) + parts - 1) / parts;
    }
}
