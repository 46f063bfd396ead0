using System.Text;
using System.Text.Unicode;

namespace SignalLab.Formats.NihonKohden;

/// <summary>The files beside a recording, which have its name and another ending.</summary>
internal static class NihonKohdenCompanion
{
    /// <summary>Finds one, whatever the case of its ending.</summary>
    /// <param name="path">The <c>.EEG</c> file.</param>
    /// <param name="ending">The ending without its dot.</param>
    /// <returns>Its path, or null where there is none.</returns>
    public static string? Find(string path, string ending)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var name = Path.GetFileNameWithoutExtension(path) + "." + ending;
        return Directory.EnumerateFiles(folder)
            .Where(f => Path.GetFileName(f).Equals(name, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>A text up to its end; the systems write the code page of their country, of which Latin-1 and UTF-8 are read.</summary>
    /// <param name="bytes">Its field.</param>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        var text = end < 0 ? bytes : bytes[..end];
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text);
    }
}
