using System.Buffers.Binary;
using SignalLab.Formats.Riff;
using SignalLab.Model;

namespace SignalLab.Formats.Eeprobe;

/// <summary>Where the compressed blocks lie: chunks <c>ep</c> (samples a block, then offsets), <c>chan</c> (the order channels are coded in) and <c>data</c>.</summary>
/// <param name="Bytes">The file.</param>
/// <param name="Length">Samples of a block; the last may be shorter.</param>
/// <param name="Offsets">First byte of each block, and the byte behind the last.</param>
/// <param name="Order">Which channel is coded at each place.</param>
/// <param name="SampleCount">Samples a channel.</param>
internal sealed record EeprobeBlocks(ByteSource Bytes, int Length, IReadOnlyList<long> Offsets, IReadOnlyList<int> Order, long SampleCount)
{
    /// <summary>Values of one block, decoded, are held in memory; more are refused.</summary>
    private const long MostValues = 1 << 26;

    /// <summary>Number of blocks.</summary>
    public int Count => Offsets.Count - 1;

    /// <summary>Finds the blocks.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="root">Its chunks.</param>
    /// <param name="header">Its header.</param>
    /// <exception cref="MalformedFileException">A chunk is missing or disagrees with the header.</exception>
    public static EeprobeBlocks Read(ByteSource bytes, RiffChunk root, EeprobeHeader header)
    {
        MalformedFileException Fault(RiffChunk at, string field, string found, string expected) => new(bytes.Path, at.Offset, field, found, expected);
        var list = root["raw3"] ?? throw Fault(root, "chunks", $"\"{string.Join(", ", root.Children.Select(c => c.Id))}\"", "a list raw3 of compressed samples");
        var (ep, chan, data) = (list["ep"], list["chan"], list["data"]);
        if (ep is null || chan is null || data is null)
        {
            throw Fault(list, "raw3", $"\"{string.Join(", ", list.Children.Select(c => c.Id))}\"", "the chunks ep, chan and data");
        }

        var size = root.IsLong ? 8 : 4;
        var numbers = bytes.Read(ep.Offset, ep.Length / size * size, "ep");
        long Number(int i) => size == 8 ? BinaryPrimitives.ReadInt64LittleEndian(numbers.AsSpan(i * 8)) : BinaryPrimitives.ReadUInt32LittleEndian(numbers.AsSpan(i * 4));
        var length = numbers.Length == 0 ? 0 : Number(0);
        var blocks = (numbers.Length / size) - 1;
        var wanted = length > 0 ? (header.SampleCount + length - 1) / length : -1;
        if (length <= 0 || wanted != blocks)
        {
            throw Fault(ep, "ep", FormattableString.Invariant($"{Math.Max(0, blocks)} blocks of {length} samples"), FormattableString.Invariant($"blocks for {header.SampleCount} samples"));
        }

        var offsets = new long[blocks + 1];
        offsets[blocks] = data.Offset + data.Length;
        for (var b = blocks - 1; b >= 0; b--)
        {
            offsets[b] = data.Offset + Number(b + 1);
            var values = Math.Min(length, header.SampleCount - (b * length)) * header.Channels.Count;

            // A value takes a bit at least.
            if (Number(b + 1) < 0 || offsets[b] > offsets[b + 1] || values > MostValues || values > ((offsets[b + 1] - offsets[b]) * 8) + header.Channels.Count)
            {
                throw Fault(ep, FormattableString.Invariant($"block {b + 1}"), FormattableString.Invariant($"{values} values in {offsets[b + 1] - offsets[b]} bytes"), "blocks one behind the other that can hold their samples");
            }
        }

        return new(bytes, (int)Math.Min(length, Math.Max(1, header.SampleCount)), offsets, OrderOf(bytes, chan, header.Channels.Count), header.SampleCount);
    }

    /// <summary>Decodes a block.</summary>
    /// <param name="block">Its index.</param>
    /// <returns>Channels × samples.</returns>
    /// <exception cref="MalformedFileException">Its bytes are no such block.</exception>
    public int[][] Decode(int block)
    {
        var bytes = Bytes.Read(Offsets[block], Offsets[block + 1] - Offsets[block], "samples");
        var samples = (int)Math.Min(Length, SampleCount - ((long)block * Length));
        var values = new int[Order.Count][];
        var before = new int[samples];
        var at = 0;
        foreach (var channel in Order)
        {
            var current = new int[samples];
            var place = at;
            if (!Raw3Decoder.TryChannel(bytes, ref at, before, current))
            {
                throw new MalformedFileException(Bytes.Path, Offsets[block] + place, FormattableString.Invariant($"channel {channel + 1} of block {block + 1}"), "other bits", "compressed samples (raw3)");
            }

            values[channel] = before = current;
        }

        return values;
    }

    private static int[] OrderOf(ByteSource bytes, RiffChunk chan, int channels)
    {
        var stored = bytes.Read(chan.Offset, chan.Length, "chan");
        int[] order = [.. Enumerable.Range(0, stored.Length / 2).Select(i => (int)BinaryPrimitives.ReadInt16LittleEndian(stored.AsSpan(i * 2)))];
        return order.Length == channels && order.Order().SequenceEqual(Enumerable.Range(0, channels))
            ? order
            : throw new MalformedFileException(bytes.Path, chan.Offset, "chan", FormattableString.Invariant($"{order.Length} places"), FormattableString.Invariant($"each of {channels} channels once"));
    }
}
