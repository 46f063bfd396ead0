using SignalLab.Formats.BrainVision;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Bids;

/// <summary>BIDS 1.10, "Electrodes description", "Coordinate System JSON", appendix "Coordinate systems".</summary>
public sealed class BidsElectrodeTests : IDisposable
{
    private const string Folder = "sub-01/ses-a/eeg/sub-01_ses-a_";
    private const string Landmarks = ""","AnatomicalLandmarkCoordinates":{"NAS":[10,0,0],"LPA":[0,7,0],"RPA":[0,-7,0]},"AnatomicalLandmarkCoordinateUnits":"cm"}""";
    private readonly BidsSample data = new BidsSample().Edf();

    public void Dispose() => data.Dispose();

    [Fact]
    public void Positions_with_landmarks_come_into_the_head_frame()
    {
        data.Text(Folder + "electrodes.tsv", "name|x|y|z|impedance / Fp1|90|30|40|5 / Cz|0|0|120|n/a / T7|n/a|n/a|n/a|n/a")
            .Text(Folder + "coordsystem.json", """{"EEGCoordinateSystem":"CTF","EEGCoordinateUnits":"mm" """ + Landmarks);
        var recording = data.Open();
        AssertPlace(new(-0.03, 0.09, 0.04), recording, 0);
        AssertPlace(new(0, 0, 0.12), recording, 1);
        Assert.All(recording.Channels.Skip(2), c => Assert.Null(c.Sensor));
        Assert.All(recording.Channels.Take(2), c => Assert.Equal(Frame.Head, c.Frame));
        Assert.Equal(["nasion", "lpa", "rpa"], recording.Fiducials.Select(f => f.Name));
        Assert.Equal(0.1, recording.Fiducials[0].PositionMetres.Y, 12);
        Assert.Equal($"{Folder}electrodes.tsv, {Folder}coordsystem.json", recording.Provenance.Steps[0].Parameters["files"]);
    }

    [Theory]
    [InlineData("EEG", "CapTrak", "m", "head", 1, 2, 3)]
    [InlineData("EEG", "EEGLAB", "m", "electrodes", -2, 1, 3)]
    [InlineData("EEG", "Other", "m", "electrodes", 1, 2, 3)]
    [InlineData("iEEG", "ACPC", "m", "acpc", 1, 2, 3)]
    [InlineData("iEEG", "MNI152NLin2009bAsym", "m", "mni", 1, 2, 3)]
    [InlineData("iEEG", "fsaverage", "m", "mni", 1, 2, 3)]
    [InlineData("iEEG", "Talairach", "m", "talairach", 1, 2, 3)]
    [InlineData("iEEG", "ScanRAS", "m", "scanner", 1, 2, 3)]
    public void Without_landmarks_the_frame_is_the_stated_system(string modality, string system, string unit, string frame, double x, double y, double z)
    {
        data.Text(Folder + "electrodes.tsv", "name|x|y|z / Fp1|1|2|3").Text(Folder + "coordsystem.json", $$"""{"{{modality}}CoordinateSystem":"{{system}}","{{modality}}CoordinateUnits":"{{unit}}"}""");
        var recording = data.Open();
        Assert.Equal(frame, recording.Channels[0].Frame?.Name);
        AssertPlace(new(x, y, z), recording, 0);
        Assert.Empty(recording.Fiducials);
    }

    [Fact]
    public void Of_several_spaces_a_head_is_taken_and_the_others_are_named()
    {
        data.Text(Folder + "space-MNI152Lin_electrodes.tsv", "name|x|y|z / Fp1|9|9|9").Text(Folder + "space-MNI152Lin_coordsystem.json", """{"EEGCoordinateSystem":"MNI152Lin","EEGCoordinateUnits":"mm"}""")
            .Text(Folder + "space-CapTrak_electrodes.tsv", "name|x|y|z / Fp1|1|2|3").Text(Folder + "space-CapTrak_coordsystem.json", """{"EEGCoordinateSystem":"CapTrak","EEGCoordinateUnits":"cm"}""");
        var recording = data.Open();
        AssertPlace(new(0.01, 0.02, 0.03), recording, 0);
        Assert.Contains(recording.Remarks, r => r.Contains("taken in CapTrak; those in MNI152Lin are left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Places_on_a_picture_are_no_positions()
    {
        data.Text(Folder + "electrodes.tsv", "name|x|y|z / Fp1|100|200|0").Text(Folder + "coordsystem.json", """{"iEEGCoordinateSystem":"Pixels","iEEGCoordinateUnits":"pixels"}""");
        var recording = data.Open();
        Assert.Null(recording.Channels[0].Sensor);
        Assert.Contains(recording.Remarks, r => r.Contains("picture", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_unit_a_head_is_scaled_and_an_image_is_not()
    {
        data.Text(Folder + "electrodes.tsv", "name|x|y|z / Fp1|0|3|4 / Cz|0|0|5 / X9|5|0|0");
        var recording = data.Open();
        AssertPlace(new(0, 0.057, 0.076), recording, 0);
        Assert.Contains(recording.Remarks, r => r.Contains("0.095 m", StringComparison.Ordinal));

        data.Text(Folder + "coordsystem.json", """{"iEEGCoordinateSystem":"ACPC"}""");
        Assert.Null(data.Open().Channels[0].Sensor);
    }

    [Fact]
    public void Positions_of_the_table_stand_in_place_of_the_files_own()
    {
        const string path = "sub-01/eeg/sub-01_task-rest_eeg.vhdr";
        var located = BidsSample.Plain();
        BrainVisionWriter.Write(located with { Channels = [.. located.Channels.Select((c, i) => c with { Sensor = new(c.Label, new(0.01 * i, 0, 0.09)), Frame = Frame.Electrodes })] }, data.In(path));
        data.Text("sub-01/eeg/sub-01_electrodes.tsv", "name|x|y|z / Fp1|1|2|3").Text("sub-01/eeg/sub-01_coordsystem.json", """{"EEGCoordinateSystem":"CapTrak","EEGCoordinateUnits":"cm"}""");
        var recording = data.Open(path);
        AssertPlace(new(0.01, 0.02, 0.03), recording, 0);
        Assert.All(recording.Channels.Skip(1), c => Assert.Null(c.Sensor));
        Assert.Contains(recording.Remarks, r => r.StartsWith("3 channels", StringComparison.Ordinal));

        data.Text("sub-01/eeg/sub-01_electrodes.tsv", "name|x|y|z / Oz|1|2|3");
        Assert.Equal(0.01, data.Open(path).Channels[1].Sensor!.PositionMetres.X, 5);
    }

    [Fact]
    public void A_damaged_table_is_refused_in_one_line_with_its_place()
    {
        data.Text(Folder + "electrodes.tsv", "name|x|y|z / Fp1|1|here|3");
        Assert.EndsWith("electrodes.tsv, line 2 (y): found \"here\", expected a number or n/a.", data.Refused().Message, StringComparison.Ordinal);
        data.Text(Folder + "electrodes.tsv", "name|x|y / Fp1|1|2");
        Assert.Contains("expected a column named z", data.Refused().Message, StringComparison.Ordinal);
    }

    private static void AssertPlace(Point3 expected, Recording recording, int channel) =>
        Assert.True((expected - recording.Channels[channel].Sensor!.PositionMetres).Norm < 1e-12, $"{recording.Channels[channel].Sensor}");
}
