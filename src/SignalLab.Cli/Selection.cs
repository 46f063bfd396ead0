using System.Globalization;
using System.IO.Enumeration;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>How channels and times are named on the command line.</summary>
internal static class Selection
{
    /// <summary>Channels by name, glob or kind, in the order asked for; <c>Fp1#2</c> is the second of that name.</summary>
    /// <exception cref="UnfitInputException">A name matches nothing.</exception>
    public static int[] Channels(Recording recording, string? wanted)
    {
        if (string.IsNullOrWhiteSpace(wanted))
        {
            return [.. Enumerable.Range(0, recording.Channels.Count)];
        }

        var chosen = new List<int>();
        foreach (var name in Split(wanted))
        {
            var found = Matching(recording, name);
            if (found.Count == 0)
            {
                throw new UnfitInputException($"No channel matches '{name}'; the file has {Abbreviate(recording.Channels.Select(c => c.Label))}.");
            }

            chosen.AddRange(found.Where(c => !chosen.Contains(c)));
        }

        return [.. chosen];
    }

    /// <summary>Seconds from <c>12.5</c>, <c>mm:ss</c> or <c>hh:mm:ss.fff</c>.</summary>
    public static double? Seconds(string? text, string option)
    {
        if (text is null)
        {
            return null;
        }

        var total = 0.0;
        var parts = text.Split(':');
        foreach (var part in parts)
        {
            if (parts.Length > 3 || !double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value) || (parts.Length > 1 && value < 0))
            {
                throw new UsageException($"{option} '{text}': expected seconds (12.5) or hh:mm:ss.");
            }

            total = (60 * total) + value;
        }

        return total;
    }

    /// <summary>A list of numbers such as <c>50,100</c>.</summary>
    public static double[] Numbers(string text, string option, int? count = null)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var values = new double[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]) || !double.IsFinite(values[i]))
            {
                throw new UsageException($"{option} '{text}': '{parts[i]}' is not a number.");
            }
        }

        return count is null || count == values.Length ? values : throw new UsageException($"{option} '{text}': expected {count} numbers separated by commas.");
    }

    /// <summary>The recording of a study; the condition by name or number where there are several.</summary>
    public static Recording Recording(Study study, string file, string? condition)
    {
        if (study.Recordings.Count == 0)
        {
            throw new UnfitInputException($"{file}: holds {StudyContent.WordsOf(study)}, this needs a recording.");
        }

        if (condition is null)
        {
            return study.Recordings[0];
        }

        var named = study.Recordings.FirstOrDefault(r => string.Equals(NameOf(r), condition, StringComparison.OrdinalIgnoreCase));
        if (named is not null)
        {
            return named;
        }

        return int.TryParse(condition, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < study.Recordings.Count
            ? study.Recordings[index]
            : throw new UnfitInputException($"{file}: has no condition '{condition}'; it has {Abbreviate(study.Recordings.Select((r, i) => $"{i} {NameOf(r)}".Trim()))}.");
    }

    /// <summary>What tells a recording from the others of its file: the condition of an average, else its title; empty where nothing does.</summary>
    public static string NameOf(Recording recording) => recording.Evoked?.Condition ?? recording.Title;

    /// <summary>Splits at commas outside quotes.</summary>
    private static IEnumerable<string> Split(string wanted)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i <= wanted.Length; i++)
        {
            if (i < wanted.Length && wanted[i] == '"')
            {
                quoted = !quoted;
            }
            else if (i == wanted.Length || (wanted[i] == ',' && !quoted))
            {
                var name = wanted[start..i].Trim().Trim('"');
                if (name.Length > 0)
                {
                    yield return name;
                }

                start = i + 1;
            }
        }
    }

    /// <summary>Indices of the channels a name, glob or kind means; empty where nothing matches.</summary>
    public static List<int> Matching(Recording recording, string name)
    {
        var all = Enumerable.Range(0, recording.Channels.Count);
        string Label(int c) => recording.Channels[c].Label;
        List<int> exact = [.. all.Where(c => Label(c) == name)];
        if (exact.Count > 0)
        {
            return exact;
        }

        if (name.LastIndexOf('#') is > 0 and var mark && int.TryParse(name[(mark + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            List<int> same = [.. all.Where(c => Label(c) == name[..mark])];
            return number >= 1 && number <= same.Count ? [same[number - 1]] : [];
        }

        if (name.AsSpan().IndexOfAny('*', '?') >= 0)
        {
            return [.. all.Where(c => FileSystemName.MatchesSimpleExpression(name, Label(c)))];
        }

        if (ChannelKinds.Parse(name) is { } kinds && all.Where(c => kinds.Contains(recording.Channels[c].Kind)).ToList() is { Count: > 0 } ofKind)
        {
            return ofKind;
        }

        var place = ChannelName.Normalise(name);
        return [.. all.Where(c => ChannelName.Normalise(Label(c)) == place)];
    }

    private static string Abbreviate(IEnumerable<string> names)
    {
        var all = names.ToList();
        return all.Count == 0 ? "none" : string.Join(", ", all.Take(12)) + (all.Count > 12 ? $", … ({all.Count})" : "");
    }
}
