namespace SignalLab.Formats.Bids;

/// <summary>A BIDS file name taken apart.</summary>
/// <remarks>Source: BIDS 1.10, "Filesystem structure", "Filenames" and "The Inheritance Principle".</remarks>
/// <param name="Entities">Entities and their labels: <c>sub</c> and <c>01</c> of <c>sub-01</c>.</param>
/// <param name="Suffix">What stands behind the entities: <c>eeg</c>, <c>channels</c>.</param>
/// <param name="Ending">From the first dot on.</param>
internal sealed record BidsName(IReadOnlyDictionary<string, string> Entities, string Suffix, string Ending)
{
    /// <summary>Takes a name apart, or gives null where it is no such name.</summary>
    /// <param name="fileName">The name without its folder.</param>
    public static BidsName? Parse(string fileName)
    {
        var dot = fileName.IndexOf('.', StringComparison.Ordinal);
        var (stem, ending) = dot < 0 ? (fileName, "") : (fileName[..dot], fileName[dot..]);
        var parts = stem.Split('_');
        var entities = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in parts.AsSpan(0, parts.Length - 1))
        {
            var hyphen = part.IndexOf('-', StringComparison.Ordinal);
            if (hyphen <= 0 || hyphen == part.Length - 1 || !entities.TryAdd(part[..hyphen], part[(hyphen + 1)..]))
            {
                return null;
            }
        }

        return parts[^1].Length > 0 && !parts[^1].Contains('-', StringComparison.Ordinal) ? new(entities, parts[^1], ending) : null;
    }

    /// <summary>The label of an entity, or null.</summary>
    /// <param name="entity">The entity: <c>task</c>.</param>
    public string? this[string entity] => Entities.GetValueOrDefault(entity);

    /// <summary>True where what this file says holds for a data file: it has no entity that the data file has not.</summary>
    /// <param name="data">The data file's name.</param>
    /// <param name="own">Entities that only such files have: the <c>space</c> of electrodes.</param>
    public bool AppliesTo(BidsName data, params IEnumerable<string> own) => Entities.All(e => data[e.Key] == e.Value || own.Contains(e.Key));
}
