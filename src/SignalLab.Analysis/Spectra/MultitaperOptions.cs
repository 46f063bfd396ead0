using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>How a multitaper spectrum is estimated.</summary>
public sealed record MultitaperOptions
{
    private const long MostWeights = 1L << 25;

    /// <summary>Each channel's longest stretch as a whole, a time times half bandwidth of 4.</summary>
    public static MultitaperOptions Default { get; } = new();

    /// <summary>Full width over which frequencies are smoothed together; null for 8 / duration.</summary>
    public double? BandwidthHz { get; init; }

    /// <summary>Leave out tapers with less than nine tenths of their energy inside the band.</summary>
    public bool LowBias { get; init; } = true;

    /// <summary>Weigh the tapers at each frequency by how little leaks in from elsewhere, after Thomson; needs three tapers.</summary>
    public bool Adaptive { get; init; }

    /// <summary>Length of the segments whose spectra are averaged; null for the longest uninterrupted stretch as a whole.</summary>
    public double? SegmentSeconds { get; init; }

    /// <summary>Part of a segment that the next one shares, 0 to below 1.</summary>
    public double Overlap { get; init; } = 0.5;

    internal ProcessingStep Step(SlepianTapers tapers, double rateHz) => ProcessingStep.Of(
        "multitaper",
        ("bandwidth_hz", 2 * tapers.HalfBandwidth * rateHz / tapers.Length),
        ("tapers", tapers.Count),
        ("low_bias", LowBias),
        ("weights", Adaptive && tapers.Count >= 3 ? "adaptive" : "concentration"),
        ("segment_s", SegmentSeconds is { } seconds ? seconds : "whole"),
        ("overlap", SegmentSeconds is null ? 0 : Overlap),
        ("detrend", "constant"));

    internal WelchOptions Segments(double seconds) => new() { SegmentSeconds = seconds, Overlap = Overlap };

    internal SlepianTapers Tapers(Channel channel, int length)
    {
        var halfBandwidth = BandwidthHz is { } hz ? hz * length / (2 * channel.RateHz) : Math.Min(4, (length - 1) / 2.0);
        if (!(halfBandwidth is >= 0.5 && halfBandwidth < length / 2.0))
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"A bandwidth of {BandwidthHz} Hz does not fit {length} samples of '{channel.Label}': choose one from {channel.RateHz / length} to below {channel.RateHz} Hz, or longer segments."));
        }

        var count = Math.Max(1, (int)(2 * halfBandwidth));
        if ((long)count * length > MostWeights)
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"{count} tapers of {length / channel.RateHz} s for '{channel.Label}' take more than {MostWeights} weights: choose segments (--segment), or a narrower bandwidth."));
        }

        var tapers = SlepianTapers.Of(length, halfBandwidth, count);
        return LowBias ? tapers.Above(0.9) : tapers;
    }
}
