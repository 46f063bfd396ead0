using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>Which files described a recording, for its provenance.</summary>
/// <param name="place">Where the recording lies.</param>
internal sealed class BidsUse(BidsPlace place)
{
    private readonly List<string> files = [];

    /// <summary>Notes a file.</summary>
    /// <param name="path">The file, or null where there is none.</param>
    public void Add(string? path)
    {
        if (path is not null)
        {
            files.Add(place.Relative(path));
        }
    }

    /// <summary>True where no file described the recording.</summary>
    public bool IsEmpty => files.Count == 0;

    /// <summary>The step of the provenance: the files' paths in the dataset, separated by commas.</summary>
    public ProcessingStep Step => ProcessingStep.Of(BidsDataset.SidecarStep, ("files", string.Join(", ", files)));
}
