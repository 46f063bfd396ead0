using SignalLab.Analysis.Artifacts;
using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Projections;
using SignalLab.Analysis.Selection;
using SignalLab.Analysis.Simulation;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Artifacts;

public sealed class CleaningTests
{
    private static readonly double[] BlinkTimes = [0.92, 2.95, 5.12, 8.05, 10.3];
    private static readonly int[] Told = [0, 21, 22, 23, 40, 63];

    // Golden: compute_proj_evoked and compute_proj_epochs of MNE-Python 1.3 on these epochs (-0.2 to 0.2 s, unfiltered), n_eeg = 2; channels 0, 21, 22, 23, 40, 63; sign of channel 0 positive.
    [Theory]
    [InlineData(true, 0, 0.9539339845901303, new[] { 0.07871797800214897, 0.37542806417228863, 0.35016449278215017, 0.3455002483392898, 0.03573628976877752, -0.004474666111031342 })]
    [InlineData(true, 1, 0.03210438200403656, new[] { 0.13111434771929134, -0.36235979619823433, -0.1350281127602006, -0.2603683186700043, 0.07692465135613911, -0.01742316915907847 })]
    [InlineData(false, 0, 0.9043532590678619, new[] { 0.08308434739721526, 0.36815242691668304, 0.34270441784736794, 0.34043294179724826, 0.03934744077307512, -0.0007530211789863283 })]
    [InlineData(false, 1, 0.04282395384045083, new[] { 0.133821645263819, -0.3042306864160495, -0.17827340533880176, -0.23316117497460653, 0.08575410438244181, 0.025323470465310804 })]
    public void Projectors_of_blinks_are_those_of_MNE(bool average, int which, double explained, double[] golden)
    {
        var raw = KnownFormats.Open(SharedData.File("eeg/edf/eegmmi_64ch_motor.edf")).Recordings[0];
        var fitted = raw.FitProjectors(BlinkTimes, new SspOptions { LowHz = null, Average = average, VectorsPerKind = 2, MostSwings = double.PositiveInfinity })[which];
        var vector = fitted.Projector.Vectors[0];
        var sign = Math.Sign(vector[0]);
        Assert.Equal(5, fitted.EpochCount);
        Assert.Equal(explained, fitted.ExplainedVariance, 1e-9);
        SharedData.AssertClose(golden, [.. Told.Select(c => sign * vector[c])], 1e-8);
    }

    [Fact]
    public void A_blink_projector_takes_blinks_away_and_leaves_the_back_of_the_head()
    {
        var (recording, truth) = EegSimulation.Create(1, 120, false);
        var peaks = truth["blink_peak_s"]!.AsArray().Select(v => (double)v!).ToArray();
        var fitted = recording.FitProjectors(peaks);
        var cleaned = (recording with { Projectors = [.. fitted.Select(f => f.Projector)] }).ApplyProjectors();
        double Swing(Recording r, string name) => peaks.Average(p => r.GraphAt(r.Channels.ToList().FindIndex(c => c.Label == name), p - 0.02, p + 0.02).Values.Average());
        Assert.True(Swing(recording, "Fp1") > 80);
        Assert.True(Math.Abs(Swing(cleaned, "Fp1")) < 0.12 * Swing(recording, "Fp1"));
        var removed = recording.RemovedBy(cleaned).ToDictionary(r => r.Channel, r => r.VarianceRemoved);
        Assert.True(removed["Fp1"] > 0.5 && removed["O1"] < 0.1 && removed["P3"] < 0.1, string.Join(", ", removed));
    }

    [Fact]
    public void Events_without_a_complete_epoch_and_too_many_vectors_are_refused()
    {
        var recording = EegSimulation.Create(1, 10, false).Data;
        Assert.Throws<UnfitInputException>(() => recording.FitProjectors([]));
        Assert.Throws<UnfitInputException>(() => recording.FitProjectors([0.1, 9.95]));
        Assert.Throws<UnfitInputException>(() => recording.FitProjectors([5], new SspOptions { VectorsPerKind = 19 }));
    }

    // Golden: numpy.linalg.lstsq(EOG.T, EEG.T) of the whole recording less its means; regressors Fp1. and Fp2.
    [Theory]
    [InlineData("Fc5.", 0.5719459855065854, -0.3117377134102552)]
    [InlineData("Cz..", 0.19321709977538834, 0.01881609618010555)]
    [InlineData("Fz..", 0.3256358368906944, 0.06431879972799569)]
    [InlineData("Iz..", 0.017596589737422116, 0.02290276576583632)]
    public void Regression_coefficients_are_those_of_least_squares(string channel, double first, double second)
    {
        var raw = KnownFormats.Open(SharedData.File("eeg/edf/eegmmi_64ch_motor.edf")).Recordings[0];
        var regression = raw.FitEogRegression([21, 23]);
        var row = regression.Coefficients[regression.Channels.ToList().IndexOf(channel)];
        Assert.Equal(first, row[0], 1e-9);
        Assert.Equal(second, row[1], 1e-9);
    }

