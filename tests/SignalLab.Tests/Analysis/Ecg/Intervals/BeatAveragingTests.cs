using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Averaging;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Intervals;

public sealed class BeatAveragingTests
{
    private static readonly SimulatedBeat Beat = new(RatePerMinute: 72, PrSeconds: 0.17, QrsSeconds: 0.1, QtSeconds: 0.38);

    [Theory]
    [InlineData(BeatCentre.Mean, 1.4)]
    [InlineData(BeatCentre.Median, 1.7)]
    public void Averaging_leaves_the_noise_divided_by_the_root_of_the_number_of_beats(BeatCentre centre, double most)
    {
        const double noise = 0.05;
        var options = new BeatAveragingOptions { Centre = centre };
        var noisy = SimulatedExamination.Of(EcgSimulation.TwelveLead(3, 60, Beat, noise), options).Median!;
        var clean = SimulatedExamination.Of(EcgSimulation.TwelveLead(3, 60, Beat, 0), options).Median!;
        Assert.True(noisy.Count > 60);
        for (var lead = 0; lead < 12; lead++)
        {
            var (a, b) = (noisy.Waveforms.ReadAll(lead), clean.Waveforms.ReadAll(lead));

            // From the P wave to the end of the T wave, away from the smeared neighbours.
            var rms = Math.Sqrt(Enumerable.Range(noisy.PeakIndex - 130, 330).Average(i => (a[i] - b[i]) * (a[i] - b[i])));
            Assert.InRange(rms, 0, most * noise / Math.Sqrt(noisy.Count));
        }
    }

    [Fact]
    public void A_beat_between_samples_is_aligned_to_a_fraction_of_a_sample()
    {
        static double Wave(double i) => Math.Exp(-i * i / 32) - (0.4 * Math.Exp(-(i - 9) * (i - 9) / 50));
        double[][] Shifted(double by) => [[.. Enumerable.Range(0, 121).Select(i => Wave(i - 60 - by))]];
        foreach (var shift in new[] { -3.4, -0.25, 0, 0.5, 2.7 })
        {
            var (found, correlation) = BeatAlignment.Find(Shifted(0), Shifted(shift), [1], 30, 90, 8);
            Assert.Equal(shift, found, 0.03);
            Assert.InRange(correlation, 0.97, 1.0001);
            var back = new double[60];
            BeatAlignment.Shifted(Shifted(shift)[0], 30, shift, back);
            Assert.All(back.Select((v, i) => Math.Abs(v - Wave(i - 30))), e => Assert.InRange(e, 0, 2e-3));
        }
    }

    [Fact]
    public void Only_beats_of_the_most_frequent_kind_are_averaged()
    {
        var strip = EcgSimulation.Strip(5, 60, noiseMillivolts: 0);
        var examination = SimulatedExamination.Of(strip);
        var normal = examination.Beats.Where(b => b.Class == BeatClass.Normal).ToArray();
        Assert.True(normal.Length < examination.Beats.Count - 4);
        Assert.InRange(examination.Median!.Count, normal.Length - 2, normal.Length);

        // By template, where templates are known: here the ventricular beats'.
        Beat[] templated = [.. examination.Beats.Select(b => b with { Template = b.Class == BeatClass.Ventricular ? 0 : -1 })];
        var ventricular = strip.Data.AverageBeats([0, 1], templated)!;
        Assert.Equal(examination.Beats.Count(b => b.Class == BeatClass.Ventricular), ventricular.Count);
        Assert.Null(ventricular.Global.POn);
    }

    [Fact]
    public void A_wandering_baseline_is_taken_away()
    {
        var simulated = EcgSimulation.TwelveLead(4, 40, Beat, 0);
        var samples = Enumerable.Range(0, 12).Select(simulated.Data.ReadAll).ToArray();
        foreach (var lead in samples)
        {
            for (var i = 0; i < lead.Length; i++)
            {
                lead[i] += 5 + (0.8 * Math.Sin(2 * Math.PI * 0.2 * i / 500)) + (0.01 * i / 500);
            }
        }

        var wandering = simulated with { Data = simulated.Data with { Samples = new MemorySamples(samples) } };
        var (a, b) = (SimulatedExamination.Of(wandering).Median!, SimulatedExamination.Of(simulated).Median!);
        for (var lead = 0; lead < 12; lead++)
        {
            var (x, y) = (a.Waveforms.ReadAll(lead), b.Waveforms.ReadAll(lead));
            Assert.InRange(Enumerable.Range(a.PeakIndex - 90, 280).Max(i => Math.Abs(x[i] - y[i])), 0, 0.03);
        }
    }

    [Fact]
    public void Marks_of_the_usual_beat_are_those_that_were_put_in()
    {
        var median = SimulatedExamination.Of(EcgSimulation.TwelveLead(6, 30, Beat)).Median!;
        double Ms(long? from, long? to) => 2.0 * (to!.Value - from!.Value);
        Assert.Equal(170, Ms(median.Global.POn, median.Global.QrsOn), 20.0);
        Assert.Equal(100, Ms(median.Global.QrsOn, median.Global.QrsOff), 20.0);
        Assert.Equal(380, Ms(median.Global.QrsOn, median.Global.TOff), 30.0);
        Assert.Equal(12, median.Leads.Count);
        Assert.Contains(median.Waveforms.Provenance.Steps, s => s.Name == "average beats");
    }

    [Fact]
    public void Too_little_to_average_gives_nothing_and_flat_leads_give_flat_beats()
    {
        var one = new Recording([new("II", ChannelKind.Ecg, Unit.Millivolt, 500, 50)], new MemorySamples([new double[50]]));
        Assert.Null(one.AverageBeats([0], [new Beat(25, 0.05)]));
        Assert.Null(one.AverageBeats([0], []));
        Assert.Null(one.AverageBeats([], [new Beat(25, 0.05)]));

        var flat = new Recording([new("II", ChannelKind.Ecg, Unit.Millivolt, 500, 5000)], new MemorySamples([new double[5000]]));
        var beats = Enumerable.Range(1, 8).Select(b => new Beat(b * 500, b)).ToArray();
        Assert.All(flat.AverageBeats([0], beats)!.Waveforms.ReadAll(0), v => Assert.Equal(0, v));
        var missing = new Recording(flat.Channels, new MemorySamples([[.. Enumerable.Repeat(double.NaN, 5000)]]));
        Assert.All(missing.AverageBeats([0], beats)!.Waveforms.ReadAll(0), v => Assert.True(double.IsFinite(v)));
    }

    [Fact]
    public void A_day_is_averaged_from_beats_at_even_distances()
    {
        var simulated = EcgSimulation.TwelveLead(7, 120, Beat);
        var reads = new CountedSamples(simulated.Data.Samples);
        var recording = simulated.Data with { Samples = reads };
        var median = recording.AverageBeats([0, 1], SimulatedExamination.Beats(simulated), new BeatAveragingOptions { MostBeats = 10 })!;
        Assert.Equal(10, median.Count);
        Assert.InRange(reads.Values, 1, 2 * 10 * (1141 + 200));
    }

    private sealed class CountedSamples(ISampleSource source) : ISampleSource
    {
        public long Values { get; private set; }

        public int ChannelCount => source.ChannelCount;

        public long Count(int channel) => source.Count(channel);

        public void Read(int channel, long first, Span<double> into)
        {
            Values += into.Length;
            source.Read(channel, first, into);
        }
    }
}
