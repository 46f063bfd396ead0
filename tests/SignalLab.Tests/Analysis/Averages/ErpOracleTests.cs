using SignalLab.Analysis.Averages;
using SignalLab.Analysis.Maps;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Averages;

/// <summary>The reference average of a visual ERP recording, its field power and its standard error.</summary>
public sealed class ErpOracleTests
{
    [Fact]
    public void The_average_of_a_real_erp_recording_is_the_references()
    {
        var oracle = SharedData.Oracle("eeg/oracles/dsp/erp_eeglab_square.json");
        var recording = KnownFormats.Open(SharedData.File("eeg/eeglab/test_raw_h5.set")).Recordings[0];

        // −26 … +102 samples at 128 Hz; the baseline is the 26 samples before the event: its end is nearest to the sample before 0.
        var epochs = recording.CutEpochs(recording.EventsFromAnnotations("square"), new EpochOptions { FromSeconds = -26 / 128.0, ToSeconds = 102 / 128.0, Baseline = (null, -1 / 128.0) });
        Assert.Equal(oracle.GetProperty("n_epochs").GetInt32(), epochs.Events.Count);
        var average = epochs.Average("square");
        Assert.Equal(-26 / 128.0, average.Evoked!.FirstLatencySeconds);
        int[] at = [.. oracle.GetProperty("offsets").EnumerateArray().Select(o => o.GetInt32() + 26)];

        // The file numbers its channels, the reference names them by the locations that belong to it.
        string[] labels = [.. oracle.GetProperty("labels").EnumerateArray().Select(l => l.GetString()!)];
        average = average with { Channels = [.. average.Channels.Select((c, i) => c with { Label = labels[i] })] };
        foreach (var expected in oracle.GetProperty("average_uV").EnumerateObject())
        {
            var values = Row(average, average.Samples, expected.Name);
            SharedData.AssertClose([.. expected.Value.EnumerateArray().Select(v => v.GetDouble())], [.. at.Select(i => values[i])], 1e-6);
        }

        Assert.Equal(oracle.GetProperty("sem_Oz_at_26").GetDouble(), Row(average, average.Evoked!.StandardError!, "Oz")[52], 2e-6);
        var power = average.GlobalFieldPower(ChannelKind.Eeg);
        var factor = power.Unit.To(Unit.Microvolt).Factor;
        SharedData.AssertClose([.. oracle.GetProperty("gfp").EnumerateArray().Select(v => v.GetDouble())], [.. at.Select(i => power.Values[i] * factor)], 1e-6);
    }

    private static double[] Row(Recording average, ISampleSource samples, string name)
    {
        var c = average.Channels.Select((channel, i) => (channel, i)).First(p => p.channel.Label == name).i;
        var row = new double[average.Channels[c].SampleCount];
        samples.Read(c, 0, row);
        var (factor, offset) = average.Channels[c].Unit.To(Unit.Microvolt);
        return [.. row.Select(v => (v * factor) + offset)];
    }
}
