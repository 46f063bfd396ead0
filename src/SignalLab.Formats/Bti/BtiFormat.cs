using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Bti;

/// <summary>Recordings of BTi and 4D Neuroimaging Magnes systems: a processed data file, the system's <c>config</c> and the head shape <c>hs_file</c> beside it. The data file is the one to open.</summary>
/// <remarks>Source: the structures of 4D's MSI library as the readers of FieldTrip (read_4d_hdr) and MNE-Python document them.</remarks>
public sealed class BtiFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "BTi/4D";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && !head.IsGzip && head.Length > BtiHeader.FewestBytes && BtiHeader.IsOne(head.Path);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = ByteSource.OpenAsIs(path);
        var header = BtiHeader.Read(bytes);
        var config = BtiConfig.Read(BtiFiles.Config(path));
        var remarks = new List<string>();
        var head = BtiHead.Of(path, config, remarks);
        var channels = BtiChannels.Of(header, config, head, remarks);
        var table = new NumberTable(header.Type, header.Channels.Count, IsBigEndian: true);
        if (header.SampleCount * table.FrameBytes > header.Start)
        {
            throw new MalformedFileException(
                path, header.Start, "samples", FormattableString.Invariant($"the header at byte {header.Start}"),
                FormattableString.Invariant($"{header.SampleCount} samples of {header.Channels.Count} channels before it"));
        }

        var recording = new Recording([.. channels.Select(c => c.Channel)], new NumberSamples(bytes, table, 0, header.SampleCount, [.. channels.Select(c => c.Column)]))
        {
            Segments = header.Segments(remarks),
            Start = header.Recorded,
            Fiducials = head.Fiducials,
            HeadShape = head.HeadShape,
            Transforms = head.Transforms,
            LineFrequencyHz = config.MainsHz,
            Comments = config.Site.Length > 0 ? [config.Site] : [],
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Transforms = head.Transforms, Format = Name, Remarks = remarks };
    }
}
