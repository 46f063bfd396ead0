using System.Buffers.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Lvm;

/// <summary>The rows of numbers: found by one pass over the file, which notes the place of every 64th, and turned into numbers when read.</summary>
internal sealed class LvmRows : ISampleSource
{
    private const int RowsAPlace = 64, PieceBytes = 1 << 20, LongestRow = 1 << 22;

    private readonly ByteSource bytes;
    private readonly LvmHeader header;
    private readonly List<long> places;
    private readonly long end;

    private LvmRows(ByteSource bytes, LvmHeader header, List<long> places, long rows, (long From, long To) first, (long From, long To) last)
    {
        this.bytes = bytes;
        this.header = header;
        this.places = places;
        end = last.To;
        RowCount = rows;
        RateHz = Rate(first, last);
    }

    /// <summary>Samples a channel.</summary>
    public long RowCount { get; }

    /// <summary>The rate that the times of first and last row give; the header's interval where there are no times or they contradict it.</summary>
    public double RateHz { get; }

    /// <inheritdoc/>
    public int ChannelCount => header.Names.Count;

    /// <summary>Finds the rows.</summary>
    public static LvmRows Scan(ByteSource bytes, LvmHeader header)
    {
        var places = new List<long>();
        var (rows, start, first, last) = (0L, header.Rows, (header.Rows, header.Rows), (header.Rows, header.Rows));
        var piece = new byte[(int)Math.Min(PieceBytes, Math.Max(1, bytes.Length - header.Rows))];
        for (var at = header.Rows; at < bytes.Length; at += piece.Length)
        {
            var span = piece.AsSpan(0, (int)Math.Min(piece.Length, bytes.Length - at));
            bytes.ReadExactly(at, span, "rows");
            for (var from = 0; from < span.Length;)
            {
                var length = span[from..].IndexOf((byte)'\n');
                var next = length < 0 ? span.Length : from + length + 1;
                if (length >= 0 || at + next == bytes.Length)
                {
                    // A row holds at least a digit for each channel; what is shorter is an empty line at the end.
                    if (at + next - start >= 2L * header.Names.Count)
                    {
                        if (rows++ % RowsAPlace == 0)
                        {
                            places.Add(start);
                        }

                        last = (start, at + next);
                        first = rows == 1 ? last : first;
                    }

                    start = at + next;
                }

                from = next;
            }
        }

        return new(bytes, header, places, rows, first, last);
    }

    /// <inheritdoc/>
    public long Count(int channel) => RowCount;

    /// <inheritdoc/>
    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, RowCount, nameof(first));
        var values = new double[header.Names.Count + 1];
        for (var row = first / RowsAPlace * RowsAPlace; row < first + count; row += RowsAPlace)
        {
            var group = (int)(row / RowsAPlace);
            var (from, to) = (places[group], group + 1 < places.Count ? places[group + 1] : end);
            ReadOnlySpan<byte> text = bytes.Read(from, to - from, "rows");
            for (var r = row; r < Math.Min(row + RowsAPlace, first + count); r++)
            {
                var length = text.IndexOf((byte)'\n') is >= 0 and var n ? n + 1 : text.Length;
                if (r >= first)
                {
                    Parse(text[..length], values, from);
                    for (var i = 0; i < channels.Length; i++)
                    {
                        into[(i * count) + (int)(r - first)] = values[channels[i] + 1];
                    }
                }

                text = text[length..];
                from += length;
            }
        }
    }

    private double Rate((long From, long To) first, (long From, long To) last)
    {
        var stated = 1 / header.IntervalSeconds;
        if (!header.HasTime || RowCount < 3)
        {
            return stated;
        }

        var measured = (RowCount - 1) / (Time(last) - Time(first));
        return double.IsFinite(measured) && measured > 0 && Math.Abs((measured / stated) - 1) < 0.01 ? measured : stated;
    }

    private double Time((long From, long To) row)
    {
        var values = new double[header.Names.Count + 1];
        Parse(bytes.Read(row.From, row.To - row.From, "row"), values, row.From);
        return values[0];
    }

    private void Parse(ReadOnlySpan<byte> row, double[] values, long place)
    {
        if (row.Length > LongestRow)
        {
            throw Fault(place, "a row of more than 4 MB");
        }

        Span<byte> word = stackalloc byte[64];
        row = row.TrimEnd("\r\n"u8);
        for (var c = 0; c < values.Length; c++)
        {
            var length = row.IndexOf((byte)header.Separator) is >= 0 and var n ? n : row.Length;
            var text = row[..length].Trim((byte)' ');
            row = length < row.Length ? row[(length + 1)..] : [];
            if (text.IsEmpty && c == 0 && !header.HasTime)
            {
                continue;
            }

            if (text.IsEmpty || text.Length > word.Length)
            {
                throw Fault(place, text.IsEmpty ? FormattableString.Invariant($"{c} numbers") : "a long word");
            }

            text.CopyTo(word);
            var number = word[..text.Length];
            if (header.DecimalSign != '.')
            {
                number.Replace((byte)header.DecimalSign, (byte)'.');
            }

            if (!Utf8Parser.TryParse(number, out double value, out var used) || used != number.Length)
            {
                throw Fault(place, $"\"{System.Text.Encoding.Latin1.GetString(text)}\"");
            }

            values[c] = value;
        }
    }

    private MalformedFileException Fault(long place, string found) => new(bytes.Path, place, "row", found, FormattableString.Invariant($"time and {header.Names.Count} numbers"));
}
