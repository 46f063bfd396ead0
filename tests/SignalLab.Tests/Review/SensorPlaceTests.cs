using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Formats.Nifti;
using SignalLab.Model;

namespace SignalLab.Tests.Review;

public sealed class SensorPlaceTests
{
    private const string Recording = "sub-01/eeg/sub-01_task-rest_eeg.edf";

    [Fact]
    public async Task A_measured_place_in_the_subject_s_scanner_frame_is_the_place_in_that_subject_s_image()
    {
        await using var reviewing = await Dataset("ScanRAS", "Cz\t3\t-6\t60\n");
        var answer = await reviewing.Client.GetFromJsonAsync<JsonElement>($"/api/sensor?file=sub-01/anat/sub-01_T1w.nii.gz&of={Recording}&sensor=Cz", TestContext.Current.CancellationToken);
        Assert.Equal("scanner", answer.GetProperty("frame").GetString());
        Assert.Equal([3.0, -6, 60], answer.GetProperty("place").EnumerateArray().Select(v => Math.Round(v.GetDouble(), 9)));
    }

    [Fact]
    public async Task A_place_in_MNI_space_is_one_in_any_image_of_that_space_and_a_transform_of_the_image_s_file_is_followed()
    {
        await using var reviewing = await Dataset("MNI152Lin", "Cz\t3\t-6\t60\n");
        var map = KnownFormats.Open(Path.Combine(reviewing.Folder, "t1.nii.gz")).Maps[0];
        NiftiWriter.Write(map with { Support = (GridSupport)map.Support with { Frame = Frame.Mni } }, Path.Combine(reviewing.Folder, "template.nii"));
        var answer = await reviewing.Client.GetFromJsonAsync<JsonElement>($"/api/sensor?file=template.nii&of={Recording}&sensor=Cz", TestContext.Current.CancellationToken);
        Assert.Equal([3.0, -6, 60], answer.GetProperty("place").EnumerateArray().Select(v => Math.Round(v.GetDouble(), 9)));
    }

    [Theory]
    [InlineData("ScanRAS", "Cz\t3\t-6\t60\n", "t1.nii.gz", "Cz", "nothing says how the two lie")]
    [InlineData("ScanRAS", "Cz\t3\t-6\t60\n", "sub-02/anat/sub-02_T1w.nii.gz", "Cz", "nothing says how the two lie")]
    [InlineData("MNI152Lin", "Cz\t3\t-6\t60\n", "sub-01/anat/sub-01_T1w.nii.gz", "Cz", "No transform joins the frame 'mni' to the frame 'scanner'")]
    [InlineData("CapTrak", "Cz\t3\t-6\t60\n", "sub-01/anat/sub-01_T1w.nii.gz", "Cz", "nothing says how the two lie")]
    [InlineData("ScanRAS", "Cz\t3\t-6\t60\n", "sub-01/anat/sub-01_T1w.nii.gz", "Pz", "no measured place")]
    [InlineData("ScanRAS", "Cz\t3\t-6\t600\n", "sub-01/anat/sub-01_T1w.nii.gz", "Cz", "outside the image")]
    public async Task Where_nothing_joins_sensor_and_image_one_line_says_so(string system, string electrodes, string image, string sensor, string expected)
    {
        await using var reviewing = await Dataset(system, electrodes);
        using var answer = await reviewing.Client.GetAsync($"/api/sensor?file={image}&of={Recording}&sensor={sensor}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(expected, (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("error").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_electrode_placed_by_its_name_has_no_place_in_an_image()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf", "t1.nii.gz");
        using var answer = await reviewing.Client.GetAsync("/api/sensor?file=t1.nii.gz&of=eeg.edf&sensor=Cz", TestContext.Current.CancellationToken);
        Assert.Contains("no measured place", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<Reviewing> Dataset(string system, string electrodes)
    {
        var reviewing = await Reviewing.Start("eeg.edf", "t1.nii.gz");
        string At(string path)
        {
            var full = Path.Combine(reviewing.Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            return full;
        }

        File.Copy(At("eeg.edf"), At(Recording));
        File.Copy(At("t1.nii.gz"), At("sub-01/anat/sub-01_T1w.nii.gz"));
        File.Copy(At("t1.nii.gz"), At("sub-02/anat/sub-02_T1w.nii.gz"));
        File.WriteAllText(At("dataset_description.json"), """{ "Name": "test", "BIDSVersion": "1.10.0" }""");
        File.WriteAllText(At("sub-01/eeg/sub-01_electrodes.tsv"), "name\tx\ty\tz\n" + electrodes);
        File.WriteAllText(At("sub-01/eeg/sub-01_coordsystem.json"), $$"""{ "EEGCoordinateSystem": "{{system}}", "EEGCoordinateUnits": "mm" }""");
        return reviewing;
    }
}
