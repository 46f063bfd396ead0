using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Quality;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Quality;

public sealed class PacingDetectionTests
{
    [Theory]
    [InlineData(250)]
    [InlineData(500)]
    [InlineData(1000)]
    public void Spikes_before_the_complexes_are_found_where_they_stand(double rateHz)
    {
        var beats = QrsDetectorTests.Beats(0.8, 70, rateHz);
        var lead = QrsDetectorTests.Lead(beats, 70, noise: 0.01, rateHz: rateHz);
        var spikes = beats.Select(b => b - (long)(0.12 * rateHz)).ToArray();
        foreach (var at in spikes)
        {
            lead[at] += 1.5;
            lead[at + 1] += rateHz > 600 ? 1 : 0;
        }

        var found = Of(lead, rateHz).FindPacingSpikes([0]);
        Assert.Null(found.Reason);
        Assert.Equal(spikes.Select(s => s / rateHz), found.Spikes.Select(s => s.OnsetSeconds), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.All(beats, b => Assert.True(found.Pace(new Beat(b, b / rateHz))));
        Assert.False(found.Pace(new Beat(0, beats[0] / rateHz + 0.4)));
    }

    [Fact]
    public void Narrow_complexes_and_noise_are_no_spikes()
    {
        var recording = EcgSimulation.TwelveLead(7, 60, noiseMillivolts: 0.03).Data;
        Assert.Empty(recording.FindPacingSpikes(recording.EcgLeads()).Spikes);
        Assert.Empty(Of(QrsDetectorTests.Lead(QrsDetectorTests.Beats(0.5, 60, 360), 60, height: 3, noise: 0.02, rateHz: 360), 360).FindPacingSpikes([0]).Spikes);
    }

    [Fact]
    public void A_rate_too_low_is_said()
    {
        var found = Of(new double[1280], 128).FindPacingSpikes([0]);
        Assert.Empty(found.Spikes);
        Assert.Contains("128", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Recordings_without_numbers_have_none()
    {
        Assert.Empty(Of([], 500).FindPacingSpikes([0]).Spikes);
        Assert.Empty(Of([1], 500).FindPacingSpikes([0]).Spikes);
        Assert.Empty(Of([.. Enumerable.Repeat(double.NaN, 3000)], 500).FindPacingSpikes([0]).Spikes);
        Assert.NotNull(Of([], 500).FindPacingSpikes([]).Reason);
    }

    private static Recording Of(double[] samples, double rateHz) => new([new("II", ChannelKind.Ecg, Unit.Millivolt, rateHz, samples.Length)], new MemorySamples([samples]));
}
