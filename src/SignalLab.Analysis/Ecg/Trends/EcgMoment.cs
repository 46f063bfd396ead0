namespace SignalLab.Analysis.Ecg;

/// <summary>A stretch of a long recording that a reader should see.</summary>
/// <param name="Name">Why: <c>fastest rate</c>, <c>slowest rate</c>, <c>longest interval</c>, <c>ventricular run</c>, …</param>
/// <param name="OnsetSeconds">Where it begins, real time since the recording's first sample.</param>
/// <param name="EndSeconds">Where it ends.</param>
/// <param name="Evidence">The number it was chosen for, in words.</param>
public sealed record EcgMoment(string Name, double OnsetSeconds, double EndSeconds, string Evidence);
