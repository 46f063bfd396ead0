using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Montages;
using SignalLab.Formats;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;
using SignalLab.Review.Traces;

namespace SignalLab.Tests.Review;

public sealed class TracePageTests
{
    private static string Recording(string name) => Path.Combine(SharedData.RepositoryRoot, "recordings", name);

    [Fact]
    public async Task Filters_on_screen_equal_the_whole_record_within_a_tenth_of_a_microvolt()
    {
        await using var reviewing = await Reviewing.Start("eeg.edf");
        var bytes = await reviewing.Client.GetByteArrayAsync("/api/page?file=eeg.edf&from=7&seconds=4&columns=4000&montage=banana&low=1&high=40&notch=50", TestContext.Current.CancellationToken);
        var page = Page.Of(bytes);
        var recording = Recordings.Open(Recording("eeg.edf")).WithLayout(StandardLayouts.TenTen05).Montage(Montage.Banana);
        int[] signals = [.. Enumerable.Range(0, recording.Channels.Count).Where(c => recording.Channels[c].Kind != ChannelKind.Stim)];
        var whole = recording.Filter(FilterDesign.Butterworth(FilterBand.Bandpass(1, 40)), Phase.Zero, signals).Filter(FilterDesign.Notch(50), Phase.Zero, signals);
        Assert.Equal(whole.Channels.Count, page.Rows.Count);
        foreach (var (row, channel) in page.Rows.Zip(Enumerable.Range(0, whole.Channels.Count)))
        {
            var all = whole.ReadAll(channel);
            var stretch = Assert.Single(row.Stretches);
            Assert.Equal(0, row.Kind);
            var first = (int)Math.Round(stretch.Onset * whole.Channels[channel].RateHz);
            for (var i = 0; i < stretch.Values.Length; i++)
            {
                Assert.Equal(all[first + i], stretch.Values[i], 0.1);
            }
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(101)]
    public void No_extreme_is_lost_however_few_columns_there_are(int columns)
    {
        var random = new Random(4);
        double[][] samples = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 50_000).Select(_ => random.NextDouble() - 0.5).ToArray())];
        var recording = new Recording([.. samples.Select((s, i) => new Channel($"C{i}", ChannelKind.Eeg, Unit.Microvolt, 250, s.Length))], new MemorySamples(samples));
        foreach (var (from, to) in new[] { (0.0, 200.0), (13.7, 150.2) })
        {
            var page = Page.Of(TracePage.Of(recording, [2, 0], from, to, columns));
            foreach (var (row, channel) in page.Rows.Zip([2, 0]))
            {
                Assert.Equal(1, row.Kind);
                var inside = samples[channel][(int)Math.Ceiling(from * 250)..(int)Math.Min(50_000, to * 250)];
                Assert.True(row.Stretches[0].Values.Min() <= (float)inside.Min());
                Assert.True(row.Stretches[0].Values.Max() >= (float)inside.Max());
                Assert.Equal((float)samples[channel].Min(), from == 0 ? row.Stretches[0].Values.Min() : (float)samples[channel].Min());
            }
        }
    }

    [Fact]
    public void A_page_in_blocks_is_the_page_read_at_once()
    {
        // 64 channels make blocks of a few thousand samples: each bin must lie in the right place all the same.
        double[][] samples = [.. Enumerable.Range(0, 64).Select(c => Enumerable.Range(0, 200_000).Select(i => (double)(i + c)).ToArray())];
        var recording = new Recording([.. samples.Select((s, i) => new Channel($"C{i}", ChannelKind.Eeg, Unit.Microvolt, 500, s.Length))], new MemorySamples(samples));
        var page = Page.Of(TracePage.Of(recording, [.. Enumerable.Range(0, 64)], 1.234, 399, 700));
        foreach (var (row, c) in page.Rows.Select((r, c) => (r, c)))
        {
            var stretch = row.Stretches[0];
            for (var e = 1; e < (stretch.Values.Length / 2) - 1; e++)
            {
                Assert.Equal(Math.Round((stretch.Onset + (e * stretch.Step)) * 500) + c, stretch.Values[2 * e]);
                Assert.Equal(stretch.Values[2 * e] + Math.Round(stretch.Step * 500) - 1, stretch.Values[(2 * e) + 1]);
            }
        }
    }

    [Fact]
    public void Gaps_are_left_empty()
    {
        var recording = Recordings.Open(Recording("eeg-gaps.edf"));
        Assert.True(recording.Segments.Count > 1);
        var page = Page.Of(TracePage.Of(recording, [0], 0, recording.DurationSeconds, 20_000));
        Assert.Equal(recording.Segments.Count, page.Rows[0].Stretches.Count);
        foreach (var (stretch, segment) in page.Rows[0].Stretches.Zip(recording.Segments))
        {
            Assert.Equal(segment.OnsetSeconds, stretch.Onset, 1e-9);
            Assert.Equal(segment.EndSeconds, stretch.Onset + (stretch.Values.Length * stretch.Step), 1e-6);
        }
    }

    private sealed record PageStretch(double Onset, double Step, float[] Values);

    private sealed record PageRow(int Kind, IReadOnlyList<PageStretch> Stretches);

    private sealed record Page(IReadOnlyList<PageRow> Rows)
    {
        public static Page Of(byte[] bytes)
        {
            Assert.Equal("SLP1"u8, bytes.AsSpan(0, 4));
            var rows = new List<(int Kind, List<(double Onset, double Step, int Count)> Stretches)>();
            var at = 24;
            for (var r = 0; r < BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4)); r++)
            {
                rows.Add((BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at)), []));
                var many = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4));
                at += 8;
                for (var s = 0; s < many; s++, at += 20)
                {
                    rows[^1].Stretches.Add((BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at)), BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(at + 8)), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 16))));
                }
            }

            var values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan((at + 3) & ~3)).ToArray();
            var next = 0;
            return new([.. rows.Select(r => new PageRow(r.Kind, [.. r.Stretches.Select(s => new PageStretch(s.Onset, s.Step, Take(s.Count * (r.Kind == 1 ? 2 : 1))))]))]);

            float[] Take(int count) => values[next..(next += count)];
        }
    }
}
