namespace SignalLab.Model;

/// <summary>How the noise of channels varies together: what whitening and the inverse problem divide by.</summary>
public sealed record NoiseCovariance
{
    private readonly double[] values;

    /// <summary>From its lower triangle, row by row, or from its diagonal.</summary>
    /// <param name="channels">Labels of the channels.</param>
    /// <param name="values">n (n + 1) / 2 numbers, or n where only the variances are known, in the products of the channels' SI units (V, T, T/m); kept, not copied.</param>
    /// <exception cref="ArgumentException">There are neither so many.</exception>
    public NoiseCovariance(IReadOnlyList<string> channels, double[] values)
    {
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(values);
        Channels = channels;
        this.values = values;
        var n = (long)channels.Count;
        IsDiagonal = values.Length == n && n > 1;
        if (values.Length != n && values.Length != n * (n + 1) / 2)
        {
            throw new ArgumentException($"{n} channels need {n * (n + 1) / 2} or {n} numbers, got {values.Length}.", nameof(values));
        }
    }

    /// <summary>Labels of the channels.</summary>
    public IReadOnlyList<string> Channels { get; }

    /// <summary>True where only the variances are known and every covariance is taken as 0.</summary>
    public bool IsDiagonal { get; }

    /// <summary>Degrees of freedom it was estimated with, or null where not stated.</summary>
    public int? DegreesOfFreedom { get; init; }

    /// <summary>How it was estimated, as its source says, or empty.</summary>
    public string Method { get; init; } = "";

    /// <summary>Projectors that come with it; active ones were applied before it was estimated.</summary>
    public IReadOnlyList<Projector> Projectors { get; init; } = [];

    /// <summary>Labels of channels marked as bad.</summary>
    public IReadOnlyList<string> BadChannels { get; init; } = [];

    /// <summary>Where it came from.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;

    /// <summary>The covariance of two channels.</summary>
    /// <param name="row">Index of the one.</param>
    /// <param name="column">Index of the other.</param>
    public double this[int row, int column]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(Math.Min(row, column), nameof(row));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Math.Max(row, column), Channels.Count, nameof(row));
            var (high, low) = (Math.Max(row, column), Math.Min(row, column));
            return IsDiagonal ? (high == low ? values[high] : 0) : values[(high * (high + 1L) / 2) + low];
        }
    }
}
