using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>
/// Joins the events of <c>events.tsv</c> with the markers of the data file. The table counts; a marker stays, with its origin, unless it is one of the
/// table's events: within a millisecond (or a sample, where that is longer) of one, and with its words or its code. So nothing is told twice and nothing is lost.
/// </summary>
internal static class BidsMarkers
{
    private const double ToleranceSeconds = 0.001;

    // More events than this at one time and of one name are not told apart.
    private const int MostAtOnce = 1000;

    /// <summary>The file's markers that are no events of the table, and the table's events, in order of time; at one time the markers come first.</summary>
    /// <param name="markers">Markers of the data file.</param>
    /// <param name="events">Events of the table.</param>
    /// <param name="rateHz">The recording's rate, or 0.</param>
    public static IReadOnlyList<Annotation> Joined(IReadOnlyList<Annotation> markers, IReadOnlyList<BidsEvent> events, double rateHz)
    {
        var tolerance = Math.Max(ToleranceSeconds, rateHz > 0 ? 1 / rateHz : 0) + 1e-9;
        int[] order = [.. Enumerable.Range(0, events.Count).OrderBy(i => events[i].Annotation.OnsetSeconds)];
        var byName = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var i in order)
        {
            foreach (var name in NamesOf(events[i]).Distinct())
            {
                (byName.TryGetValue(name, out var same) ? same : byName[name] = []).Add(i);
            }
        }

        var told = new bool[events.Count];
        var kept = markers.Where(m => !NamesOf(m.Text).Any(n => byName.TryGetValue(n, out var same) && Take(same, events, told, m.OnsetSeconds, tolerance)));
        return [.. kept.Concat(order.Select(i => events[i].Annotation)).OrderBy(a => a.OnsetSeconds)];
    }

    private static bool Take(List<int> same, IReadOnlyList<BidsEvent> events, bool[] told, double onset, double tolerance)
    {
        var (low, high) = (0, same.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = events[same[middle]].Annotation.OnsetSeconds < onset - tolerance ? (middle + 1, high) : (low, middle);
        }

        for (var i = low; i < same.Count && i < low + MostAtOnce && events[same[i]].Annotation.OnsetSeconds <= onset + tolerance; i++)
        {
            if (!told[same[i]])
            {
                return told[same[i]] = true;
            }
        }

        return false;
    }

    private static IEnumerable<string> NamesOf(BidsEvent e)
    {
        yield return Words(e.Annotation.Text);
        if (e.Value.Length > 0)
        {
            yield return Words(e.Value);
            if (double.TryParse(e.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var code) && code == Math.Floor(code))
            {
                yield return Code(code);
            }
        }
    }

    // A marker "Stimulus/S  1" is called so, "S  1", and by its code 1.
    private static IEnumerable<string> NamesOf(string marker)
    {
        yield return Words(marker);
        var description = marker[(marker.IndexOf('/', StringComparison.Ordinal) + 1)..];
        yield return Words(description);
        var digits = description.AsSpan().TrimEnd();
        var start = digits.LastIndexOfAnyExceptInRange('0', '9') + 1;
        if (start < digits.Length && IsLetter(digits[..start].Trim()) && double.TryParse(digits[start..], NumberStyles.None, CultureInfo.InvariantCulture, out var code))
        {
            yield return Code(code);
        }
    }

    private static bool IsLetter(ReadOnlySpan<char> text) => text.Length == 0 || (text.Length == 1 && char.IsAsciiLetter(text[0]));

    private static string Code(double code) => FormattableString.Invariant($"\0{code}");

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
