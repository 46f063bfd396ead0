namespace SignalLab.Analysis.Resampling;

/// <summary>What stands before the first and behind the last sample of a stretch while it is resampled.</summary>
public enum ResamplingEdges
{
    /// <summary>The stretch turned by half a turn about its end sample: an offset or a trend goes on, no step arises.</summary>
    Odd,

    /// <summary>Nothing, as SciPy takes it: a signal that does not end at zero rings there.</summary>
    Zero,
}

/// <summary>The low-pass of a resampler: a sinc under a Kaiser window, symmetric, so nothing is delayed.</summary>
/// <remarks>Source: Kaiser 1974 (window and its design formulas); Crochiere and Rabiner, Multirate Digital Signal Processing, 1983, ch. 4.</remarks>
public sealed record ResamplingOptions
{
    /// <summary>
    /// Stop band 90 dB down from half the lower rate on, so nothing folds back; flat to 0.003 % up to 0.82 of it.
    /// SciPy's own is 6 dB down there and leaks what lies up to 16 % above.
    /// </summary>
    public static ResamplingOptions Default { get; } = new();

    /// <summary>Exactly the filter and the edges of <c>scipy.signal.resample_poly</c>.</summary>
    public static ResamplingOptions SciPy { get; } = new() { HalfLength = 10, KaiserBeta = 5, Cutoff = 1, KeepsConstants = false, Edges = ResamplingEdges.Zero };

    /// <summary>Reach of the filter to either side, in samples of the lower rate, 1 to 1024.</summary>
    public int HalfLength { get; init; } = 32;

    /// <summary>Shape of the Kaiser window, ≥ 0; 9.0 is about 90 dB.</summary>
    public double KaiserBeta { get; init; } = 8.96;

    /// <summary>Where the filter is 6 dB down, as a part of half the lower rate, above 0 and at most 1.</summary>
    public double Cutoff { get; init; } = 0.911;

    /// <summary>True where the taps of every phase sum to exactly one, so that an offset of any size stays the same at every sample; false leaves them as they are designed.</summary>
    public bool KeepsConstants { get; init; } = true;

    /// <summary>What stands beyond the ends of a stretch.</summary>
    public ResamplingEdges Edges { get; init; } = ResamplingEdges.Odd;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(HalfLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HalfLength, 1024);
        ArgumentOutOfRangeException.ThrowIfNegative(KaiserBeta);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(KaiserBeta, 100);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Cutoff);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Cutoff, 1);
    }
}
