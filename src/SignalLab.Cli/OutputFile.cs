using System.Collections.Concurrent;

namespace SignalLab.Cli;

/// <summary>Output that appears whole or not at all: written beside its place under another name, then renamed.</summary>
internal static class OutputFile
{
    private static readonly ConcurrentDictionary<string, byte> Unfinished = new(StringComparer.Ordinal);

    /// <summary>Writes one file, or several that belong together (a header and its data).</summary>
    /// <param name="path">Where the file shall be.</param>
    /// <param name="force">Replace what is there.</param>
    /// <param name="write">Writes to the path it is given: the same name in a folder of its own.</param>
    /// <exception cref="UsageException">Something is there already and <paramref name="force"/> is false, or the folder is missing.</exception>
    public static void Write(string path, bool force, Action<string> write)
    {
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"{path}: its folder does not exist.");
        }

        if (Directory.Exists(full))
        {
            throw new UsageException($"{path}: is a folder.");
        }

        Refuse(full, path, force);
        var beside = Path.Combine(folder, $".{Path.GetFileName(full)}.{Environment.ProcessId}.partial");
        Directory.CreateDirectory(beside);
        Unfinished[beside] = 0;
        try
        {
            write(Path.Combine(beside, Path.GetFileName(full)));
            var files = Directory.GetFiles(beside);
            foreach (var file in files)
            {
                var target = Path.Combine(folder, Path.GetFileName(file));
                Refuse(target, target == full ? path : Path.GetFileName(target), force);
            }

            foreach (var file in files)
            {
                File.Move(file, Path.Combine(folder, Path.GetFileName(file)), force);
            }
        }
        finally
        {
            Discard(beside);
        }
    }

    /// <summary>Writes several files that do not belong together, all of them or none.</summary>
    /// <param name="paths">Where the files shall be.</param>
    /// <param name="force">Replace what is there.</param>
    /// <param name="write">Writes to the paths it is given, in the same order.</param>
    public static void WriteAll(IReadOnlyList<string> paths, bool force, Action<IReadOnlyList<string>> write)
    {
        if (paths.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).Count() < paths.Count)
        {
            throw new UsageException("Two outputs have the same name.");
        }

        Next([]);

        void Next(IReadOnlyList<string> places)
        {
            if (places.Count == paths.Count)
            {
                write(places);
            }
            else
            {
                Write(paths[places.Count], force, p => Next([.. places, p]));
            }
        }
    }

    /// <summary>Removes what an interrupted run left.</summary>
    public static void DiscardUnfinished()
    {
        foreach (var folder in Unfinished.Keys)
        {
            Discard(folder);
        }
    }

    private static void Refuse(string target, string shown, bool force)
    {
        if (!force && File.Exists(target))
        {
            throw new UsageException($"{shown}: exists already; --force replaces it.");
        }
    }

    private static void Discard(string folder)
    {
        if (Unfinished.TryRemove(folder, out _) && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
