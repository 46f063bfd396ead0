using System.Buffers.Binary;
using SignalLab.Formats.Fiff;
using SignalLab.Tests.Formats.Fiff;
using SignalLab.Tests.Formats.Meg;

namespace SignalLab.Tests.Formats.LongFiles;

/// <summary>MEG recordings of more than 5 GB.</summary>
public sealed class LongMegTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_FIFF_file_of_three_buffers()
    {
        var offsets = Raw("long_raw.fif", 3, null);
        Assert.True(new FileInfo(folder["long_raw.fif"]).Length > 5 * LongFile.Gigabyte);
        new LongFile(folder["long_raw.fif"], 2, 3L * BufferSamples, (c, s) => (folder["long_raw.fif"], offsets[s / BufferSamples] + (4 * (s % BufferSamples)) + (2 * c)), 1, 100)
        {
            FrameBytes = 4,
        }.AssertIsPagedRightly();
    }

    [Fact]
    public void A_FIFF_recording_split_before_2_GB()
    {
        string[] names = ["long_raw.fif", "long_raw-1.fif", "long_raw-2.fif"];
        var offsets = names.Select((name, i) => Raw(name, 1, i + 1 < names.Length ? names[i + 1] : null)[0]).ToArray();
        new LongFile(folder[names[0]], 2, 3L * BufferSamples, (c, s) => (folder[names[s / BufferSamples]], offsets[s / BufferSamples] + (4 * (s % BufferSamples)) + (2 * c)), 1, 100)
        {
            FrameBytes = 4,
        }.AssertIsPagedRightly();
    }

    [Fact]
    public void A_CTF_dataset_in_three_files()
    {
        const int TrialSamples = 1_000_000, TrialsAFile = 80;
        var channels = CtfSample.Channels.Length;
        var header = CtfSample.Header(3 * TrialsAFile);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1288), TrialSamples);

        // Without the system's clock, which stands still in a hole.
        header[header.AsSpan().IndexOf("SCLK01"u8)] = (byte)'X';
        byte[][] parts = [.. Enumerable.Repeat("MEG41CP\0"u8.ToArray(), 3)];
        var path = CtfSample.Write(folder.Path, "long", header, parts);
        string[] files = [.. new[] { ".meg4", ".1_meg4", ".2_meg4" }.Select(ending => Path.ChangeExtension(path, ending))];
        const long PerFile = (long)TrialSamples * TrialsAFile;
        foreach (var file in files)
        {
            LongFile.Make(file, parts[0], 8 + (PerFile * 4 * channels));
        }

        new LongFile(path, channels, 3 * PerFile, (c, s) => (files[s / PerFile], 8 + (4 * ((((s % PerFile / TrialSamples * channels) + c) * TrialSamples) + (s % TrialSamples)))), 0, 1)
        {
            FrameBytes = 4 * channels,
        }.AssertIsPagedRightly();
    }

    [Fact]
    public void A_KIT_file()
    {
        const int Count = 220_000_000;
        var file = KitSample.Make(1, bits: 32);
        int Entry(int index) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(16 * index));
        var (samples, acquisition) = (Entry(9), Entry(8));
        foreach (var at in new[] { (16 * 9) + 8, (16 * 9) + 12 })
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), Count * KitSample.ChannelCount);
        }

        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(acquisition + 12), Count);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(acquisition + 16), Count);
        var path = LongFile.Make(folder["long.sqd"], file.AsSpan(0, samples), samples + (4L * Count * KitSample.ChannelCount));
        new LongFile(path, KitSample.ChannelCount, Count, (c, s) => (path, samples + (4 * ((s * KitSample.ChannelCount) + c))), 0, 1) { FrameBytes = 4 * KitSample.ChannelCount }.AssertIsPagedRightly();
    }

    [Fact]
    public void A_BTi_recording_whose_header_stands_past_4_GB()
    {
        const int Count = 120_000_000;
        var channels = BtiSample.Channels.Length;
        var path = BtiSample.Write(folder.Path, 3, 2);
        var small = File.ReadAllBytes(path);
        var start = ((2 * 4 * channels) + 7) / 8 * 8;
        var header = small.AsSpan(start).ToArray();
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(96), Count);
        var length = 4L * Count * channels;
        Assert.Equal(0, length % 8);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(header.Length - 8), length);
        LongFile.Make(path, [], length);
        LongFile.Put(path, length, header);
        new LongFile(path, channels, Count, (c, s) => (path, 4 * ((s * channels) + BtiColumns[c])), 64, 0) { FrameBytes = 4 * channels }.AssertIsPagedRightly();
    }

    private const int BufferSamples = 475_000_000;

    // Channels in the order the recording gives them, by the column they are stored in.
    private static int[] BtiColumns { get; } = [.. Enumerable.Range(0, BtiSample.Channels.Length)];

    // A raw file of two channels of 16 bits; gives where each buffer's samples begin.
    private long[] Raw(string name, int buffers, string? next)
    {
        using var file = new FileStream(folder[name], FileMode.Create, FileAccess.Write);
        var offsets = new long[buffers];
        var tags = new TagWriter(file);
        FiffBuilder.RawInto(tags, () =>
        {
            for (var b = 0; b < buffers; b++)
            {
                file.Write(TagWriter.Words(TagKind.DataBuffer, DataType.Short, 4 * BufferSamples, 0));
                offsets[b] = file.Position;
                file.Seek(4L * BufferSamples, SeekOrigin.Current);
            }
        });
        if (next is not null)
        {
            tags.Block(BlockKind.Reference, () =>
            {
                tags.Ints(TagKind.ReferenceRole, 2);
                tags.Text(TagKind.ReferenceName, next);
            });
        }

        file.Write(TagWriter.Words(TagKind.Nop, DataType.Void, 0, -1));
        return offsets;
    }
}
