using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Annotations that MNE stores with a raw recording.</summary>
internal static class FiffAnnotations
{
    /// <summary>How a colon is written inside a text, texts being separated by colons.</summary>
    public const string Colon = "{COLON}";

    /// <summary>Reads them; times become seconds since the first stored sample.</summary>
    /// <param name="file">The file.</param>
    /// <param name="measurement">Its measurement block.</param>
    /// <param name="date">Zero of the sample count.</param>
    /// <param name="firstSeconds">Time of the first stored sample since that zero.</param>
    /// <remarks>
    /// Stored onsets count from the block's own time of origin; where that is missing, from the first sample, or from the count's zero in a recording without date.
    /// Source: MNE-Python, <c>Annotations</c>, notes on <c>orig_time</c>.
    /// </remarks>
    public static IReadOnlyList<Annotation> Read(FiffFile file, FiffBlock measurement, DateTime? date, double firstSeconds)
    {
        if (measurement.First(BlockKind.MneAnnotations) is not { } block)
        {
            return [];
        }

        double[] onsets = block.Find(TagKind.MneBaselineFrom) is { } from ? file.Numbers(from, "annotation onsets") : [];
        double[] ends = block.Find(TagKind.MneBaselineTo) is { } to ? file.Numbers(to, "annotation ends") : [];
        string[] texts = onsets.Length > 0 && block.Find(TagKind.Comment) is { } comment ? file.Text(comment, "annotation texts").Split(':') : onsets.Length == 1 ? [""] : [];
        if (ends.Length != onsets.Length || texts.Length != onsets.Length)
        {
            throw new MalformedFileException(file.Path, null, "annotations", FormattableString.Invariant($"{onsets.Length} onsets, {ends.Length} ends, {texts.Length} texts"), "as many of each");
        }

        if (onsets.Concat(ends).Any(t => !double.IsFinite(t)))
        {
            throw new MalformedFileException(file.Path, null, "annotations", "a time that is no number", "seconds");
        }

        var origin = block.Find(TagKind.MeasurementDate) is { } tag ? MeasurementDate.FromNumbers(file.Numbers(tag, "origin of the annotations")) : null;
        var shift = (origin, date) switch
        {
            ({ } o, { } d) => (o - d).TotalSeconds - firstSeconds,
            (null, { }) => 0,
            _ => -firstSeconds,
        };
        var channels = ReadChannels(file, block, onsets.Length);
        var annotations = new List<Annotation>();
        for (var i = 0; i < onsets.Length; i++)
        {
            var annotation = new Annotation(onsets[i] + shift, Math.Max(0, ends[i] - onsets[i]), texts[i].Replace(Colon, ":", StringComparison.Ordinal));
            annotations.AddRange(channels?[i] is { Length: > 0 } named ? named.Select(c => annotation with { Channel = c }) : [annotation]);
        }

        return annotations;
    }

    /// <summary>Annotations in a file of their own: a recording without channels that starts at their origin; null where the file has none.</summary>
    public static Recording? ReadAlone(FiffFile file)
    {
        if (file.Root.First(BlockKind.MneAnnotations) is not { } block)
        {
            return null;
        }

        var origin = block.Find(TagKind.MeasurementDate) is { } tag ? MeasurementDate.FromNumbers(file.Numbers(tag, "origin of the annotations")) : null;
        return new Recording([], new MemorySamples([]))
        {
            Annotations = Read(file, file.Root, origin, 0),
            Start = origin,
            Remarks = origin is null ? ["The annotations count from a time that the file does not state."] : [],
            Provenance = Provenance.OfFile(file.Path, FiffFormat.FormatName),
        };
    }

    private static string[][]? ReadChannels(FiffFile file, FiffBlock block, int count)
    {
        if (block.Find(TagKind.MneAnnotationChannels) is not { } tag)
        {
            return null;
        }

        var text = file.Text(tag, "annotated channels");
        try
        {
            return JsonSerializer.Deserialize<string[][]>(text) is { } channels && channels.Length == count ? channels : throw new JsonException();
        }
        catch (JsonException e)
        {
            throw new MalformedFileException(file.Path, tag.Data, "annotated channels", text, FormattableString.Invariant($"JSON: {count} lists of names"), e);
        }
    }
}
