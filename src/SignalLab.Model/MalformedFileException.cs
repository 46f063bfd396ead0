namespace SignalLab.Model;

/// <summary>A file that cannot be what it claims: says which file, where in it, what was found and what was expected.</summary>
public sealed class MalformedFileException : IOException
{
    /// <summary>Describes one fault of one file.</summary>
    /// <param name="path">The file as the user named it.</param>
    /// <param name="offset">Byte offset of the fault, or null where a byte has no meaning (a text line, a missing companion).</param>
    /// <param name="field">The field, record or channel, in the format's own words.</param>
    /// <param name="found">What stands there; quoted by the caller where it is text.</param>
    /// <param name="expected">What the format asks for.</param>
    /// <param name="inner">The cause, where another component reported it.</param>
    public MalformedFileException(string path, long? offset, string field, string found, string expected, Exception? inner = null)
        : base(Describe(path, offset, field, found, expected), inner)
    {
        Path = path;
        Offset = offset;
        Field = field;
        Found = found;
        Expected = expected;
    }

    /// <summary>The file as the user named it.</summary>
    public string Path { get; }

    /// <summary>Byte offset of the fault, or null.</summary>
    public long? Offset { get; }

    /// <summary>The field, record or channel.</summary>
    public string Field { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What was expected.</summary>
    public string Expected { get; }

    private static string Describe(string path, long? offset, string field, string found, string expected)
    {
        var place = offset is null ? $"{path}, {field}" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}, byte {offset} ({field})");
        return OneLine($"{place}: found {(found.Length <= 120 ? found : found[..117] + "…")}, expected {expected}.");
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '·' : c));
}
