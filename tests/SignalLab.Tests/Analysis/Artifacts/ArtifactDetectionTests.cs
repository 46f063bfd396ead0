using SignalLab.Analysis.Artifacts;
using SignalLab.Analysis.Selection;
using SignalLab.Analysis.Simulation;
using SignalLab.Formats;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Artifacts;

public sealed class ArtifactDetectionTests
{
    private static readonly Lazy<Simulated<Recording>[]> Marred = new(() => [.. Enumerable.Range(1, 3).Select(seed => EegSimulation.Create(seed, 300, false, artifacts: true))]);

    [Fact]
    public void Artifacts_that_were_put_in_are_found_as_the_documentation_tells()
    {
        var score = new DetectionScore();
        foreach (var (recording, truth) in Marred.Value)
        {
            score.Add(recording.FindArtifacts(), truth);
        }

        score.AssertAtLeast("blink", 0.97, 0.97);
        score.AssertAtLeast("eye movement horizontal", 0.93, 0.95);
        score.AssertAtLeast("eye movement vertical", 0.9, 0.9);
        score.AssertAtLeast("muscle", 0.95, 0.95);
        score.AssertAtLeast("movement", 0.9, 0.9);
        score.AssertAtLeast("electrode pop", 0.95, 0.9);
    }

    [Fact]
    public void Blinks_are_found_in_the_frontal_electrodes_alone()
    {
        var score = new DetectionScore();
        foreach (var (recording, truth) in Marred.Value)
        {
            score.Add(recording.Pick(c => c.Kind == ChannelKind.Eeg).FindArtifacts(), truth);
        }

        score.AssertAtLeast("blink", 0.75, 0.93);
        score.AssertAtLeast("eye movement horizontal", 0.9, 0.9);
    }

    [Fact]
    public void The_surer_half_of_the_detections_is_right_at_least_as_often()
    {
        var score = new DetectionScore();
        foreach (var (recording, truth) in Marred.Value)
        {
            // Low limits, so that there is something wrong to be unsure of.
            score.Add(recording.Pick(c => c.Kind == ChannelKind.Eeg).FindArtifacts(new ArtifactOptions { EyeZ = 2, BlinkMicrovolts = 20, EyeMovementMicrovolts = 15, PopZ = 6, PopMicrovolts = 20, MuscleZ = 2 }), truth);
        }

        var sorted = score.Detections.OrderBy(d => d.Confidence).ToList();
        var (unsure, sure) = (sorted[..(sorted.Count / 2)], sorted[(sorted.Count / 2)..]);
        Assert.True(unsure.Any(d => !d.IsRight), "nothing is wrong: the test says nothing");
        Assert.True(sure.Average(d => d.IsRight ? 1 : 0) > unsure.Average(d => d.IsRight ? 1 : 0));
        Assert.All(sorted, d => Assert.InRange(d.Confidence, 0.2, 1));
    }

    [Fact]
    public void Confidence_is_a_half_at_the_threshold_and_grows_with_the_evidence()
    {
        Assert.Equal(0, Evidence.Confidence(0));
        Assert.Equal(0.5, Evidence.Confidence(1));
        Assert.Equal(0.75, Evidence.Confidence(2));
        Assert.Equal(0, Evidence.Confidence(double.NaN));
        Assert.Equal(1, Evidence.Confidence(double.PositiveInfinity), 1e-8);
    }

    [Fact]
    public void Faulty_channels_are_exactly_those_that_were_made_faulty()
    {
        foreach (var (recording, truth) in Marred.Value)
        {
            var real = truth["channel_faults"]!.AsArray().Select(f => $"{f!["kind"]} {f["channel"]}").Order();
            Assert.Equal(real, recording.FindArtifacts().Faults.Select(f => $"{f.Kind.Text} {f.Channel}").Distinct().Order());
        }
    }

    [Fact]
    public void A_clean_recording_has_no_faulty_channel_no_pop_and_no_movement()
    {
        var report = EegSimulation.Create(11, 120, false).Data.FindArtifacts();
        Assert.Empty(report.Faults);
        Assert.DoesNotContain(report.Artifacts, a => a.Kind is ArtifactKind.ElectrodePop or ArtifactKind.Movement or ArtifactKind.Flat or ArtifactKind.Clipped);
    }

