using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;

namespace SignalLab.Learning.Beats;

/// <summary>One patient's beats with what an expert called them.</summary>
/// <param name="Patient">Who: beats of one patient are never on both sides of a validation.</param>
/// <param name="Evidence">What was measured.</param>
/// <param name="Classes">Per beat the expert's class, or null where the expert saw no beat.</param>
public sealed record LabelledBeats(string Patient, BeatEvidence Evidence, IReadOnlyList<BeatClass?> Classes)
{
    /// <summary>The values that are learned from.</summary>
    public BeatFeatures Features { get; } = BeatFeatures.Of(Evidence);
}
