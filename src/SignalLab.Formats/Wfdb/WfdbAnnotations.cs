using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>An annotation file in MIT format (<c>.atr</c> and every other annotator beside a record).</summary>
/// <param name="All">The annotations in file order.</param>
/// <param name="RateHz">Time units per second where the file states its own ("time resolution"), or null: the record's frame rate.</param>
/// <remarks>Source: WFDB Applications Guide, annot(5), "MIT format".</remarks>
public sealed record WfdbAnnotations(IReadOnlyList<WfdbAnnotation> All, double? RateHz = null)
{
    private const long LargestFile = 1 << 30;
    private const string TimeResolution = "## time resolution:";

    /// <summary>Reads an annotation file.</summary>
    /// <param name="path">The file, for example <c>100.atr</c>.</param>
    /// <returns>Its annotations.</returns>
    /// <exception cref="MalformedFileException">It is not in MIT format or is cut.</exception>
    /// <exception cref="IOException">It is not there or may not be read.</exception>
    public static WfdbAnnotations Read(string path)
    {
        var length = new FileInfo(path).Length;
        if (length > LargestFile)
        {
            throw new MalformedFileException(path, null, "annotations", FormattableString.Invariant($"{length} bytes"), "an annotation file of at most 1 GB");
        }

        var bytes = File.ReadAllBytes(path);
        ByteSource.BytesRead += bytes.Length;
        var all = MitAnnotationCoding.Decode(path, bytes);
        double? rate = null;
        if (all.FindIndex(IsTimeResolution) is >= 0 and var index)
        {
            rate = double.TryParse(all[index].Text[TimeResolution.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0 && double.IsFinite(value)
                ? value
                : throw new MalformedFileException(path, null, "time resolution", $"\"{all[index].Text}\"", "a number above 0 in ticks per second");
            all.RemoveAt(index);
        }

        return new(all, rate);
    }

    /// <summary>The annotations of an annotator beside a record, as a recording holds them.</summary>
    /// <param name="headerPath">The record's <c>.hea</c> file.</param>
    /// <param name="annotator">The annotator's name, which is the file's ending: <c>atr</c>, <c>q1c</c>, <c>v5</c>.</param>
    /// <returns>Annotations in seconds since the recording's first sample.</returns>
    /// <exception cref="MalformedFileException">One of the files is damaged.</exception>
    /// <exception cref="IOException">One of the files is not there.</exception>
    public static IReadOnlyList<Annotation> ReadBeside(string headerPath, string annotator)
    {
        ArgumentException.ThrowIfNullOrEmpty(annotator);
        var header = WfdbHeaderReader.Read(headerPath);
        var file = Read(Path.ChangeExtension(headerPath, annotator));
        if (header.Segments is null)
        {
            return file.ToAnnotations(header.FrameRateHz, annotator, [.. header.Signals.Select(s => s.Description)], 0);
        }

        var content = WfdbSegments.Open(header);
        return file.ToAnnotations(header.FrameRateHz, annotator, [.. content.Channels.Select(c => c.Label)], content.LeadSeconds);
    }

    /// <summary>Annotations of a recording as WFDB has them: a text that begins with a symbol keeps it, <c>QRS</c> becomes N, any other becomes a note.</summary>
    /// <param name="annotations">Annotations in seconds.</param>
    /// <param name="frameRateHz">The record's frame rate.</param>
    /// <param name="labels">The record's signal names, for annotations about one signal.</param>
    /// <returns>Annotations in order of time; durations have no place in this format, texts are cut at 255 bytes.</returns>
    public static WfdbAnnotations From(IEnumerable<Annotation> annotations, double frameRateHz, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(frameRateHz);
        ArgumentNullException.ThrowIfNull(labels);
        return new([.. annotations.OrderBy(a => a.OnsetSeconds).Select(a => One(a, frameRateHz, [.. labels]))]);
    }

    /// <summary>Writes an annotation file in MIT format.</summary>
    /// <param name="path">The file, replaced where it exists.</param>
    /// <exception cref="ArgumentOutOfRangeException">A field is outside its range.</exception>
    public void Write(string path)
    {
        IEnumerable<WfdbAnnotation> resolution = RateHz is { } rate
            ? [new(0, WfdbCodes.Note, Text: $"{TimeResolution} {rate.ToString("R", CultureInfo.InvariantCulture)}")]
            : [];
        File.WriteAllBytes(path, MitAnnotationCoding.Encode(resolution.Concat(All)));
    }

    /// <summary>Annotations as a recording holds them: text is the symbol, followed by the auxiliary text where there is one (<c>+ (AFIB</c>).</summary>
    /// <param name="frameRateHz">The record's frame rate, used where the file has no time resolution of its own.</param>
    /// <param name="annotator">The annotator's name; where it is a signal's name, all annotations are about that signal.</param>
    /// <param name="labels">The record's signal names.</param>
    /// <param name="leadSeconds">Time before the recording's first sample that the annotation times count.</param>
    internal IReadOnlyList<Annotation> ToAnnotations(double frameRateHz, string annotator, IReadOnlyList<string> labels, double leadSeconds)
    {
        var rate = RateHz ?? frameRateHz;
        var named = labels.FirstOrDefault(l => string.Equals(l, annotator, StringComparison.OrdinalIgnoreCase));
        var tellsSignals = named is null && All.Select(a => a.Signal).Distinct().Take(2).Count() > 1;
        return
        [
            .. All.Select(a => new Annotation(
                (a.Sample / rate) - leadSeconds, 0, a.Text.Length == 0 ? a.Symbol : $"{a.Symbol} {a.Text}",
                named ?? (tellsSignals && WfdbCodes.IsAboutOneSignal(a.Code) && a.Signal < labels.Count ? labels[a.Signal] : null))),
        ];
    }

    private static bool IsTimeResolution(WfdbAnnotation a) => a is { Sample: 0, Code: WfdbCodes.Note } && a.Text.StartsWith(TimeResolution, StringComparison.Ordinal);

    private static WfdbAnnotation One(Annotation annotation, double frameRateHz, List<string> labels)
    {
        var sample = (long)Math.Round(annotation.OnsetSeconds * frameRateHz);
        var signal = Math.Clamp(annotation.Channel is { } name ? labels.IndexOf(name) : 0, 0, 255);
        var words = annotation.Text.Split(' ', 2);
        return annotation.Text == "QRS" ? new(sample, WfdbCodes.Normal, 0, signal)
            : WfdbCodes.CodeOf(words[0]) is { } code ? new(sample, code, 0, signal, 0, words.Length > 1 ? MitAnnotationCoding.Cut(words[1]) : "")
            : new(sample, WfdbCodes.Note, 0, signal, 0, MitAnnotationCoding.Cut(annotation.Text));
    }
}
