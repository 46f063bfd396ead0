using SignalLab.Analysis.Ecg;

namespace SignalLab.Tests.Analysis.Ecg;

public sealed class OrderStatisticTests
{
    [Fact]
    public void It_is_what_sorting_gives_with_ties_and_at_every_index()
    {
        var random = new Random(4);
        for (var length = 1; length <= 60; length++)
        {
            double[] values = [.. Enumerable.Range(0, length).Select(_ => (double)random.Next(length))];
            double[] sorted = [.. values.Order()];
            for (var index = 0; index < length; index++)
            {
                double[] copy = [.. values];
                Assert.Equal(sorted[index], OrderStatistic.Smallest(copy, index));
                Assert.Equal(sorted, copy.Order());
                Assert.All(copy[..index], v => Assert.True(v <= sorted[index]));
            }

            Assert.Equal((sorted[(length - 1) / 2] + sorted[length / 2]) / 2, OrderStatistic.Median([.. values]));
        }

        Assert.True(double.IsNaN(OrderStatistic.Median([])));
    }
}
