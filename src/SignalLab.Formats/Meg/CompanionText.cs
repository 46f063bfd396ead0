using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Meg;

/// <summary>A small text file beside a recording: markers, bad channels, coil positions.</summary>
internal static class CompanionText
{
    private const long Largest = 64_000_000;

    /// <summary>Reads the lines of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="field">What it holds, for the message.</param>
    /// <returns>The lines, ends trimmed; none where there is no such file.</returns>
    /// <exception cref="MalformedFileException">It is too large to be what its name says.</exception>
    public static IReadOnlyList<string> Lines(string path, string field)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        var bytes = ByteSource.OpenAsIs(path);
        if (bytes.Length > Largest)
        {
            throw new MalformedFileException(path, null, field, FormattableString.Invariant($"{bytes.Length} bytes"), FormattableString.Invariant($"a text of at most {Largest} bytes"));
        }

        var content = bytes.Read(0, bytes.Length, field);
        bytes.Close();
        var text = (System.Text.Unicode.Utf8.IsValid(content) ? Encoding.UTF8 : Encoding.Latin1).GetString(content);
        return [.. text.Split('\n').Select(l => l.TrimEnd())];
    }

    /// <summary>The words between white space.</summary>
    public static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A finite number, or null.</summary>
    public static double? Number(string word) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>The last three words of a line as a point, or null.</summary>
    public static Point3? LastPoint(string[] words) =>
        words.Length >= 3 && Number(words[^3]) is { } x && Number(words[^2]) is { } y && Number(words[^1]) is { } z ? new Point3(x, y, z) : null;
}
