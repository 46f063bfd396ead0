using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Curry;

/// <summary>The event file: list <c>NUMBER_LIST</c> with sample, code (third column), first and last sample (fifth and sixth), and list <c>REMARK_LIST</c> with words.</summary>
internal static class CurryEvents
{
    private const string Numbers = "NUMBER_LIST";
    private const string Words = "REMARK_LIST";

    /// <summary>Reads the events of a recording.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="rateHz">Its sampling rate.</param>
    /// <param name="remarks">Receives why an event file cannot be read.</param>
    /// <returns>Events by their onset: one whose text is the code, and where it has words one more with them.</returns>
    public static IReadOnlyList<Annotation> Read(CurryFiles files, double rateHz, List<string> remarks)
    {
        if (files.Events is not { } path)
        {
            return [];
        }

        try
        {
            return Read(CurryText.Read(path), rateHz);
        }
        catch (MalformedFileException e)
        {
            // The samples can be read without them: the user is told.
            remarks.Add($"The events beside the recording cannot be read: {e.Message}");
            return [];
        }
    }

    private static Annotation[] Read(CurryText text, double rateHz)
    {
        var events = new List<Annotation>();
        var words = text.Rows(Words);
        for (var i = 0; i < text.Rows(Numbers).Count; i++)
        {
            if (string.IsNullOrWhiteSpace(text.Rows(Numbers)[i]))
            {
                continue;
            }

            var row = text.Numbers(Numbers, i, 3);
            var onset = row[0] / rateHz;
            var duration = row.Length > 5 ? Math.Max(0, row[5] - row[4]) / rateHz : 0;
            events.Add(new(onset, duration, row[2].ToString(CultureInfo.InvariantCulture)));
            if (i < words.Count && words[i].Trim() is { Length: > 0 } said)
            {
                events.Add(new(onset, duration, said));
            }
        }

        return [.. events.OrderBy(e => e.OnsetSeconds)];
    }
}
