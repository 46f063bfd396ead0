using System.Reflection;
using SignalLab.Model;

namespace SignalLab.Formats.Labels;

/// <summary>What a channel records, told from its label and unit.</summary>
internal static class ChannelLabels
{
    private sealed record Row(string Text, bool IsWhole, ChannelKind Kind, bool NeedsPotential);

    private static readonly Lazy<Row[]> Table = new(Load);

    // Rows of electrodes from front to back, with the hemispheric numbers (odd left, even right) or z. Source: Oostenveld and Praamstra 2001.
    private static readonly string[] Lines =
        ["FP", "AF", "F", "FT", "FC", "T", "C", "TP", "CP", "P", "PO", "O", "I", "N", "NF", "AFP", "AFF", "FFT", "FFC", "FTT", "FCC", "TTP", "CCP", "TPP", "CPP", "PPO", "POO", "OI", "CB", "A", "M", "PG", "SP"];

    private static readonly HashSet<string> References = new(StringComparer.Ordinal)
        { "REF", "LE", "RE", "AVG", "AV", "AR", "AVE", "A1A2", "A1+A2", "M1M2", "M1+M2", "LER", "ORG", "0", "G1", "G2" };

    private static readonly Unit PotentialPerArea = Unit.Parse("V/m2");

    /// <summary>How to tell a channel's kind from its label and unit among these labels: names of ECG leads count where some can be nothing else (<c>II</c>, <c>aVF</c>, <c>MLII</c>).</summary>
    /// <param name="labels">All labels of the file.</param>
    public static Func<string, Unit, ChannelKind> KindsAmong(IEnumerable<string> labels)
    {
        string[] all = [.. labels];
        var (isElectrode, hasLeads) = (ElectrodesOf(all), EcgLeads.AreAmong(all));
        return (label, unit) => hasLeads && EcgLeads.IsLead(label, unit) ? ChannelKind.Ecg : Of(label, unit, isElectrode);
    }

    /// <summary>Tells the kind.</summary>
    /// <param name="label">The label.</param>
    /// <param name="unit">The unit of the samples.</param>
    /// <param name="isElectrode">Whether a name means a scalp electrode in this file.</param>
    public static ChannelKind Of(string label, Unit unit, Func<string, bool> isElectrode)
    {
        var isPotential = !unit.IsKnown || unit.ConvertsTo(Unit.Volt);
        var text = label.Trim().ToUpperInvariant();
        foreach (var row in Table.Value)
        {
            if (Matches(row, text))
            {
                return row.NeedsPotential && !isPotential ? ChannelKind.Misc : row.Kind;
            }
        }

        // A current source density is a potential per area, over electrodes.
        if (!isPotential && !unit.ConvertsTo(PotentialPerArea))
        {
            return ChannelKind.Other;
        }

        var parts = text.Replace(".", "", StringComparison.Ordinal).Split('-', ':');
        return parts.Length > 2 ? ChannelKind.Other
            : parts[0] is "E1" or "E2" && !isElectrode(parts[0]) && (parts.Length == 1 || IsPlace(parts[1])) ? ChannelKind.Eog
            : isElectrode(parts[0]) && (parts.Length == 1 || isElectrode(parts[1]) || References.Contains(parts[1])) ? ChannelKind.Eeg
            : ChannelKind.Other;
    }

    /// <summary>Which names mean scalp electrodes among these labels: those of the 10-5 system, and E1, E2, … where they run on (a numbered net; else E1 and E2 are the eyes).</summary>
    /// <param name="labels">All labels of the file.</param>
    public static Func<string, bool> ElectrodesOf(IEnumerable<string> labels)
    {
        var names = labels.Select(l => l.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var isNet = names.Contains("E3") && names.Contains("E4");
        return name => IsPlace(name) || (isNet && name.Length > 1 && name[0] == 'E' && name.AsSpan(1).ContainsAnyExceptInRange('0', '9') is false);
    }

    private static bool IsPlace(string name)
    {
        var digits = name.Length;
        while (digits > 0 && char.IsAsciiDigit(name[digits - 1]))
        {
            digits--;
        }

        // 10-5 names between two places carry an h: AFF1h.
        var (stem, number) = name.EndsWith('H') && name.Length > 2 && char.IsAsciiDigit(name[^2]) ? Split(name[..^1]) : (name[..digits], name[digits..]);
        return number.Length is 1 or 2
            ? number is not ("0" or "00") && int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) <= 10 && Array.IndexOf(Lines, stem) >= 0
            : number.Length == 0 && stem.EndsWith('Z') && Array.IndexOf(Lines, stem[..^1]) >= 0;

        static (string Stem, string Number) Split(string text)
        {
            var at = text.AsSpan().IndexOfAnyInRange('0', '9');
            return (text[..at], text[at..]);
        }
    }

    private static bool Matches(Row row, string label) =>
        row.IsWhole ? label == row.Text : label.StartsWith(row.Text, StringComparison.Ordinal) && (label.Length == row.Text.Length || !char.IsLetter(label[row.Text.Length]));

    private static Row[] Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("SignalLab.Formats.Labels.ChannelKinds.tsv")!;
        using var reader = new StreamReader(stream);
        var rows = new List<Row>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var cells = line.Split('\t');
                rows.Add(new(cells[0].ToUpperInvariant(), cells[1] == "whole", Enum.Parse<ChannelKind>(cells[2]), cells[3] == "potential"));
            }
        }

        return [.. rows];
    }
}
