using SignalLab.Analysis.Averages;
using SignalLab.Analysis.Simulation;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Averages;

public sealed class EpochTests
{
    [Fact]
    public void Annotations_are_found_by_text_and_by_pattern()
    {
        var recording = Counting(100) with { Annotations = [new(5, 0, "Stimulus/S  2"), new(1, 0, "Stimulus/S  1"), new(3, 0, "Response/R  1"), new(4, 0, @"a\b")] };
        Assert.Equal([1.0], recording.EventsFromAnnotations("Stimulus/S  1").Select(e => e.OnsetSeconds));
        Assert.Equal([1.0, 5.0], recording.EventsFromAnnotations("stimulus/*").Select(e => e.OnsetSeconds));
        Assert.Single(recording.EventsFromAnnotations(@"a\b"));
        Assert.Empty(recording.EventsFromAnnotations("S  1"));
    }

    [Fact]
    public void Rising_steps_of_a_trigger_channel_are_events()
    {
        double[] codes = [0, 0, 1, 1, 3, 3, 2, 2, 0, 0, 5, 0];
        Assert.Equal([(2, "1"), (4, "3"), (10, "5")], Found(codes, new()));
        Assert.Equal([(2, "1"), (4, "3"), (6, "2"), (10, "5")], Found(codes, new() { Steps = StimSteps.Every }));
        Assert.Equal([(2, "1"), (10, "5")], Found(codes, new() { Steps = StimSteps.FromZero }));
        Assert.Equal([(2, "1"), (10, "1")], Found(codes, new() { Mask = 1 }));
        Assert.Equal([(2, "1"), (4, "3")], Found(codes, new() { ShortestSeconds = 0.02 }));
        Assert.Empty(Found([4, 4, 4], new()));
        Assert.Equal([(1, "32773")], Found([0, -32763, -32763], new()));
    }

    [Fact]
    public void Steps_that_follow_at_once_are_one()
    {
        // The lines of code 6 switch one sample apart; MNE's find_events(min_duration=0.02, shortest_event=1) at 100 Hz gives the same.
        Assert.Equal([(3, "6")], Found([0, 0, 2, 6, 6, 6, 0, 0], new() { ShortestSeconds = 0.02 }));
    }

    [Fact]
    public void The_status_channel_of_a_bdf_file_gives_the_events_mne_finds()
    {
        // mne.find_events(read_raw_bdf(...), shortest_event=1), MNE 1.3.
        var recording = KnownFormats.Open(SharedData.File("eeg/bdf/test_bdf_stim_channel.bdf")).Recordings[0];
        var stim = recording.Channels.Select((c, i) => (c, i)).Single(p => p.c.Label == "Status").i;
        var events = recording.EventsFromStim(stim);
        Assert.Equal([242, 310, 952, 1606, 2249, 2900, 3537, 4162, 4790], events.Select(e => (int)Math.Round(e.OnsetSeconds * 500)));
        Assert.Equal(["4", "2", "1", "1", "1", "1", "1", "1", "1"], events.Select(e => e.Name));
        Assert.Equal(7, recording.EventsFromStim(stim, new StimOptions { Mask = 1 }).Count);
        Assert.Empty(recording.EventsFromStim(stim, new StimOptions { ShortestSeconds = 0.01 }));
        var biosemi = KnownFormats.Open(SharedData.File("eeg/bdf/biosemi_2048Hz.bdf")).Recordings[0];
        var only = Assert.Single(biosemi.EventsFromStim(biosemi.Channels.Count - 1));
        Assert.Equal(("128", 589), (only.Name, (int)Math.Round(only.OnsetSeconds * 2048)));
    }

    [Fact]
    public void Triggers_and_annotations_of_a_simulation_are_the_same_events()
    {
        var (recording, truth) = ErpSimulation.Create(3, 60);
        var triggers = recording.EventsFromStim(recording.Channels.Count - 1);
        Assert.Equal(recording.EventsFromAnnotations("target").Select(e => e.OnsetSeconds), triggers.Where(e => e.Name == "2").Select(e => e.OnsetSeconds));
        Assert.Equal(truth["standard_onset_s"]!.AsArray().Count, triggers.Count(e => e.Name == "1"));
    }

    [Fact]
    public void Both_ends_are_the_nearest_samples_and_belong_to_the_epoch()
    {
        var epochs = Counting(1000).CutEpochs([new(5.004, "x")], new EpochOptions { FromSeconds = -0.016, ToSeconds = 0.034 });
        Assert.Equal([498, 499, 500, 501, 502, 503], epochs.Read(0)[..6]);
        Assert.Equal([-0.02, -0.01, 0, 0.01, 0.02, 0.03], epochs.Latencies.Values);
    }

    [Fact]
    public void An_epoch_that_leaves_the_recording_or_crosses_a_gap_is_dropped_and_counted()
    {
        var recording = Counting(1000) with { Segments = [new(0, 6), new(10, 4)] };
        double[] onsets = [0.05, 3, 5.95, 8, 10.05, 12, 13.95];
        var epochs = recording.CutEpochs([.. onsets.Select(t => new Event(t, "x"))], new EpochOptions { FromSeconds = -0.1, ToSeconds = 0.1 });
        Assert.Equal([3.0, 12.0], epochs.Events.Select(e => e.OnsetSeconds));
        Assert.Equal([EpochFault.NoData, EpochFault.Gap, EpochFault.Gap, EpochFault.Gap, EpochFault.NoData], epochs.Dropped.Select(d => d.Fault));
        Assert.Equal(790, epochs.Read(1)[0]);
    }

