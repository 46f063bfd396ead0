using SignalLab.Analysis.Norms;
using SignalLab.Model;

namespace SignalLab.Cli.Norms;

/// <summary>The user's own packs of norms: files in <c>$XDG_DATA_HOME/signallab/norms</c> (<c>~/.local/share</c> where that is not set).</summary>
internal static class NormFolder
{
    /// <summary>The folder; it need not be there.</summary>
    public static string Place => System.IO.Path.Combine(Root(), "signallab", "norms");

    /// <summary>The user's sets; a file that is no pack any more is left out with a remark.</summary>
    /// <param name="quiet">No remarks.</param>
    public static IReadOnlyList<(string Path, NormSet Set)> Own(bool quiet)
    {
        var sets = new List<(string Path, NormSet Set)>();
        foreach (var path in Directory.Exists(Place) ? Directory.EnumerateFiles(Place).Order(StringComparer.Ordinal) : Enumerable.Empty<string>())
        {
            try
            {
                var set = Read(path);
                sets.Add((path, set with { Norms = [.. set.Norms.Select(n => n with { IsOwn = true })] }));
            }
            catch (UnfitInputException e)
            {
                Terminal.Remark([$"left out of the norms: {e.Message}"], quiet);
            }
        }

        return sets;
    }

    /// <summary>Every norm: the user's own and those that come with the program.</summary>
    /// <param name="quiet">No remarks.</param>
    public static IReadOnlyList<ReferenceNorm> All(bool quiet) => [.. Own(quiet).SelectMany(s => s.Set.Norms), .. ReferenceSets.Shipped];

    /// <summary>Reads a pack.</summary>
    /// <param name="path">The file.</param>
    public static NormSet Read(string path)
    {
        using var reader = new StreamReader(path);
        return NormPack.Read(reader, System.IO.Path.GetFileName(path));
    }

    /// <summary>Keeps a pack, as it is, under its set's name.</summary>
    /// <param name="path">The file.</param>
    /// <param name="force">Replace the set of that name.</param>
    /// <returns>The set and where it is now.</returns>
    public static (NormSet Set, string Path) Add(string path, bool force)
    {
        var set = Read(path);
        if (ReferenceSets.All.Any(s => s.Id.Equals(set.Id, StringComparison.OrdinalIgnoreCase)))
        {
            throw new UnfitInputException($"{System.IO.Path.GetFileName(path)}: the id '{set.Id}' belongs to a set that comes with the program; choose another.");
        }

        Directory.CreateDirectory(Place);
        var earlier = Own(quiet: true).Where(o => o.Set.Id.Equals(set.Id, StringComparison.OrdinalIgnoreCase)).Select(o => o.Path).ToArray();
        if (earlier.Length > 0 && !force)
        {
            throw new UsageException($"{set.Id}: is there already; --force replaces it.");
        }

        var target = System.IO.Path.Combine(Place, set.Id + System.IO.Path.GetExtension(path).ToLowerInvariant());
        OutputFile.Write(target, force, file => File.Copy(path, file));
        foreach (var old in earlier.Where(e => e != target))
        {
            File.Delete(old);
        }

        return (set, target);
    }

    private static string Root() => Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify) is { Length: > 0 } root
        ? root
        : throw new UsageException("There is no folder for the user's data: set XDG_DATA_HOME.");
}
