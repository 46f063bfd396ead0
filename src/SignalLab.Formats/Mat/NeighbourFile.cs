using SignalLab.Model;

namespace SignalLab.Formats.Mat;

/// <summary>Neighbour templates of FieldTrip (<c>*_neighb.mat</c>): a structure array <c>neighbours</c> with <c>label</c> and <c>neighblabel</c>.</summary>
public static class NeighbourFile
{
    /// <summary>Reads which sensors are neighbours.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The sensors in file order; a pair that one of the two names suffices.</returns>
    /// <exception cref="MalformedFileException">The file is damaged or holds no neighbours.</exception>
    public static SensorNeighbours Read(string path)
    {
        var file = MatFile.Open(path);
        if (file["neighbours"] is not MatStruct neighbours)
        {
            throw new MalformedFileException(path, null, "variables", $"\"{string.Join(", ", file.Names)}\"", "a structure array \"neighbours\"");
        }

        string[] labels = [.. Enumerable.Range(0, (int)neighbours.Count).Select(i => neighbours.Field(i, "label").AsText() ?? throw Missing(path, i, "label"))];
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < labels.Length; i++)
        {
            index.TryAdd(labels[i], i);
        }

        var pairs = new SortedSet<(int A, int B)>();
        for (var i = 0; i < labels.Length; i++)
        {
            foreach (var name in Names(neighbours.Field(i, "neighblabel") ?? throw Missing(path, i, "neighblabel")))
            {
                // A template may name sensors that it does not list; they have no place in a cluster.
                if (index.TryGetValue(name, out var other) && other != i)
                {
                    pairs.Add((Math.Min(i, other), Math.Max(i, other)));
                }
            }
        }

        return new(labels, [.. pairs]) { Source = Path.GetFileName(path) };
    }

    private static IEnumerable<string> Names(MatValue value) => value switch
    {
        MatCells cells => cells.Items.Select(c => c.AsText()).OfType<string>(),
        MatText text => text.Rows(),
        _ => [],
    };

    private static MalformedFileException Missing(string path, int element, string field) =>
        new(path, null, FormattableString.Invariant($"neighbours({element + 1}).{field}"), "nothing", "the name of a sensor, or names");
}
