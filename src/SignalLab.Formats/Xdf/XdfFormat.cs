using SignalLab.Model;

namespace SignalLab.Formats.Xdf;

/// <summary>Extensible Data Format: the streams of a LabStreamingLayer recording, each with its own rate and time stamps.</summary>
/// <remarks>Source: XDF core specification 1.0 (SCCN, xdf wiki).</remarks>
public sealed class XdfFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "XDF";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && head.Has(0, XdfIndex.Magic);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var bytes = ByteSource.Open(path);
        var index = XdfIndex.Read(bytes);
        var recording = XdfTimeline.Of(index, new XdfSamples(bytes, index.Regular)) with { Provenance = Provenance.OfFile(path, Name) };
        return new Study { Recordings = [recording], Format = Name, Remarks = recording.Remarks };
    }
}
