using SignalLab.Formats;
using SignalLab.Formats.Flac;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class FlacTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(8, 1)]
    [InlineData(16, 2)]
    [InlineData(24, 2)]
    [InlineData(16, 3)]
    public void RFC_9639_9_2_every_kind_of_subframe_and_stereo_gives_the_samples_back(int depth, int channels)
    {
        var samples = Samples(depth, channels, 30_000);
        var stream = Open(FlacBytes.Encode(depth, samples));
        Assert.Equal(new FlacInfo(channels, depth, 30_000, 192), stream.Info);
        foreach (var at in new long[] { 29_999, 0, 191, 192, 25_000, 7 })
        {
            var block = stream.Block(at);
            Assert.InRange(at, block.First, block.End - 1);
            for (var c = 0; c < channels; c++)
            {
                Assert.Equal(samples[c][(int)block.First..(int)block.End], block.Channels[c]);
            }
        }
    }

    [Fact]
    public void RFC_9639_appendix_D_1_the_standards_own_example_decodes()
    {
        var bytes = Convert.FromHexString("664c6143800000221000100000000f00000f0ac442f0000000013e84b41807dc690307586a3dad1a2e0ffff869180000bf0358fd03128baa9a");
        var block = Open(bytes).Block(0);
        Assert.Equal((25588, 10416), (block.Channels[0][0], block.Channels[1][0]));
    }

    [Fact]
    public void A_damaged_frame_is_refused_at_its_place()
    {
        var bytes = FlacBytes.Encode(16, Samples(16, 1, 1000));
        bytes[^40] ^= 1;
        var stream = Open(bytes);
        Assert.Equal(0, stream.Block(10).First);
        Assert.Contains("right checksum", Assert.Throws<MalformedFileException>(() => stream.Block(999)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mutated_stream_gives_samples_or_one_clear_error()
    {
        var whole = FlacBytes.Encode(16, Samples(16, 2, 3000));
        var random = new Random(6);
        for (var trial = 0; trial < 300; trial++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.Next(trial % 2 == 0 ? 60 : bytes.Length)] = (byte)random.Next(256);
            try
            {
                Open(bytes).Block(2999);
            }
            catch (MalformedFileException e)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }
    }

    [Theory]
    [InlineData(508)]
    [InlineData(516)]
    [InlineData(524)]
    public void A_WFDB_record_in_FLAC_reads_in_blocks_with_skew_and_invalid_samples(int format)
    {
        var depth = format - 500;
        var samples = Samples(depth, 2, 2000);
        samples[0][5] = -(1 << (depth - 1));
        File.WriteAllBytes(folder["r.dat"], FlacBytes.Encode(depth, samples));
        File.WriteAllText(folder["r.hea"], $"r 2 500 1000\nr.dat {format}x2 200(10)/mV 0 0 0 0 0 II\nr.dat {format}x2:3 100/mV 0 0 0 0 0 V5\n");
        var recording = Recordings.Open(folder["r.hea"]);
        Assert.Equal((1000.0, 2000L), (recording.Channels[0].RateHz, recording.Channels[0].SampleCount));
        var (one, two) = (recording.ReadAll(0), recording.ReadAll(1));
        for (var i = 0; i < 2000; i++)
        {
            Assert.Equal(i == 5 ? double.NaN : (samples[0][i] - 10) / 200.0, one[i], 1e-12);
            Assert.Equal(i + 6 < 2000 ? samples[1][i + 6] / 100.0 : double.NaN, two[i], 1e-12);
        }

        var both = new double[2 * 700];
        recording.Samples.Read([1, 0], 900, 700, both);
        Assert.True(both.AsSpan(0, 700).SequenceEqual(two.AsSpan(900, 700)) && both.AsSpan(700).SequenceEqual(one.AsSpan(900, 700)));
    }

    [Fact]
    public void A_stream_of_other_channels_than_the_header_says_is_refused()
    {
        File.WriteAllBytes(folder["r.dat"], FlacBytes.Encode(16, Samples(16, 1, 500)));
        File.WriteAllText(folder["r.hea"], "r 2 500 500\nr.dat 516 200 0 0 0 0 0 II\nr.dat 516 200 0 0 0 0 0 V5\n");
        Assert.Contains("channels of the stream", Assert.Throws<MalformedFileException>(() => Recordings.Open(folder["r.hea"])).Message, StringComparison.Ordinal);
    }

    private static FlacStream Open(byte[] bytes) => new("made.flac", bytes.Length, (offset, into) => bytes.AsSpan((int)offset, into.Length).CopyTo(into));

    private static int[][] Samples(int depth, int channels, int count)
    {
        var random = new Random(depth);
        var most = 1 << (depth - 3);
        return [.. Enumerable.Range(0, channels).Select(c => Enumerable.Range(0, count).Select(i => i is >= 400 and < 600 ? -7 : (int)((most * Math.Sin((i / 50.0) + c)) + random.Next(-3, 4))).ToArray())];
    }
}
