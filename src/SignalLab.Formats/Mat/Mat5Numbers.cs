using System.Buffers;
using SignalLab.Formats.Numbers;

namespace SignalLab.Formats.Mat;

/// <summary>Numbers as they stand in a stretch of bytes: one type, one byte order.</summary>
/// <param name="dimensions">Sizes.</param>
/// <param name="isComplex">True where an imaginary part stands beside.</param>
/// <param name="source">The bytes.</param>
/// <param name="offset">Offset of the first element.</param>
/// <param name="type">The type of an element (miINT8 …).</param>
/// <param name="isBig">True where numbers are big-endian.</param>
internal sealed class Mat5Numbers(long[] dimensions, bool isComplex, ByteSource source, long offset, int type, bool isBig) : MatNumbers(dimensions, isComplex)
{
    public const int Single = 7;

    /// <summary>The bytes.</summary>
    public ByteSource Source => source;

    /// <summary>Offset of the first element.</summary>
    public long Offset => offset;

    /// <summary>How an element is stored.</summary>
    public NumberType StoredType => type switch
    {
        1 => NumberType.Int8,
        2 => NumberType.UInt8,
        3 => NumberType.Int16,
        4 => NumberType.UInt16,
        5 => NumberType.Int32,
        6 => NumberType.UInt32,
        Single => NumberType.Float32,
        9 => NumberType.Float64,
        12 => NumberType.Int64,
        _ => NumberType.UInt64,
    };

    /// <summary>True where numbers are big-endian.</summary>
    public bool IsBigEndian => isBig;

    private const int ChunkElements = 1 << 15;

    /// <summary>The numbers of an element, whose length must be what the sizes state.</summary>
    public static Mat5Numbers Of(Mat5Elements elements, MatTag tag, long[] dimensions, bool isComplex)
    {
        var numbers = new Mat5Numbers(dimensions, isComplex, elements.Source, tag.Data, tag.Type, elements.IsBig);
        if (SizeOf(tag.Type) == 0)
        {
            throw elements.Fault(tag.Data, "real part", FormattableString.Invariant($"an element of type {tag.Type}"), "numbers");
        }

        return numbers.Count * SizeOf(tag.Type) == tag.Size
            ? numbers
            : throw elements.Fault(tag.Data, "real part", FormattableString.Invariant($"{tag.Size} bytes"), FormattableString.Invariant($"{numbers.Count} elements of {SizeOf(tag.Type)} bytes"));
    }

    public override void Read(long first, Span<double> into)
    {
        var size = SizeOf(type);
        var chunk = ArrayPool<byte>.Shared.Rent(Math.Min(ChunkElements, into.Length) * size);
        try
        {
            while (into.Length > 0)
            {
                var n = Math.Min(ChunkElements, into.Length);
                var bytes = chunk.AsSpan(0, n * size);
                source.ReadExactly(offset + (first * size), bytes, "numbers");
                NumberDecoder.Decode(bytes, StoredType, isBig, size, 1, 0, into[..n]);
                into = into[n..];
                first += n;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private static int SizeOf(int type) => type switch { 1 or 2 => 1, 3 or 4 => 2, 5 or 6 or Single => 4, 9 or 12 or 13 => 8, _ => 0 };
}