    [Fact]
    public void Onsets_are_real_time_and_nothing_lies_in_a_gap()
    {
        var (recording, truth) = EegSimulation.Create(4, 200, gaps: true, artifacts: true);
        var report = recording.FindArtifacts();
        var score = new DetectionScore();
        score.Add(report, truth);
        score.AssertAtLeast("blink", 0.95, 0.95);
        score.AssertAtLeast("electrode pop", 0.9, 0.9);
        Assert.All(report.Artifacts, a => Assert.Contains(recording.Segments, s => a.OnsetSeconds >= s.OnsetSeconds - 1e-9 && a.EndSeconds <= s.EndSeconds + 0.01));
    }

    [Fact]
    public void A_recording_in_volts_has_the_same_findings_as_in_microvolts()
    {
        var recording = EegSimulation.Create(5, 60, false, artifacts: true).Data;
        var volts = recording with
        {
            Channels = [.. recording.Channels.Select(c => c with { Unit = Unit.Volt, Calibration = null })],
            Samples = new MemorySamples([.. Enumerable.Range(0, recording.Channels.Count).Select(c => Array.ConvertAll(recording.ReadAll(c), x => x * 1e-6))]),
        };
        var (a, b) = (recording.FindArtifacts(), volts.FindArtifacts());
        Assert.Equal(a.Artifacts.Select(x => (x.Kind, x.Channel, Math.Round(x.OnsetSeconds, 6))), b.Artifacts.Select(x => (x.Kind, x.Channel, Math.Round(x.OnsetSeconds, 6))));
        Assert.Equal(a.Faults.Select(x => (x.Kind, x.Channel, x.Measure)), b.Faults.Select(x => (x.Kind, x.Channel, x.Measure)));
    }

    [Fact]
    public void An_unknown_unit_is_judged_by_comparison_only_and_said()
    {
        var recording = EegSimulation.Create(5, 60, false, artifacts: true).Data;
        var report = (recording with { Channels = [.. recording.Channels.Select(c => c with { Unit = Unit.Unknown })] }).FindArtifacts();
        Assert.Contains(report.Remarks, r => r.Contains("not known", StringComparison.Ordinal));
        Assert.Contains(report.Remarks, r => r.StartsWith("Blinks were not looked for", StringComparison.Ordinal));
        Assert.Contains(report.Faults, f => f is { Kind: ArtifactKind.Noisy, Channel: "P3" });
        Assert.DoesNotContain(report.Faults.Select(f => f.Measure).Concat(report.Artifacts.Select(a => a.Measure)), m => m.Contains("uV", StringComparison.Ordinal));
    }

    [Fact]
    public void Annotations_carry_kind_channel_confidence_and_origin()
    {
        var recording = Marred.Value[0].Data;
        var report = recording.FindArtifacts();
        var marked = recording.Annotated(report);
        var pop = marked.Annotations.First(a => a.Text == "electrode pop");
        Assert.NotNull(pop.Channel);
        Assert.InRange(pop.Confidence!.Value, 0.2, 1);
        Assert.Equal(new Origin(OriginKind.Algorithm, ArtifactReport.Method), pop.Origin);
        Assert.Equal(recording.Annotations.Count + report.Artifacts.Count, marked.Annotations.Count);
        Assert.True(marked.Channels.Single(c => c.Label == "P3").IsBad);
        Assert.Equal("artifacts", marked.Provenance.Steps[^1].Name);
    }

    [Fact]
    public void Nothing_one_sample_one_channel_and_flat_channels_have_a_defined_result()
    {
        Assert.Empty(new Recording([], new MemorySamples([])).FindArtifacts().Artifacts);
        Assert.Empty(Plain([]).FindArtifacts().Faults);
        Assert.Empty(Plain([1]).FindArtifacts().Faults);
        var flat = Plain(new double[2560]).FindArtifacts();
        Assert.Equal((ArtifactKind.Flat, 1.0), (Assert.Single(flat.Faults).Kind, flat.Faults[0].ShareOfTime));
        Assert.Equal((0.0, 10.0), (Assert.Single(flat.Artifacts).OnsetSeconds, flat.Artifacts[0].DurationSeconds));
        var one = EegSimulation.Create(1, 20, false).Data.Pick([0]).FindArtifacts();
        Assert.Empty(one.Faults);
    }

