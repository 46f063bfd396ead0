using SignalLab.Analysis.Nirs;
using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>What was found in a recording.</summary>
/// <param name="Faults">Channels with a fault over the recording, in the order of the channels.</param>
/// <param name="Artifacts">Stretches, in order of time.</param>
/// <param name="Remarks">What could not be looked for, and why; one sentence each.</param>
public sealed record ArtifactReport(IReadOnlyList<ChannelFault> Faults, IReadOnlyList<Artifact> Artifacts, IReadOnlyList<string> Remarks)
{
    /// <summary>Name and version of the detection, for the origin of annotations.</summary>
    public const string Method = "SignalLab artifacts 1";

    /// <summary>How the recording was searched.</summary>
    public Provenance Provenance { get; init; } = Provenance.None;

    /// <summary>Scalp coupling of each optode pair of a NIRS recording; empty in others.</summary>
    public IReadOnlyList<ScalpCoupling> ScalpCoupling { get; init; } = [];

    /// <summary>Labels of the channels with a fault, each once.</summary>
    public IReadOnlyList<string> FaultyChannels => [.. Faults.Select(f => f.Channel).Distinct(StringComparer.Ordinal)];

    /// <summary>The stretches as annotations: their kind as text, with channel and confidence.</summary>
    public IReadOnlyList<Annotation> Annotations => [.. Artifacts.Select(a => new Annotation(a.OnsetSeconds, a.DurationSeconds, a.Kind.Text, a.Channel)
    {
        Origin = new(OriginKind.Algorithm, Method),
        Confidence = a.Confidence,
    })];
}
