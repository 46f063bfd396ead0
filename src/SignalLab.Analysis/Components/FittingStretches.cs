using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>Which samples a decomposition is fitted on: those recorded, in the time asked for, outside stretches marked as bad, at most so many.</summary>
internal static class FittingStretches
{
    private const double ChunkSeconds = 10;

    /// <summary>Stretches of stored samples in order.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="channels">The channels, of one rate.</param>
    /// <param name="fromSeconds">First time.</param>
    /// <param name="toSeconds">End, excluded, or null.</param>
    /// <param name="most">Most samples.</param>
    public static List<(long First, long Count)> Of(Recording recording, int[] channels, double fromSeconds, double? toSeconds, long most)
    {
        var clean = Clean(recording, channels, fromSeconds, toSeconds);
        var total = clean.Sum(s => s.Count);
        if (total <= most)
        {
            return clean;
        }

        var chunk = Math.Min(most, Math.Max(1, (long)(ChunkSeconds * recording.Channels[channels[0]].RateHz)));
        var chunks = most / chunk;
        var chosen = new List<(long, long)>();
        for (var i = 0L; i < chunks; i++)
        {
            Take(clean, chunks == 1 ? (total - chunk) / 2 : (long)((Int128)(total - chunk) * i / (chunks - 1)), chunk, chosen);
        }

        return chosen;
    }

    /// <summary>True for words that rule a stretch out: those that begin with "bad", and artefacts other than what independent components are there to find.</summary>
    public static bool IsBad(Annotation annotation)
    {
        bool Says(string word) => annotation.Text.Contains(word, StringComparison.OrdinalIgnoreCase);
        return annotation.DurationSeconds > 0
            && (annotation.Text.StartsWith("bad", StringComparison.OrdinalIgnoreCase)
                || ((Says("artifact") || Says("artefact") || Says("movement") || Says("electrode pop")) && !Says("eye") && !Says("blink") && !Says("heart") && !Says("ecg")));
    }

    private static List<(long First, long Count)> Clean(Recording recording, int[] channels, double fromSeconds, double? toSeconds)
    {
        var lead = channels[0];
        var names = channels.Select(c => recording.Channels[c].Label).ToHashSet(StringComparer.Ordinal);
        var from = recording.SampleAt(lead, fromSeconds);
        var to = toSeconds is { } end ? recording.SampleAt(lead, end) : recording.Channels[lead].SampleCount;
        var bad = recording.Annotations.Where(a => IsBad(a) && (a.Channel is null || names.Contains(a.Channel)))
            .Select(a => (From: recording.SampleAt(lead, a.OnsetSeconds), To: recording.SampleAt(lead, a.OnsetSeconds + a.DurationSeconds))).OrderBy(b => b.From).ToList();
        var clean = new List<(long, long)>();
        foreach (var run in recording.Runs(lead))
        {
            var at = Math.Max(from, run.FirstSample);
            var stop = Math.Min(to, run.EndSample);
            foreach (var (first, past) in bad.Where(b => b.To > run.FirstSample && b.From < run.EndSample))
            {
                if (Math.Min(first, stop) > at)
                {
                    clean.Add((at, Math.Min(first, stop) - at));
                }

                at = Math.Max(at, past);
            }

            if (stop > at)
            {
                clean.Add((at, stop - at));
            }
        }

        return clean;
    }

    // A chunk that begins at a place among the clean samples counted through.
    private static void Take(List<(long First, long Count)> clean, long place, long length, List<(long, long)> into)
    {
        foreach (var (first, count) in clean)
        {
            if (place < count && length > 0)
            {
                var taken = Math.Min(length, count - place);
                into.Add((first + place, taken));
                (place, length) = (count, length - taken);
            }

            place -= Math.Min(place, count);
        }
    }
}