    [Fact]
    public void Regression_takes_away_exactly_the_eye_that_was_mixed_in()
    {
        var random = new Random(3);
        double[] Noise() => [.. Enumerable.Range(0, 20000).Select(_ => (2 * random.NextDouble()) - 1)];
        var (brain, up, side) = (Noise(), Noise(), Noise());
        double[] mixed = [.. brain.Select((b, i) => b + (3 * up[i]) - (0.5 * side[i]))];
        var recording = new Recording(
            [Plain("Cz", ChannelKind.Eeg), Plain("V", ChannelKind.Eog), Plain("H", ChannelKind.Eog)], new MemorySamples([mixed, up, side]));
        var regression = recording.FitEogRegression();
        Assert.Equal([3, -0.5], regression.Coefficients[0].Select(b => Math.Round(b, 1)));
        var cleaned = recording.Regress(regression);
        SharedData.AssertClose(brain, cleaned.ReadAll(0), 0.05);
        Assert.Equal(up, cleaned.ReadAll(1));
        var part = new double[1000];
        cleaned.Samples.Read(0, 7000, part);
        Assert.Equal(cleaned.ReadAll(0)[7000..8000], part);
    }

    [Fact]
    public void Regression_refuses_what_it_cannot_fit()
    {
        var recording = EegSimulation.Create(1, 10, false).Data;
        Assert.Throws<UnfitInputException>(() => recording.FitEogRegression());
        Assert.Throws<UnfitInputException>(() => recording.FitEogRegression([0, 0]));
        var eeg = recording.Pick([0, 1]);
        Assert.Throws<UnfitInputException>(() => eeg.Regress(new EogRegression(["Fp1"], ["nowhere"], [[1.0]])));
    }

    [Fact]
    public void Reconstruction_leaves_clean_stretches_bit_for_bit_and_takes_a_burst_away()
    {
        var (recording, burst) = WithBurst();
        var high = recording.Highpass(0.5, 2);
        var cleaned = high.ReconstructSubspaces(AsrOptions.Default with { HighpassHz = null });
        for (var c = 0; c < recording.Channels.Count; c += 6)
        {
            var (before, after) = (high.ReadAll(c), cleaned.ReadAll(c));
            Assert.Equal(before[..(55 * 256)], after[..(55 * 256)]);
            double Energy(double[] x) => x[(61 * 256)..(63 * 256)].Sum(v => v * v);
            Assert.True(Energy(after) < 0.05 * burst[c], $"channel {c}: {Energy(after)} left of {burst[c]}");
            Assert.True(Energy(after) > 0, "nothing is left: brain was taken too");
        }

        var removed = high.RemovedBy(cleaned);
        Assert.All(removed, r => Assert.InRange(r.ShareOfTimeChanged, 0.01, 0.1));
        Assert.Contains("share_of_variance", cleaned.WithRemoved(removed).Provenance.Steps[^1].Parameters.Keys);
    }

    [Fact]
    public void A_reconstructed_block_is_what_a_whole_read_gives()
    {
        var cleaned = WithBurst().Recording.Highpass(0.5, 2).ReconstructSubspaces(AsrOptions.Default with { HighpassHz = null, Cutoff = 5 });
        var whole = cleaned.ReadAll(3);
        foreach (var (first, count) in new[] { (0, 1), (58 * 256, 700), ((61 * 256) + 17, 33), (whole.Length - 40, 40) })
        {
            var part = new double[count];
            cleaned.Samples.Read(3, first, part);
            // The high-pass before it differs by rounding between blocks.
            SharedData.AssertClose(whole.AsSpan(first, count), part, 1e-9);
        }
    }

    [Fact]
    public void Reconstruction_refuses_few_channels_and_recordings_without_clean_data()
    {
        Assert.Throws<UnfitInputException>(() => EegSimulation.Create(1, 60, false).Data.Pick([0, 1, 2]).ReconstructSubspaces());
        Assert.Throws<UnfitInputException>(() => EegSimulation.Create(1, 5, false).Data.ReconstructSubspaces());
        Assert.Throws<UnfitInputException>(() => EegSimulation.Create(1, 30, false).Data.ReconstructSubspaces(AsrOptions.Default with { Cutoff = 0 }));
    }

    [Fact]
    public void The_geometric_median_is_not_moved_by_a_wild_matrix()
    {
        var random = new Random(5);
        var matrices = Enumerable.Range(0, 50).Select(_ => MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(3, 3, (i, j) => (i == j ? 1 : 0) + (0.01 * random.NextDouble()))).ToList();
        var calm = AsrCalibration.GeometricMedian(matrices);
        matrices.Add(MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(3, 3, 1e9));
        Assert.True((AsrCalibration.GeometricMedian(matrices) - calm).FrobeniusNorm() < 0.01);
    }

    // Two seconds of one large slow source over all channels at 61 s; the energy it adds to each.
    private static (Recording Recording, double[] Energy) WithBurst()
    {
        var recording = EegSimulation.Create(8, 90, false).Data;
        var samples = Enumerable.Range(0, recording.Channels.Count).Select(recording.ReadAll).ToArray();
        var energy = new double[samples.Length];
        for (var c = 0; c < samples.Length; c++)
        {
            for (var i = 61 * 256; i < 63 * 256; i++)
            {
                var value = (1 + (0.3 * Math.Cos(c))) * 600 * Math.Sin(2 * Math.PI * 3 * i / 256);
                samples[c][i] += value;
                energy[c] += value * value;
            }
        }

        return (recording with { Samples = new MemorySamples(samples) }, energy);
    }

    private static Channel Plain(string label, ChannelKind kind) => new(label, kind, Unit.Microvolt, 250, 20000);
}
