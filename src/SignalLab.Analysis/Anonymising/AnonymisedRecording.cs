using SignalLab.Model;

namespace SignalLab.Analysis.Anonymising;

/// <summary>A recording that does not tell whose it is.</summary>
/// <param name="Recording">The recording; its provenance holds the report as its last step.</param>
/// <param name="Report">What was done to each field, without its values.</param>
public sealed record AnonymisedRecording(Recording Recording, IReadOnlyList<TreatedField> Report);

/// <summary>An image that does not tell whose it is.</summary>
/// <param name="Map">The image; its provenance holds the report as its last step.</param>
/// <param name="Report">What was done to each field, without its values.</param>
public sealed record AnonymisedMap(ParameterMap Map, IReadOnlyList<TreatedField> Report);
