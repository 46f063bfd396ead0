using System.Globalization;
using SignalLab.Formats.Meg;
using SignalLab.Model;

namespace SignalLab.Formats.Ctf;

/// <summary>What was noted in a dataset's text files: markers, bad stretches, bad trials and bad channels.</summary>
internal static class CtfNotes
{
    /// <summary>Channels named in <c>BadChannels</c>; the file leaves out what follows a name's dash.</summary>
    public static HashSet<string> BadChannels(CtfFolder folder, Res4Header header, List<string> remarks)
    {
        var bad = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in CompanionText.Lines(folder.Beside("BadChannels"), "bad channels").Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            var named = header.Channels.Where(c => c.Name == line || c.Name.Split('-')[0] == line).ToList();
            named.ForEach(c => bad.Add(c.Name));
            if (named.Count == 0)
            {
                remarks.Add($"BadChannels names '{line}', which is no channel.");
            }
        }

        return bad;
    }

    /// <summary>Annotations in order of time.</summary>
    public static IReadOnlyList<Annotation> Annotations(CtfFolder folder, Res4Header header, CtfTimeline timeline, List<string> remarks)
    {
        var lost = 0;
        double? Onset(int trial, double seconds)
        {
            if (trial >= 0 && trial < timeline.TrialOnsets.Count)
            {
                return timeline.TrialOnsets[trial] + (header.PreTriggerSamples / header.RateHz) + seconds;
            }

            lost++;
            return null;
        }

        var annotations = new List<Annotation>();
        foreach (var (name, trial, seconds) in Markers(CompanionText.Lines(folder.Beside("MarkerFile.mrk"), "markers")))
        {
            if (Onset(trial, seconds) is { } onset)
            {
                annotations.Add(new(onset, 0, name));
            }
        }

        foreach (var (trial, from, to) in Stretches(CompanionText.Lines(folder.Beside("bad.segments"), "bad segments")))
        {
            // Trials count from 1 here.
            if (Onset(Math.Max(0, trial - 1), from) is { } onset)
            {
                annotations.Add(new(onset, to - from, FormattableString.Invariant($"bad_{trial}")));
            }
        }

        foreach (var (name, trials) in Classes(CompanionText.Lines(folder.Beside("ClassFile.cls"), "classes of trials")))
        {
            if (name.Equals("BAD", StringComparison.OrdinalIgnoreCase))
            {
                annotations.AddRange(trials.Where(t => t >= 0 && t < timeline.TrialOnsets.Count).Select(t => new Annotation(timeline.TrialOnsets[t], header.TrialSamples / header.RateHz, name)));
            }
            else if (trials.Count > 0)
            {
                remarks.Add($"Trials of class '{name}': {string.Join(", ", trials.Take(20).Select(t => t + 1))}{(trials.Count > 20 ? " …" : "")}.");
            }
        }

        if (lost > 0)
        {
            remarks.Add(FormattableString.Invariant($"{lost} markers or bad stretches name trials that are not there; they are left out."));
        }

        return [.. annotations.OrderBy(a => a.OnsetSeconds)];
    }

    // NAME: and, on the next line, the name; LIST OF SAMPLES:, a heading, then trial (from 0) and seconds from the trial's trigger.
    private static IEnumerable<(string Name, int Trial, double Seconds)> Markers(IReadOnlyList<string> lines)
    {
        foreach (var (name, words) in Listed(lines, "LIST OF SAMPLES:"))
        {
            if (words is [var trial, var seconds, ..] && Whole(trial) is { } t && CompanionText.Number(seconds) is { } s)
            {
                yield return (name, t, s);
            }
        }
    }

    private static IEnumerable<(string Name, IReadOnlyList<int> Trials)> Classes(IReadOnlyList<string> lines) =>
        Listed(lines, "LIST OF TRIALS:").GroupBy(l => l.Name, (name, rows) => (name, (IReadOnlyList<int>)[.. rows.Where(r => r.Words.Length == 1).Select(r => Whole(r.Words[0])).OfType<int>()]));

    // Rows of the lists of a file, each with the name that stands before its list. A list ends at an empty line or the next key.
    private static IEnumerable<(string Name, string[] Words)> Listed(IReadOnlyList<string> lines, string key)
    {
        var name = "";
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] == "NAME:" && i + 1 < lines.Count)
            {
                name = lines[i + 1].Trim();
            }
            else if (lines[i] == key)
            {
                for (i += 2; i < lines.Count && CompanionText.Words(lines[i]) is { Length: > 0 } words && !lines[i].EndsWith(':'); i++)
                {
                    yield return (name, words);
                }
            }
        }
    }

    private static IEnumerable<(int Trial, double From, double To)> Stretches(IReadOnlyList<string> lines)
    {
        foreach (var words in lines.Select(CompanionText.Words))
        {
            if (words is [var trial, var from, var to, ..] && CompanionText.Number(trial) is { } t && Math.Abs(t) < int.MaxValue
                && CompanionText.Number(from) is { } a && CompanionText.Number(to) is { } b && b >= a)
            {
                yield return ((int)t, a, b);
            }
        }
    }

    private static int? Whole(string word) => int.TryParse(word, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null;
}
