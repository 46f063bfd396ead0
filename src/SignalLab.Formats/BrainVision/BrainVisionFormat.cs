using SignalLab.Model;

namespace SignalLab.Formats.BrainVision;

/// <summary>BrainVision recordings: a header (<c>.vhdr</c>) that names a data file (<c>.eeg</c>, <c>.dat</c>, …) and a marker file (<c>.vmrk</c>). Any of the three may be opened.</summary>
/// <remarks>Source: Brain Products, BrainVision Core Data Format 1.0 and 2.0.</remarks>
public sealed class BrainVisionFormat : IFormat
{
    private static readonly string[] HeaderEndings = [".vhdr", ".ahdr"];

    /// <inheritdoc/>
    public string Name => "BrainVision";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && !head.IsGzip
            && (BrainVisionHeader.Begins(head.Text, "Header") || BrainVisionHeader.Begins(head.Text, "Marker") || HeaderOfData(head.Path) is not null);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var header = BrainVisionHeader.Read(HeaderOf(path));
        var remarks = new List<string>();
        if (!header.Text.IsEnded)
        {
            remarks.Add(UnendedLine);
        }

        var lines = BrainVisionChannels.Lines(header);
        var data = BrainVisionData.Open(header, lines, Companion(header, header.DataFile, "DataFile", remarks)
            ?? throw new MalformedFileException(header.Path, null, "[Common Infos] DataFile", $"no file \"{header.DataFile}\" beside the header", "the file that holds the samples"), remarks);
        var timeline = BrainVisionTimeline.Of(header, Markers(header, remarks), lines, data.Count, remarks);
        var recording = new Recording(BrainVisionChannels.Of(header, lines, data.Count, remarks), data.Samples)
        {
            Segments = timeline.Segments,
            Annotations = timeline.Annotations,
            Start = timeline.Start,
            Comments = Comments(header, lines),
            Evoked = EvokedOf(header, timeline, remarks),
            Remarks = remarks,
            Provenance = Provenance.OfFile(header.Path, Name),
        };
        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }

    /// <summary>What is said of a header whose last line might have been cut.</summary>
    internal const string UnendedLine = "The header's last line is not ended by a line feed: the file may have been cut there.";

    // The header itself, or the one that belongs to a marker or data file.
    private static string HeaderOf(string path)
    {
        var head = FileHead.Of(path);
        if (head.IsDirectory || head.Length == 0 || BrainVisionHeader.Begins(head.Text, "Header"))
        {
            return path;
        }

        if (!BrainVisionHeader.Begins(head.Text, "Marker"))
        {
            return HeaderOfData(path) ?? path;
        }

        return Beside(path).FirstOrDefault() ?? throw new MalformedFileException(
            path, null, "header", $"no \"{Path.ChangeExtension(Path.GetFileName(path), HeaderEndings[0])}\" beside the marker file", "the header that goes with it");
    }

    // A data file has no mark of its own: a header of its name beside it must name it.
    private static string? HeaderOfData(string path)
    {
        try
        {
            return HeaderEndings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
                ? null
                : Beside(path).FirstOrDefault(h => BrainVisionHeader.Read(h) is var header
                    && string.Equals(Path.GetFileName(Companion(header, header.DataFile, "DataFile", [])), Path.GetFileName(path), StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or UnfitInputException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Beside(string path) => HeaderEndings
        .Select(ending => CompanionFile.Find(path, Path.ChangeExtension(Path.GetFileName(path), ending), "header"))
        .OfType<string>();

    // Headers keep the names that the files had when recorded; a renamed recording has them under its own name.
    private static string? Companion(BrainVisionHeader header, string name, string key, List<string> remarks)
    {
        var field = $"[Common Infos] {key}";
        if (CompanionFile.Find(header.Path, name, field) is { } stated)
        {
            return stated;
        }

        var renamed = CompanionFile.Find(header.Path, Path.ChangeExtension(Path.GetFileName(header.Path), Path.GetExtension(name)), field);
        if (renamed is null || Path.GetFullPath(renamed) == Path.GetFullPath(header.Path))
        {
            return null;
        }

        remarks.Add($"The header names \"{name}\", which is not there; \"{Path.GetFileName(renamed)}\" was taken.");
        return renamed;
    }

    private static IReadOnlyList<BrainVisionMarker> Markers(BrainVisionHeader header, List<string> remarks)
    {
        if (header.MarkerFile is not { } name)
        {
            return [];
        }

        if (Companion(header, name, "MarkerFile", remarks) is { } path)
        {
            return BrainVisionMarkers.Read(path, remarks);
        }

        remarks.Add($"The header names the marker file \"{name}\", which is not there: the recording has no annotations.");
        return [];
    }

    private static string[] Comments(BrainVisionHeader header, IReadOnlyList<BrainVisionChannel> lines) =>
    [
        .. header.Text["Comment"].Select(l => l.Text.TrimEnd()).Where(l => l.Length > 0),
        .. lines.Where(l => l.Reference.Length > 0).Select(l => $"reference of {l.Name}: {l.Reference}"),
    ];

    // An average says how many segments it is of; the marker "Time 0" stands at the event.
    private static Evoked? EvokedOf(BrainVisionHeader header, BrainVisionTimeline timeline, List<string> remarks)
    {
        if (header.AveragedSegments == 0)
        {
            return null;
        }

        if (timeline.Segments.Count > 1)
        {
            remarks.Add(FormattableString.Invariant($"The file holds {timeline.Segments.Count} averages of {header.AveragedSegments} segments; they are given as segments of one recording."));
            return null;
        }

        var zero = timeline.Annotations.FirstOrDefault(a => a.Text.StartsWith("Time 0/", StringComparison.OrdinalIgnoreCase))?.OnsetSeconds ?? 0;
        return new(Path.GetFileNameWithoutExtension(header.Path), header.AveragedSegments, -zero);
    }
}
