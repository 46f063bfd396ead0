using SignalLab.Model;

namespace SignalLab.Analysis.Norms;

/// <summary>A pack of norms from one source: what a file of norms holds.</summary>
/// <param name="Id">Short name, letters, digits and <c>. _ -</c>.</param>
/// <param name="Norms">One norm a measure.</param>
public sealed record NormSet(string Id, IReadOnlyList<ReferenceNorm> Norms);
