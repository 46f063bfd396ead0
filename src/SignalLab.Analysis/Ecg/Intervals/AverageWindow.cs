namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>Where the waves lie in a median beat, as indices that are within its samples.</summary>
internal sealed class AverageWindow
{
    private const double LevelSeconds = 0.008;

    private readonly int levelSamples;

    private AverageWindow(WaveMarks marks, int length, double rateHz)
    {
        levelSamples = Math.Max(1, (int)(LevelSeconds * rateHz));
        RateHz = rateHz;
        Length = length;
        P = Span(marks.POn, marks.POff);
        Qrs = Span(marks.QrsOn, marks.QrsOff);
        T = Span(marks.TOn ?? marks.QrsOff, marks.TOff);

        (int On, int Off)? Span(long? on, long? off) => on is >= 0 and { } a && off is { } b && b > a && b < length ? ((int)a, (int)b) : null;
    }

    /// <summary>Samples a second.</summary>
    public double RateHz { get; }

    /// <summary>Samples of the beat.</summary>
    public int Length { get; }

    /// <summary>First and last sample of the P wave, or null.</summary>
    public (int On, int Off)? P { get; }

    /// <summary>First and last sample of the QRS complex, or null.</summary>
    public (int On, int Off)? Qrs { get; }

    /// <summary>First and last sample of the T wave, or null; from the end of the QRS complex where its onset is not known.</summary>
    public (int On, int Off)? T { get; }

    /// <summary>The window of a median beat, or null where there is none.</summary>
    public static AverageWindow? Of(MedianBeat? median, AverageLeads? leads) => median is null || leads is null ? null : new(median.Global, leads.Length, leads.RateHz);

    /// <summary>The level that QRS, ST and T are measured from: the mean of the last 8 ms before QRS onset. Source: CSE Working Party 1985 (the level before the onset).</summary>
    /// <param name="lead">The lead.</param>
    /// <returns>The level; NaN where there is no QRS onset.</returns>
    public double Level(ReadOnlySpan<double> lead) => Qrs is { } qrs ? Mean(lead, qrs.On - levelSamples + 1, qrs.On) : double.NaN;

    /// <summary>The line under the P wave, which begins and ends at different heights: the means of the 8 ms before its onset and behind its end, as far as the QRS complex is away.</summary>
    /// <param name="lead">The lead.</param>
    /// <returns>Its heights at the P wave's onset and end; NaN where there is no P wave.</returns>
    public (double On, double Off) PLine(ReadOnlySpan<double> lead) => P is not { } p ? (double.NaN, double.NaN)
        : (Mean(lead, p.On - levelSamples + 1, p.On), Mean(lead, p.Off, Math.Max(p.Off, Math.Min(p.Off + levelSamples - 1, (Qrs?.On ?? Length) - 1))));

    private static double Mean(ReadOnlySpan<double> lead, int first, int last)
    {
        first = Math.Max(0, first);
        double sum = 0;
        for (var i = first; i <= last; i++)
        {
            sum += lead[i];
        }

        return sum / (last - first + 1);
    }
}
