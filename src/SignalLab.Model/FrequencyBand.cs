namespace SignalLab.Model;

/// <summary>A range of frequencies with a name, both ends included.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="LowHz">Lower end.</param>
/// <param name="HighHz">Upper end.</param>
public sealed record FrequencyBand(string Name, double LowHz, double HighHz)
{
    /// <summary>0.5–4 Hz.</summary>
    public static FrequencyBand Delta { get; } = new("delta", 0.5, 4);

    /// <summary>4–8 Hz.</summary>
    public static FrequencyBand Theta { get; } = new("theta", 4, 8);

    /// <summary>8–13 Hz.</summary>
    public static FrequencyBand Alpha { get; } = new("alpha", 8, 13);

    /// <summary>13–30 Hz.</summary>
    public static FrequencyBand Beta { get; } = new("beta", 13, 30);

    /// <summary>30–45 Hz, below the mains.</summary>
    public static FrequencyBand Gamma { get; } = new("gamma", 30, 45);

    /// <summary>The bands of the clinical EEG, low to high.</summary>
    /// <remarks>Source: Kane et al., Clin. Neurophysiol. Practice 2 (2017) 170–185 (IFCN glossary); the ends of delta and gamma as in quantitative EEG.</remarks>
    public static IReadOnlyList<FrequencyBand> Standard { get; } = [Delta, Theta, Alpha, Beta, Gamma];

    /// <summary>A band of any frequencies.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="lowHz">Lower end, ≥ 0.</param>
    /// <param name="highHz">Upper end, above the lower one.</param>
    /// <exception cref="UnfitInputException">The band is empty or reaches below 0.</exception>
    public static FrequencyBand Of(string name, double lowHz, double highHz) => lowHz >= 0 && highHz > lowHz && double.IsFinite(highHz)
        ? new(name, lowHz, highHz)
        : throw new UnfitInputException(FormattableString.Invariant($"The band {name} from {lowHz} to {highHz} Hz is empty: give a lower and a higher frequency."));
}
