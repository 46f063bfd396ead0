using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>A folder of a BIDS dataset: the dataset itself, a subject, a session, or one kind of recordings of it.</summary>
/// <remarks>Source: BIDS 1.10, "Filesystem structure".</remarks>
public static class BidsDataset
{
    /// <summary>The format's name.</summary>
    public const string Name = "BIDS";

    /// <summary>The provenance step that names the files which described a recording: its parameter <c>files</c> holds their paths in the dataset, separated by a comma and a blank.</summary>
    public const string SidecarStep = "BIDS sidecars";

    // What lies beside recordings and is none.
    private static readonly string[] Companions = [".json", ".tsv", ".tsv.gz", ".vmrk", ".eeg", ".dat", ".fdt", ".txt", ".pos"];

    // Tables of a dataset; descriptions in JSON are no recordings anyhow.
    private static readonly string[] Tables = ["channels", "events", "electrodes", "optodes", "scans", "sessions", "participants"];

    private const int MostRecordings = 100_000;

    private const int NamedAtMost = 12;

    /// <summary>The recordings in a folder of a dataset, in order of their paths; derivatives and source data are left out.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Paths that can be opened, or null where this is no folder of a dataset. Of a recording split over several files the first.</returns>
    public static IReadOnlyList<string>? Recordings(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!Directory.Exists(full))
        {
            return null;
        }

        var name = Path.GetFileName(full);
        var above = Path.GetFileName(Path.GetDirectoryName(full)) ?? "";
        var isDataset = File.Exists(Path.Combine(full, "dataset_description.json"));
        var kinds = isDataset ? KindsOfDataset(full)
            : name.StartsWith("sub-", StringComparison.Ordinal) ? KindsOfSubject(full)
            : name.StartsWith("ses-", StringComparison.Ordinal) && above.StartsWith("sub-", StringComparison.Ordinal) ? Kinds(full)
            : BidsPlace.Datatypes.Contains(name) && (above.StartsWith("sub-", StringComparison.Ordinal) || above.StartsWith("ses-", StringComparison.Ordinal)) ? [full]
            : KindsOfDataset(full);
        var found = kinds.SelectMany(RecordingsOfKind).Take(MostRecordings).ToList();
        return isDataset || found.Count > 0 ? found : null;
    }

    /// <summary>True where a file is by its name a table that describes recordings (<c>sub-01_channels.tsv</c>, <c>participants.tsv</c>): it belongs to them.</summary>
    /// <param name="path">The file.</param>
    public static bool IsTable(string path) => BidsName.Parse(Path.GetFileName(path)) is { Ending: ".tsv" } name && Tables.Contains(name.Suffix);

    /// <summary>Opens the one recording of a folder.</summary>
    /// <param name="folder">The folder, as the user names it.</param>
    /// <param name="recordings">Its recordings.</param>
    /// <exception cref="UnfitInputException">It has none, or several: the message names them.</exception>
    internal static Study OpenOnly(string folder, IReadOnlyList<string> recordings)
    {
        if (recordings.Count == 1)
        {
            return KnownFormats.Open(recordings[0]);
        }

        var names = recordings.Take(NamedAtMost).Select(r => Path.GetRelativePath(folder, r).Replace('\\', '/'));
        throw new UnfitInputException(recordings.Count == 0
            ? $"{folder}: a BIDS dataset without a recording in sub-…/[ses-…]/eeg, ieeg, meg or nirs."
            : FormattableString.Invariant($"{folder}: a BIDS folder of {recordings.Count} recordings; open one of them: {string.Join(", ", names)}{(recordings.Count > NamedAtMost ? ", …" : "")}."));
    }

    private static IEnumerable<string> KindsOfDataset(string folder) => Folders(folder, "sub-*").SelectMany(KindsOfSubject);

    private static IEnumerable<string> KindsOfSubject(string folder) => Kinds(folder).Concat(Folders(folder, "ses-*").SelectMany(Kinds));

    private static IEnumerable<string> Kinds(string folder) => BidsPlace.Datatypes.Select(d => Path.Combine(folder, d)).Where(Directory.Exists);

    private static IEnumerable<string> RecordingsOfKind(string folder) => Entries(folder).SelectMany(e => Recording(e, folder));

    private static IEnumerable<string> Recording(string entry, string folder)
    {
        if (BidsPlace.Of(entry) is not { } place || place.Folder != folder || place.Name["task"] is null || Companions.Contains(place.Name.Ending) || place.Name["split"] is { } split && split.TrimStart('0') != "1")
        {
            return [];
        }

        // A folder is one recording, or holds the files of one.
        return IsKnown(entry) ? [entry]
            : Directory.Exists(entry) ? Entries(entry).Where(e => !Companions.Contains(Path.GetExtension(e)) && !Directory.Exists(e) && IsKnown(e)).Take(1)
            : [];
    }

    private static bool IsKnown(string path)
    {
        try
        {
            var head = FileHead.Of(path);
            return KnownFormats.All.Any(f => f.Recognises(head));
        }
        catch (IOException)
        {
            // A link to nowhere: datasets are often fetched without their data.
            return false;
        }
    }

    private static IEnumerable<string> Folders(string folder, string pattern) =>
        Directory.EnumerateDirectories(folder, pattern, Options).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Entries(string folder) => Directory.EnumerateFileSystemEntries(folder, "*", Options).Order(StringComparer.Ordinal);

    private static EnumerationOptions Options { get; } = new() { IgnoreInaccessible = true };
}
