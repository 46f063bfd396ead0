using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>How samples are stored in a written signal file.</summary>
public enum WfdbStorage
{
    /// <summary>The smallest of 16, 24 and 32 bits that keeps the channels' own steps.</summary>
    Automatic = 0,

    /// <summary>Format 16.</summary>
    Bits16 = 16,

    /// <summary>Format 24.</summary>
    Bits24 = 24,

    /// <summary>Format 32.</summary>
    Bits32 = 32,

    /// <summary>Format 212: 12 bits, two samples in three bytes.</summary>
    Bits12Packed = 212,
}

/// <summary>Writes recordings as WFDB records: <c>name.hea</c> with <c>name.dat</c> beside it and <c>name.atr</c> where there are annotations.</summary>
/// <remarks>Source: WFDB Applications Guide, header(5), signal(5), annot(5).</remarks>
public static class WfdbWriter
{
    /// <summary>Writes a recording; one with gaps becomes a multi-segment record with null segments for them.</summary>
    /// <param name="recording">The recording. Channels with a <see cref="Calibration"/> keep its steps, so that unprocessed samples are copied exactly; computed ones are spread over the format.</param>
    /// <param name="headerPath">The header's path; its name without ending becomes the record's name. Existing files of that name are replaced.</param>
    /// <param name="storage">How samples are stored.</param>
    /// <returns>What the format keeps in another way or not at all.</returns>
    /// <exception cref="UnfitInputException">The name is no record name, the channels' rates have no common frame, or a channel does not fit the format.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<Loss> Write(Recording recording, string headerPath, WfdbStorage storage = WfdbStorage.Automatic)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentException.ThrowIfNullOrEmpty(headerPath);
        var name = Path.GetFileNameWithoutExtension(headerPath);
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
        {
            throw new UnfitInputException($"A WFDB record cannot be called '{name}': choose a name of letters, digits, _ and -.");
        }

