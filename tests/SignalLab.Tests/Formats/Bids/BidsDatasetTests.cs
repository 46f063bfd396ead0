using SignalLab.Formats;
using SignalLab.Formats.Bids;
using SignalLab.Model;
using SignalLab.Tests.Formats.Meg;

namespace SignalLab.Tests.Formats.Bids;

/// <summary>Folders of datasets, and datasets that are damaged.</summary>
public sealed class BidsDatasetTests : IDisposable
{
    private readonly BidsSample data = new BidsSample().Edf();

    public void Dispose() => data.Dispose();

    [Fact]
    public void A_folder_with_one_recording_is_that_recording()
    {
        data.Text("dataset_description.json", "{}").Text("task-rest_channels.tsv", "name|status / Cz|bad").Edf("derivatives/x/sub-01/eeg/sub-01_task-rest_eeg.edf").Edf("sourcedata/sub-01_task-rest_eeg.edf");
        foreach (var folder in new[] { ".", "sub-01", "sub-01/", "sub-01/ses-a", "sub-01/ses-a/eeg" })
        {
            var study = KnownFormats.Open(Path.Combine(data.Root, folder));
            Assert.True(Assert.Single(study.Recordings).Channels[1].IsBad);
            Assert.StartsWith("EDF", study.Format, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_with_several_recordings_is_refused_in_one_line_that_names_them()
    {
        data.Edf("sub-02/eeg/sub-02_task-rest_eeg.edf").Edf("sub-02/ieeg/sub-02_task-rest_ieeg.edf").Text("sub-02/eeg/sub-02_task-rest_events.tsv", "onset|duration / 1|0").Edf("sub-02/eeg/notes.edf");
        CtfSample.Write(Path.GetDirectoryName(data.In("sub-02/meg/x"))!, "sub-02_task-go_meg", CtfSample.Header(2), CtfSample.Samples(1, 1, 101));
        File.WriteAllBytes(data.In("sub-02/meg/sub-02_task-noise_meg.fif"), [1, 2, 3]);
        var e = Assert.Throws<UnfitInputException>(() => KnownFormats.Open(data.Root));
        Assert.EndsWith(
            $"a BIDS folder of 4 recordings; open one of them: {BidsSample.File}, sub-02/eeg/sub-02_task-rest_eeg.edf, sub-02/ieeg/sub-02_task-rest_ieeg.edf, sub-02/meg/sub-02_task-go_meg.ds.",
            e.Message, StringComparison.Ordinal);
        Assert.Contains("of 3 recordings", Assert.Throws<UnfitInputException>(() => KnownFormats.Open(Path.Combine(data.Root, "sub-02"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_recording_in_parts_the_first_is_named()
    {
        foreach (var part in new[] { "1", "2" })
        {
            data.Edf($"sub-03/eeg/sub-03_task-rest_split-0{part}_eeg.edf");
        }

        Assert.Equal(["sub-03_task-rest_split-01_eeg.edf"], BidsDataset.Recordings(Path.Combine(data.Root, "sub-03"))!.Select(p => Path.GetFileName(p)));
    }

    [Fact]
    public void Other_folders_are_none_and_a_dataset_without_recordings_says_so()
    {
        Assert.Null(BidsDataset.Recordings(data.In("elsewhere/x")));
        Assert.Null(BidsDataset.Recordings(Path.GetDirectoryName(data.In("elsewhere/x"))!));
        Assert.Throws<MalformedFileException>(() => KnownFormats.Open(Path.Combine(data.Root, "elsewhere")));
        data.Text("elsewhere/dataset_description.json", "{}");
        Assert.Contains("without a recording", Assert.Throws<UnfitInputException>(() => KnownFormats.Open(Path.Combine(data.Root, "elsewhere"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_dataset_describes_its_recording()
    {
        var recording = Recordings.Open(SharedData.File("eeg/bids/tiny_bids"));
        Assert.Equal(("sub-01", "F", 29.0), (recording.Subject.Id, recording.Subject.Sex, recording.Subject.AgeYears));
        Assert.Equal(60, recording.LineFrequencyHz);
        Assert.Equal(["PO10"], recording.Channels.Where(c => c.IsBad).Select(c => c.Label));
        Assert.Equal(
            [ChannelKind.Ecg, ChannelKind.Eog, ChannelKind.Eog, ChannelKind.Gsr, ChannelKind.Temp],
            recording.Channels.Skip(64).Select(c => c.Kind));

        // As electrodes.tsv has it, in metres; its system is the head frame.
        Assert.Equal(64, recording.Channels.Count(c => c.Sensor is not null));
        Assert.True((new Point3(-0.03741270038437644, 0.11102138145885607, 0.04987088609474466) - recording.Channels[0].Sensor!.PositionMetres).Norm < 1e-12);
        Assert.Equal(Frame.Head, recording.Channels[0].Frame);
        Assert.Equal(3, recording.Fiducials.Count);
        Assert.Equal(["New Segment/", "Comment/ControlBox is not connected via USB", "start_experiment", "show_stimulus"], recording.Annotations.Select(a => a.Text));
        Assert.Equal([0, 0, 0, 0.2], recording.Annotations.Select(a => a.OnsetSeconds));
        Assert.Equal("value: 2; HED: Sensory-event, Visual-presentation", recording.Annotations[3].Details);
        Assert.Contains("PO10 (bad): continuously flat", recording.Comments);
        Assert.Contains(recording.Remarks, r => r.Contains("0.9998 s", StringComparison.Ordinal));
        Assert.Equal(9, recording.Provenance.Steps[0].Parameters["files"].Split(", ").Length);
    }

    [Fact]
    public void A_damaged_description_gives_a_result_or_one_clear_error()
    {
        var described = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["participants.tsv"] = "participant_id|age|sex / sub-01|34|F",
            ["participants.json"] = """{"age":{"Units":"years"}}""",
            ["task-rest_eeg.json"] = """{"PowerLineFrequency":50,"SamplingFrequency":100,"RecordingDuration":10,"EEGReference":"é"}""",
            ["sub-01/ses-a/sub-01_ses-a_scans.tsv"] = "filename|acq_time / eeg/sub-01_ses-a_task-rest_run-1_eeg.edf|2020-05-06T07:08:09",
            ["sub-01/ses-a/eeg/sub-01_ses-a_electrodes.tsv"] = "name|x|y|z / Fp1|1|2|3 / Cz|0|0|9",
            ["sub-01/ses-a/eeg/sub-01_ses-a_coordsystem.json"] = """{"EEGCoordinateSystem":"CTF","EEGCoordinateUnits":"cm","AnatomicalLandmarkCoordinates":{"NAS":[10,0,0],"LPA":[0,7,0],"RPA":[0,-7,0]}}""",
            ["sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-1_channels.tsv"] = "name|type|units|low_cutoff|high_cutoff|sampling_frequency|status|status_description / Fp1|EEG|µV|0.1|40|100|bad|flat / Cz|EEG|V|n/a|n/a|100|good|n/a",
            ["sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-1_events.tsv"] = "onset|duration|trial_type|value|sample|HED / 0.5|0.1|go|1|50|Red / 1.5|n/a|n/a|2|150|n/a",
            ["task-rest_events.json"] = """{"trial_type":{"HED":{"go":"Sensory-event"}},"value":{"HED":"Label/#"}}""",
        };
        foreach (var (path, content) in described)
        {
            data.Text(path, content);
        }

        var random = new Random(7);
        foreach (var path in described.Keys.Select(data.In))
        {
            var whole = File.ReadAllBytes(path);
            for (var trial = 0; trial < whole.Length + 200; trial++)
            {
                var bytes = trial < whole.Length ? whole[..trial] : [.. whole];
                for (var n = trial < whole.Length ? 0 : random.Next(1, 6); n > 0; n--)
                {
                    bytes[random.Next(bytes.Length)] = random.Next(6) switch { 0 => 0, 1 => 255, 2 => (byte)'9', 3 => (byte)'\t', 4 => (byte)'"', _ => (byte)random.Next(256) };
                }

                File.WriteAllBytes(path, bytes);
                try
                {
                    var recording = data.Open();
                    Assert.All(recording.Annotations, a => Assert.True(double.IsFinite(a.OnsetSeconds) && a.DurationSeconds >= 0));
                    Assert.All(recording.Channels.Where(c => c.Sensor is not null), c => Assert.True(double.IsFinite(c.Sensor!.PositionMetres.Norm)));
                    Assert.All(recording.Remarks.Concat(recording.Comments), r => Assert.NotEmpty(r));
                }
                catch (MalformedFileException e)
                {
                    Assert.DoesNotContain('\n', e.Message);
                }
            }

            File.WriteAllBytes(path, whole);
        }
    }
}
