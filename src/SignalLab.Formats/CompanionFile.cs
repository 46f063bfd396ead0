using SignalLab.Model;

namespace SignalLab.Formats;

/// <summary>Files that a header names: they must lie in the header's own folder.</summary>
internal static class CompanionFile
{
    /// <summary>Finds a file beside the one that names it; where no name is spelled so, one that differs in case only.</summary>
    /// <param name="statingPath">The file that names it.</param>
    /// <param name="name">The name as it stands.</param>
    /// <param name="field">What is named, for messages.</param>
    /// <returns>Its path, or null where there is none.</returns>
    /// <exception cref="MalformedFileException">The name leads to another folder.</exception>
    public static string? Find(string statingPath, string name, string field)
    {
        if (name.IndexOfAny(['/', '\\', ':']) >= 0 || name is "" or "." or ".." || name.Any(char.IsControl))
        {
            throw new MalformedFileException(statingPath, null, field, $"\"{name}\"", "the name of a file beside it, without a folder");
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(statingPath))!;
        var stated = Path.Combine(folder, name);
        return File.Exists(stated)
            ? stated
            : Directory.EnumerateFiles(folder).FirstOrDefault(f => Path.GetFileName(f).Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
