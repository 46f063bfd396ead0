using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Text;

/// <summary>Walks over the numbers of a text file, line by line.</summary>
/// <param name="bytes">The file.</param>
/// <param name="offset">Where to begin.</param>
/// <param name="decimalSymbol">What stands before the fraction; a comma separates numbers only where it is not that.</param>
internal sealed class AsciiCursor(ByteSource bytes, long offset, char decimalSymbol)
{
    private const int LongestNumber = 64;

    private readonly byte[] buffer = new byte[1 << 15];
    private readonly byte[] word = new byte[LongestNumber];
    private int at;
    private int end;
    private long next = offset;

    /// <summary>Offset of the byte that comes next.</summary>
    public long Offset => next - end + at;

    /// <summary>Goes to the next word of the line.</summary>
    /// <returns>False where the line ends before.</returns>
    public bool ToWord()
    {
        while (IsFilled() && IsSeparator(buffer[at]))
        {
            at++;
        }

        return IsFilled() && buffer[at] is not ((byte)'\n' or (byte)'\r');
    }

    /// <summary>Passes the word that begins here.</summary>
    public void SkipWord()
    {
        while (IsFilled() && !IsSeparator(buffer[at]) && buffer[at] is not ((byte)'\n' or (byte)'\r'))
        {
            at++;
        }
    }

    /// <summary>Reads the word that begins here as a number.</summary>
    /// <exception cref="MalformedFileException">It is none.</exception>
    public double Number()
    {
        var (start, length) = (Offset, 0);
        while (IsFilled() && !IsSeparator(buffer[at]) && buffer[at] is not ((byte)'\n' or (byte)'\r') && length < LongestNumber)
        {
            word[length++] = buffer[at] == decimalSymbol ? (byte)'.' : buffer[at];
            at++;
        }

        return double.TryParse(word.AsSpan(0, length), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new MalformedFileException(bytes.Path, start, "sample", $"\"{System.Text.Encoding.Latin1.GetString(word, 0, length)}\"", "a number");
    }

    /// <summary>Goes to the beginning of the next line.</summary>
    /// <returns>False at the end of the file.</returns>
    public bool NextLine()
    {
        while (IsFilled())
        {
            var skipped = buffer.AsSpan(at, end - at).IndexOfAny((byte)'\n', (byte)'\r');
            if (skipped < 0)
            {
                at = end;
                continue;
            }

            at += skipped;
            var isReturn = buffer[at++] == '\r';
            if (isReturn && IsFilled() && buffer[at] == '\n')
            {
                at++;
            }

            return IsFilled();
        }

        return false;
    }

    private bool IsSeparator(byte value) => value is (byte)' ' or (byte)'\t' or (byte)';' || (value == ',' && decimalSymbol != ',');

    private bool IsFilled()
    {
        if (at < end)
        {
            return true;
        }

        (at, end) = (0, (int)Math.Min(buffer.Length, bytes.Length - next));
        if (end <= 0)
        {
            end = 0;
            return false;
        }

        bytes.ReadExactly(next, buffer.AsSpan(0, end), "samples");
        next += end;
        return true;
    }
}
