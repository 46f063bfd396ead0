using SignalLab.Model;

namespace SignalLab.Formats.Ctf;

/// <summary>CTF MEG datasets: a folder <c>NAME.ds</c> with <c>NAME.res4</c>, <c>NAME.meg4</c> and what else was noted. The folder or one of these two files can be opened.</summary>
/// <remarks>Source: CTF MEG File Formats, PN900-0088 (VSM MedTech, 2006).</remarks>
public sealed class CtfFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "CTF";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.IsDirectory ? CtfFolder.IsDataset(head.Path) : !head.IsGzip && (Res4Header.Begins(head.Bytes) || CtfSamples.Begins(head.Bytes));
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var folder = CtfFolder.Of(path);
        var header = Res4Header.Read(folder.Header);
        var remarks = new List<string>();
        var coils = HeadCoils.Read(folder, remarks);
        var samples = CtfSamples.Open(folder, header, remarks);
        var timeline = CtfTimeline.Of(header, samples, remarks);
        var electrodes = CtfElectrodes.Read(folder, coils, remarks);
        var bad = CtfNotes.BadChannels(folder, header, remarks);
        Channel[] channels = [.. header.Channels.Select(c => CtfChannels.ToChannel(c, header, samples.Count, electrodes, coils) with { IsBad = bad.Contains(c.Name) })];
        CtfChannels.Describe(header, channels, remarks);
        var recording = new Recording(channels, samples.Source)
        {
            Segments = timeline.Segments,
            Annotations = CtfNotes.Annotations(folder, header, timeline, remarks),
            Start = header.Start,
            Subject = header.Subject,
            Comments = header.Comments,
            Fiducials = coils.Fiducials,
            HeadShape = electrodes.HeadShape,
            Transforms = coils.Transforms,
            Remarks = remarks,
            Provenance = folder.Provenance(Name),
        };
        return new Study { Recordings = [recording], Transforms = coils.Transforms, Format = Name, Remarks = remarks };
    }
}
