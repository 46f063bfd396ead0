using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Hdf5;

/// <summary>What the structures of an HDF5 file claim, checked against the file's length before the library asks for memory.</summary>
/// <remarks>Source: HDF5 File Format Specification 3.0, III (disk format, level 1) and IV.A.1 (object headers).</remarks>
internal sealed class Hdf5Claims
{
    /// <summary>A text or another object of varying length may have this many bytes.</summary>
    public const long LargestObject = 1 << 20;

    private const int MostHeapRows = 256;

    private readonly Hdf5Pages bytes;
    private readonly HashSet<long> seen = [];
    private readonly Hdf5Place place;

    /// <summary>Looks at the superblock and at the root group's header.</summary>
    /// <param name="bytes">The file.</param>
    /// <exception cref="MalformedFileException">It is no HDF5 file, or its root claims more than the file holds.</exception>
    public Hdf5Claims(Hdf5Pages bytes)
    {
        this.bytes = bytes;
        place = Hdf5Place.Of(bytes);
        CheckHeaders(place.Root);
    }

    /// <summary>Looks at what follows a structure's signature; what is none passes.</summary>
    /// <param name="signature">Four bytes that were read.</param>
    /// <param name="at">Where they stand.</param>
    /// <exception cref="MalformedFileException">The structure claims more than the file holds.</exception>
    public void Check(ReadOnlySpan<byte> signature, long at)
    {
        if (signature.SequenceEqual("OHDR"u8))
        {
            CheckHeaders(at);
        }
        else if (signature.SequenceEqual("SNOD"u8) && seen.Add(at))
        {
            CheckSymbols(at);
        }
        else if (signature.SequenceEqual("HEAP"u8) && seen.Add(at))
        {
            CheckLocalHeap(at);
        }
        else if (signature.SequenceEqual("GCOL"u8) && seen.Add(at))
        {
            CheckCollection(at);
        }
        else if (signature.SequenceEqual("FRHP"u8) && seen.Add(at))
        {
            CheckFractalHeap(at);
        }
    }

    // A header and those that its links lead to; older ones have no signature that would tell them later.
    private void CheckHeaders(long first)
    {
        var waiting = new Stack<long>([first]);
        while (waiting.TryPop(out var at))
        {
            if (seen.Add(at) && at >= 0 && at < bytes.Length)
            {
                new Hdf5Header(bytes, place, waiting.Push).Check(at);
            }
        }
    }

    // Level 1B: entries of 24 bytes and two addresses.
    private void CheckSymbols(long at)
    {
        var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Read(at + 6, 2, "symbols"));
        var size = (2 * place.AddressBytes) + 24;
        var entries = bytes.Read(at + 8, (long)count * size, "symbols");
        for (var i = 0; i < count; i++)
        {
            CheckHeaders(place.Address(entries.AsSpan((i * size) + place.AddressBytes)));
        }
    }

    // Level 1D.
    private void CheckLocalHeap(long at)
    {
        var fields = bytes.Read(at + 8, (2 * place.LengthBytes) + place.AddressBytes, "local heap");
        bytes.Require(place.Address(fields.AsSpan(2 * place.LengthBytes)), place.Length(fields), "local heap");
    }

    // Level 1E: objects of a head each and their size, until one of number 0.
    private void CheckCollection(long at)
    {
        var head = 8 + place.LengthBytes;
        var end = at + Claimed(at, place.Length(bytes.Read(at + 8, place.LengthBytes, "collection")), bytes.Length - at, "collection");
        for (var next = at + head; end - next >= head;)
        {
            var fields = bytes.Read(next, head, "collection");
            if (BinaryPrimitives.ReadUInt16LittleEndian(fields) == 0)
            {
                return;
            }

            var size = Claimed(next, place.Length(fields.AsSpan(8)), Math.Min(end - next - head, LargestObject), "object of a collection");
            next += head + ((size + 7) & ~7L);
        }
    }

    // Level 1G: only the table that doubles makes the library ask for memory.
    private void CheckFractalHeap(long at)
    {
        // The table follows 14 bytes, ten lengths and two addresses.
        var table = at + 14 + (10 * place.LengthBytes) + (2 * place.AddressBytes);
        var width = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Read(table, 2, "fractal heap"));
        var rows = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Read(table + 2 + (2 * place.LengthBytes) + 4 + place.AddressBytes, 2, "fractal heap"));
        Claimed(table, rows, MostHeapRows, "fractal heap rows");
        Claimed(table, (long)width * rows * place.AddressBytes, bytes.Length, "fractal heap width");
    }

    private long Claimed(long at, long size, long most, string field) => size >= 0 && size <= most
        ? size
        : throw new MalformedFileException(bytes.Path, at, field, FormattableString.Invariant($"a size of {size} bytes"), FormattableString.Invariant($"at most {Math.Max(0, most)}"));
}
