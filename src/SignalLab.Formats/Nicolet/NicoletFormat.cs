using SignalLab.Formats.Labels;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Nicolet;

/// <summary>Nicolet recordings as exported to a text header (<c>.head</c>) and plain integers beside it (<c>.data</c>); either may be opened.</summary>
/// <remarks>Source: Ihle et al. 2012, "EPILEPSIAE – A European epilepsy database", Comput Methods Programs Biomed 106:127–138, and the database's file description.</remarks>
public sealed class NicoletFormat : IFormat
{
    private const string HeaderEnding = ".head";
    private const string DataEnding = ".data";

    /// <inheritdoc/>
    public string Name => "Nicolet";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && (NicoletHeader.Recognises(head.Text) || (HeaderBeside(head.Path) is { } header && NicoletHeader.Recognises(FileHead.Of(header).Text)));
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var header = NicoletHeader.Read(HeaderBeside(path) ?? path);
        var bytes = ByteSource.OpenAsIs(DataBeside(header.Path));
        var remarks = new List<string>();
        var frame = (long)header.Type.Bytes() * header.Labels.Count;
        bytes.Require(0, frame * header.SampleCount, "samples");
        if (bytes.Length > frame * header.SampleCount)
        {
            remarks.Add(FormattableString.Invariant($"The data file holds {bytes.Length - (frame * header.SampleCount)} bytes more than the header states; they are left out."));
        }

        var kindOf = ChannelLabels.KindsAmong(header.Labels);
        var recording = new Recording(
            [.. header.Labels.Select(l => new Channel(l, kindOf(l, Unit.Microvolt), Unit.Microvolt, header.RateHz, header.SampleCount))],
            new NumberSamples(bytes, new(header.Type, header.Labels.Count), 0, header.SampleCount, [.. header.Labels.Select((_, c) => new NumberColumn(c, header.MicrovoltsPerStep))]))
        {
            Start = header.Start,
            Subject = header.Subject,
            Comments = header.Comments,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }

    private static string? HeaderBeside(string path) =>
        path.EndsWith(DataEnding, StringComparison.OrdinalIgnoreCase) ? SiblingFile.Find(path[..^DataEnding.Length], HeaderEnding) : null;

    private static string DataBeside(string path) => SiblingFile.Find(Path.ChangeExtension(path, null), DataEnding)
        ?? throw new MalformedFileException(path, null, "samples", $"no file \"{Path.GetFileNameWithoutExtension(path)}{DataEnding}\" beside it", "the file that holds its samples");
}
