using SignalLab.Analysis.Ecg;

namespace SignalLab.Tests.Analysis.Ecg.Delineation;

public sealed class KernelTests
{
    [Theory]
    [InlineData(0.006)]
    [InlineData(0.014)]
    [InlineData(0.035)]
    public void Kernels_measure_level_slope_and_curvature_of_a_parabola(double spread)
    {
        double[] signal = [.. Enumerable.Range(0, 200).Select(i => 3 + (5 * i / 250.0) + (7 * i * i / 62500.0 / 2))];
        var into = new double[200];
        GaussianKernel.Slope(spread, 250).Apply(signal, 100, 101, into);
        Assert.Equal(5 + (7 * 100 / 250.0), into[100], 9);
        GaussianKernel.Curvature(spread, 250).Apply(signal, 100, 101, into);
        Assert.Equal(7, into[100], 6);
        GaussianKernel.Mean(spread, 250).Apply([.. signal.Select(_ => 4.0)], 100, 101, into);
        Assert.Equal(4, into[100], 12);
    }

    [Fact]
    public void A_constant_has_neither_slope_nor_curvature()
    {
        double[] signal = [.. Enumerable.Repeat(1e6, 200)];
        var into = new double[200];
        GaussianKernel.Slope(0.02, 250).Apply(signal, 100, 101, into);
        Assert.Equal(0, into[100], 4);
        GaussianKernel.Curvature(0.02, 250).Apply(signal, 100, 101, into);
        Assert.Equal(0, into[100], 2);
    }

    [Fact]
    public void A_walk_stops_where_the_function_stays_below_the_level_and_passes_a_short_dip()
    {
        double[] function = [0, 0, 0, 0, 4, 8, 1, 8, 8, 4, 0, 0, 0, 0];
        Assert.Equal(9.5, SlopeWalk.Right(function, 5, 2, hold: 3, limit: 13), 12);
        Assert.Equal(3.5, SlopeWalk.Left(function, 8, 2, hold: 3, limit: 0), 12);
        Assert.Equal(8, SlopeWalk.Right(function, 7, 2, hold: 3, limit: 8), 12);
    }

    [Fact]
    public void A_weighted_median_follows_the_weights()
    {
        Assert.Equal(3, LeadConsensus.WeightedMedian([1, 2, 3], [1, 1, 5]));
        Assert.Equal(2, LeadConsensus.WeightedMedian([3, 1, 2], [1, 1, 1]));
        Assert.True(double.IsNaN(LeadConsensus.WeightedMedian([3, 1], [0, 0])));
    }

    [Fact]
    public void A_lead_with_a_small_wave_follows_the_others_and_one_with_a_large_wave_only_so_far()
    {
        Assert.Equal(10, LeadConsensus.Draw(30, 10, 0, 0.1, 5));
        Assert.Equal(15, LeadConsensus.Draw(30, 10, 1e6, 0.1, 5), 6);
        Assert.Equal(13, LeadConsensus.DrawSoftly(13, 10, 1e6, 0.1, 1e6), 6);
        Assert.Equal(10, LeadConsensus.DrawSoftly(400, 10, 1e6, 0.1, 18), 6);
    }

    [Theory]
    [InlineData(250)]
    [InlineData(500)]
    [InlineData(1000)]
    public void A_pacing_spike_goes_and_an_R_wave_stays(double rate)
    {
        var spike = (int)(0.3 * rate);
        double R(int i) => Math.Max(0, 1 - (Math.Abs((i / rate) - 0.5) / 0.018));
        double[] clean = [.. Enumerable.Range(0, (int)rate).Select(R)];
        var paced = clean.ToArray();
        paced[spike] += 2;
        paced[spike + 1] += 0.7;
        Assert.Equal(1, PacingSpikes.Remove(paced, rate, 0.05));
        Assert.Equal(clean, paced);
        Assert.Equal(0, PacingSpikes.Remove(clean, rate, 0.05));
    }
}
