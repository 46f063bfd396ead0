using System.Globalization;
using System.Text;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Electrodes;

/// <summary>One line of an electrode file and where it stands.</summary>
internal readonly record struct TextLine(long Offset, string Text)
{
    /// <summary>The words between white space.</summary>
    public string[] Words => Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True for a line that says nothing: empty, or a comment of one of the dialects.</summary>
    public bool IsIdle => Text.TrimStart() is "" or ['#', ..] or ['%', ' ', ..] or ['/', '/', ..];
}

/// <summary>An electrode file as lines of text.</summary>
internal sealed class ElectrodeText
{
    /// <summary>A layout is small: a larger file is something else.</summary>
    private const long Largest = 16_000_000;

    private ElectrodeText(string path, IReadOnlyList<TextLine> lines)
    {
        Path = path;
        Lines = lines;
    }

    public string Path { get; }

    public IReadOnlyList<TextLine> Lines { get; }

    /// <summary>Lines that say something, comments left out.</summary>
    public IEnumerable<TextLine> Rows => Lines.Where(l => !l.IsIdle);

    /// <summary>Reads a file whole.</summary>
    public static ElectrodeText Read(string path)
    {
        var bytes = ByteSource.Open(path);
        if (bytes.Length > Largest)
        {
            throw new MalformedFileException(path, null, "length", FormattableString.Invariant($"{bytes.Length} bytes"), FormattableString.Invariant($"an electrode file of at most {Largest} bytes"));
        }

        var content = bytes.Read(0, bytes.Length, "electrode file");
        if (WordRows.BinaryAt(content) is >= 0 and var at)
        {
            throw new MalformedFileException(path, at, "text", FormattableString.Invariant($"the byte {content[at]}"), "a table of electrodes in plain text");
        }

        return new(path, Split(content));
    }

    /// <summary>The whole lines of a file's head, or none where it is no text.</summary>
    public static ElectrodeText Of(FileHead head)
    {
        if (head.IsDirectory || head.IsGzip || WordRows.BinaryAt(head.Bytes) >= 0)
        {
            return new(head.Path, []);
        }

        var lines = Split(head.Bytes);
        return new(head.Path, head.Bytes.Length < FileHead.Size || lines.Count < 2 ? lines : lines[..^1]);
    }

    /// <summary>A number as these files write it, finite and of a size a head can have in any unit.</summary>
    public static bool TryNumber(string word, out double value) =>
        double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && Math.Abs(value) < 1e6;

    /// <summary>A number, or the error that names its place.</summary>
    public double Number(TextLine line, string word, string field) => TryNumber(word, out var value)
        ? value
        : throw Fault(line, field, $"'{word}'", "a number");

    public MalformedFileException Fault(TextLine line, string field, string found, string expected) => new(Path, line.Offset, field, found, expected);

    public MalformedFileException Fault(string field, string found, string expected) => new(Path, 0, field, found, expected);

    private static List<TextLine> Split(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<TextLine>();
        var encoding = System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1;
        var start = bytes.StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        while (start < bytes.Length)
        {
            var rest = bytes[start..];
            var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            var length = end < 0 ? rest.Length : end;
            lines.Add(new(start, encoding.GetString(rest[..length])));
            start += length + (end >= 0 && rest[end..].StartsWith("\r\n"u8) ? 2 : 1);
        }

        return lines;
    }
}
