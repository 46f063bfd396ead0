using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>Everything that was found in one ECG; what cannot be measured is there with its reason and without a value.</summary>
/// <param name="Recording">The recording.</param>
/// <param name="Leads">Channel indices that were examined, of one rate.</param>
/// <param name="Beats">The beats in order of time, each with its class and its waves.</param>
public sealed record EcgExamination(Recording Recording, IReadOnlyList<int> Leads, IReadOnlyList<Beat> Beats)
{
    /// <summary>How far each lead can be trusted, in the leads' order.</summary>
    public IReadOnlyList<LeadQuality> Quality { get; init; } = [];

    /// <summary>The shapes that beats share, the most frequent first.</summary>
    public IReadOnlyList<BeatTemplate> Templates { get; init; } = [];

    /// <summary>The usual beat, or null where no beat could be averaged.</summary>
    public MedianBeat? Median { get; init; }

    /// <summary>Rate, intervals, corrected QT, axes, amplitudes and indices.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>Heart-rate variability.</summary>
    public IReadOnlyList<Measurement> Variability { get; init; } = [];

    /// <summary>Where the ventricles flutter or fibrillate, in order of time: there are no beats in it, and no interval crosses it.</summary>
    public IReadOnlyList<VentricularStretch> VentricularFlutter { get; init; } = [];

    /// <summary>What the rhythm is, in order of time.</summary>
    public IReadOnlyList<RhythmFinding> Rhythm { get; init; } = [];
}
