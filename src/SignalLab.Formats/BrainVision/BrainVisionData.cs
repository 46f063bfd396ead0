using SignalLab.Formats.Numbers;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.BrainVision;

/// <summary>The data file of a header.</summary>
/// <param name="Samples">Its samples, read when asked for.</param>
/// <param name="Count">Samples a channel.</param>
internal sealed record BrainVisionData(ISampleSource Samples, long Count)
{
    private const long MostSegments = 1_000_000;

    /// <summary>Opens the data file; nothing of a binary one is read, of a text one its lines are counted.</summary>
    /// <param name="header">The header.</param>
    /// <param name="channels">Its channel lines.</param>
    /// <param name="path">The data file.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <exception cref="MalformedFileException">It holds less than the header states.</exception>
    public static BrainVisionData Open(BrainVisionHeader header, IReadOnlyList<BrainVisionChannel> channels, string path, List<string> remarks)
    {
        var bytes = ByteSource.OpenAsIs(path);
        if (header.Type is { } type)
        {
            return Binary(header, type, channels, bytes, remarks);
        }

        var table = AsciiTable.Of(bytes, new(header.Columns, header.IsVectorised, header.DataOffset, header.SkipLines, header.SkipColumns, header.DecimalSymbol));
        var stated = header.DataPoints ?? table.Count;
        if (table.Count < stated)
        {
            throw new MalformedFileException(path, bytes.Length, "samples", FormattableString.Invariant($"{table.Count} data points"), FormattableString.Invariant($"{stated}, as the header states"));
        }

        if (table.Count > stated)
        {
            remarks.Add(FormattableString.Invariant($"The data file holds {table.Count} data points, the header states {stated}; the rest is left out."));
        }

        return new(new AsciiSamples(table, stated, [.. channels.Select(c => c.Resolution)]), stated);
    }

    private static BrainVisionData Binary(BrainVisionHeader header, NumberType type, IReadOnlyList<BrainVisionChannel> channels, ByteSource bytes, List<string> remarks)
    {
        var table = new NumberTable(type, header.Columns, header.IsVectorised, header.IsBigEndian);
        var available = Math.Max(0, bytes.Length - header.DataOffset - header.TrailerSize);
        var (partPoints, partHeader) = header is { SegmentHeaderSize: > 0, SegmentPoints: { } part } ? (part, header.SegmentHeaderSize) : (0, 0);
        var count = header.DataPoints ?? (partPoints > 0
            ? available / (partHeader + (partPoints * table.FrameBytes)) * partPoints
            : available / table.FrameBytes);
        var parts = partPoints > 0 ? (count + partPoints - 1) / partPoints : 0;
        if (parts > MostSegments)
        {
            throw header.Text.Fault("Common Infos", "SegmentDataPoints", FormattableString.Invariant($"segments of which there are at most {MostSegments}"));
        }

        var wanted = (count * table.FrameBytes) + (parts * partHeader);
        if (count > available / table.FrameBytes || wanted > available)
        {
            throw new MalformedFileException(
                bytes.Path, bytes.Length, "samples", FormattableString.Invariant($"the end of the file at byte {bytes.Length}"),
                FormattableString.Invariant($"{wanted} bytes: {count} data points of {header.Columns} channels in {type.Bytes()} bytes, as the header states"));
        }

        if (wanted < available)
        {
            if (header.IsVectorised && header.DataPoints is null)
            {
                throw new MalformedFileException(
                    bytes.Path, bytes.Length, "samples", FormattableString.Invariant($"{available} bytes"),
                    FormattableString.Invariant($"as many for each of the {header.Columns} channels that follow each other"));
            }

            remarks.Add(FormattableString.Invariant($"The data file holds {available - wanted} bytes more than whole data points of all channels; they are left out."));
        }

        NumberColumn[] columns = [.. channels.Select((c, i) => new NumberColumn(i, c.Resolution))];
        if (parts == 0)
        {
            return new(new NumberSamples(bytes, table, header.DataOffset, count, columns), count);
        }

        var blocks = new NumberBlock[parts];
        for (var p = 0L; p < parts; p++)
        {
            blocks[p] = new(header.DataOffset + (p * (partHeader + (partPoints * table.FrameBytes))) + partHeader, p * partPoints, Math.Min(partPoints, count - (p * partPoints)));
        }

        return new(new NumberSamples(bytes, table, blocks, columns), count);
    }
}
