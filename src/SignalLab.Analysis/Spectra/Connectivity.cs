using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>A measure of how far two channels go together at a frequency.</summary>
public enum ConnectivityMeasure
{
    /// <summary>Magnitude-squared coherence, |Σxy|² / (Σxx·Σyy), 0…1.</summary>
    Coherence,

    /// <summary>Imaginary part of coherency, Im Σxy / √(Σxx·Σyy), −1…1: blind to what reaches both channels at once. Positive where the first channel leads.</summary>
    ImaginaryCoherence,

    /// <summary>Phase-locking value, |mean of xy / |xy||, 0…1.</summary>
    PhaseLockingValue,

    /// <summary>Phase lag index, |mean of the sign of Im xy|, 0…1.</summary>
    PhaseLagIndex,

    /// <summary>Weighted phase lag index, |Σ Im xy| / Σ |Im xy|, 0…1.</summary>
    WeightedPhaseLagIndex,

    /// <summary>Square of the weighted phase lag index without its bias by the number of segments; may be slightly negative.</summary>
    DebiasedWeightedPhaseLagIndexSquared,
}

/// <summary>How cross-spectra are estimated.</summary>
public sealed record ConnectivityOptions
{
    /// <summary>Two-second Hann segments that overlap by half.</summary>
    public static ConnectivityOptions Default { get; } = new();

    /// <summary>Segments, and their taper where neither tapers nor wavelets are chosen.</summary>
    public WelchOptions Segments { get; init; } = WelchOptions.Default;

    /// <summary>Full width of the Slepian tapers of each segment, whose cross-spectra are averaged; null for the one taper of <see cref="Segments"/>.</summary>
    public double? BandwidthHz { get; init; }

    /// <summary>Wavelets whose coefficients at every so many samples take the place of segments; null for segments.</summary>
    public MorletOptions? Wavelets { get; init; }

    internal ProcessingStep Step => Wavelets is { } wavelets
        ? wavelets.Step with { Name = "cross-spectra by morlet" }
        : Segments.Step with
        {
            Name = "cross-spectra",
            Parameters = new Dictionary<string, string>(Segments.Step.Parameters.Where(p => p.Key != "average" && (BandwidthHz is null || p.Key != "window")))
            {
                ["bandwidth_hz"] = BandwidthHz?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "one taper",
            },
        };
}

/// <summary>How far two channels go together, over frequency.</summary>
public sealed class Connectivity
{
    private readonly CrossSpectra spectra;
    private readonly Axis frequencies;

    internal Connectivity(int first, int second, string name, Axis frequencies, CrossSpectra spectra, Provenance provenance)
    {
        (First, Second, Name, this.frequencies, this.spectra, Provenance) = (first, second, name, frequencies, spectra, provenance);
    }

    /// <summary>Index of the first channel.</summary>
    public int First { get; }

    /// <summary>Index of the second channel.</summary>
    public int Second { get; }

    /// <summary>Names of both.</summary>
    public string Name { get; }

    /// <summary>How many segments (or coefficients in time) were gathered.</summary>
    public long SegmentCount => spectra.Count;

    /// <summary>Where it came from.</summary>
    public Provenance Provenance { get; }

    /// <summary>One measure over frequency; NaN where a channel has no power, or nothing was gathered.</summary>
    /// <param name="measure">Which.</param>
    public Series Of(ConnectivityMeasure measure)
    {
        Func<int, double> value = measure switch
        {
            ConnectivityMeasure.Coherence => spectra.Coherence,
            ConnectivityMeasure.ImaginaryCoherence => spectra.ImaginaryCoherence,
            ConnectivityMeasure.PhaseLockingValue => spectra.PhaseLocking,
            ConnectivityMeasure.PhaseLagIndex => spectra.PhaseLag,
            ConnectivityMeasure.WeightedPhaseLagIndex => spectra.WeightedPhaseLag,
            ConnectivityMeasure.DebiasedWeightedPhaseLagIndexSquared => spectra.DebiasedWeightedPhaseLag,
            _ => throw new ArgumentOutOfRangeException(nameof(measure)),
        };
        return new(Name, frequencies, [.. Enumerable.Range(0, frequencies.Length).Select(value)], Unit.One)
        {
            Provenance = Provenance.Then(ProcessingStep.Of("connectivity", ("measure", measure.ToString()))),
        };
    }
}
