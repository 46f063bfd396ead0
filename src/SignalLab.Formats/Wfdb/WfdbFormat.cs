using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>Waveform Database records as PhysioNet publishes them: a <c>.hea</c> header that names its signal files, and annotation files beside it.</summary>
/// <remarks>Source: WFDB Applications Guide, header(5), signal(5), annot(5).</remarks>
public sealed class WfdbFormat : IFormat
{
    /// <summary>The annotator whose file a recording's annotations are read from.</summary>
    public const string ReferenceAnnotator = "atr";

    /// <inheritdoc/>
    public string Name => "WFDB";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && (LooksLikeHeader(head) || HeaderOf(head.Path) is not null);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        if (!LooksLikeHeader(FileHead.Of(path)) && HeaderOf(path) is { } wanted)
        {
            // Samples or annotations without what they mean: the header beside them tells it.
            var record = Open(wanted);
            var told = $"Read by way of {Path.GetFileName(wanted)}, which says what {Path.GetFileName(path)} means.";
            return record with { Recordings = [.. record.Recordings.Select(r => r with { Remarks = [.. r.Remarks, told] })], Remarks = [.. record.Remarks, told] };
        }

        var header = WfdbHeaderReader.Read(path);
        var recording = header.Segments is null ? Ordinary(header) : Segmented(header);
        recording = recording with { Provenance = Provenance.OfFile(path, Name) };
        return new Study { Recordings = [recording], Format = Name, Remarks = recording.Remarks };
    }

    private static Recording Ordinary(WfdbHeader header)
    {
        var record = WfdbRecord.Open(header, new SignalFiles(header.Path));
        var annotations = Annotations(header, record.Channels, 0, out var remarks);
        var subject = WfdbComments.Subject(header.Comments);
        return new Recording(record.Channels, record.Samples)
        {
            Segments = record.Frames == 0 || record.Channels.Count == 0 ? [] : [new Segment(0, record.Frames / header.FrameRateHz)],
            Annotations = annotations,
            Start = header.Start,
            Subject = subject,
            Remarks = [.. record.Remarks, .. remarks],
            Comments = WfdbComments.Beside(subject, header.Comments),
        };
    }

    private static Recording Segmented(WfdbHeader header)
    {
        var content = WfdbSegments.Open(header);
        var annotations = Annotations(header, content.Channels, content.LeadSeconds, out var remarks);
        string[] comments = [.. header.Comments.Concat(content.Comments).Distinct()];
        var subject = WfdbComments.Subject(comments);
        return new Recording(content.Channels, content.Samples)
        {
            Segments = content.Segments,
            Annotations = annotations,
            Start = header.Start?.AddSeconds(content.LeadSeconds),
            Subject = subject,
            Remarks = [.. content.Remarks, .. remarks],
            Comments = WfdbComments.Beside(subject, comments),
        };
    }

    private static IReadOnlyList<Annotation> Annotations(WfdbHeader header, IReadOnlyList<Channel> channels, double leadSeconds, out IReadOnlyList<string> remarks)
    {
        remarks = [];
        var path = Path.ChangeExtension(header.Path, ReferenceAnnotator);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return WfdbAnnotations.Read(path).ToAnnotations(header.FrameRateHz, ReferenceAnnotator, [.. channels.Select(c => c.Label)], leadSeconds);
        }
        catch (MalformedFileException e)
        {
            // The samples can be read without them: the user is told.
            remarks = [$"The annotations beside the record cannot be read: {e.Message}"];
            return [];
        }
    }

    private static bool LooksLikeHeader(FileHead head) =>
        WfdbHeaderReader.LooksLikeHeader(head.Text, head.Bytes.Length < FileHead.Size);

    // A signal file (named in the header beside it) or the reference annotations of a record.
    private static string? HeaderOf(string path)
    {
        var header = Path.ChangeExtension(path, ".hea");
        if (string.Equals(header, path, StringComparison.Ordinal) || !File.Exists(header))
        {
            return null;
        }

        var head = FileHead.Of(header);
        return LooksLikeHeader(head)
            && (head.Text.Contains(Path.GetFileName(path) + " ", StringComparison.Ordinal) || path.EndsWith("." + ReferenceAnnotator, StringComparison.OrdinalIgnoreCase))
            ? header
            : null;
    }
}
