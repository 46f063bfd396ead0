using SignalLab.Formats.Times;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Times;

public sealed class TimeScanTests
{
    [Theory]
    [InlineData(512, 3)]
    [InlineData(250, 3)]
    [InlineData(10.416667, 17)]
    [InlineData(1000, 6)]
    [InlineData(599.88, 9)]
    [InlineData(249.9, 3)]
    [InlineData(333.3, 4)]
    public void A_rate_is_told_from_times_of_any_rounding(double rate, int decimals)
    {
        var times = Enumerable.Range(0, 20_000).Select(i => Rounded(3 + (i / rate), decimals)).ToArray();
        var read = SampledTimes.Of(times)!;
        Assert.Equal(rate, read.RateHz);
        Assert.Equal([new Segment(0, 20_000 / rate)], read.Segments);
        Assert.Null(read.Remark);
    }

    [Fact]
    public void Two_samples_that_are_missing_are_a_gap()
    {
        var times = Enumerable.Range(0, 10_000).Where(i => i is < 5000 or > 5001).Select(i => i / 250.0).ToArray();
        var read = SampledTimes.Of(times)!;
        Assert.Equal(250, read.RateHz);
        Assert.Equal([new Segment(0, 20), new Segment(5002 / 250.0, 4998 / 250.0)], read.Segments);
    }

    [Theory]
    [InlineData(12.8, 0.6)]
    [InlineData(250, 0.2)]
    [InlineData(2048, 1.3)]
    public void A_gap_of_part_of_a_sample_is_a_gap_where_times_are_computed(double rate, double samples)
    {
        var read = SampledTimes.Of([.. Enumerable.Range(0, 300).Select(i => (i + (i < 100 ? 0 : samples)) / rate)])!;
        Assert.Equal(rate, read.RateHz);
        Assert.Equal([0, (100 + samples) / rate], read.Segments.Select(s => s.OnsetSeconds));
    }

    [Fact]
    public void Times_that_go_back_begin_a_stretch_behind_the_last()
    {
        var read = SampledTimes.Of([0, 0.5, 1, 1.5, 0.2, 0.7])!;
        Assert.Equal([new Segment(0, 2), new Segment(2, 1)], read.Segments);
        Assert.NotNull(read.Remark);
    }

    [Fact]
    public void Fewer_than_two_times_or_times_that_do_not_rise_tell_no_rate()
    {
        Assert.Null(SampledTimes.Of([1]));
        Assert.Null(SampledTimes.Of([1, 1, 1]));
        Assert.Null(SampledTimes.Of([1, double.NaN, 3]));
    }

    private static double Rounded(double value, int decimals) => decimals > 15 ? value : Math.Round(value, decimals);
}
