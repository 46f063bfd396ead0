using SignalLab.Analysis.Averages;
using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Simulation;
using SignalLab.Formats;
using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Averages;

public sealed class AverageTests
{
    [Fact]
    public void Mean_and_standard_error_are_those_of_the_formula()
    {
        var epochs = EpochTests.Of([1, 2, 4, 0, 3, 9], [0, 0, 0, 0, 0, 6]).CutEpochs([new(0, "x"), new(0.02, "x"), new(0.04, "x")], new EpochOptions { FromSeconds = 0, ToSeconds = 0.01 });
        var average = epochs.Average("x");
        Assert.Equal([8 / 3.0, 11 / 3.0], average.ReadAll(0).Select(v => Math.Round(v, 14)), (a, b) => Math.Abs(a - b) < 1e-13);
        Assert.Equal(2, average.ReadAll(1)[1], 1e-14);
        Span<double> error = stackalloc double[2];
        average.Evoked!.StandardError!.Read(1, 0, error);
        Assert.Equal(2, error[1], 1e-14);
        Assert.Equal((3, 0.0, "x"), ((int)average.Evoked.AverageCount, average.Evoked.FirstLatencySeconds, average.Evoked.Condition));
    }

    [Fact]
    public void A_constant_added_to_the_recording_drops_out_with_the_baseline()
    {
        var (recording, _) = ErpSimulation.Create(1, 30);
        double[][] raised = [.. Enumerable.Range(0, 32).Select(c => recording.ReadAll(c).Select(v => v + (1000 * c)).ToArray())];
        var lifted = recording with { Samples = new MemorySamples([.. raised, recording.ReadAll(32)]) };
        var options = new EpochOptions { Baseline = (null, 0) };
        var (a, b) = (Average(recording, options), Average(lifted, options));
        Assert.All(Enumerable.Range(0, 32), c => SharedData.AssertClose(a.ReadAll(c), b.ReadAll(c), 1e-10));

        static Recording Average(Recording recording, EpochOptions options) => recording.CutEpochs(recording.EventsFromAnnotations("target"), options).Average("target");
    }

    [Fact]
    public void Simulated_responses_are_found_at_their_latency_and_size()
    {
        var (recording, truth) = ErpSimulation.Create(2, 1200);
        var epochs = recording.CutEpochs(recording.EventsFromAnnotations("target"), new EpochOptions { Baseline = (-0.2, 0) });
        var average = epochs.Average("target");
        var pz = average.Peaks(0.2, 0.5, PeakSign.Positive).Single(p => p.Channel == "Pz");
        Assert.Equal(truth["p3_latency_s"]!.GetValue<double>(), pz.LatencySeconds, 0.02);
        Assert.InRange(pz.Amplitude - truth["p3_target_uV"]!["Pz"]!.GetValue<double>(), -2, 2);
        var fz = average.Peaks(0.06, 0.14, PeakSign.Negative).Single(p => p.Channel == "Fz");
        Assert.Equal(truth["n1_latency_s"]!.GetValue<double>(), fz.LatencySeconds, 0.02);
        Assert.Equal(0.3, average.FieldPowerPeak(ChannelKind.Eeg, 0.2)!.LatencySeconds, 0.03);
    }

    [Fact]
    public void The_average_of_a_real_meg_file_is_mnes()
    {
        // mne.Epochs(raw, samples 150 300 451 600 750, -0.1, 0.1, baseline=(None, 0)).average(), MNE 1.3; the error from its epochs' standard deviation with n − 1 (MNE's own standard_error divides by n).
        var recording = KnownFormats.Open(SharedData.File("meg/fif/neuromag122_test_file-raw.fif")).Recordings[0];
        int[] samples = [150, 300, 451, 600, 750];
        var average = recording.CutEpochs([.. samples.Select(s => new Event(s / 1000.0, "x"))], new EpochOptions { FromSeconds = -0.1, ToSeconds = 0.1, Baseline = (null, 0) }).Average("x");
        Check("MEG 001", [1.2356319878688107e-12, 2.661495454095949e-13, 2.557653500313196e-12], [2.8436604641879144e-12, 1.8603416688276585e-12, 1.6420961102282696e-12]);
        Check("MEG 061", [-6.806447390802796e-13, -5.043752040876949e-13, -6.850078463820744e-12], [1.0175576326527392e-12, 2.9143657978681437e-12, 3.153090590908899e-12]);
        Check("MEG 122", [-1.1378983843085663e-12, 7.85359314323425e-15, 4.238322432965266e-12], [2.869505050198234e-12, 3.1285150920905382e-12, 3.0717730565626507e-12]);

        void Check(string name, double[] mean, double[] error)
        {
            var c = average.Channels.Select((channel, i) => (channel, i)).First(p => p.channel.Label == name).i;
            var unit = average.Channels[c].Unit;
            var factor = unit.To(unit.ConvertsTo(Unit.Tesla) ? Unit.Tesla : Unit.TeslaPerMetre).Factor;
            var (found, errors) = (average.ReadAll(c), new double[201]);
            average.Evoked!.StandardError!.Read(c, 0, errors);
            int[] at = [0, 77, 200];
            SharedData.AssertClose(mean, [.. at.Select(i => factor * found[i])], 1e-9);
            SharedData.AssertClose(error, [.. at.Select(i => factor * errors[i])], 1e-9);
        }
    }

