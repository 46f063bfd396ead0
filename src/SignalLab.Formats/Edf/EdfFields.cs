using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>Walks through the fixed-width text fields of a header. Numbers padded with NUL or printed with a decimal comma are accepted and remarked.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="bytes">The header.</param>
/// <param name="remarks">Receives what is odd.</param>
internal sealed class EdfFields(string path, byte[] bytes, List<string> remarks)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    /// <summary>Offset of the next field.</summary>
    public int Position { get; set; }

    /// <summary>A text, without the padding.</summary>
    /// <param name="width">Bytes.</param>
    public string Text(int width)
    {
        var text = Decode(bytes.AsSpan(Position, width));
        Position += width;
        return text;
    }

    /// <summary>A number.</summary>
    /// <param name="width">Bytes.</param>
    /// <param name="field">Its name, for messages.</param>
    public double Number(int width, string field)
    {
        var (text, at) = Numeral(width, field);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value
            : throw new MalformedFileException(path, at, field, Quote(text), "a number");
    }

    /// <summary>A number kept in decimal, as printed.</summary>
    /// <param name="width">Bytes.</param>
    /// <param name="field">Its name, for messages.</param>
    public decimal Exact(int width, string field)
    {
        var (text, at) = Numeral(width, field);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new MalformedFileException(path, at, field, Quote(text), "a number");
    }

    /// <summary>A whole number.</summary>
    /// <param name="width">Bytes.</param>
    /// <param name="field">Its name, for messages.</param>
    public int Whole(int width, string field)
    {
        var (text, at) = Numeral(width, field);
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value == decimal.Truncate(value) && Math.Abs(value) <= int.MaxValue
            ? (int)value
            : throw new MalformedFileException(path, at, field, Quote(text), "a whole number");
    }

    /// <summary>Text of the family: UTF-8 where it is valid (a character cut off by the field's end is dropped), else Latin-1.</summary>
    /// <param name="field">The field's bytes with their padding.</param>
    public static string Decode(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        var text = field[..(end < 0 ? field.Length : end)].Trim((byte)' ');
        if (System.Text.Ascii.IsValid(text))
        {
            return Encoding.ASCII.GetString(text);
        }

        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return CutUtf8(text) ?? Encoding.Latin1.GetString(text);
        }
    }

    // A UTF-8 text cut by a full field still shows earlier whole characters; a Latin-1 one does not.
    private static string? CutUtf8(ReadOnlySpan<byte> text)
    {
        for (var cut = 1; cut <= 3 && cut < text.Length; cut++)
        {
            var lead = text[^cut];
            if (lead < 0xC0)
            {
                continue;
            }

            var whole = text[..^cut];
            return !System.Text.Ascii.IsValid(whole) && System.Text.Unicode.Utf8.IsValid(whole) ? Encoding.UTF8.GetString(whole) : null;
        }

        return null;
    }

    private (string Text, int Offset) Numeral(int width, string field)
    {
        var at = Position;
        var raw = bytes.AsSpan(at, width);
        Position += width;
        var text = Encoding.Latin1.GetString(raw).Trim('\0', ' ', '\t');
        if (raw.Contains((byte)0))
        {
            Remark($"{field}: padded with NUL instead of blanks");
        }

        if (text.Contains(',', StringComparison.Ordinal) && !text.Contains('.', StringComparison.Ordinal))
        {
            Remark($"{field}: printed with a decimal comma, read as a point");
            text = text.Replace(',', '.');
        }

        return (text, at);
    }

    private void Remark(string remark)
    {
        if (remarks.Count < 50)
        {
            remarks.Add($"Header field {remark}.");
        }
    }

    private static string Quote(string text) => $"\"{text}\"";
}
