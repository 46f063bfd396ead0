using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>What a study holds, in a word.</summary>
internal static class StudyContent
{
    /// <summary>The <c>kind</c> of CLI.md's <c>info --json</c>; what a source analysis keeps beside its recording has kinds of its own.</summary>
    public static string KindOf(Study study) => study switch
    {
        { Recordings.Count: > 0 } => "recording",
        { Maps.Count: > 0 } => study.Maps[0].Support switch { GridSupport => "image", SurfaceSupport => "surface", _ => "map" },
        { LeadFields.Count: > 0 } => "lead-field",
        { NoiseCovariances.Count: > 0 } => "covariance",
        { SourceSpaces.Count: > 0 } => "source-space",
        { Surfaces.Count: > 0 } => "surface",
        { Projectors.Count: > 0 } => "projectors",
        { Dipoles.Count: > 0 } => "dipoles",
        { CoilDefinitions.Count: > 0 } => "coil-definitions",
        { CrossTalk: not null } => "cross-talk",
        { HeadPositions.Count: > 0 } => "head-positions",
        { Neighbours: not null } => "neighbours",
        { Layouts.Count: > 0 } when study.Transforms.Count == 0 || study.Layouts[0].Sensors.Count > 0 => "layout",
        { Transforms.Count: > 0 } => "transform",
        _ => "events",
    };

    /// <summary>The same in a sentence.</summary>
    public static string WordsOf(Study study) => KindOf(study) switch
    {
        "image" => "an image",
        "layout" => "electrode positions",
        "lead-field" => "a forward solution",
        "source-space" => "a source space",
        "projectors" or "dipoles" or "events" or "cross-talk" => KindOf(study),
        "coil-definitions" => "coil definitions",
        "head-positions" => "positions of the head",
        "neighbours" => "neighbours of sensors",
        var kind => "a " + kind,
    };

    /// <summary>How many there are of each content that a source analysis keeps beside its recording.</summary>
    public static IEnumerable<(string What, int Count)> CountsOf(Study study) => new[]
    {
        ("forward solutions", study.LeadFields.Count), ("covariances", study.NoiseCovariances.Count), ("source spaces", study.SourceSpaces.Count), ("sources", study.SourceSpaces.Sum(s => s.Used.Count)),
        ("surfaces", study.Surfaces.Count), ("vertices", study.Surfaces.Sum(s => s.Mesh.Vertices.Count)), ("projectors", study.Projectors.Count), ("dipoles", study.Dipoles.Count),
        ("head positions", study.HeadPositions.Count), ("sensors with neighbours", study.Neighbours?.Labels.Count ?? 0), ("pairs of neighbours", study.Neighbours?.Pairs.Count ?? 0),
        ("coil definitions", study.CoilDefinitions.Count), ("channels with cross-talk", study.CrossTalk?.Rows.Count ?? 0), ("events", study.Events.Count), ("transforms", study.Transforms.Count),
    }.Where(c => c.Item2 > 0);
}
