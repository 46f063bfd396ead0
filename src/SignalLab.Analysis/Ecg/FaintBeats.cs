namespace SignalLab.Analysis.Ecg;

/// <summary>Beats that do not stand out of the noise in any lead are believed only where their rhythm is even: the tallest maxima of noise come without order.</summary>
internal static class FaintBeats
{
    private const double SameInterval = 0.12;
    private const double EvenShare = 0.6;
    private const int FewestIntervals = 3;

    /// <summary>Leaves out what may be noise.</summary>
    /// <param name="beats">Indices in order.</param>
    /// <param name="faint">Stretches in which no lead stands out of its noise, half open and in order.</param>
    /// <returns>The others, in order.</returns>
    public static List<int> Leave(List<int> beats, IReadOnlyList<(int From, int To)> faint)
    {
        foreach (var (from, to) in faint)
        {
            int[] inside = [.. beats.Where(b => b >= from && b < to)];
            int[] intervals = [.. inside.Skip(1).Zip(inside, (b, a) => b - a)];
            if (intervals.Length < FewestIntervals)
            {
                continue;
            }

            var usual = intervals.Order().ElementAt(intervals.Length / 2);
            if (intervals.Count(i => Math.Abs(i - usual) <= SameInterval * usual) < EvenShare * intervals.Length)
            {
                beats = [.. beats.Where(b => b < from || b >= to)];
            }
        }

        return beats;
    }
}
