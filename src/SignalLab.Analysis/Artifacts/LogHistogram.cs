namespace SignalLab.Analysis.Artifacts;

/// <summary>Counts of positive values on a logarithmic scale of a sixteenth of an octave: a median in constant memory.</summary>
internal sealed class LogHistogram
{
    private const int PerOctave = 16;
    private const int Octaves = 80;

    private readonly int[] counts = new int[PerOctave * Octaves];
    private int total;

    public void Add(double value)
    {
        if (value > 0 && double.IsFinite(value))
        {
            counts[Math.Clamp((int)Math.Floor((Math.Log2(value) + (Octaves / 2)) * PerOctave), 0, counts.Length - 1)]++;
            total++;
        }
    }

    /// <summary>The median to three per cent; NaN without values.</summary>
    public double Median() => Quantile(0.5);

    /// <summary>A quantile to three per cent; NaN without values.</summary>
    /// <param name="share">Part of the values below it.</param>
    public double Quantile(double share)
    {
        var below = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            below += counts[i];
            if (below >= share * total && total > 0)
            {
                return Math.Pow(2, ((i + 0.5) / PerOctave) - (Octaves / 2));
            }
        }

        return double.NaN;
    }
}
