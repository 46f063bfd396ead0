using System.Globalization;
using SignalLab.Formats.Riff;
using SignalLab.Model;

namespace SignalLab.Formats.Eeprobe;

/// <summary>Recordings of ANT Neuro and EEProbe (<c>.cnt</c>, compressed), with their events (<c>.evt</c>), triggers (<c>.trg</c>) and pauses (<c>.seg</c>).</summary>
/// <remarks>Source: R. Nowagk and M. Grigutsch, EEP 3.x CNT file format (cnt_riff.txt); RF64 of EEP 4.x.</remarks>
public sealed class EeprobeFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "ANT eeprobe";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && !head.IsGzip && ((head.Has(0, "RIFF") && head.Has(8, "CNT ")) || (head.Has(0, "RF64") && head.Has(12, "CNT ")));
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var bytes = ByteSource.OpenAsIs(path);
        var root = RiffChunk.Read(bytes);
        if (root.Id != "CNT")
        {
            throw new MalformedFileException(path, 8, "form", $"\"{root.Id}\"", "\"CNT\"");
        }

        var header = EeprobeHeader.Read(bytes, root);
        var blocks = EeprobeBlocks.Read(bytes, root, header);
        var info = root["info"] is { } chunk ? EeprobeHeader.Sections(bytes, chunk) : [];
        var start = ClockOf(info);
        var remarks = new List<string>();
        var timeline = EeprobeTimeline.Of(path, header, start, remarks);
        var recording = new Recording([.. header.Channels.Select(c => ChannelOf(c, header))], new EeprobeSamples(blocks, [.. header.Channels.Select(c => c.Gain)]))
        {
            Segments = timeline.Segments,
            Annotations = timeline.Annotations(path, bytes, root, start, remarks),
            Start = start?.ToDateTime(),
            Subject = SubjectOf(info),
            Comments = [.. header.Comments, .. Comments(info)],
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }

    private static Channel ChannelOf(EeprobeChannel channel, EeprobeHeader header) => new(channel.Label, KindOf(channel), channel.Unit, header.RateHz, header.SampleCount)
    {
        Transducer = channel.Reference.Length == 0 ? "" : $"reference {channel.Reference}",
    };

    // Caps of their own names (1Z, 2LA) are electrodes too: whatever is not called otherwise is EEG, as long as it is a potential.
    private static ChannelKind KindOf(EeprobeChannel channel)
    {
        var name = channel.Label.ToUpperInvariant();
        return channel.Unit.IsKnown && !channel.Unit.ConvertsTo(Unit.Volt) ? ChannelKind.Misc
            : name.Contains("EOG", StringComparison.Ordinal) ? ChannelKind.Eog
            : name.Contains("EMG", StringComparison.Ordinal) ? ChannelKind.Emg
            : name.Contains("ECG", StringComparison.Ordinal) || name.Contains("EKG", StringComparison.Ordinal) ? ChannelKind.Ecg
            : name.StartsWith("BIP", StringComparison.Ordinal) || name.StartsWith("AUX", StringComparison.Ordinal) ? ChannelKind.Misc
            : ChannelKind.Eeg;
    }

    private static EeprobeClock? ClockOf(Dictionary<string, List<string>> info) =>
        NumberOf(info, "StartDate") is { } days ? new EeprobeClock(days, NumberOf(info, "StartFraction") ?? 0) : null;

    private static Subject SubjectOf(Dictionary<string, List<string>> info)
    {
        // Sex is one letter; the birth date the nine numbers of a C calendar time: months from 0, years from 1900.
        var sex = TextOf(info, "SubjectSex") switch { { } s when s.StartsWith('M') => "M", { } s when s.StartsWith('F') => "F", _ => null };
        var born = TextOf(info, "SubjectDateOfBirth")?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => int.TryParse(w, CultureInfo.InvariantCulture, out var n) ? n : -1).ToArray();
        var birthdate = born is [_, _, _, >= 1 and <= 31, >= 0 and <= 11, > 0 and < 8000, ..]
            && DateOnly.TryParseExact(FormattableString.Invariant($"{born[5] + 1900:0000}-{born[4] + 1:00}-{born[3]:00}"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : (DateOnly?)null;
        return new Subject(TextOf(info, "SubjectNumber") ?? TextOf(info, "SubjectID"), sex) { Name = TextOf(info, "SubjectName"), Birthdate = birthdate };
    }

    private static IEnumerable<string> Comments(Dictionary<string, List<string>> info) =>
        info.Where(s => s.Key is "MachineMake" or "MachineModel" or "MachineSN" or "Hospital" or "Physician" or "Technician" or "TestName" or "TestSerial" or "Comment")
            .Where(s => TextOf(info, s.Key) is not null).Select(s => $"{s.Key}: {TextOf(info, s.Key)}");

    private static string? TextOf(Dictionary<string, List<string>> info, string section) =>
        info.TryGetValue(section, out var lines) && string.Join(' ', lines.Select(l => l.Trim()).Where(l => l.Length > 0)) is { Length: > 0 } text ? text : null;

    private static double? NumberOf(Dictionary<string, List<string>> info, string section) =>
        double.TryParse(TextOf(info, section), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
