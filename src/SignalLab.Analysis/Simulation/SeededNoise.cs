namespace SignalLab.Analysis.Simulation;

/// <summary>Random numbers that are the same for the same seed on every machine.</summary>
/// <param name="seed">The seed.</param>
internal sealed class SeededNoise(int seed)
{
    private readonly Random random = new(seed);
    private double? spare;

    /// <summary>Uniform in [low, high).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * random.NextDouble());

    /// <summary>Normal with mean 0 and standard deviation 1 (Box and Muller 1958).</summary>
    public double Normal()
    {
        if (spare is { } kept)
        {
            spare = null;
            return kept;
        }

        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        var (sin, cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
        spare = radius * sin;
        return radius * cos;
    }

    /// <summary>Noise whose power falls as 1/f from about 0.5 Hz: a sum of three first-order low-passes.</summary>
    /// <remarks>Source: Kellet's three-pole approximation of pink noise, poles moved to the sampling rate.</remarks>
    public double[] Pink(int count, double rateHz)
    {
        double[] cornersHz = [0.4, 4, 40];
        var values = new double[count];
        var state = new double[cornersHz.Length];
        for (var i = 0; i < count; i++)
        {
            var white = Normal();
            for (var k = 0; k < state.Length; k++)
            {
                var keep = Math.Exp(-2 * Math.PI * cornersHz[k] / rateHz);
                state[k] = (keep * state[k]) + (Math.Sqrt(1 - (keep * keep)) * white / Math.Sqrt(cornersHz[k]));
                values[i] += state[k];
            }
        }

        return values;
    }

    /// <summary>Times of events at random distances between a shortest and a longest, inside a duration.</summary>
    public List<double> Times(double firstSeconds, double shortestSeconds, double longestSeconds, double endSeconds)
    {
        var times = new List<double>();
        for (var t = firstSeconds + Uniform(0, longestSeconds - shortestSeconds); t < endSeconds; t += Uniform(shortestSeconds, longestSeconds))
        {
            times.Add(t);
        }

        return times;
    }
}
