using System.Buffers;
using SignalLab.Model;

namespace SignalLab.Formats.Numbers;

/// <summary>A channel as it is stored in a record.</summary>
/// <param name="Offset">Byte of its first sample inside the record.</param>
/// <param name="PerRecord">Samples a record holds of it, at least 1.</param>
/// <param name="Type">How one is stored.</param>
/// <param name="Gain">Physical units a step.</param>
/// <param name="Origin">Physical value of 0.</param>
internal readonly record struct RecordColumn(long Offset, long PerRecord, NumberType Type, double Gain = 1, double Origin = 0)
{
    /// <summary>The byte after its last sample inside the record.</summary>
    public long End => Offset + (PerRecord * Type.Bytes());
}

/// <summary>
/// Samples that stand in records of one length: a record holds a stretch of each channel, one channel after the other. Channels may differ in type and in rate.
/// Little-endian; decoded when read.
/// </summary>
/// <param name="bytes">The file.</param>
/// <param name="start">Byte of the first record.</param>
/// <param name="recordBytes">Bytes from one record to the next.</param>
/// <param name="recordCount">Records.</param>
/// <param name="channels">Where each channel stands in a record.</param>
internal sealed class RecordSamples(ByteSource bytes, long start, long recordBytes, long recordCount, IReadOnlyList<RecordColumn> channels) : ISampleSource
{
    // Half of a second-level cache: records up to this length are read together, longer ones channel by channel.
    private const int PieceBytes = 1 << 19;

    /// <inheritdoc/>
    public int ChannelCount => channels.Count;

    /// <inheritdoc/>
    public long Count(int channel) => recordCount * channels[channel].PerRecord;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> wanted, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var isOfOneRate = true;
        foreach (var channel in wanted)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Count(channel), nameof(first));
            isOfOneRate &= channels[channel].PerRecord == channels[wanted[0]].PerRecord;
        }

        if (count == 0 || wanted.IsEmpty)
        {
            return;
        }

        if (recordBytes <= PieceBytes && isOfOneRate)
        {
            ReadTogether(wanted, first, count, into);
            return;
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            if (recordBytes <= PieceBytes)
            {
                ReadTogether(wanted.Slice(i, 1), first, count, into.Slice(i * count, count));
            }
            else
            {
                ReadLong(channels[wanted[i]], first, into.Slice(i * count, count));
            }
        }
    }

    // Many records at once, from the first wanted byte of the first to the last of the last.
    private void ReadTogether(ReadOnlySpan<int> wanted, long first, int count, Span<double> into)
    {
        var perRecord = channels[wanted[0]].PerRecord;
        var (low, high) = (long.MaxValue, 0L);
        foreach (var channel in wanted)
        {
            low = Math.Min(low, channels[channel].Offset);
            high = Math.Max(high, channels[channel].End);
        }

        var lastRecord = (first + count - 1) / perRecord;
        var together = Math.Max(1, PieceBytes / recordBytes);
        var frames = perRecord == 1 ? AsTable(wanted, low) : null;
        var buffer = ArrayPool<byte>.Shared.Rent((int)(((Math.Min(together, lastRecord - (first / perRecord) + 1) - 1) * recordBytes) + high - low));
        try
        {
            for (var record = first / perRecord; record <= lastRecord; record += together)
            {
                var records = Math.Min(together, lastRecord - record + 1);
                var piece = buffer.AsSpan(0, (int)(((records - 1) * recordBytes) + high - low));
                bytes.ReadExactly(start + (record * recordBytes) + low, piece, "samples");
                if (frames is not null)
                {
                    NumberDecoder.DecodeFrames(piece, (int)recordBytes, channels[wanted[0]].Type, false, frames, (int)records, into[(int)(record - first)..], count);
                    continue;
                }

                for (var i = 0; i < wanted.Length; i++)
                {
                    var column = channels[wanted[i]];
                    Pick(piece[(int)(column.Offset - low)..], column, record, records, first, into.Slice(i * count, count));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Records of one sample a channel are frames of a table where the channels are of one type; null where they are not.
    private NumberColumn[]? AsTable(ReadOnlySpan<int> wanted, long low)
    {
        var type = channels[wanted[0]].Type;
        var columns = new NumberColumn[wanted.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            var channel = channels[wanted[i]];
            var (column, rest) = Math.DivRem(channel.Offset - low, type.Bytes());
            if (channel.Type != type || rest != 0)
            {
                return null;
            }

            columns[i] = new((int)column, channel.Gain, channel.Origin);
        }

        return columns;
    }

    // One channel's samples out of records that stand one after the other in a piece.
    private void Pick(ReadOnlySpan<byte> piece, RecordColumn column, long record, long records, long first, Span<double> into)
    {
        var size = column.Type.Bytes();
        if (column.PerRecord == 1)
        {
            NumberDecoder.Decode(piece, column.Type, false, (int)recordBytes, column.Gain, column.Origin, into.Slice((int)(record - first), (int)records));
            return;
        }

        for (var r = 0L; r < records; r++)
        {
            var at = (record + r) * column.PerRecord;
            var from = Math.Max(at, first);
            var end = Math.Min(at + column.PerRecord, first + into.Length);
            NumberDecoder.Decode(
                piece[(int)((r * recordBytes) + ((from - at) * size))..], column.Type, false, size, column.Gain, column.Origin, into.Slice((int)(from - first), (int)(end - from)));
        }
    }

    private void ReadLong(RecordColumn column, long first, Span<double> into)
    {
        var size = column.Type.Bytes();
        var buffer = new byte[(int)Math.Min(PieceBytes / 8 * 8, (long)into.Length * size)];
        for (var done = 0; done < into.Length;)
        {
            var (record, within) = Math.DivRem(first + done, column.PerRecord);
            var length = (int)Math.Min(Math.Min(buffer.Length / size, into.Length - done), column.PerRecord - within);
            var piece = buffer.AsSpan(0, length * size);
            bytes.ReadExactly(start + (record * recordBytes) + column.Offset + (within * size), piece, "samples");
            NumberDecoder.Decode(piece, column.Type, false, size, column.Gain, column.Origin, into.Slice(done, length));
            done += length;
        }
    }
}
