using System.Text.Json;
using CsCheck;
using SignalLab.Analysis.Montages;
using SignalLab.Formats;
using SignalLab.Model;
using SignalLab.Tests.Analysis.Filters;

namespace SignalLab.Tests.Analysis.Montages;

public class MontageTests
{
    private static JsonElement Oracle => SharedData.Oracle("eeg/oracles/dsp/montages_nk.json");

    private static Recording Input => Recordings.Open(SharedData.File("eeg/edf/nk_MB0400FU_discontinuous.edf"));

    [Fact]
    public void The_banana_has_the_reference_traces_in_order() => AssertTraces(Montage.Banana, Oracle.GetProperty("longitudinal_bipolar"), exactly: true);

    [Fact]
    public void The_transverse_montage_has_the_reference_traces_in_order() => AssertTraces(Montage.Transverse, Oracle.GetProperty("transverse_bipolar"), exactly: true);

    [Fact]
    public void The_average_reference_is_that_of_the_19_scalp_electrodes() =>
        AssertTraces(Montage.AverageReference, Oracle.GetProperty("average_reference_19").GetProperty("values"), exactly: false);

    [Fact]
    public void The_average_of_a_64_channel_cap_is_that_of_all_64()
    {
        var oracle = SharedData.Oracle("eeg/oracles/dsp/topography_eegmmi.json").GetProperty("average_referenced_uV");
        var recording = Recordings.Open(SharedData.File("eeg/edf/eegmmi_64ch_motor.edf")).Montage(Montage.AverageReference);
        foreach (var site in oracle.GetProperty("values").EnumerateObject())
        {
            var samples = recording.ReadAll(Enumerable.Range(0, recording.Channels.Count).Single(c => recording.Channels[c].Label == site.Name));
            double[] picked = [.. oracle.GetProperty("sample_index").EnumerateArray().Select(i => samples[i.GetInt32()])];
            SharedData.AssertClose(FilterOracleTests.Numbers(site.Value), picked, 1e-9);
        }
    }

    [Fact]
    public void Linked_ears_are_the_mean_of_A1_and_A2() => AssertTraces(Montage.LinkedEars, Oracle.GetProperty("linked_ears_A1A2"), exactly: false);

    [Fact]
    public void Hjorths_Laplacian_takes_the_neighbours_mean()
    {
        var recording = Input.Montage(Montage.Laplacian);
        foreach (var site in Oracle.GetProperty("hjorth_4_neighbour_laplacian").EnumerateObject())
        {
            AssertTrace(recording, site.Name, site.Value.GetProperty("values"));
        }
    }

    [Fact]
    public void A_trace_is_the_first_electrode_less_the_second_named_as_the_file_names_them()
    {
        var recording = Make(("EEG FP1-REF", 5), ("EEG T7-REF", 3)).Montage(Montage.Bipolar("Fp1-T3, T3-Fp1"));
        Assert.Equal(["FP1-T7", "T7-FP1"], recording.Channels.Select(c => c.Label));
        Assert.Equal([2.0, -2.0], Values(recording));
    }

    [Fact]
    public void Units_are_brought_together_before_subtracting()
    {
        var recording = Make(("Fp1", 5), ("F7", 0.003));
        recording = recording with { Channels = [recording.Channels[0], recording.Channels[1] with { Unit = Unit.Millivolt }] };
        Assert.Equal(2, Values(recording.Montage(Montage.Bipolar("Fp1-F7")))[0], 1e-12);
        Assert.Equal([1.0, -0.001], Values(recording.Montage(Montage.AverageReference)).Select(v => Math.Round(v, 12)));
    }

    [Fact]
    public void What_does_not_convert_is_not_subtracted()
    {
        var recording = Make(("Fp1", 5), ("F7", 3));
        recording = recording with { Channels = [recording.Channels[0], recording.Channels[1] with { Unit = Unit.Tesla }] };
        Assert.Throws<UnfitInputException>(() => recording.Montage(Montage.Bipolar("Fp1-F7")));
    }

