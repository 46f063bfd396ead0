using SignalLab.Formats;
using SignalLab.Formats.Bids;
using SignalLab.Formats.Fiff;
using SignalLab.Model;
using SignalLab.Tests.Formats.Fiff;
using SignalLab.Tests.Formats.Meg;
using SignalLab.Tests.Formats.Snirf;

namespace SignalLab.Tests.Formats.Bids;

/// <summary>Which files describe a recording. Source: BIDS 1.10, "The Inheritance Principle".</summary>
public sealed class BidsInheritanceTests : IDisposable
{
    private const string Session = "sub-01/ses-a/";
    private readonly BidsSample data = new();

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData("sub-01_ses-a_task-rest_run-1_eeg.edf", "sub,ses,task,run", "eeg", ".edf")]
    [InlineData("sub-01_task-rest_split-01_meg.fif", "sub,task,split", "meg", ".fif")]
    [InlineData("sub-01_task-rest_meg.ds", "sub,task", "meg", ".ds")]
    [InlineData("task-rest_eeg.json", "task", "eeg", ".json")]
    [InlineData("events.json", "", "events", ".json")]
    [InlineData("sub-01_physio.tsv.gz", "sub", "physio", ".tsv.gz")]
    public void A_name_is_entities_a_suffix_and_an_ending(string file, string entities, string suffix, string ending)
    {
        var name = BidsName.Parse(file)!;
        Assert.Equal((entities, suffix, ending), (string.Join(',', name.Entities.Keys), name.Suffix, name.Ending));
    }

    [Theory]
    [InlineData("sub-01.edf")]
    [InlineData("dataset_description.json")]
    [InlineData("sub-01_sub-02_eeg.edf")]
    [InlineData("sub-_eeg.edf")]
    [InlineData("-01_eeg.edf")]
    [InlineData("sub-01__eeg.edf")]
    [InlineData("")]
    public void Other_names_are_none(string file) => Assert.Null(BidsName.Parse(file));

    [Fact]
    public void Descriptions_add_up_from_the_dataset_to_the_recording_and_the_deeper_ones_overrule()
    {
        data.Edf().Text("eeg.json", """{"PowerLineFrequency":60,"Manufacturer":"A","EEGGround":"Fpz"}""").Text("task-rest_eeg.json", """{"Manufacturer":"B"}""")
            .Text("sub-01/sub-01_task-rest_eeg.json", """{"PowerLineFrequency":50,"ManufacturersModelName":"M"}""").Text(Session + "sub-01_ses-a_eeg.json", """{"ManufacturersModelName":"N"}""")
            .Text(Session + "eeg/sub-01_ses-a_task-rest_run-1_eeg.json", """{"EEGReference":"FCz"}""");
        var recording = data.Open();
        Assert.Equal(50, recording.LineFrequencyHz);
        Assert.Equal(["EEGReference: FCz", "EEGGround: Fpz", "Manufacturer: B", "ManufacturersModelName: N"], recording.Comments.Where(c => c.Contains(": ", StringComparison.Ordinal)));
        var step = Assert.Single(recording.Provenance.Steps);
        Assert.Equal(
            "eeg.json, task-rest_eeg.json, sub-01/sub-01_task-rest_eeg.json, sub-01/ses-a/sub-01_ses-a_eeg.json, sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-1_eeg.json",
            step.Parameters["files"]);
    }

    [Fact]
    public void A_table_counts_alone_the_deepest_first()
    {
        data.Edf().Text("task-rest_channels.tsv", "name|status / Fp1|bad / Cz|bad");
        Assert.Equal(["Fp1", "Cz"], Bad());
        data.Text("sub-01/sub-01_task-rest_channels.tsv", "name|status / T3|bad");
        Assert.Equal(["T3"], Bad());
        data.Text(Session + "sub-01_ses-a_task-rest_channels.tsv", "name|status / Cz|bad");
        Assert.Equal(["Cz"], Bad());
        data.Text(Session + "eeg/sub-01_ses-a_task-rest_channels.tsv", "name|status / X9|bad");
        Assert.Equal(["X9"], Bad());
        data.Text(Session + "eeg/sub-01_ses-a_task-rest_run-1_channels.tsv", "name|status / Fp1|bad");
        Assert.Equal(["Fp1"], Bad());
    }

    [Theory]
    [InlineData("sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-2_channels.tsv")]
    [InlineData("sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-1_acq-x_channels.tsv")]
    [InlineData("sub-01/ses-a/eeg/sub-02_ses-a_task-rest_channels.tsv")]
    [InlineData("sub-01/ses-b/sub-01_ses-b_task-rest_channels.tsv")]
    [InlineData("sub-02/sub-02_channels.tsv")]
    [InlineData("task-go_channels.tsv")]
    [InlineData("sub-01/ses-a/eeg/channels.txt")]
    [InlineData("channels/channels.tsv")]
    public void What_belongs_to_other_recordings_says_nothing_of_this_one(string path)
    {
        data.Edf().Text(path, "name|status / Fp1|bad");
        Assert.Empty(Bad());
        Assert.Empty(data.Open().Provenance.Steps);
    }

    [Theory]
    [InlineData("eeg/sub-01_task-rest_eeg.edf")]
    [InlineData("sub-02/eeg/sub-01_task-rest_eeg.edf")]
    [InlineData("sub-01/ses-b/eeg/sub-01_task-rest_eeg.edf")]
    [InlineData("sub-01/ses-b/eeg/sub-01_ses-a_task-rest_eeg.edf")]
    [InlineData("sub-01/eeg/sub-01_task-rest_ieeg.edf")]
    [InlineData("sub-01/eeg/night.edf")]
    public void A_file_that_lies_otherwise_is_a_file_alone(string path)
    {
        data.Edf(path).Text("channels.tsv", "name|status / Fp1|bad").Text(path.Replace("eeg.edf", "channels.tsv", StringComparison.Ordinal).Replace(".edf", ".tsv", StringComparison.Ordinal), "name|status / Fp1|bad");
        var recording = data.Open(path);
        Assert.DoesNotContain(recording.Channels, c => c.IsBad);
        Assert.Equal("X17", recording.Subject.Id);
    }

    [Fact]
    public void Intracranial_recordings_are_described_too()
    {
        const string path = "sub-P2/ieeg/sub-P2_task-film_ieeg.edf";
        data.Edf(path).Text("sub-P2/ieeg/sub-P2_task-film_channels.tsv", "name|type|units / Fp1|SEEG|µV / Cz|ECOG|µV / T3|DBS|µV / X9|ECG|µV").Text("task-film_ieeg.json", """{"iEEGReference":"skull","PowerLineFrequency":"n/a"}""");
        var recording = data.Open(path);
        Assert.Equal([ChannelKind.Seeg, ChannelKind.Ecog, ChannelKind.Seeg, ChannelKind.Ecg], recording.Channels.Select(c => c.Kind));
        Assert.Contains("iEEGReference: skull", recording.Comments);
        Assert.Null(recording.LineFrequencyHz);
    }

    [Fact]
    public void Magnetic_recordings_are_described_too_in_parts_and_in_folders()
    {
        const string path = "sub-01/meg/sub-01_task-go_split-01_meg.fif";
        FiffWriter.WriteRaw(FiffSamples.Raw(1), data.In(path));
        data.Text("sub-01/meg/sub-01_task-go_channels.tsv", "name|type|units|status / MEG 0111|MEGMAG|T|bad / MEG 0112|MEGGRADPLANAR|T/m|good / STI 014|TRIG|V|good")
            .Text("sub-01/meg/sub-01_task-go_events.tsv", "onset|duration|trial_type / 1.5|0.2|go").Text("task-go_meg.json", """{"PowerLineFrequency":60,"DewarPosition":"upright"}""");
        var before = new FiffFormat().Open(data.In(path)).Recordings[0];
        var recording = data.Open(path);
        Assert.Equal([true, false], recording.Channels.Take(2).Select(c => c.IsBad));
        Assert.Equal(before.Channels.Select(c => (c.Kind, c.Sensor)), recording.Channels.Select(c => (c.Kind, c.Sensor)));
        Assert.Equal(before.Fiducials, recording.Fiducials);
        Assert.Contains(recording.Annotations, a => a is { Text: "go", OnsetSeconds: 1.5, DurationSeconds: 0.2 });
        Assert.Equal(before.Annotations.Count + 1, recording.Annotations.Count);
        Assert.Equal(60, recording.LineFrequencyHz);
        Assert.Contains(recording.Remarks, r => r.Contains("50 Hz", StringComparison.Ordinal) && r.Contains("60 Hz", StringComparison.Ordinal));

        var header = CtfSample.Write(Path.GetDirectoryName(data.In(path))!, "sub-01_task-rest_meg", CtfSample.Header(2), CtfSample.Samples(1, 1, 101));
        data.Text("sub-01/meg/sub-01_task-rest_channels.tsv", "name|type|status / MLC11-1609|MEGGRADAXIAL|bad / UPPT001|TRIG|n/a");
        foreach (var opened in new[] { header, Path.ChangeExtension(header, ".meg4"), Path.GetDirectoryName(header)! })
        {
            Assert.Contains(Recordings.Open(opened).Channels, c => c.Label.StartsWith("MLC11", StringComparison.Ordinal) && c.IsBad);
        }
    }

    [Fact]
    public void Recordings_of_light_are_described_too()
    {
        const string path = "sub-01/nirs/sub-01_task-tap_nirs.snirf";
        SnirfSample.Write(data.In(path), SnirfSample.Run(SnirfSample.Times(100, 10), SnirfSample.Noise(300)));
        data.Text("sub-01/nirs/sub-01_task-tap_channels.tsv", "name|type|source|detector|wavelength_nominal|units|status / S1_D1 760|NIRSCWAMPLITUDE|S1|D1|760|V|bad / heart|ECG|n/a|n/a|n/a|mV|good")
            .Text("sub-01/nirs/sub-01_task-tap_nirs.json", """{"TaskName":"tap","SamplingFrequency":10}""").Text("task-tap_events.tsv", "onset|duration|trial_type / 1|5|tap / 3|n/a|rest");
        var recording = data.Open(path);
        Assert.Equal(["S1_D1 760"], recording.Channels.Where(c => c.IsBad).Select(c => c.Label));
        Assert.Empty(recording.Remarks);
        var heart = Recordings.Open(data.In(path), 1);
        Assert.Equal(("heart", ChannelKind.Ecg), (heart.Channels[0].Label, heart.Channels[0].Kind));
        Assert.Empty(heart.Remarks);
        Assert.All(recording.Channels.Where(c => c.Light is not null), c => Assert.NotNull(c.Sensor));

        // The stimulus "tap" at 1 s is the table's, the file's others stay.
        Assert.Equal(1, recording.Annotations.Count(a => a is { OnsetSeconds: 1, Text: "tap" }));
        Assert.Equal(new SignalLab.Formats.Snirf.SnirfFormat().Open(data.In(path)).Recordings[0].Annotations.Count + 1, recording.Annotations.Count);
        Assert.Equal("sub-01", recording.Subject.Id);
    }

    [Fact]
    public void An_average_takes_channels_and_no_events()
    {
        const string path = "sub-01/meg/sub-01_task-go_meg.fif";
        FiffWriter.WriteEvoked(FiffSamples.Evoked(1), data.In(path));
        data.Text("task-go_channels.tsv", "name|status / MEG 0111|bad").Text("task-go_events.tsv", "onset|duration / 1|0");
        var study = KnownFormats.Open(data.In(path));
        Assert.All(study.Recordings, r => Assert.True(r.Channels[0].IsBad));
        Assert.All(study.Recordings, r => Assert.Empty(r.Annotations));
    }

    private IEnumerable<string> Bad() => data.Open().Channels.Where(c => c.IsBad).Select(c => c.Label);
}
