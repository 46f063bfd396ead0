using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Simulation;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Rhythm;

public sealed class VentricularWavesTests
{
    [Fact]
    public void Flutter_in_a_patient_is_told_where_the_experts_saw_it_and_holds_no_beats()
    {
        var recording = Recordings.Open(SharedData.File("ecg/mitdb/207.hea"));
        var examination = recording.Examine();

        // The annotators' brackets in 207.atr, seconds; two of 4 and 6 s are shorter than is looked for.
        (double From, double To)[] seen = [(40.7, 51.0), (54.8, 60.4), (242.1, 246.4), (247.9, 261.5), (269.5, 280.9), (1540.8, 1638.7)];
        Assert.All(examination.VentricularFlutter, f => Assert.Contains(seen, s => f.OnsetSeconds > s.From - 2 && f.EndSeconds < s.To + 2));
        var found = seen.Sum(s => examination.VentricularFlutter.Sum(f => Math.Max(0, Math.Min(s.To, f.EndSeconds) - Math.Max(s.From, f.OnsetSeconds))));
        Assert.InRange(found / seen.Sum(s => s.To - s.From), 0.9, 1);
        Assert.DoesNotContain(examination.Beats, b => examination.VentricularFlutter.Any(f => b.Seconds >= f.OnsetSeconds && b.Seconds <= f.EndSeconds));
        Assert.Equal(examination.VentricularFlutter.Count, examination.Rhythm.Count(f => f.Name == RhythmAnalysis.VentricularFlutter));
        Assert.DoesNotContain(examination.Rhythm, f => f.Name.Contains("arrest", StringComparison.Ordinal) && examination.VentricularFlutter.Any(v => f.OnsetSeconds < v.EndSeconds && f.EndSeconds > v.OnsetSeconds));
    }

    [Theory]
    [InlineData("mitdb/203")]
    [InlineData("mitdb/205")]
    [InlineData("mitdb/223")]
    [InlineData("mitdb/101")]
    [InlineData("ludb/35")]
    [InlineData("svdb/800")]
    public void Fibrillation_of_the_atria_tachycardia_flutter_of_the_atria_and_noise_are_not(string record)
    {
        var recording = Recordings.Open(SharedData.File($"ecg/{record}.hea"));
        Assert.Empty(recording.FindVentricularFlutter(recording.EcgLeads()));
    }

    [Theory]
    [InlineData(40, 0.05)]
    [InlineData(75, 0.2)]
    [InlineData(220, 0.01)]
    public void An_even_rhythm_is_not_whatever_its_rate_and_noise(double perMinute, double noiseMillivolts)
    {
        var recording = EcgSimulation.TwelveLead(4, 30, SimulatedBeat.At(perMinute), noiseMillivolts: noiseMillivolts).Data;
        Assert.Empty(recording.FindVentricularFlutter(recording.EcgLeads()));
    }

    [Fact]
    public void A_tremor_of_the_limbs_is_not_while_there_are_complexes()
    {
        var recording = Mixed(EcgSimulation.TwelveLead(4, 30).Data, (_, t, _) => 0.15 * Math.Sin(2 * Math.PI * 5 * t), keep: true);
        Assert.Empty(recording.FindVentricularFlutter(recording.EcgLeads()));
    }

    [Fact]
    public void Waves_that_fill_the_whole_recording_leave_nothing_to_measure()
    {
        var recording = Mixed(EcgSimulation.TwelveLead(4, 20).Data, Waves, keep: false);
        var examination = recording.Examine();
        var stretch = Assert.Single(examination.VentricularFlutter);
        Assert.Equal(0, stretch.OnsetSeconds, 1.0);
        Assert.Equal(20, stretch.EndSeconds, 1.0);
        Assert.Equal(1 / 4.2, stretch.CycleSeconds, 0.04);
        Assert.Empty(examination.Beats);
        var rate = Assert.Single(examination.Measurements, m => m.Name == "heart rate");
        Assert.Null(rate.Value);
        Assert.Contains(RhythmAnalysis.VentricularFlutter, rate.Reason, StringComparison.Ordinal);
        Assert.Contains(examination.Rhythm, f => f.Name == RhythmAnalysis.VentricularFlutter);
        Assert.DoesNotContain(examination.Variability, m => m.Value is not null);
    }

    [Fact]
    public void A_stretch_between_beats_is_found_in_its_place_and_no_interval_crosses_it()
    {
        var recording = Mixed(EcgSimulation.TwelveLead(4, 60).Data, (c, t, v) => t is >= 20 and < 32 ? Waves(c, t, v) : v, keep: false);
        var examination = recording.Examine();
        var stretch = Assert.Single(examination.VentricularFlutter);
        Assert.Equal(20, stretch.OnsetSeconds, 1.5);
        Assert.Equal(32, stretch.EndSeconds, 1.5);
        var intervals = examination.IntervalsBefore();
        Assert.Equal(2, intervals.Count(double.IsNaN));
        Assert.InRange(intervals.Where(double.IsFinite).Max(), 0.3, 1.6);
        Assert.Contains(examination.Moments(), m => m.Name == RhythmAnalysis.VentricularFlutter && m.OnsetSeconds == stretch.OnsetSeconds);
        Assert.DoesNotContain(examination.Rhythm, f => f.Name is "pause" or "sinus arrest" or "long pause");
    }

    [Fact]
    public void Leads_that_disagree_short_recordings_and_those_that_are_no_voltage_have_none()
    {
        var oneLead = Mixed(EcgSimulation.TwelveLead(4, 30).Data, (c, t, v) => c == 3 ? Waves(c, t, v) : v, keep: false);
        Assert.Empty(oneLead.FindVentricularFlutter(oneLead.EcgLeads()));
        Assert.NotEmpty(oneLead.FindVentricularFlutter([3]));
        Assert.Empty(Mixed(EcgSimulation.TwelveLead(4, 5).Data, Waves, keep: false).FindVentricularFlutter([0]));
        Assert.Empty(oneLead.FindVentricularFlutter([]));
        Assert.Empty((oneLead with { Channels = [.. oneLead.Channels.Select(c => c with { Unit = Unit.Parse("degC") })] }).FindVentricularFlutter([3]));
        var flat = Mixed(EcgSimulation.TwelveLead(4, 30).Data, (_, _, _) => 0.7, keep: false);
        Assert.Empty(flat.FindVentricularFlutter(flat.EcgLeads()));
    }

    // Waves of about 4.2 Hz whose length and height wander.
    private static double Waves(int channel, double seconds, double value) =>
        (0.6 + (0.2 * Math.Sin(seconds))) * Math.Sin((2 * Math.PI * 4.2 * seconds) + (0.8 * Math.Sin(1.3 * seconds)) + channel);

    private static Recording Mixed(Recording recording, Func<int, double, double, double> millivolts, bool keep)
    {
        var samples = new double[recording.Channels.Count][];
        for (var c = 0; c < samples.Length; c++)
        {
            var factor = recording.Channels[c].Unit.To(Unit.Millivolt).Factor;
            samples[c] = [.. recording.ReadAll(c).Select((v, i) => ((keep ? v * factor : 0) + millivolts(c, i / recording.Channels[c].RateHz, v * factor)) / factor)];
        }

        return recording with { Samples = new MemorySamples(samples) };
    }
}