    [Fact]
    public void The_average_on_a_bdf_status_channel_is_mnes()
    {
        // mne.Epochs(raw, find_events(raw), -0.1, 0.2, baseline=(-0.1, 0)), MNE 1.3, Cz in µV; the error from its epochs' standard deviation with n − 1.
        var recording = KnownFormats.Open(SharedData.File("eeg/bdf/test_bdf_stim_channel.bdf")).Recordings[0];
        var events = recording.EventsFromStim(recording.Channels.Count - 1);
        var average = recording.CutEpochs(events, new EpochOptions { FromSeconds = -0.1, ToSeconds = 0.2, Baseline = (-0.1, 0) }).Average("all");
        var c = average.Channels.Select((channel, i) => (channel, i)).First(p => p.channel.Label == "Cz").i;
        int[] at = [0, 50, 100, 150];
        var toMicrovolts = average.Channels[c].Unit.To(Unit.Microvolt).Factor;
        SharedData.AssertClose([3.8436899419251565, -5.952256524755954, 3.6028263659379887, -3.1165224651996324], [.. at.Select(i => toMicrovolts * average.ReadAll(c)[i])], 1e-9);
        var errors = new double[151];
        average.Evoked!.StandardError!.Read(c, 0, errors);
        SharedData.AssertClose([44.01071381836736, 45.83341346322462, 44.924992554006245, 45.10268322676736], [.. at.Select(i => toMicrovolts * errors[i])], 1e-9);
    }

    [Fact]
    public void Difference_waves_are_mnes()
    {
        // mne.combine_evoked([a, b], weights=[1, -1]) of the first two conditions without projectors, MNE 1.3: nave 2, MEG 0122 at sample 100, EEG 006 at sample 50, SI units.
        var study = KnownFormats.Open(SharedData.File("meg/fif/test-ave.fif.gz"));
        var averages = study.Recordings.Where(r => !r.Evoked!.Condition.EndsWith(')')).Take(2).ToArray();
        var difference = averages[0].Minus(averages[1]);
        Assert.Equal(2, difference.Evoked!.AverageCount, 1e-12);
        Assert.Equal("Left Auditory - Right Auditory", difference.Evoked.Condition);
        Assert.Equal(-7.071939701879057e-12, Value("MEG 0122", 100), 1e-18);
        Assert.Equal(-1.4300526860796386e-06, Value("EEG 006", 50), 1e-14);

        double Value(string name, int sample)
        {
            var c = difference.Channels.Select((channel, i) => (channel, i)).First(p => p.channel.Label == name).i;
            return difference.ReadAll(c)[sample] * difference.Channels[c].Unit.To(Unit.Parse(name.StartsWith("EEG", StringComparison.Ordinal) ? "V" : "T/m")).Factor;
        }
    }

    [Fact]
    public void The_grand_average_counts_subjects_alike_and_leaves_out_what_is_bad_in_one()
    {
        var (one, two) = (Evoked([2, 4], [1, 1]), Evoked([4, 10], [3, 3]));
        var grand = Evokeds.GrandAverage([one, two], "all");
        Assert.Equal([3.0, 7.0], grand.ReadAll(0));
        Assert.Equal(2, grand.Evoked!.AverageCount);
        Span<double> error = stackalloc double[2];
        grand.Evoked.StandardError!.Read(0, 0, error);
        Assert.Equal([1.0, 3.0], error.ToArray());
        Channel[] channels = [two.Channels[0] with { IsBad = true }, two.Channels[1]];
        Assert.Equal(["C1"], Evokeds.GrandAverage([one, two with { Channels = channels }], "all").Channels.Select(c => c.Label));
        Assert.Null(Evokeds.GrandAverage([one], "all").Evoked!.StandardError);
    }

    [Fact]
    public void Errors_of_independent_averages_add_in_squares()
    {
        var (a, b) = (Noisy(1), Noisy(2));
        var difference = a.Minus(b);
        Span<double> values = stackalloc double[3];
        a.Evoked!.StandardError!.Read(0, 1, values[..1]);
        b.Evoked!.StandardError!.Read(0, 1, values[1..2]);
        difference.Evoked!.StandardError!.Read(0, 1, values[2..]);
        Assert.Equal(Math.Sqrt((values[0] * values[0]) + (values[1] * values[1])), values[2], 1e-12);

        static Recording Noisy(int seed)
        {
            var (recording, _) = ErpSimulation.Create(seed, 20);
            return recording.CutEpochs(recording.EventsFromAnnotations("standard")).Average("s");
        }
    }

