using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Hdf5;

/// <summary>How an HDF5 file writes addresses and lengths, from where addresses count, and where its root is.</summary>
/// <param name="Base">Byte that addresses count from.</param>
/// <param name="AddressBytes">Bytes of an address: 2, 4 or 8.</param>
/// <param name="LengthBytes">Bytes of a length: 2, 4 or 8.</param>
/// <param name="Root">Byte of the root group's header.</param>
/// <remarks>Source: HDF5 File Format Specification 3.0, II.A (superblock).</remarks>
internal sealed record Hdf5Place(long Base, int AddressBytes, int LengthBytes, long Root)
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 13, 10, 26, 10];

    /// <summary>Reads the superblock: at byte 0, 512, 1024 and so on.</summary>
    /// <param name="bytes">The file.</param>
    /// <exception cref="MalformedFileException">There is none, or it is damaged.</exception>
    public static Hdf5Place Of(Hdf5Pages bytes)
    {
        Span<byte> mark = stackalloc byte[8];
        for (var at = 0L; at <= bytes.Length - mark.Length; at = at == 0 ? 512 : 2 * at)
        {
            bytes.ReadExactly(at, mark, "signature");
            if (mark.SequenceEqual(Signature))
            {
                return At(bytes, at);
            }
        }

        throw new MalformedFileException(bytes.Path, 0, "signature", "none", "the eight bytes that HDF5 files begin with");
    }

    /// <summary>The byte that an address means; one that is undefined, or outside of any file, is -1.</summary>
    /// <param name="field">Begins with the address.</param>
    public long Address(ReadOnlySpan<byte> field) =>
        Number(field, AddressBytes) is var address && address >= 0 && address <= long.MaxValue - Base ? address + Base : -1;

    /// <summary>A length; negative where it is beyond any file.</summary>
    /// <param name="field">Begins with the length.</param>
    public long Length(ReadOnlySpan<byte> field) => Number(field, LengthBytes);

    private static Hdf5Place At(Hdf5Pages bytes, long at)
    {
        var version = bytes.Read(at + 8, 1, "superblock version")[0];
        var sizes = bytes.Read(at + (version < 2 ? 13 : 9), 2, "superblock sizes");
        if (sizes.Any(s => s is not (2 or 4 or 8)))
        {
            throw new MalformedFileException(bytes.Path, at, "superblock sizes", FormattableString.Invariant($"{sizes[0]} and {sizes[1]}"), "2, 4 or 8 bytes");
        }

        var (first, width) = (at + version switch { 0 => 24, 1 => 28, _ => 12 }, sizes[0]);
        var addresses = bytes.Read(first, 6 * width, "superblock");

        // Version 0 and 1: base, free space, end, driver, then the root's entry: name, header. Version 2 and 3: base, extension, end, header.
        var start = new Hdf5Place(Number(addresses, width), width, sizes[1], 0);
        return start with { Root = start.Address(addresses.AsSpan((version < 2 ? 5 : 3) * width)) };
    }

    private static long Number(ReadOnlySpan<byte> field, int width) => width switch
    {
        2 => BinaryPrimitives.ReadUInt16LittleEndian(field),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(field),
        _ => BinaryPrimitives.ReadInt64LittleEndian(field),
    };
}
