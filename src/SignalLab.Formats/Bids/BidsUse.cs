using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>Which files described a recording, for its provenance.</summary>
/// <param name="place">Where the recording lies.</param>
internal sealed class BidsUse(BidsPlace place)
{
    private readonly List<(string What, string Path)> files = [];

    /// <summary>Notes a file.</summary>
    /// <param name="what">What it told: <c>channels</c>.</param>
    /// <param name="path">The file, or null where there is none.</param>
    public void Add(string what, string? path)
    {
        if (path is not null)
        {
            files.Add((what, place.Relative(path)));
        }
    }

    /// <summary>True where no file described the recording.</summary>
    public bool IsEmpty => files.Count == 0;

    /// <summary>The step of the provenance: for each kind of file its path in the dataset, several separated by commas.</summary>
    public ProcessingStep Step => ProcessingStep.Of(
        BidsDataset.SidecarStep, [.. files.GroupBy(f => f.What).Select(g => (g.Key, (object?)string.Join(", ", g.Select(f => f.Path))))]);
}
