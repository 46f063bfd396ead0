using System.Buffers.Binary;
using System.Globalization;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Xdf;

/// <summary>The chunks of a file, gone through once: headers, clock offsets, time stamps and where samples lie; samples themselves are read when asked for.</summary>
/// <param name="Path">The file.</param>
/// <param name="Streams">The streams in the order of their headers.</param>
/// <param name="Start">When the recording was started, as the file says, or null.</param>
/// <param name="Remarks">What is suspicious.</param>
internal sealed record XdfIndex(string Path, IReadOnlyList<XdfStream> Streams, DateTime? Start, IReadOnlyList<string> Remarks)
{
    public const string Magic = "XDF:";

    private const int FileHeader = 1, StreamHeader = 2, Samples = 3, ClockOffset = 4, Boundary = 5, StreamFooter = 6;

    /// <summary>A header longer than this is taken for damage.</summary>
    private const int LongestHeader = 4_000_000;

    // The sixteen bytes of a boundary chunk, laid down so that reading can go on behind damage.
    private static readonly byte[] BoundaryMark = [0x43, 0xA5, 0x46, 0xDC, 0xCB, 0xF5, 0x41, 0x0F, 0xB3, 0x0E, 0xD5, 0x46, 0x73, 0x83, 0xCB, 0xE4];

    /// <summary>Streams with a rate: they become channels.</summary>
    public IReadOnlyList<XdfStream> Regular { get; } = [.. Streams.Where(s => s.IsRegular && s.Count > 0)];

    /// <summary>Goes through a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <exception cref="MalformedFileException">It is no XDF file, or holds no stream.</exception>
    public static XdfIndex Read(ByteSource bytes)
    {
        var window = new ByteWindow(bytes);
        if (bytes.Length < Magic.Length || !window.At(0, Magic.Length, "magic").SequenceEqual("XDF:"u8))
        {
            throw new MalformedFileException(bytes.Path, 0, "magic", bytes.Length == 0 ? "an empty file" : "other bytes", "\"XDF:\"");
        }

        var (streams, order, remarks) = (new Dictionary<uint, XdfStream>(), new List<XdfStream>(), new List<string>());
        DateTime? start = null;
        long at = Magic.Length;
        while (at < bytes.Length)
        {
            if (!TryChunk(window, bytes.Length, at, out var content, out var length, out var tag))
            {
                if (NextBoundary(window, bytes.Length, at) is not { } next)
                {
                    remarks.Add(FormattableString.Invariant($"The file breaks off inside a chunk: the last {bytes.Length - at} bytes are not read."));
                    break;
                }

                remarks.Add(FormattableString.Invariant($"Bytes {at} to {next} are damaged and passed over."));
                at = next;
                continue;
            }

            switch (tag)
            {
                case FileHeader:
                    start ??= StartOf(bytes.Path, window.At(content, Checked(bytes.Path, content, length), "file header"));
                    break;
                case StreamHeader:
                    var header = XdfStreamHeader.Read(bytes.Path, content + 4, window.At(content + 4, Checked(bytes.Path, content, length - 4), "stream header"));
                    var stream = new XdfStream(header);
                    if (streams.TryAdd(Id(window, content), stream))
                    {
                        order.Add(stream);
                    }

                    break;
                case Samples when streams.TryGetValue(Id(window, content), out var known):
                    XdfSampleChunk.Read(window, bytes.Path, content + 4, length - 4, known);
                    break;
                case Samples:
                    throw new MalformedFileException(bytes.Path, content, "stream id", FormattableString.Invariant($"{Id(window, content)}"), "a stream whose header stands before its samples");
                case ClockOffset when length >= 20 && streams.TryGetValue(Id(window, content), out var timed):
                    var pair = window.At(content + 4, 16, "clock offset");
                    timed.Clock.Add(BinaryPrimitives.ReadDoubleLittleEndian(pair), BinaryPrimitives.ReadDoubleLittleEndian(pair[8..]));
                    break;
                case StreamFooter when streams.TryGetValue(Id(window, content), out var ended):
                    ended.StatedCount = CountOf(bytes.Path, window.At(content + 4, Checked(bytes.Path, content, length - 4), "stream footer"));
                    break;
            }

            at = content + length;
        }

        return order.Count > 0
            ? new(bytes.Path, order, start, remarks)
            : throw new MalformedFileException(bytes.Path, Magic.Length, "streams", "none", "the header of a stream");
    }

    // A chunk: the length of its length, its length, its tag, its content.
    private static bool TryChunk(ByteWindow window, long end, long at, out long content, out long length, out int tag)
    {
        (content, length, tag) = (0, 0, 0);
        if (!window.TryLength(ref at, end, out var stated) || stated < 2 || stated > end - at)
        {
            return false;
        }

        tag = BinaryPrimitives.ReadUInt16LittleEndian(window.At(at, 2, "chunk tag"));
        (content, length) = (at + 2, stated - 2);
        return tag is >= FileHeader and <= StreamFooter && (tag is FileHeader or Boundary || length >= 4);
    }

    // The end of the next boundary chunk's mark: the next chunk begins there.
    private static long? NextBoundary(ByteWindow window, long end, long from)
    {
        const int Piece = 1 << 16;
        for (var at = from; at + BoundaryMark.Length <= end; at += Piece - BoundaryMark.Length + 1)
        {
            var piece = window.At(at, (int)Math.Min(Piece, end - at), "boundary");
            if (piece.IndexOf(BoundaryMark) is >= 0 and var found)
            {
                return at + found + BoundaryMark.Length;
            }
        }

        return null;
    }

    private static uint Id(ByteWindow window, long at) => BinaryPrimitives.ReadUInt32LittleEndian(window.At(at, 4, "stream id"));

    private static int Checked(string path, long at, long length) => length is >= 0 and <= LongestHeader
        ? (int)length
        : throw new MalformedFileException(path, at, "length of a header", FormattableString.Invariant($"{length} bytes"), FormattableString.Invariant($"at most {LongestHeader}"));

    private static long? CountOf(string path, ReadOnlySpan<byte> xml) =>
        long.TryParse(XdfStreamHeader.Parse(path, xml).Text("sample_count"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : null;

    private static DateTime? StartOf(string path, ReadOnlySpan<byte> xml)
    {
        var text = XdfStreamHeader.Parse(path, xml).Text("datetime") ?? "";
        string[] forms = ["yyyy-MM-dd'T'HH:mm:sszz'00'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'"];
        return DateTimeOffset.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcDateTime : null;
    }
}
