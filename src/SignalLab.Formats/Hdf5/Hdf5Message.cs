using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Hdf5;

/// <summary>What one message of an object header claims: sizes, and links that lead out of the file.</summary>
/// <param name="bytes">The file.</param>
/// <param name="place">How it writes addresses.</param>
/// <param name="at">Where the message's data begin.</param>
/// <remarks>Source: HDF5 File Format Specification 3.0, IV.A.2.</remarks>
internal sealed class Hdf5Message(Hdf5Pages bytes, Hdf5Place place, long at)
{
    /// <summary>A part of an array that is stored together may have this many bytes.</summary>
    private const long LargestChunk = 1 << 27;

    private const int OldFillValue = 4, FillValue = 5, Link = 6, ExternalFiles = 7, Layout = 8, Attribute = 12;
    private const int Chunked = 2, Virtual = 3;

    /// <summary>True for messages that claim something.</summary>
    /// <param name="type">The message's type.</param>
    public static bool Matters(int type) => type is OldFillValue or FillValue or Link or ExternalFiles or Layout or Attribute;

    /// <summary>Looks at one.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="data">Its data; what is too short to claim anything is left to the library.</param>
    /// <param name="link">Receives where a link leads to.</param>
    /// <exception cref="MalformedFileException">It claims more than it holds, or leads out of the file.</exception>
    public void Check(int type, ReadOnlySpan<byte> data, Action<long> link)
    {
        switch (type)
        {
            case OldFillValue when data.Length >= 4:
                Claimed(BinaryPrimitives.ReadUInt32LittleEndian(data), data.Length - 4, "fill value");
                break;
            case FillValue when data.Length >= 2:
                CheckFillValue(data);
                break;
            case Link when data.Length >= 2:
                CheckLink(data, link);
                break;
            case ExternalFiles:
                throw OutOfFile("an array stored in other files");
            case Layout when data.Length >= 3:
                CheckLayout(data);
                break;
            case Attribute when data.Length >= 8:
                CheckAttribute(data);
                break;
        }
    }

    // Version 1 always has a size, version 2 where it is defined, version 3 where the flags say so.
    private void CheckFillValue(ReadOnlySpan<byte> data)
    {
        var sizeAt = data[0] switch { 1 => 4, 2 when data.Length > 3 && data[3] != 0 => 4, 3 when (data[1] & 0x20) != 0 => 2, _ => -1 };
        if (sizeAt > 0 && data.Length >= sizeAt + 4)
        {
            Claimed(BinaryPrimitives.ReadUInt32LittleEndian(data[sizeAt..]), data.Length - sizeAt - 4, "fill value");
        }
    }

    private void CheckLink(ReadOnlySpan<byte> data, Action<long> link)
    {
        var flags = data[1];
        var (next, type) = (2, 0);
        if ((flags & 8) != 0)
        {
            type = data.Length > 2 ? data[2] : 0;
            next++;
        }

        next += ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0);
        var width = 1 << (flags & 3);
        if (data.Length < next + width)
        {
            return;
        }

        Span<byte> size = stackalloc byte[8];
        size.Clear();
        data.Slice(next, width).CopyTo(size);
        var name = Claimed(BinaryPrimitives.ReadInt64LittleEndian(size), data.Length - next - width, "name of a link");
        if (type == 64)
        {
            throw OutOfFile("a link into another file");
        }

        next += width + (int)name;
        if (type == 0 && data.Length >= next + place.AddressBytes)
        {
            link(place.Address(data[next..]));
        }
    }

    // Versions 1 and 2: rank, class, five bytes, an address unless the data stand here, sizes of four bytes. Version 3: class first. Version 4: sizes of a stated width.
    private void CheckLayout(ReadOnlySpan<byte> data)
    {
        var (kind, rank, sizesAt, width) = data[0] switch
        {
            1 or 2 when data[2] == Chunked => (Chunked, data[1], 8 + place.AddressBytes, 4),
            3 when data[1] == Chunked => (Chunked, data[2], 3 + place.AddressBytes, 4),
            4 when data[1] == Chunked && data.Length > 4 => (Chunked, data[3], 5, data[4]),
            4 => (data[1], 0, 0, 0),
            _ => (0, 0, 0, 0),
        };
        if (kind == Virtual)
        {
            throw OutOfFile("an array made of other files' arrays");
        }

        if (kind != Chunked || width is < 1 or > 8 || data.Length < sizesAt + (rank * width))
        {
            return;
        }

        var (product, most) = (1L, Math.Min(LargestChunk, bytes.Length * Hdf5File.LargestRatio));
        Span<byte> size = stackalloc byte[8];
        for (var i = 0; i < rank; i++)
        {
            size.Clear();
            data.Slice(sizesAt + (i * width), width).CopyTo(size);
            var length = BinaryPrimitives.ReadInt64LittleEndian(size);
            product *= length == 0 ? 1 : Claimed(length, most / product, "size of a chunk");
        }
    }

    // Name, type and space stand one after the other, in version 1 each filled to eight bytes; then come as many values as the space has.
    private void CheckAttribute(ReadOnlySpan<byte> data)
    {
        var (version, flags) = (data[0], data[1]);
        int[] sizes = [BinaryPrimitives.ReadUInt16LittleEndian(data[2..]), BinaryPrimitives.ReadUInt16LittleEndian(data[4..]), BinaryPrimitives.ReadUInt16LittleEndian(data[6..])];
        if (version == 1)
        {
            sizes = [.. sizes.Select(s => (s + 7) & ~7)];
        }

        var type = (version == 3 ? 9 : 8) + sizes[0];
        var (space, values) = (type + sizes[1], type + sizes[1] + sizes[2]);
        if (values > data.Length)
        {
            throw Fault("attribute", FormattableString.Invariant($"parts of {string.Join(", ", sizes)} bytes"), FormattableString.Invariant($"at most {data.Length}"));
        }

        var isEmpty = sizes[2] >= 4 && data[space] == 2 && data[space + 3] == 2;
        if ((version > 1 && (flags & 3) != 0) || sizes[1] < 8 || sizes[2] < 4 || isEmpty)
        {
            return;
        }

        long product = Math.Max(1, BinaryPrimitives.ReadUInt32LittleEndian(data[(type + 4)..]));
        var (rank, first) = (data[space + 1], space + (data[space] == 1 ? 8 : 4));
        for (var i = 0; i < rank && first + ((i + 1) * place.LengthBytes) <= values; i++)
        {
            var length = place.Length(data[(first + (i * place.LengthBytes))..]);
            if (length == 0)
            {
                return;
            }

            product *= Claimed(length, data.Length / product, "size of an attribute");
        }

        Claimed(product, data.Length - values, "attribute");
    }

    private long Claimed(long size, long most, string field) =>
        size >= 0 && size <= most ? size : throw Fault(field, FormattableString.Invariant($"{size}"), FormattableString.Invariant($"at most {most}"));

    private MalformedFileException OutOfFile(string found) => new(bytes.Path, at, "HDF5 object", found, "data within the file");

    private MalformedFileException Fault(string field, string found, string expected) => new(bytes.Path, at, field, found, expected);
}
