using System.Collections.Concurrent;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Quality;
using SignalLab.Analysis.Simulation;
using SignalLab.Formats;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg;

public sealed class BeatDetectionTests
{
    [Fact]
    public void Beats_of_a_simulated_twelve_lead_ECG_are_found_at_its_R_peaks()
    {
        var simulated = EcgSimulation.TwelveLead(3, 60);
        var truth = simulated.Truth["beats"]!.AsArray().Select(b => (double)b!["r_s"]!).ToArray();
        var beats = simulated.Data.DetectBeats();
        Assert.Equal(truth.Length, beats.Count);
        Assert.All(truth.Zip(beats), p => Assert.Equal(p.First, p.Second.OnsetSeconds, 0.008));
        Assert.All(beats, b => Assert.Equal((BeatDetection.BeatText, new Origin(OriginKind.Algorithm, QrsDetector.Method)), (b.Text, b.Origin)));
        Assert.Equal((double)simulated.Truth["heart_rate_bpm"]!, simulated.Data.MeasureHeartRate(beats).Value!.Value, 0.3);
    }

    [Fact]
    public void Ectopic_beats_of_a_strip_are_found()
    {
        var simulated = EcgSimulation.Strip(5, 300);
        var found = simulated.Data.DetectBeats().Select(b => b.OnsetSeconds).ToArray();
        Assert.Equal(simulated.Data.Annotations.Count, found.Length);
        Assert.All(simulated.Data.Annotations.Zip(found), p => Assert.Equal(p.First.OnsetSeconds, p.Second, 0.06));
    }

    [Fact]
    public void A_gap_makes_no_interval_and_no_beat()
    {
        var beats = QrsDetectorTests.Beats(0.8, 20);
        double[] half = QrsDetectorTests.Lead(beats, 20, noise: 0.01);
        var recording = Of([.. half, .. half]) with { Segments = [new(0, 20), new(100.3, 20)] };
        var found = recording.DetectBeats();
        Assert.Equal(beats.Select(b => b / 250.0).Concat(beats.Select(b => 100.3 + (b / 250.0))), found.Select(b => b.OnsetSeconds), (a, b) => Math.Abs(a - b) < 1e-9);
        var intervals = recording.RrSeconds(found);
        Assert.Equal(2 * (beats.Length - 1), intervals.Length);
        Assert.All(intervals, rr => Assert.Equal(0.8, rr, 1e-9));
        Assert.Equal(75, recording.MeasureHeartRate().Value!.Value, 1e-6);
    }

    [Fact]
    public void Leads_in_two_units_of_voltage_count_alike()
    {
        var beats = QrsDetectorTests.Beats(0.8, 30);
        var lead = QrsDetectorTests.Lead(beats, 30, noise: 0.01);
        var recording = new Recording(
            [new("I", ChannelKind.Ecg, Unit.Microvolt, 250, lead.Length), new("II", ChannelKind.Ecg, Unit.Millivolt, 250, lead.Length)],
            new MemorySamples([[.. lead.Select(v => v * 300)], lead]));
        Assert.Equal(beats.Select(b => b / 250.0), recording.DetectBeats().Select(b => b.OnsetSeconds));
    }

