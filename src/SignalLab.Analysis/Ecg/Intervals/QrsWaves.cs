namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>The waves of one lead's QRS complex; 0 for a wave that is not there.</summary>
/// <param name="Q">Negative wave before the R wave; the whole complex where there is no R wave (QS).</param>
/// <param name="R">Largest positive wave.</param>
/// <param name="S">Deepest negative wave after the R wave.</param>
internal readonly record struct QrsWaves(double Q, double R, double S)
{
    // What is smaller or shorter is no wave. Source: IEC 60601-2-25:2011 (20 µV, 6 ms).
    private const double LeastMillivolts = 0.02;
    private const double LeastSeconds = 0.006;

    /// <summary>Finds the waves.</summary>
    /// <param name="complex">From QRS onset to its end, in mV, relative to the level before it.</param>
    /// <param name="rateHz">Samples a second.</param>
    public static QrsWaves Of(ReadOnlySpan<double> complex, double rateHz)
    {
        var waves = Waves(complex, rateHz);
        var r = -1;
        for (var w = 0; w < waves.Count; w++)
        {
            r = waves[w] > 0 && (r < 0 || waves[w] > waves[r]) ? w : r;
        }

        if (r < 0)
        {
            return new(waves.Count == 0 ? 0 : waves.Min(), 0, 0);
        }

        return new(waves.Take(r).Where(v => v < 0).DefaultIfEmpty(0).Min(), waves[r], waves.Skip(r + 1).Where(v => v < 0).DefaultIfEmpty(0).Min());
    }

    // Between crossings of the level; a wave whose extremum is the complex's own end is the shift of the ST segment.
    private static List<double> Waves(ReadOnlySpan<double> complex, double rateHz)
    {
        var waves = new List<double>();
        for (var from = 0; from < complex.Length;)
        {
            var (to, peak) = (from, from);
            while (to < complex.Length && (complex[to] >= 0) == (complex[from] >= 0))
            {
                peak = Math.Abs(complex[to]) > Math.Abs(complex[peak]) ? to : peak;
                to++;
            }

            if (Math.Abs(complex[peak]) >= LeastMillivolts && to - from >= LeastSeconds * rateHz && peak > 0 && peak < complex.Length - 1)
            {
                waves.Add(complex[peak]);
            }

            from = to;
        }

        return waves;
    }
}
