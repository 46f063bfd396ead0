using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>How projectors are fitted to the epochs of an artifact.</summary>
public sealed record SspOptions
{
    /// <summary>Name of the artifact in the projectors' names.</summary>
    public string Name { get; init; } = "eog";

    /// <summary>Start of an epoch, seconds from the event.</summary>
    public double FromSeconds { get; init; } = -0.2;

    /// <summary>End of an epoch, seconds from the event.</summary>
    public double ToSeconds { get; init; } = 0.2;

    /// <summary>Lower cut-off of the band that the epochs are taken from, or null for the samples as they are.</summary>
    public double? LowHz { get; init; } = 1;

    /// <summary>Upper cut-off.</summary>
    public double HighHz { get; init; } = 35;

    /// <summary>Vectors for each kind of channel.</summary>
    public int VectorsPerKind { get; init; } = 1;

    /// <summary>True to fit to the mean of the epochs, in which what is not locked to the events cancels; false to fit to all epochs side by side.</summary>
    public bool Average { get; init; } = true;

    /// <summary>An epoch with a larger swing than so many times the median one takes no part; infinity keeps all.</summary>
    public double MostSwings { get; init; } = 3;

    /// <summary>Blinks: 0.2 s to either side.</summary>
    public static SspOptions Eog { get; } = new();

    /// <summary>Heart beats: 0.2 s before to 0.4 s after the R peak.</summary>
    public static SspOptions Ecg { get; } = new() { Name = "ecg", ToSeconds = 0.4 };
}

/// <summary>A projector with what it explains.</summary>
/// <param name="Projector">The projector, not applied yet.</param>
/// <param name="ExplainedVariance">Part of the energy of the epochs, or of their mean, along it, 0…1.</param>
/// <param name="EpochCount">Epochs it was fitted to.</param>
public sealed record FittedProjector(Projector Projector, double ExplainedVariance, int EpochCount);
