using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Text;

/// <summary>One line of a small text file and where it stands.</summary>
/// <param name="Offset">Byte where it begins.</param>
/// <param name="Text">The line without its end.</param>
internal readonly record struct WordRow(long Offset, string Text)
{
    /// <summary>The words between white space.</summary>
    public string[] Words => Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True where the line begins with # or %.</summary>
    public bool IsComment => Text.AsSpan().TrimStart() is ['#' or '%', ..];

    /// <summary>The words as finite numbers, or null where one is none.</summary>
    public double[]? Numbers()
    {
        var words = Words;
        var numbers = new double[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!double.TryParse(words[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                return null;
            }
        }

        return numbers;
    }
}

/// <summary>A small text file as lines of words; empty lines are left out.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lines">Every line that is not empty.</param>
internal sealed record WordRows(string Path, IReadOnlyList<WordRow> Lines)
{
    private const long Largest = 64_000_000;

    /// <summary>The lines that are no comments.</summary>
    public IEnumerable<WordRow> Rows => Lines.Where(l => !l.IsComment);

    /// <summary>The whole lines of a file's head; none where it is no text.</summary>
    public static WordRows Of(FileHead head)
    {
        if (head.IsDirectory || head.IsGzip || BinaryAt(head.Bytes) >= 0)
        {
            return new(head.Path, []);
        }

        // The last line of a full head was cut.
        var end = head.Bytes.Length < FileHead.Size ? head.Bytes.Length : head.Bytes.LastIndexOf((byte)'\n') + 1;
        return new(head.Path, Split(head.Bytes[..end]));
    }

    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What it should be, for messages.</param>
    public static WordRows Read(string path, string what)
    {
        var bytes = ByteSource.OpenAsIs(path);
        if (bytes.Length is 0 or > Largest)
        {
            throw new MalformedFileException(path, 0, "length", bytes.Length == 0 ? "an empty file" : FormattableString.Invariant($"{bytes.Length} bytes"), FormattableString.Invariant($"{what} of at most {Largest} bytes"));
        }

        var content = bytes.Read(0, bytes.Length, what);
        bytes.Close();
        return BinaryAt(content) is >= 0 and var at
            ? throw new MalformedFileException(path, at, "text", FormattableString.Invariant($"the byte {content[at]}"), $"{what} in plain text")
            : new(path, Split(content));
    }

    /// <summary>The error that names a line.</summary>
    public MalformedFileException Fault(WordRow row, string field, string expected) => new(Path, row.Offset, field, $"\"{row.Text.Trim()}\"", expected);

    /// <summary>Place of the first byte that no text has, or -1.</summary>
    /// <param name="bytes">The bytes.</param>
    public static int BinaryAt(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is < 32 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 127)
            {
                return i;
            }
        }

        return -1;
    }

    private static List<WordRow> Split(ReadOnlySpan<byte> bytes)
    {
        var lines = new List<WordRow>();
        var encoding = System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1;
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes[start..].IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var n ? n : bytes.Length - start;
            var text = encoding.GetString(bytes.Slice(start, length));
            if (!string.IsNullOrWhiteSpace(text))
            {
                lines.Add(new(start, text));
            }

            start += length + 1;
        }

        return lines;
    }
}
