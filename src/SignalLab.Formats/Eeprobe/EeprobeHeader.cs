using System.Globalization;
using System.Text;
using SignalLab.Formats.Riff;
using SignalLab.Model;

namespace SignalLab.Formats.Eeprobe;

/// <summary>A channel as the header states it.</summary>
internal readonly record struct EeprobeChannel(string Label, double Gain, Unit Unit, string Reference);

/// <summary>The header's text in chunk <c>eeph</c>: sections headed by a name in brackets.</summary>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="SampleCount">Samples a channel.</param>
/// <param name="Channels">The channels in file order.</param>
/// <param name="Comments">Free text.</param>
internal sealed record EeprobeHeader(double RateHz, long SampleCount, IReadOnlyList<EeprobeChannel> Channels, IReadOnlyList<string> Comments)
{
    private const int MostChannels = 32_767;

    private const long LongestText = 8_000_000;

    /// <summary>Reads the header.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="root">Its chunks.</param>
    /// <exception cref="MalformedFileException">The chunk is missing, or a field is.</exception>
    public static EeprobeHeader Read(ByteSource bytes, RiffChunk root)
    {
        var chunk = root["eeph"] ?? throw new MalformedFileException(bytes.Path, root.Offset, "chunks", $"\"{string.Join(", ", root.Children.Select(c => c.Id))}\"", "a chunk eeph");
        var sections = Sections(bytes, chunk);
        MalformedFileException Fault(string field, string found, string expected) => new(bytes.Path, chunk.Offset, field, found, expected);
        string First(string section) => sections.TryGetValue(section, out var lines) && lines.Count > 0 ? lines[0].Trim() : "";

        if (!double.TryParse(First("Sampling Rate"), NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) || !(rate > 0 && double.IsFinite(rate)))
        {
            throw Fault("[Sampling Rate]", $"\"{First("Sampling Rate")}\"", "a sampling rate in Hz");
        }

        if (!long.TryParse(First("Samples"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var samples) || samples < 0)
        {
            throw Fault("[Samples]", $"\"{First("Samples")}\"", "a number of samples");
        }

        if (!int.TryParse(First("Channels"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MostChannels)
        {
            throw Fault("[Channels]", $"\"{First("Channels")}\"", FormattableString.Invariant($"a number from 1 to {MostChannels}"));
        }

        string[] rows = [.. (sections.TryGetValue("Basic Channel Data", out var table) ? table : []).Where(r => r.Trim() is not ("" or [';', ..]))];
        if (rows.Length != count)
        {
            throw Fault("[Basic Channel Data]", FormattableString.Invariant($"{rows.Length} rows"), FormattableString.Invariant($"one for each of {count} channels"));
        }

        var channels = rows.Select(row => ChannelOf(row) ?? throw Fault("[Basic Channel Data]", $"\"{row}\"", "label, two calibration factors and a unit")).ToArray();
        string[] comments = [.. sections.Where(s => s.Key is "History" or "Comment").SelectMany(s => s.Value).Select(l => l.Trim()).Where(l => l is not ("" or "EOH"))];
        return new(rate, samples, channels, comments);
    }

    /// <summary>The lines under each heading of a chunk of text.</summary>
    public static Dictionary<string, List<string>> Sections(ByteSource bytes, RiffChunk chunk)
    {
        var content = bytes.Read(chunk.Offset, Math.Min(chunk.Length, LongestText), "chunk " + chunk.Id);
        var text = (System.Text.Unicode.Utf8.IsValid(content) ? Encoding.UTF8 : Encoding.Latin1).GetString(content);
        var sections = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        List<string> current = [];
        foreach (var line in text.Split('\n').Select(l => l.Trim('\r', '\0')))
        {
            if (line is ['[', .., ']'])
            {
                current = sections[line[1..^1]] = [];
            }
            else
            {
                current.Add(line);
            }
        }

        return sections;
    }

    private static EeprobeChannel? ChannelOf(string row)
    {
        var words = row.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3
            || !double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            || !double.TryParse(words[2], NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            || !double.IsFinite(first * second))
        {
            return null;
        }

        var unit = words.Skip(3).FirstOrDefault(w => !w.Contains(':', StringComparison.Ordinal)) ?? "";
        var reference = words.Skip(3).FirstOrDefault(w => w.StartsWith("REF:", StringComparison.OrdinalIgnoreCase))?[4..] ?? "";
        return new(words[0], first * second, Unit.Parse(unit), reference);
    }
}
