namespace SignalLab.Fuzz;

/// <summary>A copy of a sample with its files, in memory where the system has a file system there; goes with its owner.</summary>
internal sealed class Scratch : IDisposable
{
    private readonly string source;
    private readonly string folder;

    /// <summary>Copies a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="others">Further files of its folder.</param>
    public Scratch(Sample sample, IEnumerable<string> others)
    {
        source = sample.Folder;
        var root = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        Root = Directory.CreateDirectory(System.IO.Path.Combine(root, $"signallab-fuzz-{Environment.ProcessId}-{Guid.NewGuid():N}")).FullName;
        folder = System.IO.Path.Combine(Root, System.IO.Path.GetFileName(source));
        Path = sample.Path == source ? folder : Of(sample.Path);
        foreach (var part in sample.Parts.Concat(others))
        {
            Write(part, File.ReadAllBytes(part));
        }
    }

    /// <summary>What is opened.</summary>
    public string Path { get; }

    private string Root { get; }

    /// <summary>Gives the copy of a file other bytes: a new file, for a study may still hold the old one.</summary>
    /// <param name="part">The file that was copied.</param>
    /// <param name="bytes">Its bytes.</param>
    public void Write(string part, byte[] bytes)
    {
        var copy = Of(part);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
        File.Delete(copy);
        File.WriteAllBytes(copy, bytes);
    }

    /// <summary>Keeps the copy as it is now.</summary>
    /// <param name="target">Folder for it.</param>
    public void Keep(string target)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(target, System.IO.Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string Of(string part) => System.IO.Path.Combine(folder, System.IO.Path.GetRelativePath(source, part));
}
