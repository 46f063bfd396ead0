using SignalLab.Analysis.Components;
using SignalLab.Analysis.Filters;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Components;

/// <summary>EEGLAB's 32-channel recording, 20 components, band 1 to 40 Hz: what the reference document accepts (made with MNE-Python 1.3.0; 20 components meet it there as well).</summary>
public class RealComponentTests
{
    private static readonly Lazy<Recording> Real = new(() =>
    {
        var filtered = Recordings.Open(SharedData.File("eeg/eeglab/test_raw_h5.set")).Filter(FilterDesign.WindowedSinc(FilterBand.Bandpass(1, 40)));
        string[] names = [.. File.ReadAllLines(SharedData.File("eeg/eeglab/eeglab_chan32.locs")).Where(l => l.Trim().Length > 0).Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[3].TrimEnd('.'))];
        return filtered with { Channels = [.. filtered.Channels.Select((c, i) => c with { Label = names[i], Kind = ChannelKind.Eeg })], Samples = new MemorySamples([.. Enumerable.Range(0, 32).Select(filtered.ReadAll)]) };
    });

    private static readonly int[] All = [.. Enumerable.Range(0, 32)];

    [Theory]
    [InlineData(ComponentMethod.FastIca)]
    [InlineData(ComponentMethod.Infomax)]
    [InlineData(ComponentMethod.Picard)]
    public void The_eyes_are_found_and_removed_as_the_reference_accepts(ComponentMethod method)
    {
        var accept = SharedData.Oracle("eeg/oracles/dsp/ica_acceptance.json").GetProperty("accept");
        var recording = Real.Value;
        var found = recording.Decompose(new() { Method = method, Components = 20, HighpassHz = null }, All);
        var sources = Enumerable.Range(0, 20).Select(found.Sources(recording).ReadAll).ToArray();
        (double Value, int Component) Best(string name)
        {
            var eye = recording.ReadAll(recording.Channels.ToList().FindIndex(c => c.Label == name));
            return sources.Select((s, k) => (Mixtures.Correlation(s, eye), k)).Max();
        }

        var (first, second) = (Best("EOG1"), Best("EOG2"));

        Assert.True(found.Converged);
        Assert.InRange(first.Value, accept.GetProperty("best_component_abs_corr_min").GetProperty("EOG1").GetDouble(), 1);
        Assert.InRange(second.Value, accept.GetProperty("best_component_abs_corr_min").GetProperty("EOG2").GetDouble(), 1);
        var removed = found.RemovedVariance(recording, [first.Component, second.Component]);
        Assert.InRange(removed[found.Channels.ToList().FindIndex(c => c.Label == "EOG2")], accept.GetProperty("variance_removed_from_EOG2_min").GetDouble(), 1);
        var labelled = found.Label(recording, null);
        Assert.Equal(ComponentClass.Blink, labelled.Labels[second.Component].Class);
    }

    [Fact]
    public void All_components_together_are_the_recording()
    {
        var limit = SharedData.Oracle("eeg/oracles/dsp/ica_acceptance.json").GetProperty("accept").GetProperty("reconstruction_max_abs_err_uV").GetDouble();
        var recording = Real.Value;
        var found = recording.Decompose(new() { HighpassHz = null, Components = 32 }, All);
        var sources = Enumerable.Range(0, 32).Select(found.Sources(recording).ReadAll).ToArray();
        for (var c = 0; c < 32; c++)
        {
            var (values, mean) = (recording.ReadAll(c), found.Channels[c].Mean);
            for (var t = 0; t < values.Length; t += 11)
            {
                Assert.Equal(values[t], mean + Enumerable.Range(0, 32).Sum(k => found.Maps[k][c] * sources[k][t]), limit);
            }
        }
    }
}
