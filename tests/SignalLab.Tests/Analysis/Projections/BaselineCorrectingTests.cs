using SignalLab.Analysis.Projections;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Projections;

public class BaselineCorrectingTests
{
    private static readonly double[] Values = [.. Enumerable.Range(0, 700).Select(i => Math.Sin(i * i))];

    private static readonly Recording Evoked = new([new("Cz", ChannelKind.Eeg, Unit.Volt, 1000, 700)], new MemorySamples([Values])) { Evoked = new("left", 30, -0.2) };

    [Fact]
    public void The_mean_of_the_stretch_with_both_ends_becomes_zero()
    {
        var corrected = Evoked.BaselineCorrected(-0.1, 0);

        Assert.Equal(0, corrected.ReadAll(0)[100..201].Average(), 1e-15);
        Assert.Equal(Values[500] - Values[100..201].Average(), corrected.ReadAll(0)[500], 1e-15);
        Assert.Equal((-0.1, 0.0), (Math.Round(corrected.Evoked!.Baseline!.Value.From, 9), Math.Round(corrected.Evoked.Baseline.Value.To, 9)));
    }

    [Fact]
    public void Without_ends_the_whole_average_is_meant() => Assert.Equal(0, Evoked.BaselineCorrected(null, null).ReadAll(0).Average(), 1e-15);

    [Fact]
    public void A_stretch_outside_or_a_recording_that_is_no_average_is_refused()
    {
        Assert.Throws<UnfitInputException>(() => Evoked.BaselineCorrected(-0.3, 0));
        Assert.Throws<UnfitInputException>(() => Evoked.BaselineCorrected(0.1, 0));
        Assert.Throws<UnfitInputException>(() => Evoked.BaselineCorrected(0, 0.5));
        Assert.Throws<UnfitInputException>(() => (Evoked with { Evoked = null }).BaselineCorrected(-0.1, 0));
    }
}
