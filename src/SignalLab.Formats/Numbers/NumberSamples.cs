using System.Buffers;
using SignalLab.Model;

namespace SignalLab.Formats.Numbers;

/// <summary>Samples of one rate that stand in a file as a table of numbers, in one block or several; decoded when read.</summary>
/// <param name="bytes">The file.</param>
/// <param name="table">How the numbers lie.</param>
/// <param name="blocks">The blocks in order; together they hold every sample once.</param>
/// <param name="channels">A column a channel.</param>
internal sealed class NumberSamples(ByteSource bytes, NumberTable table, IReadOnlyList<NumberBlock> blocks, IReadOnlyList<NumberColumn> channels) : ISampleSource
{
    // Half of a second-level cache: read once, picked from column by column.
    private const int PieceBytes = 1 << 19;

    private readonly long total = blocks.Count == 0 ? 0 : blocks[^1].End;

    /// <summary>One block that holds all samples.</summary>
    public NumberSamples(ByteSource bytes, NumberTable table, long offset, long count, IReadOnlyList<NumberColumn> channels)
        : this(bytes, table, [new(offset, 0, count)], channels)
    {
    }

    /// <inheritdoc/>
    public int ChannelCount => channels.Count;

    /// <inheritdoc/>
    public long Count(int channel) => total;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> wanted, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, total, nameof(first));
        if (count == 0 || wanted.IsEmpty)
        {
            return;
        }

        var columns = new NumberColumn[wanted.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = channels[wanted[i]];
        }

        var room = table.IsVectorised ? count * (long)table.Type.Bytes() : Math.Max(1, Math.Min(count, PieceBytes / table.FrameBytes)) * table.FrameBytes;
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(room, Math.Max(PieceBytes, table.FrameBytes)));
        try
        {
            for (var b = BlockOf(first); b < blocks.Count && blocks[b].First < first + count; b++)
            {
                var from = Math.Max(first, blocks[b].First);
                var end = Math.Min(first + count, blocks[b].End);
                if (table.IsVectorised)
                {
                    ReadColumns(blocks[b], columns, from, end, into[(int)(from - first)..], count, buffer);
                }
                else
                {
                    ReadFrames(blocks[b], columns, from, end, into[(int)(from - first)..], count, buffer);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void ReadFrames(NumberBlock block, NumberColumn[] columns, long from, long end, Span<double> into, int stride, byte[] buffer)
    {
        var frame = checked((int)table.FrameBytes);
        var together = buffer.Length / frame;
        for (var at = from; at < end; at += together)
        {
            var length = (int)Math.Min(together, end - at);
            var piece = buffer.AsSpan(0, length * frame);
            bytes.ReadExactly(block.Offset + ((at - block.First) * frame), piece, "samples");
            NumberDecoder.DecodeFrames(piece, frame, table.Type, table.IsBigEndian, columns, length, into[(int)(at - from)..], stride);
        }
    }

    private void ReadColumns(NumberBlock block, NumberColumn[] columns, long from, long end, Span<double> into, int stride, byte[] buffer)
    {
        var size = table.Type.Bytes();
        var together = buffer.Length / size;
        for (var i = 0; i < columns.Length; i++)
        {
            var (column, gain, offset) = columns[i];
            for (var at = from; at < end; at += together)
            {
                var length = (int)Math.Min(together, end - at);
                var piece = buffer.AsSpan(0, length * size);
                bytes.ReadExactly(block.Offset + (((column * block.Count) + at - block.First) * size), piece, "samples");
                NumberDecoder.Decode(piece, table.Type, table.IsBigEndian, size, gain, offset, into.Slice((i * stride) + (int)(at - from), length));
            }
        }
    }

    // The block that holds a sample.
    private int BlockOf(long sample)
    {
        var (low, high) = (0, blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = blocks[middle].First <= sample ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
