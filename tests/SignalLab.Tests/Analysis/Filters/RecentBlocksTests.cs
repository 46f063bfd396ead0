using SignalLab.Analysis.Filters;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Filters;

public sealed class RecentBlocksTests
{
    [Fact]
    public void What_was_read_last_is_not_computed_again()
    {
        // Other tests share the room and may, at worst, take it between two reads.
        Assert.Contains(true, Enumerable.Range(0, 20).Select(_ => IsKept()));

        static bool IsKept()
        {
            var inner = new Counted();
            var recent = new RecentBlocks(inner, [0, 0, 0, 0]);
            var values = new double[4 * 1000];
            recent.Read([0, 1, 2, 3], 500, 1000, values);
            var computed = inner.Computed;
            recent.Read([2, 1], 600, 100, values.AsSpan(0, 200));
            Assert.Equal(Counted.Value(2, 600), values[0]);
            Assert.Equal(Counted.Value(1, 699), values[199]);
            return inner.Computed == computed;
        }
    }

    [Fact]
    public void Sources_that_need_more_room_than_there_is_still_give_their_own_values()
    {
        // 16 sources with 4 blocks of 8 MB each: ten times the room that they share.
        var sources = Enumerable.Range(0, 16).Select(_ => new RecentBlocks(new Counted(), [0, 0, 0, 0])).ToArray();
        Parallel.For(0, 160, i =>
        {
            var (first, count) = ((long)i % 7 * 100_000, 250_000);
            var values = new double[4 * count];
            sources[i % 16].Read([3, 0, 1, 2], first, count, values);
            for (var k = 0; k < count; k += 997)
            {
                Assert.Equal(Counted.Value(3, first + k), values[k]);
                Assert.Equal(Counted.Value(2, first + k), values[(3 * count) + k]);
            }
        });
    }

    private sealed class Counted : ISampleSource
    {
        private long computed;

        public long Computed => Interlocked.Read(ref computed);

        public int ChannelCount => 4;

        public static double Value(int channel, long sample) => (channel * 1e7) + sample;

        public long Count(int channel) => 2_000_000;

        void ISampleSource.Read(int channel, long first, Span<double> into)
        {
            Interlocked.Add(ref computed, into.Length);
            for (var i = 0; i < into.Length; i++)
            {
                into[i] = Value(channel, first + i);
            }
        }
    }
}
