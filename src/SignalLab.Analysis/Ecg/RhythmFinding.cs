namespace SignalLab.Analysis.Ecg;

/// <summary>What a stretch of rhythm is, with what it rests on.</summary>
/// <param name="Name">The finding (<c>sinus rhythm</c>, <c>atrial fibrillation</c>, <c>pause</c>, …).</param>
/// <param name="OnsetSeconds">Where it begins, real time since the recording's first sample.</param>
/// <param name="EndSeconds">Where it ends.</param>
/// <param name="Evidence">The numbers it rests on, one sentence.</param>
/// <param name="Confidence">How sure it is, 0…1.</param>
public sealed record RhythmFinding(string Name, double OnsetSeconds, double EndSeconds, string Evidence, double Confidence);
