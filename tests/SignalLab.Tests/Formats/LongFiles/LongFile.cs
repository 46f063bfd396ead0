using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.LongFiles;

/// <summary>
/// A recording of several GB that takes no room: its headers are written, its samples are a hole in which a few stand. Opening it must read headers only, and a page
/// anywhere, past 2^31 and 2^32 bytes too, about its own bytes and the right ones.
/// </summary>
/// <param name="path">What is opened.</param>
/// <param name="channels">Channels.</param>
/// <param name="count">Samples a channel.</param>
/// <param name="place">File and byte of a channel's sample.</param>
/// <param name="stored">Bytes of a sample that is not what a hole gives.</param>
internal sealed class LongFile(string path, int channels, long count, Func<int, long, (string File, long Offset)> place, params byte[] stored)
{
    public const long Gigabyte = 1L << 30;

    /// <summary>Bytes that opening may read.</summary>
    public long OpeningBytes { get; init; } = 100_000;

    /// <summary>Bytes of all channels at one sample, as they are stored.</summary>
    public required double FrameBytes { get; init; }

    /// <summary>Bytes that a page may read beyond its own: what must be read as a whole.</summary>
    public long MoreBytes { get; init; } = 16_384;

    /// <summary>Writes a file's beginning and makes it so long.</summary>
    public static string Make(string path, ReadOnlySpan<byte> head, long length)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(head);
        file.SetLength(length);
        return path;
    }

    /// <summary>Writes bytes into a file.</summary>
    public static void Put(string path, long offset, params ReadOnlySpan<byte> bytes)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write);
        RandomAccess.Write(file, bytes, offset);
    }

    /// <summary>Opens and pages.</summary>
    public Recording AssertIsPagedRightly()
    {
        long[] marks = [3, count / 5, FirstBehind(1L << 31), FirstBehind(1L << 32), count / 2, count - 1];
        foreach (var sample in marks)
        {
            foreach (var channel in new[] { 0, channels - 1 })
            {
                var (file, offset) = place(channel, sample);
                Put(file, offset, stored);
            }
        }

        ByteSource.BytesRead = 0;
        var recording = Recordings.Open(path);
        Assert.True(ByteSource.BytesRead <= OpeningBytes, $"{ByteSource.BytesRead} bytes read when opening");
        Assert.Equal((channels, count), (recording.Channels.Count, recording.Channels[0].SampleCount));

        var page = (int)Math.Round(10 * recording.Channels[0].RateHz);
        int[] all = [.. Enumerable.Range(0, channels)];
        foreach (var sample in marks)
        {
            var first = Math.Clamp(sample - (page / 2), 0, count - page);
            var block = new double[channels * page];
            ByteSource.BytesRead = 0;
            recording.Samples.Read(all, first, page, block);
            Assert.True(ByteSource.BytesRead <= (1.05 * page * FrameBytes) + MoreBytes, $"{ByteSource.BytesRead} bytes read for a page of {page * FrameBytes}");
            foreach (var channel in new[] { 0, channels - 1 })
            {
                var row = block.AsSpan(channel * page, page);
                var hole = row[(int)(sample - first == 0 ? 1 : sample - first - 1)];
                var found = Enumerable.Range(0, page).Where(i => block[(channel * page) + i] != hole).Select(i => first + i);
                Assert.Equal(marks.Where(m => m >= first && m < first + page).Distinct().Order(), found);
            }
        }

        return recording;
    }

    // The first sample that lies behind so many bytes; the first of all where none does.
    private long FirstBehind(long bytes)
    {
        var (low, high) = (0L, count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = place(0, middle).Offset < bytes ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
