using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Xdf;

/// <summary>Goes through the samples of one chunk: stamps, texts, and where numbers stand.</summary>
internal static class XdfSampleChunk
{
    /// <summary>Blocks are cut at this many samples (or bytes), so that a read in the middle of a chunk goes through few.</summary>
    private const int BlockSamples = 1024;

    private const long BlockBytes = 1 << 20;

    /// <summary>Stamps beyond this are damage.</summary>
    private const double LargestStamp = 1e12;

    /// <summary>Reads a chunk's content behind the stream id.</summary>
    /// <exception cref="MalformedFileException">Its samples do not fill it.</exception>
    public static void Read(ByteWindow window, string path, long at, long length, XdfStream stream)
    {
        var end = at + length;
        var valueBytes = stream.Header.Type == XdfValueType.Text ? 2L * stream.Header.Channels.Count : stream.ValueBytes;
        var place = at;
        if (!window.TryLength(ref at, end, out var count) || count > (end - at) / (1 + valueBytes))
        {
            throw new MalformedFileException(path, place, "number of samples", count == 0 ? "no number" : FormattableString.Invariant($"{count}"), FormattableString.Invariant($"as many as {end - at} bytes can hold"));
        }

        if (stream.IsRegular)
        {
            Regular(window, path, at, end, count, stream);
        }
        else
        {
            Events(window, path, at, end, count, stream);
        }
    }

    private static void Regular(ByteWindow window, string path, long at, long end, long count, XdfStream stream)
    {
        for (var (first, begin, inBlock) = (stream.Count, at, 0); count > 0; count--)
        {
            stream.Stamps.Next(Stamp(window, path, ref at, end));
            at = at + stream.ValueBytes <= end ? at + stream.ValueBytes : throw Short(path, at, end);
            stream.Count++;
            inBlock++;
            if (inBlock == BlockSamples || at - begin >= BlockBytes || count == 1)
            {
                stream.Blocks.Add(new(begin, first, inBlock, checked((int)(at - begin))));
                (first, begin, inBlock) = (stream.Count, at, 0);
            }
        }
    }

    private static void Events(ByteWindow window, string path, long at, long end, long count, XdfStream stream)
    {
        var text = new StringBuilder();
        for (; count > 0; count--)
        {
            var stamp = stream.Stamps.Next(Stamp(window, path, ref at, end));
            text.Clear();
            for (var c = 0; c < stream.Header.Channels.Count; c++)
            {
                text.Append(c == 0 ? "" : ", ").Append(Value(window, path, ref at, end, stream));
            }

            stream.Events.Add((stamp, text.ToString()));
            stream.Count++;
        }
    }

    private static string Value(ByteWindow window, string path, ref long at, long end, XdfStream stream)
    {
        if (stream.Header.Type == XdfValueType.Text)
        {
            var place = at;
            if (!window.TryLength(ref at, end, out var length) || length > end - at)
            {
                throw new MalformedFileException(path, place, "length of a text", FormattableString.Invariant($"{length}"), FormattableString.Invariant($"a length of at most {end - at} bytes"));
            }

            at += length;
            return Encoding.UTF8.GetString(window.At(at - length, checked((int)length), "text"));
        }

        var size = stream.NumberType.Bytes();
        at = at + size <= end ? at + size : throw Short(path, at, end);
        var number = window.At(at - size, size, "value");
        return stream.Header.Type switch
        {
            XdfValueType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(number).ToString(CultureInfo.InvariantCulture),
            XdfValueType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(number).ToString(CultureInfo.InvariantCulture),
            _ => NumberDecoder.One(number, stream.NumberType, false).ToString(CultureInfo.InvariantCulture),
        };
    }

    // A sample is led by the size of its time stamp: 8, or 0 where it has none.
    private static double? Stamp(ByteWindow window, string path, ref long at, long end)
    {
        var size = at < end ? window.At(at, 1, "size of a time stamp")[0] : throw Short(path, at, end);
        if (size == 0)
        {
            at++;
            return null;
        }

        if (size != 8 || at + 9 > end)
        {
            throw new MalformedFileException(path, at, "size of a time stamp", FormattableString.Invariant($"{size}"), "0 or 8 bytes inside the chunk");
        }

        var stamp = BinaryPrimitives.ReadDoubleLittleEndian(window.At(at + 1, 8, "time stamp"));
        at += 9;
        return Math.Abs(stamp) < LargestStamp ? stamp : null;
    }

    private static MalformedFileException Short(string path, long at, long end) =>
        new(path, at, "samples", FormattableString.Invariant($"the chunk's end at byte {end}"), "as many samples as the chunk states");
}
