using SignalLab.Model;

namespace SignalLab.Formats.Curry;

/// <summary>Curry recordings of versions 7 (<c>.dap .dat .rs3 .cef</c>) and 8 (<c>.cdt .cdt.dpa .cdt.cef</c>), binary and text; any of the files may be opened.</summary>
/// <remarks>Source: Compumedics Neuroscan, Curry 8 manual, "File formats": parameter, label, data and event files.</remarks>
public sealed class CurryFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "Curry";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && CurryFiles.Of(head) is not null;
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var files = CurryFiles.Of(FileHead.Of(path))
            ?? throw new MalformedFileException(path, 0, "content", "no parameters of a Curry recording", "\"DATA_PARAMETERS START\" here, or in the .dap or .cdt.dpa file beside it");
        var parameters = CurryParameters.Of(CurryText.Read(files.Parameters));
        var remarks = new List<string>();
        var channels = CurryChannels.Of(files, parameters, remarks);
        var data = CurryData.Open(files, parameters, remarks);
        var recording = new Recording(
            [.. channels.Channels.Select(c => c with { RateHz = parameters.RateHz, SampleCount = data.SampleCount })],
            data.Samples)
        {
            Segments = data.Segments,
            Annotations = CurryEvents.Read(files, parameters.RateHz, remarks),
            Start = parameters.Start,
            Fiducials = channels.Fiducials,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        var name = FormattableString.Invariant($"{Name} {files.Version}");
        return new Study { Recordings = [recording], Format = name, Remarks = remarks };
    }
}
