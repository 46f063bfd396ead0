using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

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
                Decode(bytes, into[..n]);
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

    private void Decode(Span<byte> bytes, Span<double> into)
    {
        if (isBig)
        {
            Swap(bytes, SizeOf(type));
        }

        switch (type)
        {
            case 1: Widen(MemoryMarshal.Cast<byte, sbyte>(bytes), into); break;
            case 2: Widen<byte>(bytes, into); break;
            case 3: Widen(MemoryMarshal.Cast<byte, short>(bytes), into); break;
            case 4: Widen(MemoryMarshal.Cast<byte, ushort>(bytes), into); break;
            case 5: Widen(MemoryMarshal.Cast<byte, int>(bytes), into); break;
            case 6: Widen(MemoryMarshal.Cast<byte, uint>(bytes), into); break;
            case Single: Widen(MemoryMarshal.Cast<byte, float>(bytes), into); break;
            case 9: MemoryMarshal.Cast<byte, double>(bytes).CopyTo(into); break;
            case 12: Widen(MemoryMarshal.Cast<byte, long>(bytes), into); break;
            default: Widen(MemoryMarshal.Cast<byte, ulong>(bytes), into); break;
        }
    }

    private static void Swap(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ushort>(bytes), MemoryMarshal.Cast<byte, ushort>(bytes)); break;
            case 4: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, uint>(bytes), MemoryMarshal.Cast<byte, uint>(bytes)); break;
            case 8: BinaryPrimitives.ReverseEndianness(MemoryMarshal.Cast<byte, ulong>(bytes), MemoryMarshal.Cast<byte, ulong>(bytes)); break;
        }
    }

    private static void Widen<T>(ReadOnlySpan<T> from, Span<double> into)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = double.CreateTruncating(from[i]);
        }
    }

    private static void Widen<T>(Span<T> from, Span<double> into)
        where T : unmanaged, System.Numerics.INumber<T> => Widen((ReadOnlySpan<T>)from, into);
}
