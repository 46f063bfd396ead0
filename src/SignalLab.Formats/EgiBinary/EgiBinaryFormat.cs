using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.EgiBinary;

/// <summary>EGI simple binary files (<c>.raw</c>), versions 2 to 7: continuous or segmented; 16-bit integers, singles or doubles.</summary>
/// <remarks>Source: Electrical Geodesics, "Net Station file formats technical manual", S-MAN-200-FLFR-001: EGI simple binary.</remarks>
public sealed class EgiBinaryFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "EGI simple binary";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsGzip && EgiBinaryHeader.Recognises(head.Bytes);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var bytes = ByteSource.OpenAsIs(path);
        var remarks = new List<string>();
        var header = EgiBinaryHeader.Read(bytes, remarks);
        var count = header.Blocks.Count == 0 ? 0 : header.Blocks[^1].End;

        var channels = new List<Channel>();
        var columns = new List<NumberColumn>();
        for (var c = 0; c < header.ChannelCount; c++)
        {
            channels.Add(new(FormattableString.Invariant($"E{c + 1}"), ChannelKind.Eeg, Unit.Microvolt, header.RateHz, count));
            columns.Add(new(c, header.MicrovoltsPerStep));
        }

        foreach (var code in header.EventCodes)
        {
            columns.Add(new(channels.Count));
            channels.Add(new(code, ChannelKind.Stim, Unit.One, header.RateHz, count));
        }

        var timeline = EgiBinaryTimeline.Of(header, remarks);
        var table = new NumberTable(header.Type, channels.Count, IsBigEndian: header.IsBigEndian);
        var recording = new Recording(channels, new NumberSamples(bytes, table, header.Blocks, columns))
        {
            Segments = timeline.Segments,
            Annotations = timeline.Annotations,
            Start = header.Start.AddSeconds(timeline.FirstSeconds),
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }
}
