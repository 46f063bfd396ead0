using SignalLab.Formats.Labels;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Gdf;

/// <summary>General Data Format for Biosignals, versions 1 and 2.</summary>
/// <remarks>Source: Schlögl 2006, "GDF – A general dataformat for biosignals", arXiv:cs/0608052, versions 1.25 and 2.51; ÖNORM K 2204:2015.</remarks>
public sealed class GdfFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "GDF";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.Bytes.Length >= 256 && GdfHeaderReader.Version(head.Bytes) is not null;
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var bytes = ByteSource.Open(path);
        var header = GdfHeaderReader.Read(bytes);
        var remarks = header.Remarks.ToList();
        var records = RecordCount(bytes, header, remarks);
        GdfChannel[] signals = [.. header.Channels.Where(c => c.PerRecord > 0)];
        var channels = Channels(header, signals, records, remarks);
        var events = GdfEvents.Read(bytes, header, header.DataOffset + (records * header.RecordBytes), remarks);
        var recording = new Recording(
            GdfPositions.Place(channels, [.. signals.Select(s => s.Position)], remarks),
            new RecordSamples(bytes, header.DataOffset, header.RecordBytes, records, [.. signals.Select(s => s.Column)]))
        {
            Annotations = events,
            Start = header.Start,
            Subject = header.Subject,
            Comments = header.Comments,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = FormattableString.Invariant($"{Name} {header.Version:0.00}"), Remarks = remarks };
    }

    private static long RecordCount(ByteSource bytes, GdfHeader header, List<string> remarks)
    {
        var room = bytes.Length - header.DataOffset;
        if (header.RecordBytes == 0)
        {
            return 0;
        }

        if (header.RecordCount >= 0)
        {
            return header.RecordCount <= room / header.RecordBytes
                ? header.RecordCount
                : throw new MalformedFileException(
                    bytes.Path, bytes.Length, "samples", FormattableString.Invariant($"the end of the file at byte {bytes.Length}"),
                    FormattableString.Invariant($"{header.RecordCount} records of {header.RecordBytes} bytes from byte {header.DataOffset}"));
        }

        remarks.Add("The header does not tell how many records there are (the recording was not closed): all that the file holds are read, and no event.");
        return room / header.RecordBytes;
    }

    private static Channel[] Channels(GdfHeader header, GdfChannel[] signals, long records, List<string> remarks)
    {
        if (header.Channels.Count > signals.Length)
        {
            remarks.Add(FormattableString.Invariant($"{header.Channels.Count - signals.Length} channels have no samples in the records and are left out."));
        }

        var kindOf = ChannelLabels.KindsAmong(signals.Select(s => s.Label));
        return [.. signals.Select(s => new Channel(s.Label, kindOf(s.Label, s.Unit), s.Unit, header.RateOf(s), records * s.PerRecord)
        {
            Calibration = s.Calibration,
            Transducer = s.Transducer,
            Prefilter = s.Prefilter,
        })];
    }
}
