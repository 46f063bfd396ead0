namespace SignalLab.Analysis.Ecg.Quality;

/// <summary>Finds deflections of one to three milliseconds in one lead: both flanks steep, the level before and after the same, and nothing alike close by, as beside the flanks of an R wave.</summary>
/// <param name="rateHz">Sampling rate.</param>
internal sealed class SpikeFinder(double rateHz)
{
    /// <summary>A lower spike cannot be told from noise.</summary>
    public const double LeastMillivolts = 0.15;

    private const double WidthSeconds = 0.003;
    private const int Surrounding = 5;
    private const double QuietShare = 0.3;
    private const double Deviations = 8;

    private readonly int width = Math.Max(1, (int)Math.Round(WidthSeconds * rateHz));

    /// <summary>Samples that are needed on either side.</summary>
    public int Reach => Surrounding * width;

    /// <summary>Indices of spikes, in order.</summary>
    /// <param name="x">Samples.</param>
    /// <param name="least">Least height, in the samples' unit.</param>
    public List<int> Find(ReadOnlySpan<double> x, double least)
    {
        var heights = new double[x.Length];
        for (var i = Reach; i < x.Length - Reach; i++)
        {
            var (before, after) = (x[i] - x[i - width], x[i] - x[i + width]);
            heights[i] = before * after > 0 ? Math.Min(Math.Abs(before), Math.Abs(after)) : 0;
        }

        var sorted = heights.Where(h => h > 0).Order().ToArray();
        var floor = Math.Max(least, sorted.Length == 0 ? 0 : Deviations * sorted[sorted.Length / 2]);
        var spikes = new List<int>();
        for (var i = Reach; i < x.Length - Reach; i++)
        {
            if (heights[i] > floor && heights[i] >= heights[i - 1] && heights[i] > heights[i + 1]
                && Range(x[(i - Reach)..(i - width + 1)], x[(i + width)..(i + Reach + 1)]) < QuietShare * heights[i])
            {
                spikes.Add(i);
            }
        }

        return spikes;
    }

    private static double Range(ReadOnlySpan<double> before, ReadOnlySpan<double> after)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in before)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        foreach (var value in after)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return high - low;
    }
}
