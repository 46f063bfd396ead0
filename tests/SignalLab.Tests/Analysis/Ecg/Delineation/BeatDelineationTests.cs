using System.Text.Json.Nodes;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Resampling;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Delineation;

public sealed class BeatDelineationTests
{
    [Theory]
    [InlineData(40, 0.1, 0.2, 0.09, 0.46)]
    [InlineData(68, 0.1, 0.16, 0.09, 0.4)]
    [InlineData(68, 0.1, 0.3, 0.09, 0.4)]
    [InlineData(60, 0.1, 0.16, 0.16, 0.5)]
    [InlineData(60, 0.1, 0.16, 0.09, 0.56)]
    [InlineData(110, 0.08, 0.12, 0.08, 0.3)]
    [InlineData(150, 0.07, 0.1, 0.07, 0.26)]
    public void Simulated_waves_are_found_where_they_are(double rate, double p, double pr, double qrs, double qt)
    {
        var simulated = EcgSimulation.TwelveLead(3, 12, new SimulatedBeat(rate, p, pr, qrs, qt));
        var beats = Marked(simulated.Data);
        var truth = Truth(simulated);
        Assert.Equal(truth.Count, beats.Count);
        var inner = Enumerable.Range(1, beats.Count - 2).ToArray();
        AssertNear(inner, beats, truth, g => g.QrsOn, "qrs_on_s", 14);
        AssertNear(inner, beats, truth, g => g.QrsOff, "qrs_off_s", 16);
        AssertNear(inner, beats, truth, g => g.T, "t_s", 20);
        AssertNear(inner, beats, truth, g => g.TOff, "t_off_s", 34);
        AssertNear(inner, beats, truth, g => g.P, "p_s", 14);
        AssertNear(inner, beats, truth, g => g.POn, "p_on_s", 22);
    }

    [Fact]
    public void A_biphasic_T_wave_ends_with_its_second_hump_where_all_leads_show_it()
    {
        var simulated = EcgSimulation.TwelveLead(3, 12, new SimulatedBeat(60) { TShape = TWaveShape.Biphasic });
        var beats = Marked(simulated.Data);
        AssertNear([.. Enumerable.Range(1, beats.Count - 2)], beats, Truth(simulated), g => g.TOff, "t_off_s", 16);
    }

    [Theory]
    [InlineData(130)]
    [InlineData(140)]
    public void A_P_wave_that_stands_close_behind_a_T_wave_does_not_begin_in_it(double rate)
    {
        var simulated = EcgSimulation.TwelveLead(3, 12, SimulatedBeat.At(rate));
        var beats = Marked(simulated.Data);
        AssertNear([.. Enumerable.Range(1, beats.Count - 2)], beats, Truth(simulated), g => g.POn, "p_on_s", 26);
    }

    [Fact]
    public void Marks_stand_in_order_in_every_lead()
    {
        var simulated = EcgSimulation.TwelveLead(5, 10, noiseMillivolts: 0.03);
        foreach (var marks in Marked(simulated.Data).SelectMany(b => b.Leads.Append(b.Global)))
        {
            long?[] order = [marks.POn, marks.P, marks.POff, marks.QrsOn, marks.QrsOff, marks.T, marks.TOff];
            var there = order.Where(m => m is not null).Select(m => m!.Value).ToArray();
            Assert.Equal(there.Order(), there);
            Assert.InRange(marks.R!.Value, marks.QrsOn ?? 0, marks.QrsOff!.Value);
            Assert.InRange(marks.QrsConfidence, 0.1, 1);
        }
    }

    [Fact]
    public void A_ventricular_beat_has_no_P_wave_and_a_sinus_beat_has_one()
    {
        var simulated = EcgSimulation.Strip(1, 60);
        var kinds = simulated.Data.Annotations.ToDictionary(a => (long)Math.Round(a.OnsetSeconds * 250), a => a.Text);
        var beats = Marked(simulated.Data, [.. kinds.Keys.Order()]);
        var sinus = beats.Where(b => kinds[b.Sample] == "N").ToArray();
        var ventricular = beats.Where(b => kinds[b.Sample] == "V").ToArray();
        Assert.NotEmpty(ventricular);
        Assert.True(sinus.Count(b => b.Global.P is not null) >= 0.97 * sinus.Length);
        Assert.True(ventricular.Count(b => b.Global.P is null) >= 0.7 * ventricular.Length);
        Assert.All(ventricular.Skip(1), b => Assert.InRange((b.Global.QrsOff - b.Global.QrsOn)!.Value / 250.0, 0.12, 0.19));
    }

    [Theory]
    [InlineData(128)]
    [InlineData(360)]
    [InlineData(1000)]
    public void Marks_do_not_depend_on_the_rate(double rate)
    {
        var recording = EcgSimulation.TwelveLead(7, 10, noiseMillivolts: 0.005).Data;
        var own = Marked(recording);
        var other = Marked(recording.Resample(rate), [.. own.Select(b => (long)Math.Round(b.Sample * rate / 500))]);
        for (var i = 1; i < own.Count - 1; i++)
        {
            Assert.Equal(own[i].Global.QrsOn!.Value / 500.0, other[i].Global.QrsOn!.Value / rate, 0.012);
            Assert.Equal(own[i].Global.TOff!.Value / 500.0, other[i].Global.TOff!.Value / rate, 0.012);
            Assert.Equal(own[i].Global.POn!.Value / 500.0, other[i].Global.POn!.Value / rate, 0.012);
        }
    }

