using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;

namespace SignalLab.Learning.Beats;

/// <summary>One patient's beats with what an expert called them.</summary>
/// <param name="Patient">Who: beats of one patient are never on both sides of a validation.</param>
/// <param name="Features">What was measured.</param>
/// <param name="Classes">Per beat the expert's class, or null where the expert saw no beat.</param>
/// <param name="Missed">Per class how many of the expert's beats were not detected.</param>
public sealed record LabelledBeats(string Patient, BeatFeatures Features, IReadOnlyList<BeatClass?> Classes, IReadOnlyDictionary<BeatClass, int> Missed);