    [Fact]
    public void Missing_numbers_are_a_fault_and_spoil_no_other_channel()
    {
        var recording = EegSimulation.Create(6, 60, false).Data;
        var samples = Enumerable.Range(0, recording.Channels.Count).Select(recording.ReadAll).ToArray();
        samples[5].AsSpan(256 * 10, 256 * 5).Fill(double.NaN);
        samples[6][300] = double.PositiveInfinity;
        var report = (recording with { Samples = new MemorySamples(samples) }).FindArtifacts();
        var fault = Assert.Single(report.Faults);
        Assert.Equal((ArtifactKind.Missing, recording.Channels[5].Label), (fault.Kind, fault.Channel));
        Assert.Equal([5.0, 1 / 256.0], report.Artifacts.Where(a => a.Kind == ArtifactKind.Missing).Select(a => a.DurationSeconds).OrderDescending());
    }

    [Fact]
    public void The_recording_is_read_once_and_a_hundred_windows_of_it_again()
    {
        var recording = EegSimulation.Create(7, 900, false).Data;
        var counting = new CountingSamples(recording.Samples);
        (recording with { Samples = counting }).FindArtifacts();
        var samples = recording.Channels.Sum(c => (double)c.SampleCount);
        Assert.InRange(counting.Values / samples, 1, 1.05 + (110 * 4 / 900.0));
    }

    [Fact]
    public void Every_channel_of_an_amplifier_without_a_cap_is_faulty()
    {
        var recording = Open("eeg/edf/nk_MB0400FU_discontinuous.edf");
        var report = recording.FindArtifacts();
        Assert.All(recording.Channels.Where(c => c.Kind == ChannelKind.Eeg), c => Assert.Contains(report.Faults, f => f.Channel == c.Label && f.Kind == ArtifactKind.Mains));
    }

    // Golden: mne.preprocessing.find_eog_events(raw, ch_name='Fpz.') of MNE-Python 1.3: 89 blinks.
    [Fact]
    public void The_blinks_of_a_real_recording_are_those_of_MNE()
    {
        double[] golden =
        [
            0.94, 2.96, 5.15, 5.92, 8.04, 10.3, 11.93, 13.28, 14.79, 15.55, 18.21, 19.8, 22.36, 23.78, 25.27, 26.39, 28.01, 28.98, 30.6, 31.61, 32.83, 34.6, 35.84, 37.07, 39.38, 41.41, 42.74, 43.61, 44.82, 45.25,
            47.23, 49.12, 49.77, 50.99, 51.99, 54.13, 55.7, 56.66, 57.38, 58.84, 60.3, 61.41, 62.6, 63.43, 65.3, 67.1, 68.59, 70.32, 71.3, 73.3, 74.3, 77.11, 78.16, 80.2, 81.85, 82.99, 84.26, 85.01, 86.37, 89.16,
            90.38, 91.38, 92.99, 93.54, 95.46, 96.52, 97.75, 98.3, 99.44, 100.26, 100.97, 101.88, 102.45, 103.78, 104.43, 106.28, 107.79, 108.59, 110.77, 112.23, 114.37, 115.11, 116.47, 117.12, 118.77, 119.73,
            120.56, 122.0, 122.8,
        ];
        var blinks = Open("eeg/edf/eegmmi_64ch_motor.edf").FindArtifacts().Artifacts.Where(a => a.Kind == ArtifactKind.Blink).ToList();
        bool Holds(Artifact a, double peak) => peak > a.OnsetSeconds - 0.1 && peak < a.EndSeconds + 0.1;
        Assert.True(golden.Count(t => blinks.Any(b => Holds(b, t))) >= 0.9 * golden.Length);
        Assert.True(blinks.Count(b => golden.Any(t => Holds(b, t))) >= 0.95 * blinks.Count);
    }

    private static Recording Open(string file) => KnownFormats.Open(SharedData.File(file)).Recordings[0].WithLayout(StandardLayouts.TenTen05);

    private static Recording Plain(double[] samples) => new([new("Cz", ChannelKind.Eeg, Unit.Microvolt, 256, samples.Length)], new MemorySamples([samples]));

    private sealed class CountingSamples(ISampleSource inner) : ISampleSource
    {
        private long values;

        public double Values => values;

        public int ChannelCount => inner.ChannelCount;

        public long Count(int channel) => inner.Count(channel);

        public void Read(int channel, long first, Span<double> into)
        {
            Interlocked.Add(ref values, into.Length);
            inner.Read(channel, first, into);
        }
    }
}