    [Fact]
    public void Median_and_trimmed_mean_are_not_moved_by_an_outlier()
    {
        // Trimmed mean by scipy.stats.trim_mean, its error by scipy.stats.mstats.trimmed_stde, of 1 2 3 4 5 6 7 8 9 1000.
        double[] values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1000];
        var recording = EpochTests.Of(values);
        var epochs = recording.CutEpochs([.. Enumerable.Range(0, 10).Select(i => new Event(i / 100.0, "x"))], new EpochOptions { FromSeconds = 0, ToSeconds = 0 });
        Assert.Equal(5.5, epochs.Average("x", AverageMethod.Median).ReadAll(0)[0]);
        var trimmed = epochs.Average("x", AverageMethod.TrimmedMean, 0.1);
        Assert.Equal(5.5, trimmed.ReadAll(0)[0]);
        Span<double> error = stackalloc double[1];
        trimmed.Evoked!.StandardError!.Read(0, 0, error);
        Assert.Equal(1.0744830798523022, error[0], 1e-9);
        Assert.Equal(104.5, epochs.Average("x").ReadAll(0)[0]);
    }

    [Fact]
    public void Missing_values_stay_missing_in_every_kind_of_average()
    {
        var epochs = EpochTests.Of([1, double.NaN, 3, 4]).CutEpochs([new(0, "x"), new(0.02, "x")], new EpochOptions { FromSeconds = 0, ToSeconds = 0.01 });
        foreach (var method in Enum.GetValues<AverageMethod>())
        {
            var average = epochs.Average("x", method).ReadAll(0);
            Assert.Equal(2, average[0]);
            Assert.True(double.IsNaN(average[1]));
        }
    }

    [Fact]
    public void No_epoch_is_refused_with_the_reasons_and_one_has_no_error()
    {
        var recording = EpochTests.Of(new double[100]);
        Assert.Contains("there was no event", Assert.Throws<UnfitInputException>(() => recording.CutEpochs([]).Average("x")).Message, StringComparison.Ordinal);
        Assert.Contains("all 1 were dropped: 1 outside the recording", Assert.Throws<UnfitInputException>(() => recording.CutEpochs([new(0, "x")]).Average("x")).Message, StringComparison.Ordinal);
        var one = recording.CutEpochs([new(0.5, "x")], new EpochOptions { FromSeconds = -0.1, ToSeconds = 0.1 });
        Assert.Null(one.Average("x").Evoked!.StandardError);
        Assert.Null(one.Average("x", AverageMethod.Median).Evoked!.StandardError);
    }

    [Fact]
    public void A_parabola_is_found_between_samples_and_an_edge_is_no_peak()
    {
        double[] values = [.. Enumerable.Range(0, 20).Select(i => 5 - ((i - 10.3) * (i - 10.3)))];
        var evoked = Evoked(values, [.. values.Select(v => -v)]);
        var peaks = evoked.Peaks(0.05, 0.15, PeakSign.Positive);
        Assert.Equal((0.103, 5.0, true), (Math.Round(peaks[0].LatencySeconds, 12), Math.Round(peaks[0].Amplitude, 12), peaks[0].IsInside));
        Assert.Equal(-5, evoked.Peaks(0.05, 0.15, PeakSign.Negative)[1].Amplitude, 1e-12);
        Assert.False(evoked.Peaks(0.12, 0.15, PeakSign.Positive)[0].IsInside);
        Assert.Throws<UnfitInputException>(() => evoked.Peaks(5, 6));
    }

    [Fact]
    public void An_average_survives_fiff_with_its_number_baseline_and_error()
    {
        using var folder = new TemporaryFolder();
        var (recording, _) = ErpSimulation.Create(4, 40);
        var average = recording.CutEpochs(recording.EventsFromAnnotations("standard"), new EpochOptions { Baseline = (null, 0) }).Average("standard");
        FiffWriter.WriteEvoked([average], folder["a-ave.fif"]);
        var back = KnownFormats.Open(folder["a-ave.fif"]).Recordings[0];
        Assert.Equal((average.Evoked!.AverageCount, average.Evoked.FirstLatencySeconds), (back.Evoked!.AverageCount, back.Evoked.FirstLatencySeconds));
        var (ours, theirs) = (new double[251], new double[251]);
        average.Evoked.StandardError!.Read(3, 0, ours);
        back.Evoked.StandardError!.Read(3, 0, theirs);
        var factor = back.Channels[3].Unit.To(Unit.Microvolt).Factor;
        SharedData.AssertClose(ours, [.. theirs.Select(v => v * factor)], 1e-6);
        SharedData.AssertClose(average.ReadAll(3), [.. back.ReadAll(3).Select(v => v * factor)], 1e-6);
        Assert.Equal(average.GlobalFieldPower(ChannelKind.Eeg).Values[60], back.GlobalFieldPower(ChannelKind.Eeg).Values[60] * factor, 1e-5);
    }

    private static Recording Evoked(params double[][] samples) => EpochTests.Of(samples) with { Evoked = new Evoked("x", 5, 0) };
}
