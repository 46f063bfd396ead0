using SignalLab.Formats;
using SignalLab.Formats.Bids;

namespace SignalLab.Cli;

/// <summary>What of a folder can be opened.</summary>
internal static class InputFolder
{
    // Endings of files that are recordings or images even when their content is not recognised: then they count as failed.
    private static readonly string[] Recordings = [".edf", ".bdf", ".hea", ".fif", ".nii", ".gz", ".hdr", ".dcm", ".elc", ".sfp", ".ced", ".locs", ".hpts", ".bvct", ".csd", ".elp", ".xyz",
        ".gdf", ".cnt", ".vhdr", ".set", ".lay", ".cdt", ".xdf", ".snirf", ".scp", ".sqd"];

    /// <summary>Files that are recordings or images: by content, or by an ending that promises one. Companions go with their header, files of a folder that is one recording with it.</summary>
    public static List<string> Files(string folder)
    {
        var inputs = new List<string>();
        var wholes = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (RecordingFolder(folder, path, wholes) is { } whole)
            {
                if (!inputs.Contains(whole))
                {
                    inputs.Add(whole);
                }

                continue;
            }

            var ending = Path.GetExtension(path).ToLowerInvariant();
            var isCompanion = (ending == ".img" && File.Exists(Path.ChangeExtension(path, ".hdr"))) || (ending != ".hea" && File.Exists(Path.ChangeExtension(path, ".hea")))
                || (ending == ".ann" && File.Exists(Path.ChangeExtension(path, ".ecg")));
            isCompanion |= BidsDataset.IsTable(path) || (ending is ".eeg" or ".vmrk" or ".dat" && File.Exists(Path.ChangeExtension(path, ".vhdr")));
            if (!isCompanion && new FileInfo(path).Length > 0 && IsRecording(path))
            {
                inputs.Add(path);
            }
            else if (!isCompanion && Recordings.Contains(ending))
            {
                inputs.Add(path);
            }
        }

        return inputs;
    }

    // The folder that holds a file and is one recording (its name has an ending, as .mff), or null.
    private static string? RecordingFolder(string folder, string path, Dictionary<string, bool> wholes)
    {
        for (var inner = Path.GetDirectoryName(path); inner is not null && inner.Length > folder.Length; inner = Path.GetDirectoryName(inner))
        {
            if (!wholes.TryGetValue(inner, out var isWhole))
            {
                isWhole = wholes[inner] = Path.HasExtension(inner) && IsRecording(inner);
            }

            if (isWhole)
            {
                return inner;
            }
        }

        return null;
    }

    /// <summary>True where a known format claims a file or folder.</summary>
    public static bool IsRecording(string path) => FileHead.Of(path) is var head && KnownFormats.All.Any(f => f.Recognises(head));
}
