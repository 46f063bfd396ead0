using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Quality;
using SignalLab.Formats;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Quality;

public sealed class PacedComplexesTests
{
    private const double RateHz = 360;

    [Fact]
    public void Wide_complexes_that_begin_with_a_blunt_spike_are_paced() => Assert.All(Paced(riseSeconds: 0.008, Unit.Millivolt, 1), Assert.True);

    [Fact]
    public void The_unit_of_the_lead_does_not_matter() => Assert.All(Paced(riseSeconds: 0.008, Unit.Microvolt, 1000), Assert.True);

    [Fact]
    public void Wide_complexes_that_begin_as_muscle_does_are_not() => Assert.All(Paced(riseSeconds: 0.04, Unit.Millivolt, 1), Assert.False);

    [Fact]
    public void Leads_that_are_no_voltages_are_not_judged() => Assert.All(Paced(riseSeconds: 0.008, Unit.One, 1), Assert.False);

    [Fact]
    public void One_abrupt_complex_among_others_of_its_shape_is_noise()
    {
        var (recording, beats) = Strip(0.04, Unit.Millivolt, 1);
        var samples = new double[recording.Channels[0].SampleCount];
        recording.Samples.Read(0, 0, samples);
        samples[beats[5].Sample - 4] += 1.5;
        Assert.All((recording with { Samples = new MemorySamples([samples]) }).FindPacedComplexes([0], beats), Assert.False);
    }

    [Fact]
    public void Without_marks_or_at_a_low_rate_nothing_is_called_paced()
    {
        var (recording, beats) = Strip(0.008, Unit.Millivolt, 1);
        Assert.All(recording.FindPacedComplexes([0], [.. beats.Select(b => b with { Global = WaveMarks.None })]), Assert.False);
        Assert.All((recording with { Channels = [recording.Channels[0] with { RateHz = 128 }] }).FindPacedComplexes([0], beats), Assert.False);
        Assert.Empty(recording.FindPacedComplexes([0], []));
    }

    [Theory]
    [InlineData("mitdb/107", 0.97)]
    [InlineData("mitdb/217", 0.9)]
    public void Paced_beats_of_a_tape_of_100_Hz_are_class_Q(string record, double least)
    {
        var header = SharedData.File($"ecg/{record}.hea");
        var examination = Recordings.Open(header).Examine();
        var paced = WfdbAnnotations.Read(Path.ChangeExtension(header, "atr")).All.Where(a => a.Symbol is "/" or "f").Select(a => a.Sample).ToArray();
        var called = examination.Beats.Where(b => b.Class == BeatClass.Unclassifiable).ToArray();
        var right = called.Count(b => paced.Any(p => Math.Abs(p - b.Sample) < 54));
        Assert.InRange(right / (double)paced.Length, least, 1);
        Assert.InRange(right / (double)called.Length, 0.98, 1);
        Assert.DoesNotContain(examination.Rhythm, f => f.Name.Contains("AV block", StringComparison.Ordinal));
        Assert.Contains(examination.Rhythm, f => f.Name == "paced rhythm");
        var pr = examination.Measurements.Single(m => m.Name == "PR interval");
        Assert.Null(pr.Value);
        Assert.Contains("paced", pr.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("34", true)]
    [InlineData("45", true)]
    [InlineData("74", true)]
    [InlineData("10", false)]
    [InlineData("101", false)]
    public void Patients_with_a_ventricular_pacemaker_are_told_from_others(string record, bool isPaced) =>
        Assert.Equal(isPaced, Recordings.Open(SharedData.File($"ecg/ludb/{record}.hea")).Examine().Rhythm.Any(f => f.Name == "paced rhythm"));

    private static IReadOnlyList<bool> Paced(double riseSeconds, Unit unit, double scale)
    {
        var (recording, beats) = Strip(riseSeconds, unit, scale);
        return recording.FindPacedComplexes([0], beats);
    }

    // Complexes of 160 ms: up within the rise, then slowly through a trough and back.
    private static (Recording Recording, Beat[] Beats) Strip(double riseSeconds, Unit unit, double scale)
    {
        var random = new Random(4);
        var samples = new double[(int)(20 * RateHz)];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = scale * 0.01 * ((2 * random.NextDouble()) - 1);
        }

        var beats = new List<Beat>();
        for (var at = (int)RateHz; at + RateHz < samples.Length; at += (int)(0.9 * RateHz))
        {
            var width = 0.16 * RateHz;
            for (var i = 0; i < width; i++)
            {
                samples[at + i] += scale * 1.8 * Math.Min(1, i / (riseSeconds * RateHz)) * Math.Cos(1.5 * Math.PI * i / width);
            }

            var peak = at + (int)(riseSeconds * RateHz);
            beats.Add(new Beat(peak, peak / RateHz) { Template = 0, Global = WaveMarks.None with { QrsOn = at, QrsOff = at + (long)width } });
        }

        return (new([new("II", ChannelKind.Ecg, unit, RateHz, samples.Length)], new MemorySamples([samples])), [.. beats]);
    }
}
