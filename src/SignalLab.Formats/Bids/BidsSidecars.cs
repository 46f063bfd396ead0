namespace SignalLab.Formats.Bids;

/// <summary>A file that describes recordings.</summary>
/// <param name="Path">The file.</param>
/// <param name="Level">How deep its folder lies: 0 the dataset's.</param>
/// <param name="Name">Its name taken apart.</param>
internal sealed record BidsSidecar(string Path, int Level, BidsName Name);

/// <summary>
/// The files that describe one recording. A table counts alone: the one that lies deepest, and among those of one folder the one with most entities.
/// Descriptions in JSON add up: those of higher folders first, so that deeper ones overrule them.
/// </summary>
/// <remarks>Source: BIDS 1.10, "The Inheritance Principle".</remarks>
internal sealed class BidsSidecars
{
    private const int MostFiles = 100_000;

    // Entities that describe the table itself, and not the recording it belongs to.
    private static readonly string[] Own = ["space"];

    private readonly List<BidsSidecar> found = [];

    private BidsSidecars(BidsPlace place)
    {
        for (var level = 0; level < place.Levels.Count; level++)
        {
            foreach (var path in Directory.EnumerateFiles(place.Levels[level], "*", new EnumerationOptions { IgnoreInaccessible = true }).Take(MostFiles))
            {
                if (BidsName.Parse(System.IO.Path.GetFileName(path)) is { Ending: ".tsv" or ".json" } name && name.AppliesTo(place.Name, Own))
                {
                    found.Add(new(path, level, name));
                }
            }
        }

        // Ties are broken by the name, so that the same files always give the same.
        found.Sort((a, b) => a.Level != b.Level ? a.Level - b.Level
            : a.Name.Entities.Count != b.Name.Entities.Count ? a.Name.Entities.Count - b.Name.Entities.Count
            : string.CompareOrdinal(b.Path, a.Path));
    }

    /// <summary>Looks in the recording's folder and those above it.</summary>
    /// <param name="place">Where the recording lies.</param>
    public static BidsSidecars Of(BidsPlace place) => new(place);

    /// <summary>The table of a suffix that counts, or null.</summary>
    /// <param name="suffix">Its suffix: <c>channels</c>.</param>
    public string? Table(string suffix) => All(suffix, ".tsv").LastOrDefault(s => !Own.Any(s.Name.Entities.ContainsKey))?.Path;

    /// <summary>Every description of a suffix, in the order in which they are read.</summary>
    /// <param name="suffix">Its suffix: <c>eeg</c>.</param>
    public IReadOnlyList<string> Descriptions(string suffix) => [.. All(suffix, ".json").Where(s => !Own.Any(s.Name.Entities.ContainsKey)).Select(s => s.Path)];

    /// <summary>Every file of a suffix and ending, the higher folders first, the fewer entities first.</summary>
    /// <param name="suffix">Its suffix: <c>electrodes</c>.</param>
    /// <param name="ending"><c>.tsv</c> or <c>.json</c>.</param>
    public IEnumerable<BidsSidecar> All(string suffix, string ending) => found.Where(s => s.Name.Suffix == suffix && s.Name.Ending == ending);
}
