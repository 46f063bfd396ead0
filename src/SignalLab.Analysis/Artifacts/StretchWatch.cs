namespace SignalLab.Analysis.Artifacts;

/// <summary>Watches one channel sample by sample for stretches without change, at its extreme values, and without numbers.</summary>
/// <param name="tolerance">Largest change within a flat stretch, in the channel's unit.</param>
/// <param name="flatSamples">Shortest flat stretch.</param>
/// <param name="plateauSamples">Shortest rest at an extreme value.</param>
/// <param name="mergeSamples">Rests closer than this are one stretch.</param>
internal sealed class StretchWatch(double tolerance, int flatSamples, int plateauSamples, int mergeSamples)
{
    private double level = double.NaN;
    private long levelFrom;
    private double plateau = double.NaN;
    private long plateauFrom;
    private long missingFrom = -1;
    private long runFirst;

    /// <summary>A stretch of stored samples.</summary>
    /// <param name="First">Its first sample.</param>
    /// <param name="Count">Its length.</param>
    /// <param name="Resting">How many of its samples show the fault.</param>
    public readonly record struct Stretch(long First, long Count, long Resting);

    public double Highest { get; private set; } = double.NegativeInfinity;

    public double Lowest { get; private set; } = double.PositiveInfinity;

    public List<Stretch> Flat { get; } = [];

    public List<Stretch> AtHighest { get; } = [];

    public List<Stretch> AtLowest { get; } = [];

    public List<Stretch> Missing { get; } = [];

    public long FiniteCount { get; private set; }

    /// <summary>Takes samples in.</summary>
    /// <param name="samples">Consecutive samples.</param>
    /// <param name="first">Index of the first among the channel's stored samples.</param>
    /// <param name="endsRun">True where a gap or the end follows.</param>
    public void Add(ReadOnlySpan<double> samples, long first, bool endsRun)
    {
        for (var i = 0; i < samples.Length; i++)
        {
            var x = samples[i];
            if (!double.IsFinite(x))
            {
                CloseLevel(first + i);
                ClosePlateau(first + i);
                (level, plateau) = (double.NaN, double.NaN);
                missingFrom = missingFrom < 0 ? first + i : missingFrom;
                continue;
            }

            FiniteCount++;
            if (missingFrom >= 0)
            {
                CloseMissing(first + i);
            }

            if (!(Math.Abs(x - level) <= tolerance))
            {
                CloseLevel(first + i);
                (level, levelFrom) = (x, first + i);
            }

            if (x != plateau)
            {
                ClosePlateau(first + i);
                (plateau, plateauFrom) = (x, first + i);
                if (x > Highest)
                {
                    Highest = x;
                    AtHighest.Clear();
                }

                if (x < Lowest)
                {
                    Lowest = x;
                    AtLowest.Clear();
                }
            }
        }

        if (endsRun)
        {
            var end = first + samples.Length;
            CloseLevel(end);
            ClosePlateau(end);
            CloseMissing(end);
            (level, plateau) = (double.NaN, double.NaN);
            runFirst = end;
        }
    }

    private void CloseLevel(long end)
    {
        if (double.IsFinite(level) && end - levelFrom >= flatSamples)
        {
            Flat.Add(new(levelFrom, end - levelFrom, end - levelFrom));
        }
    }

    private void ClosePlateau(long end)
    {
        if (!double.IsFinite(plateau) || end - plateauFrom < plateauSamples)
        {
            return;
        }

        if (plateau == Highest)
        {
            Join(AtHighest, plateauFrom, end);
        }

        if (plateau == Lowest)
        {
            Join(AtLowest, plateauFrom, end);
        }
    }

    private void CloseMissing(long end)
    {
        if (missingFrom >= 0)
        {
            Missing.Add(new(missingFrom, end - missingFrom, end - missingFrom));
            missingFrom = -1;
        }
    }

    private void Join(List<Stretch> stretches, long from, long end)
    {
        if (stretches.Count > 0 && stretches[^1] is var last && last.First >= runFirst && from - (last.First + last.Count) <= mergeSamples)
        {
            stretches[^1] = new(last.First, end - last.First, last.Resting + end - from);
        }
        else
        {
            stretches.Add(new(from, end - from, end - from));
        }
    }
}
