namespace SignalLab.Model;

/// <summary>Which sensors of a layout lie beside each other, as clusters over sensors need it.</summary>
/// <param name="Labels">The sensors' names.</param>
/// <param name="Pairs">Neighbours as indices into the names, A &lt; B, each pair once, in order.</param>
public sealed record SensorNeighbours(IReadOnlyList<string> Labels, IReadOnlyList<(int A, int B)> Pairs);