    [Fact]
    public void An_epoch_that_touches_a_bad_stretch_is_dropped()
    {
        var recording = Counting(1000) with { Annotations = [new(2, 0.5, "BAD_blink"), new(5, 0.2, "bad", "other")] };
        Event[] events = [new(1.85, "x"), new(2.2, "x"), new(2.65, "x"), new(5.1, "x")];
        var options = new EpochOptions { FromSeconds = -0.1, ToSeconds = 0.1 };
        var epochs = recording.CutEpochs(events, options);
        Assert.Equal([1.85, 2.65, 5.1], epochs.Events.Select(e => e.OnsetSeconds));
        Assert.Equal("BAD_blink", Assert.Single(epochs.Dropped).Detail);
        Assert.Empty(recording.CutEpochs(events, options with { RejectAnnotations = [] }).Dropped);
    }

    [Fact]
    public void Limits_drop_what_is_too_large_too_flat_or_no_number()
    {
        var values = new double[1000];
        (values[150], values[350], values[650]) = (120, 30, double.NaN);
        for (var i = 500; i < 600; i++)
        {
            values[i] = i % 2 == 0 ? 3 : -3;
        }

        var recording = Of(values);
        Event[] events = [new(1.5, "large"), new(3.5, "fine"), new(5.5, "small"), new(6.5, "missing"), new(8, "flat")];
        var options = new EpochOptions
        {
            FromSeconds = -0.2,
            ToSeconds = 0.2,
            Reject = [new PeakToPeakLimit(0.1, Unit.Parse("mV"))],
            Flat = [new PeakToPeakLimit(1, Unit.Microvolt, ChannelKind.Eeg)],
        };
        var epochs = recording.CutEpochs(events, options);
        Assert.Equal(["fine", "small"], epochs.Events.Select(e => e.Name));
        Assert.Equal([EpochFault.PeakToPeak, EpochFault.NotFinite, EpochFault.Flat], epochs.Dropped.Select(d => d.Fault));
        Assert.Equal("C0 120 uV", epochs.Dropped[0].Detail);
        Assert.Throws<UnfitInputException>(() => recording.CutEpochs(events, options with { Reject = [new PeakToPeakLimit(1, Unit.Tesla)] }));
        Channel[] bad = [recording.Channels[0] with { IsBad = true }];
        Assert.Throws<UnfitInputException>(() => (recording with { Channels = bad }).CutEpochs(events, options));
    }

    [Fact]
    public void Nothing_but_the_epochs_is_read()
    {
        var source = new Metered(Counting(100_000).Samples);
        var recording = Counting(100_000) with { Samples = source };
        var epochs = recording.CutEpochs([new(100, "x"), new(900, "x")], new EpochOptions { FromSeconds = 0, ToSeconds = 0.99 });
        Assert.Equal(0, source.Read1);
        epochs.Average("x");
        Assert.Equal(200, source.Read1);
    }

    [Fact]
    public void Rates_that_differ_and_stretches_that_are_none_are_refused()
    {
        var mixed = new Recording([new("a", ChannelKind.Eeg, Unit.Microvolt, 100, 100), new("b", ChannelKind.Eeg, Unit.Microvolt, 50, 50)], new MemorySamples([new double[100], new double[50]]));
        var refusal = Assert.Throws<UnfitInputException>(() => mixed.CutEpochs([new(0.5, "x")]));
        Assert.Contains("1 at 100 Hz, 1 at 50 Hz", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => Counting(100).CutEpochs([], new EpochOptions { FromSeconds = 0.5, ToSeconds = 0 }));
        Assert.Throws<UnfitInputException>(() => Counting(100).CutEpochs([], new EpochOptions { FromSeconds = double.NaN }));
        Assert.Throws<UnfitInputException>(() => Counting(100).CutEpochs([], new EpochOptions { Baseline = (-0.5, 0) }));
        Assert.Throws<UnfitInputException>(() => new Recording([], new MemorySamples([])).CutEpochs([]));
        Assert.Equal(EpochFault.NoData, Assert.Single(Counting(1).CutEpochs([new(0, "x")]).Dropped).Fault);
    }

    internal static Recording Of(params double[][] samples) => new(
        [.. samples.Select((s, i) => new Channel($"C{i}", ChannelKind.Eeg, Unit.Microvolt, 100, s.Length))], new MemorySamples(samples));

    private static Recording Counting(int count) => Of([.. Enumerable.Range(0, count).Select(i => (double)i)]);

    private static IEnumerable<(int Sample, string Name)> Found(double[] codes, StimOptions options)
    {
        var recording = new Recording([new("STI", ChannelKind.Stim, Unit.One, 100, codes.Length)], new MemorySamples([codes]));
        return recording.EventsFromStim(0, options).Select(e => ((int)Math.Round(e.OnsetSeconds * 100), e.Name));
    }

    private sealed class Metered(ISampleSource source) : ISampleSource
    {
        private long read;

        public long Read1 => read;

        public int ChannelCount => source.ChannelCount;

        public long Count(int channel) => source.Count(channel);

        public void Read(int channel, long first, Span<double> into)
        {
            Interlocked.Add(ref read, into.Length);
            source.Read(channel, first, into);
        }
    }
}
