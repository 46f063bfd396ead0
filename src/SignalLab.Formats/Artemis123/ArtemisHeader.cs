using System.Globalization;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Artemis123;

/// <summary>A channel as the header lists it.</summary>
/// <param name="Name">Its name, which tells its kind.</param>
/// <param name="Scale">Femtotesla or volts a stored number; 0 where it was never calibrated.</param>
/// <param name="IsLocked">True where its feedback loop was reset and locked: it recorded nothing.</param>
internal sealed record ArtemisChannel(string Name, double Scale, bool IsLocked);

/// <summary>The header (<c>.txt</c>): sections between <c>&lt;start …&gt;</c> and <c>&lt;end …&gt;</c>, fields separated by tabs.</summary>
internal sealed record ArtemisHeader
{
    private const int ChannelFields = 7;

    private static readonly string[] Processings = ["Temporal Filter Active?", "Decimation Active?", "Spatial Filter Active?"];

    public required double RateHz { get; init; }

    public required IReadOnlyList<ArtemisChannel> Channels { get; init; }

    /// <summary>Samples a channel as stated, or null.</summary>
    public long? SampleCount { get; init; }

    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Comments { get; init; } = [];

    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>True where a text begins as these headers do.</summary>
    public static bool Begins(WordRows head) => head.Lines.Take(3).Any(l => l.Text.StartsWith("<start main header>", StringComparison.Ordinal));

    /// <summary>Reads a header.</summary>
    /// <param name="path">The text file.</param>
    public static ArtemisHeader Read(string path)
    {
        var text = WordRows.Read(path, "a header");
        if (!Begins(text))
        {
            throw new MalformedFileException(path, 0, "header", "no <start main header>", "the header of an Artemis123 recording");
        }

        var (section, fields, channels, comments, remarks) = ("", new Dictionary<string, string>(StringComparer.Ordinal), new List<ArtemisChannel>(), new List<string>(), new List<string>());
        long? count = null;
        foreach (var line in text.Lines)
        {
            if (line.Text.StartsWith('<'))
            {
                section = line.Text.StartsWith("<start ", StringComparison.Ordinal) ? line.Text.Trim()[7..].TrimEnd('>') : "";
                continue;
            }

            switch (section)
            {
                case "main header":
                    var words = line.Text.Split('\t');
                    fields[words[0].Trim()] = words.Length > 1 ? words[1].Trim() : "";
                    break;
                case "per channel header" when !line.Text.StartsWith("DAQ Map", StringComparison.Ordinal):
                    channels.Add(ToChannel(text, line));
                    break;
                case "comments":
                    comments.Add(line.Text.Trim());
                    break;
                case "length":
                    count = long.TryParse(line.Text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var stated) ? stated : throw text.Fault(line, "length", "the number of samples");
                    break;
                case "filtering history":
                    remarks.Add($"The samples were filtered before they were stored: {line.Text.Trim()}.");
                    break;
                default:
                    break;
            }
        }

        remarks.AddRange(Processings.Where(p => fields.GetValueOrDefault(p, "FALSE") != "FALSE").Select(p => $"The header states '{p}' {fields[p]}: the samples were processed before they were stored."));
        return new()
        {
            RateHz = double.TryParse(fields.GetValueOrDefault("DAQ Sample Rate"), NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && double.IsFinite(rate) && rate > 0
                ? rate
                : throw new MalformedFileException(path, 0, "DAQ Sample Rate", $"\"{fields.GetValueOrDefault("DAQ Sample Rate")}\"", "a positive rate"),
            Channels = channels.Count > 0 ? channels : throw new MalformedFileException(path, 0, "channels", "none", "a line a channel"),
            SampleCount = count,
            Fields = fields,
            Comments = comments,
            Remarks = remarks,
        };
    }

    private static ArtemisChannel ToChannel(WordRows text, WordRow line)
    {
        var words = line.Text.Split('\t');
        return words.Length == ChannelFields && words[0].Trim().Length > 0 && double.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out var scale) && double.IsFinite(scale)
            ? new(words[0].Trim(), scale, words[6].Trim().Equals("TRUE", StringComparison.OrdinalIgnoreCase))
            : throw text.Fault(line, "channel", "name, scale, gain, mode, high-pass, reset and lock, separated by tabs");
    }
}
