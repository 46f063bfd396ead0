using System.Net.Http.Json;
using System.Text.Json;
using SignalLab.Analysis.Imaging;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Review;

public sealed class SliceRoutesTests
{
    private static readonly string[] Paths =
    [
        "/api/image?file=t1.nii.gz&map=0", "/api/slice?file=t1.nii.gz&plane=axial&at=0&frame=0&map=0&overlay=task_bold.nii.gz&overlayframe=0&overlaymap=0&same=1",
        "/api/voxel?file=t1.nii.gz&x=0&y=0&z=0&frame=0&map=0&overlay=task_bold.nii.gz&same=1", "/api/sensor?file=t1.nii.gz&map=0&of=task_bold.nii.gz&recording=0&sensor=Cz", "/api/course?file=task_bold.nii.gz&x=0&y=0&z=0&map=0", "/api/ecg?file=t1.nii.gz&recording=0",
    ];

    private static readonly string[] Odd = ["", "-1", "1e308", "NaN", "Infinity", "99999999999999999999", "0x10", "null", "../x", "5000", "0.5", "stored", "sagittal", "😀", new('x', 5000), "task_bold.nii.gz"];

    [Theory]
    [InlineData("axial")]
    [InlineData("coronal")]
    [InlineData("sagittal")]
    public async Task A_slice_holds_what_the_volume_has_in_its_plane(string plane)
    {
        await using var reviewing = await Reviewing.Start("t1.nii.gz");
        var map = KnownFormats.Open(Path.Combine(reviewing.Folder, "t1.nii.gz")).Maps[0];
        var at = ((GridSupport)map.Support).LayersMm(Enum.Parse<SlicePlane>(plane, true))[20];
        var bytes = await reviewing.Client.GetByteArrayAsync(FormattableString.Invariant($"/api/slice?file=t1.nii.gz&plane={plane}&at={at:R}"), TestContext.Current.CancellationToken);
        var slice = map.SliceAt(Enum.Parse<SlicePlane>(plane, true), at);
        var grid = (GridSupport)slice.Support;
        Assert.Equal("SLI1"u8.ToArray(), bytes[..4]);
        Assert.Equal((grid.SizeX, grid.SizeY, 1), (BitConverter.ToInt32(bytes, 4), BitConverter.ToInt32(bytes, 8), BitConverter.ToInt32(bytes, 12)));
        Assert.Equal(at, BitConverter.ToDouble(bytes, 48));
        Assert.Equal(slice.ReadFrame().Select(v => (float)v), Enumerable.Range(0, (int)grid.Count).Select(i => BitConverter.ToSingle(bytes, 72 + (4 * i))));
    }

    [Fact]
    public async Task The_value_and_the_course_at_a_place_are_those_of_its_voxel()
    {
        await using var reviewing = await Reviewing.Start("task_bold.nii.gz");
        var map = KnownFormats.Open(Path.Combine(reviewing.Folder, "task_bold.nii.gz")).Maps[0];
        var location = map.Support.Count / 2;
        var point = ((GridSupport)map.Support).PositionMm(location);
        var place = FormattableString.Invariant($"file=task_bold.nii.gz&x={point.X:R}&y={point.Y:R}&z={point.Z:R}");
        var voxel = await reviewing.Client.GetFromJsonAsync<JsonElement>($"/api/voxel?{place}&frame=3", TestContext.Current.CancellationToken);
        var course = await reviewing.Client.GetFromJsonAsync<JsonElement>($"/api/course?{place}", TestContext.Current.CancellationToken);
        var expected = map.GraphAt(location).Values;
        Assert.Equal(expected, course.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(expected[3], voxel.GetProperty("values")[0].GetDouble(), 1e-6 * Math.Abs(expected[3]));
    }

    [Fact]
    public async Task Odd_values_in_a_query_about_images_are_refused_and_never_a_defect()
    {
        await using var reviewing = await Reviewing.Start("t1.nii.gz", "task_bold.nii.gz");
        foreach (var path in Paths)
        {
            var (route, query) = (path.Split('?')[0], path.Split('?')[1].Split('&'));
            for (var i = 0; i < query.Length; i++)
            {
                foreach (var odd in Odd)
                {
                    var changed = query.ToArray();
                    changed[i] = query[i].Split('=')[0] + "=" + Uri.EscapeDataString(odd);
                    using var answer = await reviewing.Client.GetAsync($"{route}?{string.Join('&', changed)}", TestContext.Current.CancellationToken);
                    Assert.True((int)answer.StatusCode < 500, $"{(int)answer.StatusCode} for {route}?{string.Join('&', changed)}");
                }
            }
        }
    }
}