    [Fact]
    public void An_upside_down_recording_has_the_same_boundaries()
    {
        var recording = EcgSimulation.TwelveLead(8, 8).Data;
        var own = Marked(recording);
        var samples = Enumerable.Range(0, 12).Select(c => recording.ReadAll(c).Select(v => -v).ToArray()).ToArray();
        var other = Marked(recording with { Samples = new MemorySamples(samples) }, [.. own.Select(b => b.Sample)]);
        for (var i = 0; i < own.Count; i++)
        {
            Assert.Equal(own[i].Global, other[i].Global);
        }
    }

    [Fact]
    public void A_flat_lead_and_one_without_samples_have_no_marks_and_do_not_disturb_the_others()
    {
        var recording = EcgSimulation.TwelveLead(9, 8).Data;
        var samples = Enumerable.Range(0, 12).Select(recording.ReadAll).ToArray();
        Array.Fill(samples[2], 0.7);
        Array.Fill(samples[5], double.NaN);
        var beats = Marked(recording with { Samples = new MemorySamples(samples) });
        Assert.NotEmpty(beats);
        foreach (var beat in beats)
        {
            Assert.Equal(WaveMarks.None, beat.Leads[2]);
            Assert.Equal(WaveMarks.None, beat.Leads[5]);
            Assert.NotNull(beat.Global.QrsOn);
        }
    }

    [Fact]
    public void A_second_of_one_lead_has_its_one_beat()
    {
        var recording = EcgSimulation.TwelveLead(2, 10).Data;
        var lead = recording.ReadAll(1)[..500];
        var one = new Recording([new Channel("II", ChannelKind.Ecg, Unit.Millivolt, 500, 500)], new MemorySamples([lead]));
        var beat = Assert.Single(Marked(one));
        Assert.NotNull(beat.Global.QrsOn);
        Assert.Equal(beat.Leads[0].QrsOff, beat.Global.QrsOff);
        Assert.All(new[] { beat.Leads[0], beat.Global }.SelectMany(m => new[] { m.POn, m.QrsOn, m.TOff }), m => Assert.InRange(m ?? 0, 0, 499));
    }

    [Fact]
    public void Beats_anywhere_in_noise_or_at_the_very_ends_make_no_fault()
    {
        var noise = new Random(4);
        double[] lead = [.. Enumerable.Range(0, 3000).Select(_ => noise.NextDouble() - 0.5)];
        var recording = new Recording([new Channel("V1", ChannelKind.Ecg, Unit.Millivolt, 250, 3000)], new MemorySamples([lead]));
        var beats = Marked(recording, [0, 1, 40, 41, 300, 1000, 2998, 2999]);
        Assert.Equal(8, beats.Count);
        foreach (var marks in beats.SelectMany(b => b.Leads))
        {
            Assert.All(new[] { marks.POn, marks.POff, marks.QrsOn, marks.QrsOff, marks.T, marks.TOff }.Where(m => m is not null), m => Assert.InRange(m!.Value, 0, 2999));
        }
    }

    [Fact]
    public void No_wave_is_sought_beyond_a_gap()
    {
        var recording = EcgSimulation.TwelveLead(6, 10).Data;
        var whole = Marked(recording);
        var cut = whole[4].Sample + 60;
        var rate = 500.0;
        Segment[] segments = [new(0, cut / rate), new((cut / rate) + 5, (5000 - cut) / rate)];
        var beats = Marked(recording with { Segments = segments }, [.. whole.Select(b => b.Sample)]);
        Assert.Null(beats[4].Global.TOff);
        Assert.NotNull(beats[3].Global.TOff);
        Assert.NotNull(beats[6].Global.TOff);
    }

    private static IReadOnlyList<Beat> Marked(Recording recording, long[]? samples = null)
    {
        var rate = recording.Channels[0].RateHz;
        samples ??= [.. recording.DetectBeats().Select(a => (long)Math.Round(a.OnsetSeconds * rate))];
        return recording.DelineateBeats([.. samples.Select(s => new Beat(s, s / rate))]);
    }

    private static List<JsonObject> Truth(Simulated<Recording> simulated) => [.. simulated.Truth["beats"]!.AsArray().Select(b => b!.AsObject())];

    // The beats' middle error, and nine of ten errors, are within so many milliseconds.
    private static void AssertNear(int[] inner, IReadOnlyList<Beat> beats, List<JsonObject> truth, Func<WaveMarks, long?> mark, string name, double milliseconds)
    {
        var errors = inner.Select(i => mark(beats[i].Global) is { } m ? Math.Abs((m * 2.0) - (truth[i][name]!.GetValue<double>() * 1000)) : 1000).Order().ToArray();
        Assert.True(errors[(int)(0.9 * (errors.Length - 1))] <= milliseconds, $"{name}: {string.Join(", ", errors.Select(e => e.ToString("F0", System.Globalization.CultureInfo.InvariantCulture)))}");
    }
}
