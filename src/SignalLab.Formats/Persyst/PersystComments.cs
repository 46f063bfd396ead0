using System.Globalization;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Persyst;

/// <summary>What was said about the recording: lines <c>SECONDS,DURATION,STATE,TYPE,TEXT</c>; the text may hold commas.</summary>
internal static class PersystComments
{
    /// <summary>Reads the comments in order of time.</summary>
    /// <param name="text">The layout.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static Annotation[] Of(SectionedText text, List<string> remarks)
    {
        var annotations = new List<Annotation>();
        var lost = 0;
        foreach (var line in text["Comments"].Where(l => l.Text.Trim().Length > 0))
        {
            var parts = line.Text.Split(',', 5);
            if (parts.Length == 5 && Seconds(parts[0]) is { } onset && Seconds(parts[1]) is { } duration)
            {
                annotations.Add(new(onset, Math.Max(0, duration), parts[4].Trim()));
            }
            else
            {
                lost++;
            }
        }

        if (lost > 0)
        {
            remarks.Add(FormattableString.Invariant($"{lost} comments are not SECONDS,DURATION,STATE,TYPE,TEXT; they are left out."));
        }

        return [.. annotations.OrderBy(a => a.OnsetSeconds)];
    }

    /// <summary>A number of seconds, or null.</summary>
    /// <param name="word">How it is written.</param>
    public static double? Seconds(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) < 1e12 ? value : null;
}
