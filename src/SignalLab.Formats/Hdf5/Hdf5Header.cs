using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Formats.Hdf5;

/// <summary>Goes over one object header and what its messages claim.</summary>
/// <param name="bytes">The file.</param>
/// <param name="place">How it writes addresses.</param>
/// <param name="link">Receives where links lead to.</param>
/// <remarks>Source: HDF5 File Format Specification 3.0, IV.A.1.a (version 1) and IV.A.1.b (version 2).</remarks>
internal sealed class Hdf5Header(Hdf5Pages bytes, Hdf5Place place, Action<long> link)
{
    private const int MostBlocks = 4096;
    private const int Continuation = 0x10;

    private readonly Queue<(long At, long Size)> blocks = new();
    private int block;

    /// <summary>Looks at a header.</summary>
    /// <param name="at">Where it stands; what is no header is left to the library.</param>
    /// <exception cref="MalformedFileException">It claims more than the file holds, or leads out of the file.</exception>
    public void Check(long at)
    {
        var first = bytes.Read(at, Math.Min(16, bytes.Length - at), "object header");
        if (first.AsSpan().StartsWith("OHDR"u8))
        {
            CheckVersion2(at, first.ElementAtOrDefault(5));
        }
        else if (first.Length == 16 && first[0] == 1)
        {
            blocks.Enqueue((at + 16, BinaryPrimitives.ReadUInt32LittleEndian(first.AsSpan(8))));
            CheckBlocks((start, end) =>
            {
                for (var next = start; end - next >= 8;)
                {
                    var head = bytes.Read(next, 8, "message");
                    next = CheckMessage(BinaryPrimitives.ReadUInt16LittleEndian(head), head[4], next + 8, BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(2)));
                }
            });
        }
    }

    // Times and limits by the flags, the first block's size, then messages with heads of four or six bytes; later blocks have a signature and a sum.
    private void CheckVersion2(long at, int flags)
    {
        var sizeAt = at + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
        var width = 1 << (flags & 3);
        var size = new byte[8];
        bytes.ReadExactly(sizeAt, size.AsSpan(0, width), "object header");
        blocks.Enqueue((sizeAt + width, BinaryPrimitives.ReadInt64LittleEndian(size)));
        var headBytes = (flags & 4) != 0 ? 6 : 4;
        CheckBlocks((start, end) =>
        {
            var isFirst = block == 1;
            end = isFirst ? end : end - 4;
            for (var next = isFirst ? start : start + 4; end - next >= headBytes;)
            {
                var head = bytes.Read(next, headBytes, "message");
                next = CheckMessage(head[0], head[3], next + headBytes, BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(1)));
            }
        });
    }

    private void CheckBlocks(Action<long, long> check)
    {
        while (blocks.TryDequeue(out var next))
        {
            if (++block > MostBlocks)
            {
                throw new MalformedFileException(bytes.Path, next.At, "object header", "blocks without end", FormattableString.Invariant($"at most {MostBlocks}"));
            }

            bytes.Require(next.At, next.Size, "object header");
            check(next.At, next.At + next.Size);
        }
    }

    private long CheckMessage(int type, int flags, long at, int size)
    {
        var isShared = (flags & 2) != 0;
        if (!isShared && (type == Continuation || Hdf5Message.Matters(type)))
        {
            var data = bytes.Read(at, size, "message");
            if (type != Continuation)
            {
                new Hdf5Message(bytes, place, at).Check(type, data, link);
            }
            else if (data.Length >= place.AddressBytes + place.LengthBytes)
            {
                blocks.Enqueue((place.Address(data), place.Length(data.AsSpan(place.AddressBytes))));
            }
        }

        return at + size;
    }
}
