namespace SignalLab.Review.Files;

/// <summary>One entry of a folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Path">Its path below the root, with slashes.</param>
/// <param name="IsFolder">A folder that can be entered.</param>
/// <param name="SizeBytes">Size of a file.</param>
internal sealed record ShelfEntry(string Name, string Path, bool IsFolder, long SizeBytes);

/// <summary>The one folder (or file) whose content may be seen; nothing outside it is reachable, by <c>..</c> or by symbolic links.</summary>
internal sealed class Shelf
{
    /// <summary>Most entries of a folder that are listed.</summary>
    public const int MostEntries = 5000;

    private readonly string root;
    private readonly string? onlyFile;

    private Shelf(string root, string? onlyFile)
    {
        this.root = root;
        this.onlyFile = onlyFile;
    }

    /// <summary>Name of the root as a title.</summary>
    public string Name => Path.GetFileName(root);

    /// <summary>The one file, relative to the root, or null where a folder was given.</summary>
    public string? OnlyFile => onlyFile;

    /// <summary>The folder, or the folder of the file.</summary>
    /// <exception cref="IOException">There is no such folder or file.</exception>
    public static Shelf Of(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Directory.Exists(full) ? new(Real(full), null)
            : File.Exists(full) ? new(Real(Path.GetDirectoryName(full)!), Path.GetFileName(full))
            : throw new FileNotFoundException($"{path}: no such file or folder.");
    }

    /// <summary>The real path of an entry.</summary>
    /// <param name="relative">Path below the root, with slashes.</param>
    /// <exception cref="UnauthorizedAccessException">It leads out of the root.</exception>
    /// <exception cref="FileNotFoundException">There is nothing.</exception>
    public string Locate(string relative)
    {
        if (relative.Contains('\0') || Path.IsPathRooted(relative) || relative.Split('/', '\\').Contains(".."))
        {
            throw new UnauthorizedAccessException($"'{relative}' leads out of the folder that was opened.");
        }

        if (onlyFile is not null && relative != onlyFile)
        {
            throw new UnauthorizedAccessException($"Only '{onlyFile}' was opened.");
        }

        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(root, relative)));
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new FileNotFoundException($"'{relative}' is not there.");
        }

        var real = Real(path);
        return real == root || real.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? real
            : throw new UnauthorizedAccessException($"'{relative}' leads out of the folder that was opened.");
    }

    /// <summary>What a folder holds: folders first, by name; entries that lead out of the root, and our own files, are left out.</summary>
    /// <param name="relative">Path below the root; empty for the root.</param>
    public IReadOnlyList<ShelfEntry> List(string relative)
    {
        if (onlyFile is not null)
        {
            var file = new FileInfo(Path.Combine(root, onlyFile));
            return [new(onlyFile, onlyFile, false, file.Length)];
        }

        var folder = new DirectoryInfo(Locate(relative));
        var prefix = relative.Length == 0 ? "" : relative.TrimEnd('/') + "/";
        return
        [
            .. folder.EnumerateFileSystemInfos()
                .Where(e => !e.Name.StartsWith('.') && !e.Name.Contains(OwnFiles.MarksEnding, StringComparison.Ordinal) && IsInside(e))
                .Take(MostEntries)
                .Select(e => new ShelfEntry(e.Name, prefix + e.Name, e is DirectoryInfo, (e as FileInfo)?.Length ?? 0))
                .OrderByDescending(e => e.IsFolder).ThenBy(e => e.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    private bool IsInside(FileSystemInfo entry)
    {
        if (entry.LinkTarget is null)
        {
            return true;
        }

        try
        {
            return Real(entry.FullName).StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    // The path with every symbolic link on the way followed.
    private static string Real(string path)
    {
        var resolved = Path.GetPathRoot(path)!;
        foreach (var part in path[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(resolved, part);
            FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
            resolved = entry.LinkTarget is null ? next : entry.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Real(target.FullName) : next;
        }

        return resolved;
    }
}
