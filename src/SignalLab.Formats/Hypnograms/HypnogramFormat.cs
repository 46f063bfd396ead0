using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SignalLab.Model;

namespace SignalLab.Formats.Hypnograms;

/// <summary>Hypnograms as text: one sleep stage a line, each an epoch long.</summary>
/// <remarks>Source: AASM manual (stages W, N1, N2, N3, R); Rechtschaffen and Kales 1968 (1 to 4, REM); codes 0 W, 1 N1, 2 N2, 3 N3, 4 R as YASA writes them, or 5 R where that occurs.</remarks>
public sealed partial class HypnogramFormat : IFormat
{
    private const double UsualEpochSeconds = 30;

    private const int FewestEpochs = 10;

    private const long Largest = 16_000_000;

    /// <inheritdoc/>
    public string Name => "Hypnogram";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        if (head.IsDirectory || head.IsGzip || head.Bytes.ContainsAnyInRange((byte)0, (byte)8))
        {
            return false;
        }

        string[] rows = [.. Rows(head.Text)];
        rows = head.Bytes.Length < FileHead.Size ? rows : rows[..Math.Max(0, rows.Length - 1)];
        return rows.Length >= FewestEpochs && Array.TrueForAll(rows, r => IsStage(r)) && rows.Distinct().Count() > 1;
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var bytes = ByteSource.Open(path);
        if (bytes.Length is 0 or > Largest)
        {
            throw new MalformedFileException(path, 0, "length", bytes.Length == 0 ? "an empty file" : FormattableString.Invariant($"{bytes.Length} bytes"), FormattableString.Invariant($"a hypnogram of at most {Largest} bytes"));
        }

        var text = Encoding.Latin1.GetString(bytes.Read(0, bytes.Length, "hypnogram"));
        string[] stages = [.. Rows(text)];
        var other = stages.Length == 0 ? "" : Array.Find(stages, s => !IsStage(s));
        if (other is not null)
        {
            throw new MalformedFileException(path, null, "stage", $"\"{other}\"", "one sleep stage a line (W, N1, N2, N3, R, or 0 to 5)");
        }

        string[] comments = [.. text.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith('#')).Select(l => l.TrimStart('#').Trim())];
        var remarks = new List<string>();
        var epoch = EpochOf(comments, path, remarks);
        var remIsFive = stages.Contains("5");
        if (stages.Any(s => char.IsAsciiDigit(s[^1]) && !char.IsLetter(s[0])))
        {
            remarks.Add(remIsFive ? "Stages are numbers: 0 W, 1 to 4 as they stand, 5 REM." : "Stages are numbers: 0 W, 1 N1, 2 N2, 3 N3, 4 REM.");
        }

        var recording = new Recording([], new MemorySamples([]))
        {
            Annotations = [.. stages.Select((s, i) => new Annotation(i * epoch, epoch, TextOf(s, remIsFive)))],
            Comments = comments,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }

    private static IEnumerable<string> Rows(string text) => text.Split('\n').Select(l => l.Trim(' ', '\r', '\t', '"', '\0')).Where(l => l.Length > 0 && l[0] != '#');

    private static bool IsStage(string text) => Stage().IsMatch(text);

    // The standard texts of EDF+ (2.1).
    private static string TextOf(string stage, bool remIsFive) => stage.ToUpperInvariant() switch
    {
        "0" or "W" or "WAKE" => "Sleep stage W",
        "1" when remIsFive => "Sleep stage 1",
        "2" when remIsFive => "Sleep stage 2",
        "3" when remIsFive => "Sleep stage 3",
        "4" when remIsFive => "Sleep stage 4",
        "1" or "N1" => "Sleep stage N1",
        "2" or "N2" => "Sleep stage N2",
        "3" or "N3" => "Sleep stage N3",
        "4" or "5" or "R" or "REM" => "Sleep stage R",
        "S1" => "Sleep stage 1",
        "S2" => "Sleep stage 2",
        "S3" => "Sleep stage 3",
        "S4" => "Sleep stage 4",
        "M" or "MT" => "Movement time",
        _ => "Sleep stage ?",
    };

    private static double EpochOf(string[] comments, string path, List<string> remarks)
    {
        foreach (var text in comments.Append(Path.GetFileNameWithoutExtension(path).Replace('_', ' ')))
        {
            if (Seconds().Match(text) is { Success: true } match && double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is > 0 and <= 300 and var seconds)
            {
                return seconds;
            }
        }

        remarks.Add("Nothing tells the length of an epoch: 30 s are taken, as the AASM manual rules.");
        return UsualEpochSeconds;
    }

    [GeneratedRegex(@"^(?:[0-5]|-[12]|9|[WRMU?]|N[1-3]|S[1-4]|WAKE|REM|MT|ART|UNS)$", RegexOptions.IgnoreCase)]
    private static partial Regex Stage();

    [GeneratedRegex(@"(?<![\d.])(\d+(?:\.\d+)?) ?s(?:ec|econds?)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex Seconds();
}
