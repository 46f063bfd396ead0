using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>One file's data set, its transfer syntax known and inflated where it is deflated.</summary>
/// <remarks>Source: DICOM PS3.10, 7; PS3.5, A.5.</remarks>
internal sealed record DicomFile(string Path, ByteSource Source, DicomSyntax Syntax, DicomDataset Meta, DicomDataset Data)
{
    private const int Preamble = 128;

    /// <summary>Elements of the data set carry their value representation, whatever the transfer syntax claims.</summary>
    public bool IsExplicit { get; init; }

    /// <summary>True where a file begins as DICOM: with the prefix, or without it with a first element of a group that files begin with.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => HasPrefix(head) || (head.Length >= 16 && BeginsRaw(head));

    /// <summary>Reads the data set up to the pixels.</summary>
    /// <exception cref="MalformedFileException">It is no DICOM file, or damaged.</exception>
    public static DicomFile Open(string path)
    {
        var source = ByteSource.Open(path);
        var head = source.Read(0, Math.Min(source.Length, 512), "header");
        var start = HasPrefix(head) ? Preamble + 4 : 0;
        if (start == 0 && !Begins(head))
        {
            throw new MalformedFileException(path, 0, "header", "no DICOM file", "\"DICM\" at byte 128, or a data set that begins with group 0002 or 0008");
        }

        var metaParser = new DicomParser(source, false);
        var meta = BinaryPrimitives.ReadUInt16LittleEndian(source.Read(start, 2, "first element")) == 2
            ? metaParser.Read(start, true, onlyGroup: 2)
            : new DicomDataset(source, false, null);
        var dataStart = metaParser.Position == 0 ? start : metaParser.Position;
        var uid = meta.Text(DicomTag.TransferSyntax);
        var syntax = uid is null ? Guess(source, dataStart) : DicomSyntax.Of(uid);
        if (syntax.IsDeflated)
        {
            source = Inflate(source, dataStart);
            dataStart = 0;
        }

        // Some files are implicit although they claim to be explicit, and the other way round: the first element tells.
        var isExplicit = syntax.IsBigEndian ? syntax.IsExplicit : LooksExplicit(source, dataStart) ?? syntax.IsExplicit;
        return new(path, source, syntax, meta, new DicomParser(source, syntax.IsBigEndian).Read(dataStart, isExplicit)) { IsExplicit = isExplicit };
    }

    private static bool HasPrefix(ReadOnlySpan<byte> head) => head.Length >= Preamble + 4 && head.Slice(Preamble, 4).SequenceEqual("DICM"u8);

    // Without the prefix two elements must make sense: one that files begin with, and a later one of the same kind right behind it.
    private static bool BeginsRaw(ReadOnlySpan<byte> head)
    {
        var first = TagAt(head, 0);
        var vr = Encoding.Latin1.GetString(head.Slice(4, 2));
        var isExplicit = DicomVr.IsKnown(vr) && !DicomVr.HasLongLength(vr);
        var length = isExplicit ? BinaryPrimitives.ReadUInt16LittleEndian(head[6..]) : BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        if (first.Group is not (2 or 8) || first.Element > 0x0018 || length >= 256 || (!isExplicit && (first.Group == 2 || length == 0)) || head.Length < 16 + length)
        {
            return false;
        }

        var next = TagAt(head, 8 + (int)length);
        var isLater = next.Group == first.Group ? next.Element > first.Element : next.Group > first.Group && next.Group <= 0x0020;
        return isLater && (!isExplicit || DicomVr.IsKnown(Encoding.Latin1.GetString(head.Slice(12 + (int)length, 2))));
    }

    private static DicomTag TagAt(ReadOnlySpan<byte> head, int at) => new(BinaryPrimitives.ReadUInt16LittleEndian(head[at..]), BinaryPrimitives.ReadUInt16LittleEndian(head[(at + 2)..]));

    private static DicomSyntax Guess(ByteSource source, long start) => LooksExplicit(source, start) == true ? DicomSyntax.ExplicitLittle : DicomSyntax.ImplicitLittle;

    private static bool? LooksExplicit(ByteSource source, long start) =>
        source.Length - start < 8 ? null : DicomVr.IsKnown(Encoding.Latin1.GetString(source.Read(start + 4, 2, "first element")));

    private static ByteSource Inflate(ByteSource source, long start)
    {
        var packed = source.Read(start, source.Length - start, "deflated data set");
        using var inflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        return Inflation.Read(source.Path, start, packed.Length, inflate, "deflated data");
    }

    /// <summary>Inflates a raw deflate stream, up to a limit.</summary>
    public static byte[] Inflated(string path, long offset, Stream packed, long limit)
    {
        using var inflate = new DeflateStream(packed, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        try
        {
            var buffer = new byte[1 << 16];
            for (int n; (n = inflate.Read(buffer)) > 0;)
            {
                if (memory.Length + n > limit)
                {
                    throw new MalformedFileException(path, offset, "deflated data", FormattableString.Invariant($"more than {limit} bytes when inflated"), "no more than that");
                }

                memory.Write(buffer, 0, n);
            }
        }
        catch (Exception e) when (Inflation.IsDamage(e))
        {
            throw new MalformedFileException(path, offset, "deflated data", "a damaged stream", "a whole deflate stream", e);
        }

        return memory.ToArray();
    }
}
