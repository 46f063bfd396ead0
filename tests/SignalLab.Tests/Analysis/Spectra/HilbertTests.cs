using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Spectra;
using SignalLab.Formats;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterOracleTests;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Spectra;

public class HilbertTests
{
    [Fact]
    public void The_alpha_envelope_equals_SciPys()
    {
        var oracle = SharedData.Oracle("eeg/oracles/dsp/filters_nk_C3.json").GetProperty("hilbert_envelope_8_13").GetProperty("y");
        var file = Recordings.Open(SharedData.File("eeg/edf/nk_MB0400FU_discontinuous.edf"));
        var c3 = Enumerable.Range(0, file.Channels.Count).Single(i => file.Channels[i].Label == "EEG C3-Ref");
        var envelope = file.Bandpass(8, 13).Envelope().ReadAll(c3);
        SharedData.AssertClose(Numbers(oracle.GetProperty("values")), [.. envelope.Where((_, i) => i % 100 == 0)], 1e-9);
        SharedData.AssertClose(Numbers(oracle.GetProperty("last8")), envelope.AsSpan()[^8..], 1e-9);
        Assert.Equal(oracle.GetProperty("rms").GetDouble(), Math.Sqrt(envelope.Average(v => v * v)), 1e-8);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(999)]
    public void A_whole_number_of_waves_has_one_envelope_a_steady_phase_and_its_frequency(int count)
    {
        // Ten whole waves.
        double[] samples = [.. Enumerable.Range(0, count).Select(t => 3 * Math.Cos(2 * Math.PI * 10 * t / count))];
        var recording = One(samples);
        Assert.All(recording.Envelope().ReadAll(0), v => Assert.Equal(3, v, 1e-12));
        Assert.All(recording.InstantaneousFrequency().ReadAll(0), v => Assert.Equal(1000.0 / count, v, 1e-10));
        var phase = recording.InstantaneousPhase().ReadAll(0);
        Assert.Equal(0, phase[0], 1e-12);
        Assert.Equal(2 * Math.PI * 10 * 7 / count, phase[7], 1e-12);
        Assert.Equal("rad", recording.InstantaneousPhase().Channels[0].Unit.Symbol);
        Assert.Equal("hilbert(value=envelope)", recording.Envelope().Provenance.Steps[^1].ToString());
    }

    [Fact]
    public void Each_stretch_is_transformed_alone_and_blocks_read_as_the_whole()
    {
        var (a, b) = (Noise(300, 1), Noise(211, 2));
        var gapped = (One([.. a, .. b]) with { Segments = [new(0, 3), new(10, 2.11)] }).Envelope();
        double[] expected = [.. One(a).Envelope().ReadAll(0), .. One(b).Envelope().ReadAll(0)];
        Assert.Equal(expected, gapped.ReadAll(0));
        var part = new double[100];
        gapped.Samples.Read(0, 250, part);
        Assert.Equal(expected[250..350], part);
    }

    [Fact]
    public void Nothing_one_sample_flat_and_missing_values_have_a_defined_result()
    {
        Assert.Empty(One([]).Envelope().ReadAll(0));
        Assert.Equal([5.0], One([-5]).Envelope().ReadAll(0));
        Assert.True(double.IsNaN(One([1]).InstantaneousFrequency().ReadAll(0)[0]));
        Assert.All(One(Enumerable.Repeat(-2.0, 10).ToArray()).Envelope().ReadAll(0), v => Assert.Equal(2, v, 1e-14));
        Assert.All(One([1, double.NaN, 3, 4]).Envelope().ReadAll(0), v => Assert.True(double.IsNaN(v)));
    }

    [Fact]
    public void Trigger_channels_pass_and_endless_stretches_are_refused()
    {
        var recording = new Recording([Channel("STI", 3) with { Kind = ChannelKind.Stim }], new MemorySamples([[0, 5, 0]]));
        Assert.Equal([0.0, 5, 0], recording.Envelope().ReadAll(0));
        var day = new Recording([Channel("Cz", 44_000_000)], new MemorySamples([[]]));
        Assert.Throws<UnfitInputException>(() => day.Envelope());
    }
}
