using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>What an examination of an ECG shall use.</summary>
public sealed record EcgOptions
{
    /// <summary>Channel indices of the leads, of one rate and length; null for all good ECG channels of the rate that most have.</summary>
    public IReadOnlyList<int>? Leads { get; init; }

    /// <summary>Tells what kind each beat is; null for the rules.</summary>
    public IBeatClassifier? Classifier { get; init; }

    /// <summary>Reference sets that measurements are held against; null for those that come with the program.</summary>
    public IReadOnlyList<ReferenceNorm>? Norms { get; init; }
}