    [Fact]
    public void Electrodes_of_different_rates_are_not_subtracted()
    {
        var recording = Make(("Fp1", 5), ("F7", 3));
        recording = recording with { Channels = [recording.Channels[0], recording.Channels[1] with { RateHz = 50 }] };
        Assert.Contains("'F7'", Assert.Throws<UnfitInputException>(() => recording.Montage(Montage.Bipolar("Fp1-F7"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_channels_and_ears_do_not_enter_the_average_but_are_measured_against_it()
    {
        var recording = Make(("Fp1", 1), ("Fp2", 3), ("Cz", 100), ("A1", 50));
        recording = recording with { Channels = [.. recording.Channels.Select(c => c with { IsBad = c.Label == "Cz" })] };
        var average = recording.Montage(Montage.AverageReference);
        Assert.Equal([-1.0, 1, 98, 48], Values(average));
        Assert.Equal([false, false, true, false], average.Channels.Select(c => c.IsBad));
    }

    [Fact]
    public void A1_and_A2_of_a_lettered_cap_are_scalp_electrodes()
    {
        var cap = Make(("A1", 1), ("A2", 2), ("A3", 6));
        Assert.Equal([-2.0, -1, 3], Values(cap.Montage(Montage.AverageReference)));
        Assert.Throws<UnfitInputException>(() => cap.Montage(Montage.LinkedEars));
    }

    [Fact]
    public void Mastoids_stand_for_ears_that_were_not_recorded_and_a_remark_says_so()
    {
        var linked = Make(("Cz", 10), ("M1", 2), ("M2", 4)).Montage(Montage.LinkedEars);
        Assert.Equal([7.0], Values(linked));
        Assert.Single(linked.Remarks);
        Assert.Throws<UnfitInputException>(() => Make(("Cz", 10), ("A1", 2)).Montage(Montage.LinkedEars));
    }

    [Fact]
    public void A_trace_through_a_bad_channel_is_bad()
    {
        var recording = Make(("Fp1", 1), ("F7", 3), ("T7", 4));
        recording = recording with { Channels = [recording.Channels[0] with { IsBad = true }, recording.Channels[1], recording.Channels[2]] };
        Assert.Equal([true, false], recording.Montage(Montage.Banana).Channels.Select(c => c.IsBad));
    }

    [Fact]
    public void Derivations_without_their_electrodes_are_left_out_with_a_remark()
    {
        var banana = Make(("Fp1", 1), ("F7", 3), ("Cz", 4)).Montage(Montage.Banana);
        Assert.Equal(["Fp1-F7"], banana.Channels.Select(c => c.Label));
        Assert.Contains("T3", Assert.Single(banana.Remarks), StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => Make(("Oz", 1)).Montage(Montage.Banana));
    }

    [Fact]
    public void Other_kinds_follow_unchanged_and_unused_EEG_channels_are_left_out()
    {
        var recording = Make(("ECG", 9), ("Fp1", 1), ("F7", 3), ("Pz", 8));
        recording = recording with { Channels = [recording.Channels[0] with { Kind = ChannelKind.Ecg, Calibration = new(1, 0, -9, 9, -9, 9) }, .. recording.Channels.Skip(1)] };
        var banana = recording.Montage(Montage.Banana);
        Assert.Equal(["Fp1-F7", "ECG"], banana.Channels.Select(c => c.Label));
        Assert.Equal(recording.Channels[0], banana.Channels[1]);
        Assert.Equal([-2.0, 9], Values(banana));
    }

    [Fact]
    public void The_second_channel_of_a_name_can_be_asked_for() =>
        Assert.Equal([6.0], Values(Make(("Fp1", 1), ("Fp1", 7)).Montage(Montage.Bipolar("Fp1#2-Fp1"))));

    [Fact]
    public void An_electrode_keeps_its_place_only_where_a_trace_is_one_electrodes()
    {
        var recording = Make(("Fp1", 1), ("F7", 3));
        recording = recording with { Channels = [.. recording.Channels.Select(c => c with { Sensor = new(c.Label, new(0, 0.1, 0)), Frame = Frame.Head })] };
        Assert.All(recording.Montage(Montage.AverageReference).Channels, c => Assert.NotNull(c.Sensor));
        Assert.All(recording.Montage(Montage.Banana).Channels, c => Assert.True(c.Sensor is null && c.Frame is null));
    }

    [Fact]
    public void A_montage_file_may_hold_pairs_and_weights()
    {
        var montage = Montage.FromJson("""{"name": "mine", "derivations": ["Fp1-F7", {"label": "mix", "weights": {"Fp1": 0.5, "F7": -2}}, {"weights": {"F7": 1, "Fp1": -0.5, "Cz": -0.5}}]}""");
        var recording = Make(("Fp1", 4), ("F7", 3), ("Cz", 2)).Montage(montage);
        Assert.Equal(["Fp1-F7", "mix", "F7"], recording.Channels.Select(c => c.Label));
        Assert.Equal([1.0, -4, 0], Values(recording));
        Assert.StartsWith("montage(name=mine, derivations=Fp1-F7,mix,F7", recording.Provenance.Steps[^1].ToString(), StringComparison.Ordinal);
        Assert.Equal("mix=0.5*Fp1 -2*F7; F7=1*F7 -0.5*Fp1 -0.5*Cz", recording.Provenance.Steps[^1].Parameters["weights"]);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("{\"derivations\": [7]}")]
    [InlineData("[\"Fp1\"]")]
    [InlineData("[{\"weights\": {\"Fp1\": \"x\"}}]")]
    public void What_is_no_montage_is_refused_in_one_line(string json) =>
        Assert.DoesNotContain('\n', Assert.Throws<UnfitInputException>(() => Montage.FromJson(json)).Message);

    [Theory]
    [InlineData("")]
    [InlineData("Fp1")]
    [InlineData("Fp1-")]
    [InlineData("Fp1-Ref-F7")]
    public void A_pair_that_is_none_is_refused(string pairs) => Assert.Throws<UnfitInputException>(() => Montage.Bipolar(pairs));

    [Fact]
    public void Names_with_hyphens_pair_with_names_of_as_many() =>
        Assert.Equal([2.0], Values(Make(("Fp1-Ref", 5), ("F7-Ref", 3)).Montage(Montage.Bipolar("Fp1-Ref-F7-Ref"))));

    [Fact]
    public void A_block_is_bit_for_bit_the_same_samples_of_a_whole_read() =>
        Gen.Select(Gen.Int[1, 20_000], Gen.Int[1, 3000], Gen.Int[0, 1000]).Sample(
            (samples, block, seed) =>
            {
                var data = Enumerable.Range(0, 5).Select(c => FilterPropertyTests.Noise(samples, seed + c)).ToArray();
                string[] names = ["Fp1", "F7", "T7", "A1", "A2"];
                var recording = new Recording([.. names.Select(n => FilterPropertyTests.Channel(n, samples))], new MemorySamples(data)).Montage(Montage.AverageReference);
                var whole = FilterPropertyTests.Read(recording, 0, samples);
                var first = samples / 3;
                var count = Math.Min(block, samples - first);
                var part = FilterPropertyTests.Read(recording, first, count);
                for (var c = 0; c < 5; c++)
                {
                    Assert.True(whole.AsSpan((c * samples) + first, count).SequenceEqual(part.AsSpan(c * count, count)));
                }
            },
            iter: 40, threads: 1);

    [Fact]
    public void Each_electrode_is_read_once_a_block()
    {
        var source = new CountingSamples(19, 100_000);
        string[] names = "Fp1 F7 T7 P7 O1 Fp2 F8 T8 P8 O2 F3 C3 P3 F4 C4 P4 Fz Cz Pz".Split(' ');
        var recording = new Recording([.. names.Select(n => FilterPropertyTests.Channel(n, 100_000))], source).Montage(Montage.Banana);
        FilterPropertyTests.Read(recording, 1000, 5000);
        Assert.Equal(19L * 5000, source.SamplesRead);
    }

    [Fact]
    public void An_empty_recording_has_no_electrodes() =>
        Assert.Throws<UnfitInputException>(() => new Recording([], new MemorySamples([])).Montage(Montage.AverageReference));

    [Fact]
    public void Gaps_stay_where_they_are()
    {
        var recording = Make(("Fp1", 1), ("F7", 3)) with { Segments = [new(0, 0.005), new(10, 0.005)] };
        Assert.Equal(recording.Segments, recording.Montage(Montage.Banana).Segments);
    }

    private static Recording Make(params (string Label, double Value)[] channels) => new(
        [.. channels.Select(c => new Channel(c.Label, ChannelKind.Eeg, Unit.Microvolt, 100, 1))],
        new MemorySamples([.. channels.Select(c => new[] { c.Value })]));

    private static double[] Values(Recording recording) => FilterPropertyTests.Read(recording, 0, 1);

    private static void AssertTraces(Montage montage, JsonElement expected, bool exactly)
    {
        var recording = Input.Montage(montage);
        var names = expected.EnumerateObject().Select(t => t.Name).ToArray();
        if (exactly)
        {
            Assert.Equal(names, recording.Channels.Take(names.Length).Select(c => c.Label));
        }

        foreach (var trace in expected.EnumerateObject())
        {
            AssertTrace(recording, trace.Name, trace.Value);
        }
    }

    private static void AssertTrace(Recording recording, string label, JsonElement expected)
    {
        var channel = Enumerable.Range(0, recording.Channels.Count).Single(c => recording.Channels[c].Label == label);
        var samples = recording.ReadAll(channel);
        double[] picked = [.. Oracle.GetProperty("sample_index").EnumerateArray().Select(i => samples[i.GetInt32()])];
        SharedData.AssertClose(FilterOracleTests.Numbers(expected), picked, 1e-9);
    }
}
