using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Nifti;

/// <summary>How one stored number (or colour) is laid out.</summary>
/// <param name="Code">The header's <c>datatype</c>.</param>
/// <param name="Name">Its name in nifti1.h, without the prefix.</param>
/// <param name="Size">Bytes of one voxel.</param>
/// <param name="Colours">3 or 4 for colours of one byte each, else 1.</param>
/// <remarks>Source: nifti1.h, "DATA TYPE" codes (NIFTI_TYPE_*).</remarks>
internal sealed record NiftiDatatype(int Code, string Name, int Size, int Colours = 1)
{
    public static NiftiDatatype UInt8 { get; } = new(2, "UINT8", 1);

    public static NiftiDatatype Int16 { get; } = new(4, "INT16", 2);

    public static NiftiDatatype Float32 { get; } = new(16, "FLOAT32", 4);

    public static NiftiDatatype Float64 { get; } = new(64, "FLOAT64", 8);

    public static NiftiDatatype Rgb24 { get; } = new(128, "RGB24", 3, 3);

    public static NiftiDatatype Rgba32 { get; } = new(2304, "RGBA32", 4, 4);

    private static readonly NiftiDatatype[] Readable =
    [
        UInt8, Int16, Float32, Float64, Rgb24, Rgba32,
        new(8, "INT32", 4), new(256, "INT8", 1), new(512, "UINT16", 2), new(768, "UINT32", 4), new(1024, "INT64", 8), new(1280, "UINT64", 8),
    ];

    private static readonly Dictionary<int, string> Unreadable = new()
    {
        [1] = "1-bit voxels",
        [32] = "complex values (COMPLEX64)",
        [1536] = "128-bit floats (FLOAT128)",
        [1792] = "complex values (COMPLEX128)",
        [2048] = "complex values (COMPLEX256)",
    };

    /// <summary>True for whole numbers of one colour.</summary>
    public bool IsWhole => Colours == 1 && this != Float32 && this != Float64;

    /// <summary>True where the code is one that the format defines.</summary>
    public static bool IsDefined(int code) => Unreadable.ContainsKey(code) || Array.Exists(Readable, t => t.Code == code);

    /// <summary>The layout of a code.</summary>
    /// <exception cref="UnfitInputException">The format defines it, but a real-valued map cannot hold it.</exception>
    /// <exception cref="MalformedFileException">The format does not define it.</exception>
    public static NiftiDatatype Of(int code, string path, long offset) =>
        Array.Find(Readable, t => t.Code == code)
        ?? (Unreadable.TryGetValue(code, out var what)
            ? throw new UnfitInputException($"{path}: holds {what}, which are not read; convert the file to real values (magnitude, phase) first.")
            : throw new MalformedFileException(path, offset, "datatype", FormattableString.Invariant($"{code}"), "a data type of the NIfTI standard"));

    /// <summary>Turns stored voxels into numbers, unscaled.</summary>
    /// <param name="bytes">Whole voxels.</param>
    /// <param name="colour">Which colour, 0 for real values.</param>
    /// <param name="littleEndian">Byte order.</param>
    /// <param name="into">One number a voxel.</param>
    public void Decode(ReadOnlySpan<byte> bytes, int colour, bool littleEndian, Span<double> into)
    {
        switch (Code)
        {
            case 2:
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = bytes[i];
                }

                break;
            case 256:
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = (sbyte)bytes[i];
                }

                break;
            case 4 or 512:
                Decode16(bytes, littleEndian, into);
                break;
            case 8 or 768 or 16:
                Decode32(bytes, littleEndian, into);
                break;
            case 1024 or 1280 or 64:
                Decode64(bytes, littleEndian, into);
                break;
            default:
                for (var i = 0; i < into.Length; i++)
                {
                    into[i] = bytes[(i * Size) + colour];
                }

                break;
        }
    }

    private void Decode16(ReadOnlySpan<byte> bytes, bool littleEndian, Span<double> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            var raw = littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..]);
            into[i] = Code == 4 ? (short)raw : raw;
        }
    }

    private void Decode32(ReadOnlySpan<byte> bytes, bool littleEndian, Span<double> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            var raw = littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes[(4 * i)..]);
            into[i] = Code switch { 8 => (int)raw, 768 => raw, _ => BitConverter.UInt32BitsToSingle(raw) };
        }
    }

    private void Decode64(ReadOnlySpan<byte> bytes, bool littleEndian, Span<double> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            var raw = littleEndian ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]) : BinaryPrimitives.ReadUInt64BigEndian(bytes[(8 * i)..]);
            into[i] = Code switch { 1024 => (long)raw, 1280 => raw, _ => BitConverter.UInt64BitsToDouble(raw) };
        }
    }
}
