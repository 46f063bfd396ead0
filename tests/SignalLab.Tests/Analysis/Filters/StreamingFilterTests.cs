using CsCheck;
using SignalLab.Analysis.Filters;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Filters;

public class StreamingFilterTests
{
    private static readonly FilterDesign Recursive = FilterDesign.Elliptic(FilterBand.Bandpass(2, 30), 5);
    private static readonly FilterDesign Finite = FilterDesign.WindowedSinc(FilterBand.Bandpass(4, 30));

    [Fact]
    public void Blocks_of_any_size_give_what_the_whole_gives_bit_for_bit() =>
        Gen.Select(Gen.Int[1, 10], Gen.Int[1, 3000], Gen.Int[1, 800], Gen.Int[0, 10_000]).Sample(
            (channels, samples, block, seed) => Assert.Equal(Whole(Recursive, Rows(channels, samples, seed)), Streamed(Recursive, Rows(channels, samples, seed), block)),
            iter: 60, threads: 1);

    [Fact]
    public void A_finite_filter_streams_to_rounding() =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 1500], Gen.Int[1, 400], Gen.Int[0, 10_000]).Sample(
            (channels, samples, block, seed) =>
            {
                var rows = Rows(channels, samples, seed);
                SharedData.AssertClose(Whole(Finite, rows), Streamed(Finite, rows, block), 1e-11, 1e-12 * rows.Max(r => r.Max(Math.Abs)));
            },
            iter: 30, threads: 1);

    [Fact]
    public void A_missing_value_is_an_end_for_its_channel_alone()
    {
        foreach (var design in new[] { Recursive, Finite })
        {
            var rows = Rows(3, 900, 4);
            rows[1][300] = double.NaN;
            rows[2][0] = double.PositiveInfinity;
            var tolerance = ReferenceEquals(design, Recursive) ? 0 : 1e-9;
            var (whole, streamed) = (Whole(design, rows), Streamed(design, rows, 77));
            for (var i = 0; i < whole.Length; i++)
            {
                Assert.True(double.IsNaN(whole[i]) ? double.IsNaN(streamed[i]) : Math.Abs(whole[i] - streamed[i]) <= tolerance, $"value {i}: {whole[i]} and {streamed[i]}");
            }

            Assert.Equal(2, streamed.Count(double.IsNaN));
        }
    }

    [Fact]
    public void After_a_reset_nothing_is_left_of_what_was()
    {
        var x = Noise(500, 1);
        var filter = new StreamingFilter(Recursive, 100, 1);
        filter.Process(Noise(300, 2));
        filter.Reset();
        var y = (double[])x.Clone();
        filter.Process(y);
        Assert.Equal(Whole(Recursive, [x]), y);
    }

    [Fact]
    public void Values_that_are_no_whole_number_of_samples_are_a_programmers_error()
    {
        Assert.Throws<ArgumentException>(() => new StreamingFilter(Recursive, 100, 2).Process(new double[3]));
        Assert.Throws<UnfitInputException>(() => new StreamingFilter(Recursive, 50, 2));
        new StreamingFilter(Recursive, 100, 2).Process([]);
    }

    private static double[][] Rows(int channels, int samples, int seed) => [.. Enumerable.Range(0, channels).Select(c => Noise(samples, seed + c))];

    private static double[] Whole(FilterDesign design, double[][] rows) =>
        Read(new Recording([.. rows.Select((r, c) => Channel($"E{c}", r.Length))], new MemorySamples(rows)).Filter(design, Phase.Forward), 0, rows[0].Length);

    private static double[] Streamed(FilterDesign design, double[][] rows, int block)
    {
        var (filter, count) = (new StreamingFilter(design, 100, rows.Length), rows[0].Length);
        var result = new double[rows.Length * count];
        for (var first = 0; first < count; first += block)
        {
            var size = Math.Min(block, count - first);
            double[] piece = [.. rows.SelectMany(r => r.Skip(first).Take(size))];
            filter.Process(piece);
            for (var c = 0; c < rows.Length; c++)
            {
                piece.AsSpan(c * size, size).CopyTo(result.AsSpan((c * count) + first));
            }
        }

        return result;
    }
}
