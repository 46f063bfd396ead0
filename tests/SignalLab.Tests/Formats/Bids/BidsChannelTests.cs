using SignalLab.Formats.Fiff;
using SignalLab.Model;
using SignalLab.Tests.Formats.Fiff;

namespace SignalLab.Tests.Formats.Bids;

/// <summary>BIDS 1.10, "Channels description".</summary>
public sealed class BidsChannelTests : IDisposable
{
    private const string Table = "sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-1_channels.tsv";
    private readonly BidsSample data = new BidsSample().Edf();

    public void Dispose() => data.Dispose();

    [Fact]
    public void Kind_filters_state_and_why_are_the_tables_samples_and_units_the_files()
    {
        data.Text(Table, "name|type|units|low_cutoff|high_cutoff|notch|status|status_description / Fp1|EOG|V|0.1|40|50|bad|flat / Cz|eeg|mV|DC|n/a|n/a|good|resected / T7|EMG|n/a|n/a|n/a|n/a|n/a|n/a / X9|MISC|µV|n/a|100|n/a|Bad|n/a");
        var (recording, plain) = (data.Open(), BidsSample.Plain());
        Assert.Equal([ChannelKind.Eog, ChannelKind.Eeg, ChannelKind.Emg, ChannelKind.Misc], recording.Channels.Select(c => c.Kind));
        Assert.Equal(["Fp1", "Cz", "T3", "X9"], recording.Channels.Select(c => c.Label));
        Assert.Equal(["HP:0.1Hz LP:40Hz N:50Hz", "HP:DC", "", "LP:100Hz"], recording.Channels.Select(c => c.Prefilter));
        Assert.Equal([true, false, false, true], recording.Channels.Select(c => c.IsBad));
        Assert.Contains("Fp1 (bad): flat", recording.Comments);
        Assert.Contains("Cz: resected", recording.Comments);
        Assert.Empty(recording.Remarks);
        for (var c = 0; c < 4; c++)
        {
            Assert.Equal(Unit.Microvolt, recording.Channels[c].Unit);
            Assert.All(plain.ReadAll(c).Zip(recording.ReadAll(c)), p => Assert.Equal(p.First, p.Second, 0.01));
        }
    }

    [Fact]
    public void What_does_not_fit_the_data_file_is_remarked()
    {
        data.Text(Table, "name|type|units|sampling_frequency|status / Fp1|BRAIN|T|100|good / Cz|EEG|uV|250|noisy / Oz|EEG|uV|100|bad");
        var recording = data.Open();
        Assert.Equal(ChannelKind.Eeg, recording.Channels[0].Kind);
        Assert.Contains(recording.Remarks, r => r.EndsWith("the data file has not: Oz.", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.EndsWith("for: Cz.", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.EndsWith("the data file's count: Fp1 BRAIN, Cz noisy.", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.Contains("states T for Fp1, the data file uV", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_of_the_table_that_fit_none_of_the_file_are_taken_in_order_where_the_counts_agree()
    {
        data.Text(Table, "name|status / a|good / b|bad / c|good / d|good");
        var recording = data.Open();
        Assert.Equal(["Cz"], recording.Channels.Where(c => c.IsBad).Select(c => c.Label));
        Assert.Contains(recording.Remarks, r => r.Contains("other names", StringComparison.Ordinal));

        data.Text(Table, "name|status / a|bad / b|bad / c|bad");
        Assert.DoesNotContain(data.Open().Channels, c => c.IsBad);
    }

    [Fact]
    public void A_good_channel_of_the_table_is_good_and_a_unit_counts_where_the_file_has_none()
    {
        const string path = "sub-01/meg/sub-01_task-go_meg.fif";
        var raw = FiffSamples.Raw(1);
        FiffWriter.WriteRaw(raw, data.In(path));
        data.Text("task-go_channels.tsv", "name|type|units|status / MEG 0112|MEGMAG|fT|good / MEG 0111|MISC|T|n/a");
        var recording = data.Open(path);
        Assert.False(recording.Channels[1].IsBad);
        Assert.Equal((ChannelKind.Grad, Unit.TeslaPerMetre), (recording.Channels[1].Kind, recording.Channels[1].Unit));
        Assert.Equal(ChannelKind.Misc, recording.Channels[0].Kind);
        Assert.Contains(recording.Remarks, r => r.StartsWith("MEG 0112 is bad in the data file and good in", StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_table_is_refused_in_one_line_with_its_place()
    {
        data.Text(Table, "label|status / Fp1|bad");
        Assert.Contains("channels.tsv, line 1: found the columns label, status, expected a column named name.", data.Refused().Message, StringComparison.Ordinal);
        data.Text(Table, "name|status / Fp1|bad / Cz");
        Assert.Contains("channels.tsv, line 3: found 1 cells, expected 2, as the header has.", data.Refused().Message, StringComparison.Ordinal);
        data.Text(Table, "name|sampling_frequency /  / Fp1|fast");
        Assert.Contains("channels.tsv, line 3 (sampling_frequency): found \"fast\", expected a number or n/a.", data.Refused().Message, StringComparison.Ordinal);
        data.Text(Table, "name|status / Fp1|\u0001");
        Assert.Contains("channels.tsv, line 2: found the byte 1, expected a table in plain text.", data.Refused().Message, StringComparison.Ordinal);
        data.Text(Table, "");
        Assert.Contains("channels.tsv, line 1: found 0 columns", data.Refused().Message, StringComparison.Ordinal);
    }
}