    [Fact]
    public void A_flat_line_with_amplifier_noise_has_no_heart_rate_and_says_why()
    {
        var random = new Random(3);
        var rate = Of([.. Enumerable.Range(0, 15000).Select(_ => 0.02 * ((random.NextDouble() * 2) - 1))]).MeasureHeartRate();
        Assert.Null(rate.Value);
        Assert.Contains("0 beat(s)", rate.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_fit_leads_it_refuses_in_one_line()
    {
        var eeg = Of(new double[1000]) is var r ? r with { Channels = [r.Channels[0] with { Kind = ChannelKind.Eeg }] } : null;
        Assert.Throws<UnfitInputException>(() => eeg!.DetectBeats());
        Assert.Contains("no good ECG channel", eeg!.MeasureHeartRate().Reason, StringComparison.Ordinal);
        var slow = r with { Channels = [r.Channels[0] with { RateHz = 30 }] };
        Assert.Contains("30", Assert.Throws<UnfitInputException>(() => slow.DetectBeats()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_recordings_are_read_in_pieces_of_minutes_and_never_held()
    {
        var source = new CountingSource(6L * 3600 * 250);
        var recording = new Recording([new("II", ChannelKind.Ecg, Unit.Millivolt, 250, source.Length)], source);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var beats = recording.DetectBeats();
        Assert.Equal(6 * 3600, beats.Count);
        Assert.True(source.Largest <= 301 * 250, $"{source.Largest} samples read at once");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 8 * source.Length, "more allocated than the samples take");
    }

    [Fact]
    public void MIT_BIH_beats_are_found_as_EC57_counts_them_with_99_85_percent_both_ways_and_no_record_below_98()
    {
        // Pairing within 150 ms; ventricular flutter between [ and ] is left out.
        var folder = Path.GetDirectoryName(SharedData.File("ecg/mitdb/100.hea"))!;
        var scores = new ConcurrentBag<(int Found, int Missed, int Extra, double[] Milliseconds)>();
        Parallel.ForEach(Directory.EnumerateFiles(folder, "*.hea"), header =>
        {
            var recording = Recordings.Open(header);
            var leads = recording.EcgLeads();
            var reference = WfdbAnnotations.Read(Path.ChangeExtension(header, "atr")).All;
            var detected = recording.DetectBeats(leads, recording.AssessLeads(leads)).Select(b => b.OnsetSeconds * 360).ToArray();
            var score = Score(reference, detected, 0.15 * 360);
            Assert.True(score.Missed <= 0.02 * (score.Found + score.Missed) && score.Extra <= 0.02 * (score.Found + score.Extra), $"{header}: {score.Missed} missed, {score.Extra} extra");
            scores.Add(score);
        });
        var (found, missed, extra) = (scores.Sum(s => s.Found), scores.Sum(s => s.Missed), scores.Sum(s => s.Extra));
        Assert.True(found > 50_000, $"{found} beats");
        Assert.True(missed <= 0.0015 * (found + missed), $"{missed} missed of {found + missed}");
        Assert.True(extra <= 0.0015 * (found + extra), $"{extra} extra of {found + extra}");

        // Where the annotators set the mark.
        var errors = scores.SelectMany(s => s.Milliseconds).ToArray();
        var mean = errors.Average();
        Assert.InRange(mean, -5, 5);
        Assert.InRange(Math.Sqrt(errors.Average(e => (e - mean) * (e - mean))), 0, 10);
    }

    private static (int Found, int Missed, int Extra, double[] Milliseconds) Score(IReadOnlyList<WfdbAnnotation> reference, double[] detected, double tolerance)
    {
        var excluded = reference.Where(a => a.Symbol is "[" or "]").Select(a => a.Sample).Chunk(2).ToArray();
        bool Counts(double at) => !excluded.Any(e => at >= e[0] && at <= e[^1]);
        var beats = reference.Where(a => WfdbCodes.IsBeat(a.Code) && Counts(a.Sample)).Select(a => (double)a.Sample).ToArray();
        detected = [.. detected.Where(Counts)];
        var differences = new List<double>();
        var j = 0;
        foreach (var beat in beats)
        {
            while (j < detected.Length && detected[j] < beat - tolerance)
            {
                j++;
            }

            if (j < detected.Length && detected[j] <= beat + tolerance)
            {
                differences.Add(detected[j++] - beat);
            }
        }

        return (differences.Count, beats.Length - differences.Count, detected.Length - differences.Count, [.. differences.Select(d => 1000 * d / 360)]);
    }

    private static Recording Of(double[] samples) => new([new("II", ChannelKind.Ecg, Unit.Millivolt, 250, samples.Length)], new MemorySamples([samples]));

    /// <summary>A beat a second, made when read.</summary>
    private sealed class CountingSource(long length) : ISampleSource
    {
        private readonly double[] second = QrsDetectorTests.Lead([125], 1, wave: 0) is var lead ? [.. lead.Select((v, i) => v - (0.1 * Math.Sin(2 * Math.PI * 0.3 * i / 250)))] : [];

        public long Length => length;

        public long Largest { get; private set; }

        public int ChannelCount => 1;

        public long Count(int channel) => length;

        public void Read(int channel, long first, Span<double> into)
        {
            Largest = Math.Max(Largest, into.Length);
            for (var i = 0; i < into.Length; i++)
            {
                into[i] = second[(first + i) % 250];
            }
        }
    }
}
