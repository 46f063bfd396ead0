using System.Buffers.Binary;
using System.IO.Compression;
using SignalLab.Model;

namespace SignalLab.Formats.Mat;

/// <summary>Inflates a compressed variable; its stated size is believed only as far as deflate can shrink.</summary>
internal static class MatInflation
{
    /// <summary>The first bytes: enough for the name and the sizes.</summary>
    private const int BeginningBytes = 4096;

    /// <summary>The beginning of a variable, for its name.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="offset">Where the variable stands in it.</param>
    /// <param name="packed">The zlib stream.</param>
    public static ByteSource Beginning(string path, long offset, byte[] packed)
    {
        var bytes = new byte[BeginningBytes];
        return ByteSource.OfMemory(path, bytes[..Inflate(path, offset, packed, bytes)]);
    }

    /// <summary>A variable whole.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="offset">Where the variable stands in it.</param>
    /// <param name="packed">The zlib stream.</param>
    /// <param name="isBig">True where numbers are big-endian.</param>
    /// <exception cref="UnfitInputException">It is larger than a program should hold in memory.</exception>
    public static ByteSource Whole(string path, long offset, byte[] packed, bool isBig)
    {
        var head = new byte[8];
        var read = Inflate(path, offset, packed, head);
        var stated = 8L + (isBig ? BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4)) : BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4)));
        if (read == head.Length && stated > Inflation.Largest)
        {
            throw new UnfitInputException($"{path}: holds a variable of more than 2 GB when inflated; save it without compression (-v6) or with its data in a file of its own.");
        }

        if (read < head.Length || stated > Inflation.Limit(packed.Length))
        {
            throw Fault(path, offset, FormattableString.Invariant($"{packed.Length} compressed bytes that state {stated}"), "a size that they can hold");
        }

        using var unzip = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        var bytes = Inflation.Read(path, offset, packed.Length, unzip, "compressed variable", stated);
        return bytes.Length == stated ? bytes : throw Fault(path, offset, "a stream that ends early", FormattableString.Invariant($"{stated} inflated bytes"));
    }

    private static int Inflate(string path, long offset, byte[] packed, byte[] into)
    {
        try
        {
            using var unzip = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            return unzip.ReadAtLeast(into, into.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (Inflation.IsDamage(e))
        {
            throw new MalformedFileException(path, offset, "compressed variable", "a damaged zlib stream", "a whole one", e);
        }
    }

    private static MalformedFileException Fault(string path, long offset, string found, string expected) => new(path, offset, "compressed variable", found, expected);
}
