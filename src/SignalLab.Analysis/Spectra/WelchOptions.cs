using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>How the segments' spectra become one.</summary>
public enum Averaging
{
    /// <summary>Mean.</summary>
    Mean,

    /// <summary>Median, divided by its bias: artefacts in a few segments hardly count.</summary>
    Median,
}

/// <summary>How a spectrum is estimated.</summary>
public sealed record WelchOptions
{
    /// <summary>Two-second Hann segments that overlap by half.</summary>
    public static WelchOptions Default { get; } = new();

    /// <summary>Length of a segment; its inverse is the distance of bins.</summary>
    public double SegmentSeconds { get; init; } = 2;

    /// <summary>Part of a segment that the next one shares, 0 to below 1.</summary>
    public double Overlap { get; init; } = 0.5;

    /// <summary>The taper of a segment.</summary>
    public Taper Taper { get; init; } = Taper.Hann;

    /// <summary>Mean or median over segments.</summary>
    public Averaging Averaging { get; init; } = Averaging.Mean;

    internal ProcessingStep Step => ProcessingStep.Of(
        "welch",
        ("segment_s", SegmentSeconds),
        ("overlap", Overlap),
        ("window", Taper.ToString().ToLowerInvariant()),
        ("average", Averaging.ToString().ToLowerInvariant()),
        ("detrend", "constant"));

    internal ProcessingStep SpectrogramStep => Step with
    {
        Name = "spectrogram",
        Parameters = new Dictionary<string, string>(Step.Parameters.Where(p => p.Key != "average")),
    };

    internal (int Length, int Step) SamplesAt(Channel channel)
    {
        if (!(SegmentSeconds > 0 && Overlap is >= 0 and < 1))
        {
            throw new UnfitInputException(FormattableString.Invariant($"Segments of {SegmentSeconds} s with overlap {Overlap} are not possible: the length must be above 0, the overlap from 0 to below 1."));
        }

        var length = Math.Round(SegmentSeconds * channel.RateHz);
        if (length is < 2 or > 1 << 26)
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"A segment of {SegmentSeconds} s holds {length} samples of '{channel.Label}' ({channel.RateHz} Hz): choose a {(length < 2 ? "longer" : "shorter")} one."));
        }

        return ((int)length, Math.Max(1, (int)length - (int)(length * Overlap)));
    }
}
