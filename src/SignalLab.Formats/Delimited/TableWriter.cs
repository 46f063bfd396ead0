using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Delimited;

/// <summary>Writes a table of text cell by cell: UTF-8 without mark, LF, numbers culture-invariant and in the shortest form that reads back as the same double. Source: RFC 4180 for quoting.</summary>
/// <param name="output">Receives the bytes; left open.</param>
/// <param name="delimiter">Between cells.</param>
public sealed class TableWriter(Stream output, Delimiter delimiter = Delimiter.Comma) : IDisposable
{
    private const int LongestNumber = 32;

    private readonly byte separator = delimiter == Delimiter.Tab ? (byte)'\t' : (byte)',';
    private readonly byte[] buffer = new byte[1 << 16];
    private int filled;
    private bool isRowBegun;

    /// <summary>A line of remark before or between rows: <c># text</c>.</summary>
    /// <param name="text">One line.</param>
    public void Comment(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write("# "u8);
        Write(Encoding.UTF8.GetBytes(text.ReplaceLineEndings(" ")));
        isRowBegun = false;
        Write("\n"u8);
    }

    /// <summary>A cell of text, quoted where it holds the delimiter, a quote or a line end.</summary>
    /// <param name="text">The text.</param>
    public void Cell(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Separate();
        var needsQuotes = text.AsSpan().IndexOfAny([(char)separator, '"', '\r', '\n']) >= 0;
        Write(Encoding.UTF8.GetBytes(needsQuotes ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text));
    }

    /// <summary>A number.</summary>
    /// <param name="value">The number; not-a-number is printed as NaN.</param>
    public void Cell(double value)
    {
        Separate();
        Require(LongestNumber);
        value.TryFormat(buffer.AsSpan(filled), out var written, default, CultureInfo.InvariantCulture);
        filled += written;
    }

    /// <summary>A whole number.</summary>
    /// <param name="value">The number.</param>
    public void Cell(long value)
    {
        Separate();
        Require(LongestNumber);
        value.TryFormat(buffer.AsSpan(filled), out var written, default, CultureInfo.InvariantCulture);
        filled += written;
    }

    /// <summary>The heading of a column of values: <c>name[unit]</c>.</summary>
    /// <param name="name">What the column holds.</param>
    /// <param name="unit">Its unit; brackets stay empty where none is stated.</param>
    public void Heading(string name, Unit unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        Cell($"{name}[{unit.Symbol}]");
    }

    /// <summary>Ends the row.</summary>
    public void EndRow()
    {
        isRowBegun = false;
        Write("\n"u8);
    }

    /// <summary>Hands what is left to the stream.</summary>
    public void Dispose()
    {
        output.Write(buffer, 0, filled);
        filled = 0;
    }

    private void Separate()
    {
        if (isRowBegun)
        {
            Require(1);
            buffer[filled++] = separator;
        }

        isRowBegun = true;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Require(1);
            var part = Math.Min(bytes.Length, buffer.Length - filled);
            bytes[..part].CopyTo(buffer.AsSpan(filled));
            filled += part;
            bytes = bytes[part..];
        }
    }

    private void Require(int bytes)
    {
        if (buffer.Length - filled < bytes)
        {
            output.Write(buffer, 0, filled);
            filled = 0;
        }
    }
}
