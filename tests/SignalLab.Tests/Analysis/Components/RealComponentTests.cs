using System.Runtime.InteropServices;
using SignalLab.Analysis.Components;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Components;

/// <summary>EEGLAB's 32-channel recording, 20 components, band 1 to 40 Hz: what the reference document accepts (made with MNE-Python 1.3.0; 20 components meet it there as well).</summary>
public class RealComponentTests
{
    private static readonly Lazy<Recording> Real = new(() =>
    {
        var names = File.ReadAllLines(SharedData.File("eeg/eeglab/eeglab_chan32.locs")).Where(l => l.Trim().Length > 0).Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[3].TrimEnd('.')).ToArray();
        var stored = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(SharedData.File("eeg/eeglab/test_raw.fdt"))).ToArray();
        var rows = names.Select((_, c) => Enumerable.Range(0, stored.Length / names.Length).Select(t => (double)stored[(t * names.Length) + c]).ToArray()).ToArray();
        return new Recording([.. names.Select((n, c) => new Channel(n, ChannelKind.Eeg, Unit.Microvolt, 128, rows[c].Length))], new MemorySamples([.. rows.Select(Filtered)]));
    });

    // MNE-Python's default filter for 1 to 40 Hz at 128 Hz: Hamming-windowed sincs, 423 taps for the lower edge (half the gain at 0.5 Hz), 43 for the upper (45 Hz).
    private static double[] Filtered(double[] values)
    {
        var (low, high) = (Sinc(0.5 / 128, 423), Sinc(45.0 / 128, 43));
        double[] taps = [.. low.Select((v, i) => (i - 190 is >= 0 and < 43 ? high[i - 190] : 0) - v)];
        return [.. values.Select((_, t) => taps.Select((h, i) => t + i - 211 is >= 0 and var at && at < values.Length ? h * values[at] : 0).Sum())];
    }

    private static double[] Sinc(double cutoff, int taps)
    {
        double[] h = [.. Enumerable.Range(0, taps).Select(i => (0.54 - (0.46 * Math.Cos(2 * Math.PI * i / (taps - 1)))) * (2 * i + 1 == taps ? 2 * cutoff : Math.Sin(2 * Math.PI * cutoff * (i - ((taps - 1) / 2))) / (Math.PI * (i - ((taps - 1) / 2)))))];
        return [.. h.Select(v => v / h.Sum())];
    }

    [Theory]
    [InlineData(ComponentMethod.FastIca)]
    [InlineData(ComponentMethod.Infomax)]
    [InlineData(ComponentMethod.Picard)]
    public void The_eyes_are_found_and_removed_as_the_reference_accepts(ComponentMethod method)
    {
        var accept = SharedData.Oracle("eeg/oracles/dsp/ica_acceptance.json").GetProperty("accept");
        var recording = Real.Value;
        var found = recording.Decompose(new() { Method = method, Components = 20, HighpassHz = null });
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
        var found = recording.Decompose(new() { HighpassHz = null, Components = 32 });
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