        var plan = WfdbWritingPlan.Of(recording, storage);
        var folder = Path.GetDirectoryName(Path.GetFullPath(headerPath))!;
        var written = new List<string>();
        try
        {
            var headers = recording.Segments.Count > 1 ? WriteSegments(recording, plan, folder, name, written) : [(name, WriteOne(recording, plan, folder, name, 0, recording, written))];
            foreach (var (record, text) in headers)
            {
                var path = Path.Combine(folder, record + ".hea");
                File.WriteAllText(path + Partial, text, new UTF8Encoding(false));
                written.Add(path);
            }

            var annotations = Path.Combine(folder, name + "." + WfdbFormat.ReferenceAnnotator);
            if (recording.Annotations.Count > 0)
            {
                WfdbAnnotations.From(recording.Annotations, plan.FrameRateHz, [.. recording.Channels.Select(c => c.Label)]).Write(annotations + Partial);
                written.Add(annotations);
            }
            else
            {
                // Annotations of an earlier record of that name would be taken for this one's.
                File.Delete(annotations);
            }

            foreach (var path in written)
            {
                File.Move(path + Partial, path, overwrite: true);
            }

            return [.. LossesOf(recording, plan)];
        }
        catch
        {
            written.ForEach(p => File.Delete(p + Partial));
            throw;
        }
    }

    private const string Partial = ".partial";

    private static IEnumerable<Loss> LossesOf(Recording recording, WfdbWritingPlan plan)
    {
        int[] computed = [.. Enumerable.Range(0, plan.IsKept.Length).Where(c => !plan.IsKept[c]).OrderBy(c => plan.Quantizers[c].Gain)];
        if (computed.Length > 0)
        {
            var (channel, step) = (recording.Channels[computed[0]], 1 / plan.Quantizers[computed[0]].Gain);
            yield return new(Aspect.Resolution, FormattableString.Invariant($"{computed.Length} of {plan.IsKept.Length} channels are stored in new steps of {plan.Bits} bits; the coarsest is {step:G3} {channel.Unit.Symbol} ('{channel.Label}')."));
        }

        if (recording.Annotations.Count(a => a.Text != "QRS" && WfdbCodes.CodeOf(a.Text.Split(' ')[0]) is null) is > 0 and var notes)
        {
            yield return new(Aspect.Annotations, FormattableString.Invariant($"The texts of {notes} annotations are no codes of WFDB: they are written as notes of at most 255 bytes and will read '\" …'."));
        }
    }

    private static List<(string Name, string Text)> WriteSegments(Recording recording, WfdbWritingPlan plan, string folder, string name, List<string> written)
    {
        var lines = new List<string>();
        var headers = new List<(string, string)>();
        long end = 0;
        for (var s = 0; s < recording.Segments.Count; s++)
        {
            var onset = Math.Max(end, (long)Math.Round(recording.Segments[s].OnsetSeconds * plan.FrameRateHz));
            if (onset > end)
            {
                lines.Add(FormattableString.Invariant($"~ {onset - end}"));
            }

            var segment = FormattableString.Invariant($"{name}_{s + 1:0000}");
            headers.Add((segment, WriteOne(recording, plan, folder, segment, s, null, written)));
            lines.Add(FormattableString.Invariant($"{segment} {plan.Frames[s]}"));
            end = onset + plan.Frames[s];
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{name}/{lines.Count} {recording.Channels.Count} {Number(plan.FrameRateHz)} {end}{StartOf(recording)}\n");
        lines.ForEach(l => text.Append(l).Append('\n'));
        AppendComments(text, recording);
        headers.Add((name, text.ToString()));
        return headers;
    }

    private static string WriteOne(Recording recording, WfdbWritingPlan plan, string folder, string name, int segment, Recording? commented, List<string> written)
    {
        var path = Path.Combine(folder, name + ".dat");
        written.Add(path);
        var sums = WfdbSignalWriter.Write(recording, plan, segment, path + Partial);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{name} {recording.Channels.Count} {Number(plan.FrameRateHz)} {(plan.Frames.Length > segment ? plan.Frames[segment] : 0)}{(commented is null ? "" : StartOf(recording))}\n");
        for (var c = 0; c < recording.Channels.Count; c++)
        {
            var (quantizer, spf) = (plan.Quantizers[c], plan.SamplesPerFrame[c]);
            var unit = recording.Channels[c].Unit.Symbol is { Length: > 0 } symbol ? string.Join('_', symbol.Split((char[]?)null)) : "NU";
            var label = string.Join(' ', recording.Channels[c].Label.Split(['\n', '\r', '\t'])).Trim();
            text.Append(CultureInfo.InvariantCulture, $"{name}.dat {(int)plan.Format}{(spf == 1 ? "" : $"x{spf}")} {Number(quantizer.Gain)}({quantizer.Baseline})/{unit} {plan.Bits} 0 {sums[c].First} {(short)sums[c].Sum} 0 {label}\n");
        }

        if (commented is not null)
        {
            AppendComments(text, commented);
        }

        return text.ToString();
    }

    private static void AppendComments(StringBuilder text, Recording recording)
    {
        string[] comments = [.. recording.Comments.Concat(recording.Remarks).Distinct()];
        var known = WfdbComments.Subject(comments);
        if (recording.Subject.AgeYears is { } age && known.AgeYears != age)
        {
            text.Append(CultureInfo.InvariantCulture, $"#<age>: {Number(age)}\n");
        }

        if (recording.Subject.Sex is { } sex && known.Sex != sex)
        {
            text.Append(CultureInfo.InvariantCulture, $"#<sex>: {sex}\n");
        }

        foreach (var comment in comments)
        {
            text.Append('#').Append(string.Join(' ', comment.Split(['\n', '\r']))).Append('\n');
        }

        if (recording.Provenance.Steps.Count > 0)
        {
            text.Append("#Made from ").Append(recording.Provenance.Input).Append(": ").AppendJoin("; ", recording.Provenance.Steps).Append('\n');
        }
    }

    private static string StartOf(Recording recording) =>
        recording.Start is { } start ? start.ToString(start.Ticks % TimeSpan.TicksPerSecond == 0 ? " HH:mm:ss dd'/'MM'/'yyyy" : " HH:mm:ss.ffffff dd'/'MM'/'yyyy", CultureInfo.InvariantCulture) : "";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
}
