using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Text;

/// <summary>One line of a section and where it stands.</summary>
/// <param name="Offset">Byte offset of the line.</param>
/// <param name="Text">The line without its end.</param>
internal readonly record struct SectionLine(long Offset, string Text)
{
    /// <summary>What stands before the equals sign, or nothing where the line is a comment or has none.</summary>
    public string Key => Text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && Text.TrimStart() is not [';', ..] ? Text[..at].Trim() : "";

    /// <summary>What stands after the equals sign.</summary>
    public string Value => Text[(Text.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
}

/// <summary>Text in sections, as many headers are made: a heading in square brackets, then lines <c>KEY=VALUE</c>; lines that begin with a semicolon are comments.</summary>
internal sealed class SectionedText
{
    private readonly Dictionary<string, List<SectionLine>> sections = new(StringComparer.OrdinalIgnoreCase);

    private SectionedText(string path, IEnumerable<SectionLine> lines, Func<string, bool> isHeading)
    {
        Path = path;
        var section = sections[""] = [];
        foreach (var line in lines)
        {
            if (line.Text.Trim() is ['[', .. var name, ']'] && isHeading(name.Trim()))
            {
                section = sections.TryGetValue(name.Trim(), out var known) ? known : sections[name.Trim()] = [];
            }
            else
            {
                section.Add(line);
            }
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>True where the last line is ended: a text that was cut inside a line is not.</summary>
    public bool IsEnded { get; private init; }

    /// <summary>The first line that is not empty and stands before every heading.</summary>
    public string FirstLine => sections[""].Select(l => l.Text.Trim()).FirstOrDefault(t => t.Length > 0) ?? "";

    /// <summary>The lines of a section, empty where there is none; case is ignored.</summary>
    /// <param name="section">Its heading without brackets; nothing for the lines before the first heading.</param>
    public IReadOnlyList<SectionLine> this[string section] => sections.TryGetValue(section, out var lines) ? lines : [];

    /// <summary>Reads a file whole: UTF-8 where its bytes are that, else Latin-1.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What is read, for messages.</param>
    /// <param name="largest">Most bytes that such a file has.</param>
    /// <param name="isHeading">Which names in brackets begin a section, for files with free text; all where null.</param>
    /// <exception cref="MalformedFileException">The file is larger.</exception>
    public static SectionedText Read(string path, string what, long largest, Func<string, bool>? isHeading = null)
    {
        var source = ByteSource.OpenAsIs(path);
        if (source.Length > largest)
        {
            throw new MalformedFileException(path, null, "length", FormattableString.Invariant($"{source.Length} bytes"), FormattableString.Invariant($"a {what} of at most {largest} bytes"));
        }

        var bytes = source.Read(0, source.Length, what);
        source.Close();
        return new(path, Lines(bytes), isHeading ?? (_ => true)) { IsEnded = bytes.Length > 0 && bytes[^1] is (byte)'\n' or (byte)'\r' };
    }

    /// <summary>The value of a key, or null where the section has no such key; case is ignored, the first of several counts.</summary>
    /// <param name="section">The section.</param>
    /// <param name="key">The key.</param>
    public string? Value(string section, string key) => Find(section, key)?.Value;

    /// <summary>The fault of a value.</summary>
    /// <param name="section">The section.</param>
    /// <param name="key">The key.</param>
    /// <param name="expected">What should stand there.</param>
    public MalformedFileException Fault(string section, string key, string expected) => Find(section, key) is { } line
        ? new(Path, line.Offset, $"[{section}] {key}", $"\"{line.Value}\"", expected)
        : new(Path, null, $"[{section}] {key}", "nothing", expected);

    private SectionLine? Find(string section, string key)
    {
        foreach (var line in this[section])
        {
            if (line.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
            {
                return line;
            }
        }

        return null;
    }

    private static IEnumerable<SectionLine> Lines(byte[] bytes)
    {
        var encoding = System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1;
        var start = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        while (start < bytes.Length)
        {
            var length = bytes.AsSpan(start).IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var end ? end : bytes.Length - start;
            yield return new(start, encoding.GetString(bytes, start, length));
            start += length + (bytes.AsSpan(start + length).StartsWith("\r\n"u8) ? 2 : 1);
        }
    }
}
