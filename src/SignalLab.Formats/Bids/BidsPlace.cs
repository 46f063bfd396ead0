namespace SignalLab.Formats.Bids;

/// <summary>Where in a dataset a recording lies: <c>sub-…/[ses-…]/eeg/sub-…_eeg.edf</c>. Told from the path alone.</summary>
/// <param name="Root">The dataset's folder.</param>
/// <param name="Levels">The folders whose files may describe it, the dataset's first, its own last.</param>
/// <param name="DataName">Its name, or that of the folder that is the recording.</param>
/// <param name="Name">The name taken apart.</param>
internal sealed record BidsPlace(string Root, IReadOnlyList<string> Levels, string DataName, BidsName Name)
{
    /// <summary>Folders of recordings, each with the suffix that its recordings have.</summary>
    public static readonly string[] Datatypes = ["eeg", "ieeg", "meg", "nirs"];

    // Some makers' recordings are folders with folders inside: how far up the recording is looked for.
    private const int Deepest = 4;

    /// <summary>The recording's own folder.</summary>
    public string Folder => Levels[^1];

    /// <summary>What it records: <c>eeg</c>, <c>ieeg</c>, <c>meg</c>, <c>nirs</c>.</summary>
    public string Datatype => Path.GetFileName(Folder);

    /// <summary>The participant as the dataset names it: <c>sub-01</c>.</summary>
    public string Participant => "sub-" + Name["sub"];

    /// <summary>Finds the place of a recording, or gives null where it lies in no such tree.</summary>
    /// <param name="path">A file or folder, or a file inside a folder that is one recording.</param>
    public static BidsPlace? Of(string path)
    {
        var data = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        for (var depth = 0; depth < Deepest && Path.GetDirectoryName(data) is { } folder; depth++, data = folder)
        {
            if (Datatypes.Contains(Path.GetFileName(folder)))
            {
                return BidsName.Parse(Path.GetFileName(data)) is { } name && name.Suffix == Path.GetFileName(folder) && Above(folder, name) is { } levels
                    ? new(levels[0], levels, Path.GetFileName(data), name)
                    : null;
            }
        }

        return null;
    }

    /// <summary>A path as seen from the dataset's folder, with forward slashes.</summary>
    /// <param name="path">A path in the dataset.</param>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static List<string>? Above(string folder, BidsName name)
    {
        List<string> levels = [folder];
        var above = Path.GetDirectoryName(folder);
        if (name["ses"] is { } session)
        {
            if (above is null || Path.GetFileName(above) != "ses-" + session)
            {
                return null;
            }

            levels.Insert(0, above);
            above = Path.GetDirectoryName(above);
        }

        if (above is null || name["sub"] is not { } subject || Path.GetFileName(above) != "sub-" + subject || Path.GetDirectoryName(above) is not { } root)
        {
            return null;
        }

        levels.InsertRange(0, [root, above]);
        return levels;
    }
}
