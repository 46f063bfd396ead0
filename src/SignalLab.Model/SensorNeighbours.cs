namespace SignalLab.Model;

/// <summary>Which sensors count as neighbours: the graph that clusters grow along.</summary>
/// <param name="Labels">The sensors' names.</param>
/// <param name="Pairs">Neighbours as indices among the labels, the smaller first, each pair once.</param>
public sealed record SensorNeighbours(IReadOnlyList<string> Labels, IReadOnlyList<(int A, int B)> Pairs)
{
    /// <summary>Where the pairs come from: a file, or how they were found.</summary>
    public string Source { get; init; } = "";

    /// <summary>The same graph over other channels, matched by name (prefix, suffix, dots, case and old names ignored).</summary>
    /// <param name="labels">The channels wanted, in their order.</param>
    /// <returns>The pairs among them; a channel that the graph does not know has no neighbour.</returns>
    public SensorNeighbours Among(IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < labels.Count; i++)
        {
            places.TryAdd(ChannelName.Normalise(labels[i]), i);
        }

        var place = Labels.Select(l => places.GetValueOrDefault(ChannelName.Normalise(l), -1)).ToArray();
        return new SensorNeighbours(labels,
        [
            .. Pairs.Select(p => (A: place[p.A], B: place[p.B])).Where(p => p.A >= 0 && p.B >= 0 && p.A != p.B)
                .Select(p => p.A < p.B ? p : (A: p.B, B: p.A)).Distinct().Order(),
        ])
        {
            Source = Source,
        };
    }
}
