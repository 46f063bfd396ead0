using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>How far one lead can be trusted, as a whole and second by second.</summary>
/// <param name="Channel">Index of the lead's channel.</param>
/// <param name="Score">0 useless … 1 clean: the share of its seconds that are fit to be measured.</param>
/// <param name="Seconds">The same for each second of stored signal, 0…1.</param>
/// <param name="Troubles">Stretches that are not to be measured, each with its reason (<c>lead off</c>, <c>noise</c>, <c>saturated</c>, <c>flat</c>) and the lead's name.</param>
public sealed record LeadQuality(int Channel, double Score, IReadOnlyList<float> Seconds, IReadOnlyList<Annotation> Troubles);
