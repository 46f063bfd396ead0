using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>Whom a recording is about and when it was made: <c>participants.tsv</c> and <c>scans.tsv</c>.</summary>
/// <remarks>Source: BIDS 1.10, "Participants file" and "Scans file".</remarks>
internal static class BidsPeople
{
    private static readonly string[] Times = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The subject as the dataset names it, with what the table says.</summary>
    /// <param name="subject">The subject of the data file.</param>
    /// <param name="place">Where the recording lies.</param>
    /// <param name="used">Receives the files that were used.</param>
    /// <param name="remarks">Receives what cannot be read.</param>
    public static Subject Subject(Subject subject, BidsPlace place, BidsUse used, List<string> remarks)
    {
        subject = subject with { Id = place.Participant };
        var path = Path.Combine(place.Root, "participants.tsv");
        if (!File.Exists(path))
        {
            return subject;
        }

        var table = BidsTable.Read(path);
        var id = table.Require("participant_id");
        foreach (var row in table.Rows.Where(r => r.Cells[id] == place.Participant || r.Cells[id] == place.Name["sub"]))
        {
            used.Add(path);
            return subject with
            {
                Sex = BidsTable.Text(row, table.Column("sex")) is { } sex ? Sex(sex) : subject.Sex,
                AgeYears = Age(table, row, place, used, remarks) ?? subject.AgeYears,
            };
        }

        remarks.Add($"participants.tsv has no row for {place.Participant}.");
        return subject;
    }

    /// <summary>When the recording was made: as the data file says, to the fraction of a second, unless the table states another second.</summary>
    /// <param name="start">What the data file says, or null.</param>
    /// <param name="place">Where the recording lies.</param>
    /// <param name="sidecars">The files that describe it.</param>
    /// <param name="used">Receives the files that were used.</param>
    /// <param name="remarks">Receives a sentence where both differ.</param>
    /// <exception cref="MalformedFileException">The table leads out of its folder, or has no time where one belongs.</exception>
    public static DateTime? Start(DateTime? start, BidsPlace place, BidsSidecars sidecars, BidsUse used, List<string> remarks)
    {
        if (sidecars.Table("scans") is not { } path)
        {
            return start;
        }

        var table = BidsTable.Read(path);
        var (name, time) = (table.Require("filename"), table.Column("acq_time"));
        var folder = Path.GetDirectoryName(path)!;
        var own = Path.GetRelativePath(folder, Path.Combine(place.Folder, place.DataName)).Replace('\\', '/');
        foreach (var row in table.Rows)
        {
            var file = row.Cells[name];
            if (Path.IsPathRooted(file) || file.Split('/', '\\').Contains(".."))
            {
                throw table.Fault(row, name, "a path inside the folder of the table");
            }

            if (file != own || BidsTable.Text(row, time) is not { } text)
            {
                continue;
            }

            var stated = DateTime.TryParseExact(text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var parsed)
                ? parsed
                : throw table.Fault(row, time, "a time as 2009-06-15T13:45:30");
            used.Add(path);
            if (start is not { } known)
            {
                return stated;
            }

            if (Math.Abs((known - stated).TotalSeconds) < 1)
            {
                return start;
            }

            remarks.Add(FormattableString.Invariant($"The data file states {known:yyyy-MM-dd'T'HH:mm:ss} as its start, {Path.GetFileName(path)} {stated:yyyy-MM-dd'T'HH:mm:ss}, which counts."));
            return stated;
        }

        return start;
    }

    private static string Sex(string word) => word.ToUpperInvariant() switch
    {
        "F" or "FEMALE" => "F",
        "M" or "MALE" => "M",
        "O" or "OTHER" => "O",
        _ => word,
    };

    // "89+" stands for every age above; the description may state another unit than years.
    private static double? Age(BidsTable table, BidsRow row, BidsPlace place, BidsUse used, List<string> remarks)
    {
        if (BidsTable.Text(row, table.Column("age")) is not { } text)
        {
            return null;
        }

        if (!double.TryParse(text.TrimEnd('+'), NumberStyles.Float, CultureInfo.InvariantCulture, out var age) || !double.IsFinite(age) || age < 0)
        {
            remarks.Add($"participants.tsv gives the age \"{text}\", expected a number or n/a.");
            return null;
        }

        var description = Path.Combine(place.Root, "participants.json");
        if (!File.Exists(description))
        {
            return age;
        }

        used.Add(description);
        var units = BidsDescription.Read([description]).Value("age") is { ValueKind: System.Text.Json.JsonValueKind.Object } column
            && column.TryGetProperty("Units", out var stated) && stated.ValueKind == System.Text.Json.JsonValueKind.String ? stated.GetString()!.Trim() : "years";
        return units.ToUpperInvariant().TrimEnd('S') switch
        {
            "MONTH" => age / 12,
            "WEEK" => age * 7 / 365.2425,
            "DAY" => age / 365.2425,
            _ => age,
        };
    }
}
