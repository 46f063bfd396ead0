using System.Buffers;

namespace SignalLab.Formats.Edf;

/// <summary>The data records of an opened file.</summary>
/// <param name="source">The file's bytes.</param>
/// <param name="header">Its header.</param>
internal sealed class EdfRecords(ByteSource source, EdfHeader header)
{
    // Reading on through a few unwanted kilobytes is cheaper than another call to the system.
    public const int WorthReadingOver = 6144;

    private const int BufferBytes = 1 << 20;

    private readonly long recordBytes = header.RecordBytes;

    public EdfHeader Header => header;

    public string Path => source.Path;

    /// <summary>Reads a stretch of one record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="offset">Where the stretch begins in it.</param>
    /// <param name="into">Receives the bytes.</param>
    public void Read(long record, long offset, Span<byte> into) =>
        source.ReadExactly(header.DataOffset + (record * recordBytes) + offset, into, "data records");

    /// <summary>Visits a stretch of every record of a range, with as few reads as pay.</summary>
    /// <param name="firstRecord">First record.</param>
    /// <param name="count">Number of records.</param>
    /// <param name="offset">Where the stretch begins in a record.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="visitor">Called for each record in order.</param>
    public void ForEach<TVisitor>(long firstRecord, long count, long offset, int length, ref TVisitor visitor)
        where TVisitor : IEdfRecordVisitor, allows ref struct
    {
        var inOneGo = recordBytes - length <= WorthReadingOver ? (int)Math.Clamp(BufferBytes / recordBytes, 1, Math.Max(1, count)) : 1;
        var buffer = ArrayPool<byte>.Shared.Rent((int)((recordBytes * (inOneGo - 1)) + length));
        try
        {
            for (long done = 0; done < count; done += inOneGo)
            {
                var batch = (int)Math.Min(inOneGo, count - done);
                var record = firstRecord + done;
                var bytes = buffer.AsSpan(0, (int)((recordBytes * (batch - 1)) + length));
                Read(record, offset, bytes);
                for (var i = 0; i < batch; i++)
                {
                    visitor.Visit(record + i, bytes.Slice((int)(i * recordBytes), length));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}

/// <summary>What is done with a stretch of each record.</summary>
internal interface IEdfRecordVisitor
{
    /// <summary>Called once a record.</summary>
    /// <param name="record">Number of the record.</param>
    /// <param name="bytes">The stretch.</param>
    void Visit(long record, ReadOnlySpan<byte> bytes);
}
