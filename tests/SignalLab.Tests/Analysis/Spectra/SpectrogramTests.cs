using SignalLab.Analysis.Spectra;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterOracleTests;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Spectra;

public class SpectrogramTests
{
    private static readonly WelchOptions OneSecond = new() { SegmentSeconds = 1 };

    [Fact]
    public void The_spectrogram_equals_SciPys()
    {
        var oracle = SpectraTests.Oracle.GetProperty("spectrogram_1s_hann_50pct");
        var spectrogram = SpectraTests.O1.Spectrogram(OneSecond, highHz: 30);
        var columns = spectrogram.Columns().Select(c => (c.TimeSeconds, Values: c.Values.ToArray())).ToList();
        Assert.Equal(oracle.GetProperty("n_times").GetInt32(), columns.Count);
        Assert.Equal(columns.Count, spectrogram.ColumnCount);
        Assert.Equal(Numbers(oracle.GetProperty("t_first_last")), (double[])[columns[0].TimeSeconds, columns[^1].TimeSeconds]);
        Assert.Equal(Numbers(oracle.GetProperty("freqs")), spectrogram.Frequencies.Values);
        Assert.Equal("uV2/Hz", spectrogram.Units[0].Symbol);
        var row = 0;
        foreach (var at in Numbers(oracle.GetProperty("psd_at_time_index")))
        {
            SharedData.AssertClose(Numbers(oracle.GetProperty("psd")[row++]), columns[(int)at].Values, 1e-9);
        }
    }

    [Fact]
    public void Its_mean_over_time_is_Welchs_spectrum_over_gaps_and_blocks()
    {
        var (a, b) = (Noise(70_000, 1), Noise(260, 3));
        var channels = Enumerable.Range(0, 60).Select(i => Channel($"c{i}", a.Length + b.Length)).ToList();
        var recording = new Recording(channels, new MemorySamples([.. channels.Select(_ => (double[])[.. a, .. b])])) { Segments = [new(0, 700), new(800, 2.6)] };
        var sum = new double[51];
        var times = new List<double>();
        foreach (var column in recording.Spectrogram(OneSecond).Columns())
        {
            times.Add(column.TimeSeconds);
            for (var k = 0; k < 51; k++)
            {
                sum[k] += column.Values.Span[(7 * 51) + k];
            }
        }

        var welch = recording.Welch(OneSecond, [7])[0];
        Assert.Equal(welch.SegmentCount, times.Count);
        SharedData.AssertClose([.. welch.Density.Values], [.. sum.Select(s => s / times.Count)], 1e-12);
        Assert.Equal([0.5, 1, 699.5, 800.5, 802], [times[0], times[1], times[^5], times[^4], times[^1]]);
    }

    [Fact]
    public void A_segment_with_a_missing_value_is_missing_alone()
    {
        var samples = Noise(1000, 4);
        samples[450] = double.NaN;
        var columns = One(samples).Spectrogram(OneSecond with { Overlap = 0 }).Columns().Select(c => c.Values.ToArray()).ToList();
        Assert.Equal([4], Enumerable.Range(0, 10).Where(i => columns[i].All(double.IsNaN)));
        Assert.Equal(9, columns.Count(c => c.All(double.IsFinite)));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<UnfitInputException>(() => One(Noise(99, 1)).Spectrogram(OneSecond));
        Assert.Throws<UnfitInputException>(() => One(Noise(500, 1)).Spectrogram(OneSecond, 10.2, 10.8));
        Assert.Throws<UnfitInputException>(() => One(Noise(500, 1)).Spectrogram(OneSecond, 10, 60));
        Assert.Throws<UnfitInputException>(() => new Recording([], new MemorySamples([])).Spectrogram());
    }
}
