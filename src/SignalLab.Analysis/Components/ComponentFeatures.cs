namespace SignalLab.Analysis.Components;

/// <summary>What the rules look at.</summary>
internal sealed record ComponentFeatures
{
    /// <summary>Fourth moment of the activation less 3.</summary>
    public required double Kurtosis { get; init; }

    /// <summary>Exponent of the density over frequency from 7 Hz on, mains left out: about −1 to −2 for brain, near 0 for muscle.</summary>
    public required double Slope { get; init; }

    /// <summary>Part of the power from 1 to 5 Hz.</summary>
    public required double SlowShare { get; init; }

    /// <summary>Part of the power within 1 Hz of the mains and its first harmonic.</summary>
    public required double LineShare { get; init; }

    /// <summary>Density from 8 to 13 Hz relative to that on either side.</summary>
    public required double AlphaRatio { get; init; }

    /// <summary>Largest |correlation| with an eye channel, and that channel.</summary>
    public required (double Value, string Channel) Eye { get; init; }

    /// <summary>Largest |correlation| with a heart channel, and that channel.</summary>
    public required (double Value, string Channel) Heart { get; init; }

    /// <summary>How regularly sharp peaks come at a heart's pace, 0 to 1.</summary>
    public required double Beats { get; init; }

    /// <summary>Part of the map's squared values at one channel, and that channel.</summary>
    public required (double Value, string Channel) Focus { get; init; }

    /// <summary>What the map looks like, or null where there are no places.</summary>
    public required EyeMap? Map { get; init; }
}
