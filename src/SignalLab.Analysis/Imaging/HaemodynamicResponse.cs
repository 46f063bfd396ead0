namespace SignalLab.Analysis.Imaging;

/// <summary>How blood oxygenation follows nerve activity.</summary>
public static class HaemodynamicResponse
{
    /// <summary>The response to an instant, peak 1.</summary>
    /// <param name="seconds">Time since the instant.</param>
    /// <remarks>Source: Friston et al. 1998, NeuroImage 7:30; difference of gamma densities with peaks at 5 and 15 s, undershoot one sixth (the SPM canonical form).</remarks>
    public static double At(double seconds)
    {
        // Gamma densities of shape 6 and 16 with unit scale: t^5 e^-t / 5! and t^15 e^-t / 15!.
        const double Peak = 0.175442;
        return seconds <= 0 ? 0 : ((Math.Pow(seconds, 5) * Math.Exp(-seconds) / 120) - (Math.Pow(seconds, 15) * Math.Exp(-seconds) / 1307674368000 / 6)) / Peak;
    }

    /// <summary>The response to blocks, scaled to a peak of 1, at regular times.</summary>
    /// <param name="onsetsSeconds">Starts of the blocks.</param>
    /// <param name="durationSeconds">Length of every block.</param>
    /// <param name="stepSeconds">Distance of the wanted times, from 0.</param>
    /// <param name="count">How many.</param>
    public static double[] ToBlocks(ReadOnlySpan<double> onsetsSeconds, double durationSeconds, double stepSeconds, int count)
    {
        const double Fine = 0.05;
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            foreach (var onset in onsetsSeconds)
            {
                for (var lag = 0.0; lag < durationSeconds; lag += Fine)
                {
                    values[i] += Fine * At((i * stepSeconds) - onset - lag);
                }
            }
        }

        var peak = values.Length == 0 ? 0 : values.Max();
        return peak <= 0 ? values : [.. values.Select(v => v / peak)];
    }
}
