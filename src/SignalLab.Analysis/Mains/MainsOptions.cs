using SignalLab.Model;

namespace SignalLab.Analysis.Mains;

/// <summary>How mains hum is fitted.</summary>
public sealed record MainsOptions
{
    /// <summary>Nominal frequency of the mains.</summary>
    public double FrequencyHz { get; init; } = 50;

    /// <summary>Multiples that are fitted, the first included; null for all below half the sampling rate.</summary>
    public int? Harmonics { get; init; }

    /// <summary>Length of the windows; the hum may change slowly from one to the next.</summary>
    public double WindowSeconds { get; init; } = 10;

    /// <summary>How far the mains may stray from the nominal frequency; harmonics stray as many times as far.</summary>
    public double ToleranceHz { get; init; } = 0.2;

    /// <summary>Where a line is less certain than this (probability of noise alone doing as well anywhere within the tolerance) nothing is taken out.</summary>
    public double Significance { get; init; } = 0.05;

    /// <summary>Refuses what is no number or out of range.</summary>
    internal MainsOptions Checked()
    {
        Require(FrequencyHz > 0 && double.IsFinite(FrequencyHz), "frequency", FrequencyHz, "above 0 Hz");
        Require(WindowSeconds > 0 && double.IsFinite(WindowSeconds), "window", WindowSeconds, "above 0 s");
        Require(ToleranceHz >= 0 && ToleranceHz < FrequencyHz / 4, "tolerance", ToleranceHz, "from 0 Hz to a quarter of the frequency");
        Require(Significance is > 0 and <= 1, "significance", Significance, "above 0, at most 1");
        Require(Harmonics is null or >= 1, "number of harmonics", Harmonics ?? 0, "of at least 1");
        return this;
    }

    private static void Require(bool holds, string what, double found, string possible)
    {
        if (!holds)
        {
            throw new UnfitInputException(FormattableString.Invariant($"Mains removal with a {what} of {found} is not possible: give one {possible}."));
        }
    }
}
