using System.Buffers.Binary;
using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Cnt;

/// <summary>The event table behind the data: a type, its length, then events of 8 (type 1) or 19 bytes (types 2 and 3).</summary>
internal static class CntEvents
{
    private const int TableHeadBytes = 9;
    private const int Reject = 12;
    private const int Accept = 13;

    /// <summary>Reads the table.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="layout">How the samples lie.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <returns>Events by their onset; the text is the stimulus code in decimals.</returns>
    public static IReadOnlyList<Annotation> Read(ByteSource bytes, CntHeader header, CntLayout layout, List<string> remarks)
    {
        var at = header.EventTable;
        if (at < header.DataOffset || at == bytes.Length)
        {
            return [];
        }

        var head = bytes.Read(at, TableHeadBytes, "event table");
        var (type, size) = (head[0], BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(1)));
        if (type is < 1 or > 3)
        {
            throw new MalformedFileException(bytes.Path, at, "event table, type", FormattableString.Invariant($"{type}"), "1, 2 or 3");
        }

        var length = type == 1 ? 8 : 19;
        var table = bytes.Read(at + TableHeadBytes, size, "event table");
        var events = new Annotation[table.Length / length];
        var (marks, last, wraps) = (0, 0u, 0L);
        for (var e = 0; e < events.Length; e++)
        {
            var part = table.AsSpan(e * length, length);
            marks += part[3] >> 4 is Reject or Accept ? 1 : 0;
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(part[4..]);

            // Events are stored as they came; the length of a file past 4 GB goes on from 0.
            wraps += type != 3 && last - (long)offset > int.MaxValue ? 1L << 32 : 0;
            last = offset;
            events[e] = new(
                SampleOf(type, wraps + offset, header, layout) / (double)header.RateHz, 0, BinaryPrimitives.ReadUInt16LittleEndian(part).ToString(CultureInfo.InvariantCulture));
        }

        if (marks > 0)
        {
            remarks.Add(FormattableString.Invariant($"{marks} events mark where rejected stretches begin or end; they are given with their code like the others."));
        }

        return [.. events.OrderBy(a => a.OnsetSeconds)];
    }

    // Types 1 and 2 store how long the file was when the event came: it belongs to the sample that had been written last. Type 3 counts samples.
    private static long SampleOf(byte type, long offset, CntHeader header, CntLayout layout) =>
        type == 3 ? offset : Math.Max(0, ((offset - header.DataOffset) / layout.FrameBytes) - 1);
}
