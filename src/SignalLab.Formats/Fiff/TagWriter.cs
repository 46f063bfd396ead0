using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>Writes tags one after the other.</summary>
/// <param name="stream">Receives them.</param>
internal sealed class TagWriter(Stream stream)
{
    /// <summary>Positions in a file are 32-bit numbers.</summary>
    public const long LargestFile = int.MaxValue;

    /// <summary>A file from its identification to its last tag; at <paramref name="path"/> whole or not at all, gzip where the path ends so.</summary>
    public static void File(string path, DateTime? date, Action<TagWriter> content)
    {
        var part = path + ".part";
        try
        {
            using (var file = System.IO.File.Create(part))
            using (Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
                ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionLevel.Optimal)
                : new BufferedStream(file, 1 << 16))
            {
                var writer = new TagWriter(stream);
                var (seconds, microseconds) = Stamp(date);
                writer.Bytes(TagKind.FileId, DataType.Id, [.. Words(0x0001_0004, 0, 0, seconds, date is null ? 0 : microseconds)]);
                writer.Ints(TagKind.DirectoryPointer, -1);
                writer.Ints(TagKind.FreeList, -1);
                content(writer);
                writer.Header(TagKind.Nop, DataType.Void, 0, -1);
            }

            System.IO.File.Move(part, path, overwrite: true);
        }
        catch
        {
            System.IO.File.Delete(part);
            throw;
        }
    }

    /// <summary>Seconds and microseconds since 1970, or MNE's «no date».</summary>
    /// <exception cref="UnfitInputException">The date does not fit 32 bits.</exception>
    public static (int Seconds, int Microseconds) Stamp(DateTime? date)
    {
        if (date is not { } d)
        {
            return (0, MeasurementDate.NoDateMicroseconds);
        }

        var (seconds, rest) = Math.DivRem((d - DateTime.UnixEpoch).Ticks, TimeSpan.TicksPerSecond);
        (seconds, rest) = rest < 0 ? (seconds - 1, rest + TimeSpan.TicksPerSecond) : (seconds, rest);
        return seconds is >= int.MinValue and <= int.MaxValue
            ? ((int)seconds, (int)(rest / TimeSpan.TicksPerMicrosecond))
            : throw new UnfitInputException(FormattableString.Invariant($"FIFF holds dates from 1901 to 2038, the recording starts {d:yyyy-MM-dd}: anonymize it or write another format."));
    }

    public void Block(int kind, Action content)
    {
        Ints(TagKind.BlockStart, kind);
        content();
        Ints(TagKind.BlockEnd, kind);
    }

    public void Ints(int tag, params ReadOnlySpan<int> values) => Bytes(tag, DataType.Int, [.. Words(values)]);

    public void Float(int tag, double value) => Bytes(tag, DataType.Float, [.. Floats([value])]);

    public void Doubles(int tag, IReadOnlyList<double> values)
    {
        var bytes = new byte[8 * values.Count];
        for (var i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(8 * i), values[i]);
        }

        Bytes(tag, DataType.Double, bytes);
    }

    /// <summary>A text in ISO 8859-1; what it lacks becomes a question mark.</summary>
    public void Text(int tag, string text) => Bytes(tag, DataType.String, Encoding.Latin1.GetBytes(text));

    /// <summary>A float matrix, row by row, dimensions behind the data.</summary>
    public void Matrix(int tag, int rows, int columns, Action<int, Span<double>> row)
    {
        Header(tag, DataType.DenseMatrix | DataType.Float, checked((4 * rows * columns) + 12), 0);
        var values = new double[columns];
        for (var r = 0; r < rows; r++)
        {
            row(r, values);
            stream.Write(Floats(values));
        }

        stream.Write(Words(columns, rows, 2));
    }

    public void Bytes(int tag, int type, ReadOnlySpan<byte> bytes)
    {
        Header(tag, type, bytes.Length, 0);
        stream.Write(bytes);
    }

    /// <summary>Big-endian 32-bit integers.</summary>
    public static byte[] Words(params ReadOnlySpan<int> values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * i), values[i]);
        }

        return bytes;
    }

    /// <summary>Big-endian 32-bit floats.</summary>
    public static byte[] Floats(ReadOnlySpan<double> values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(4 * i), (float)values[i]);
        }

        return bytes;
    }

    private void Header(int tag, int type, int size, int next) => stream.Write(Words(tag, type, size, next));
}
