using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace SignalLab.Tests.Formats;

/// <summary>A DICOM file written element by element (PS3.5, PS3.10), in any native transfer syntax, RLE or deflated frames.</summary>
internal sealed class DicomSample
{
    public const string Implicit = "1.2.840.10008.1.2";
    public const string Explicit = "1.2.840.10008.1.2.1";
    public const string Deflated = "1.2.840.10008.1.2.1.99";
    public const string Big = "1.2.840.10008.1.2.2";
    public const string Rle = "1.2.840.10008.1.2.5";
    public const string DeflatedFrames = "1.2.840.10008.1.2.8.1";

    private readonly SortedDictionary<uint, (string Vr, object Value)> elements = [];

    public string Syntax { get; set; } = Explicit;

    /// <summary>Write the preamble and the file meta information.</summary>
    public bool HasMeta { get; set; } = true;

    /// <summary>Sequences and items end by delimiters instead of lengths.</summary>
    public bool UndefinedLengths { get; set; }

    private bool IsBig => Syntax == Big;

    /// <summary>Sets an element: text, ushort, ushort[], double[], byte[], or DicomSample[] for a sequence.</summary>
    public DicomSample With(uint tag, string vr, object value)
    {
        elements[tag] = (vr, value);
        return this;
    }

    public DicomSample Without(uint tag)
    {
        elements.Remove(tag);
        return this;
    }

    /// <summary>An image of small whole numbers, every pixel given by its position.</summary>
    public static DicomSample Image(int columns, int rows, Func<int, int> pixel, int frames = 1, int bits = 16, bool signed = false)
    {
        var sample = new DicomSample()
            .With(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7")
            .With(0x00080018, "UI", "1.2.3.4")
            .With(0x00080060, "CS", "OT")
            .With(0x0020000E, "UI", "1.2.3")
            .With(0x00280002, "US", (ushort)1)
            .With(0x00280004, "CS", "MONOCHROME2")
            .With(0x00280010, "US", (ushort)rows)
            .With(0x00280011, "US", (ushort)columns)
            .With(0x00280100, "US", (ushort)bits)
            .With(0x00280101, "US", (ushort)bits)
            .With(0x00280102, "US", (ushort)(bits - 1))
            .With(0x00280103, "US", (ushort)(signed ? 1 : 0));
        if (frames > 1)
        {
            sample.With(0x00280008, "IS", frames.ToString(CultureInfo.InvariantCulture));
        }

        return sample.With(0x7FE00010, "OW", Enumerable.Range(0, columns * rows * frames).Select(pixel).ToArray());
    }

    /// <summary>The place of a plane: pixels of one spacing in a given direction.</summary>
    public DicomSample At(double x, double y, double z, double spacing = 1, string orientation = @"1\0\0\0\1\0") =>
        With(0x00200032, "DS", FormattableString.Invariant($@"{x}\{y}\{z}"))
            .With(0x00200037, "DS", orientation)
            .With(0x00280030, "DS", FormattableString.Invariant($@"{spacing}\{spacing}"));

    public string Write(string path)
    {
        var data = Body(this, false);
        using var memory = new MemoryStream();
        if (HasMeta)
        {
            var group = Encode(0x00020010, "UI", Text(Syntax, '\0'), true, false);
            memory.Write(new byte[128]);
            memory.Write("DICM"u8);
            memory.Write(Encode(0x00020000, "UL", BitConverter.GetBytes((uint)group.Length), true, false));
            memory.Write(group);
        }

        if (Syntax == Deflated)
        {
            using var deflate = new DeflateStream(memory, CompressionLevel.Fastest, leaveOpen: true);
            deflate.Write(data);
        }
        else
        {
            memory.Write(data);
        }

        File.WriteAllBytes(path, memory.ToArray());
        return path;
    }

    private byte[] Body(DicomSample set, bool nested)
    {
        using var body = new MemoryStream();
        foreach (var (tag, (vr, value)) in set.elements)
        {
            if (value is DicomSample[] items)
            {
                body.Write(Sequence(tag, items));
            }
            else if (tag == 0x7FE00010 && !nested && Syntax is Rle or DeflatedFrames)
            {
                body.Write(Encapsulated((int[])value));
            }
            else
            {
                body.Write(Encode(tag, vr, Bytes(tag, vr, value), Syntax != Implicit, IsBig));
            }
        }

        return body.ToArray();
    }

    private byte[] Sequence(uint tag, DicomSample[] items)
    {
        using var body = new MemoryStream();
        foreach (var item in items)
        {
            var bytes = Body(item, true);
            body.Write(Header(0xFFFEE000, UndefinedLengths ? uint.MaxValue : (uint)bytes.Length));
            body.Write(bytes);
            if (UndefinedLengths)
            {
                body.Write(Header(0xFFFEE00D, 0));
            }
        }

        if (UndefinedLengths)
        {
            body.Write(Header(0xFFFEE0DD, 0));
        }

        var content = body.ToArray();
        var length = UndefinedLengths ? uint.MaxValue : (uint)content.Length;
        return Syntax == Implicit
            ? [.. Header(tag, length), .. content]
            : [.. Number(tag >> 16, 2, IsBig), .. Number(tag & 0xffff, 2, IsBig), .. "SQ\0\0"u8, .. Number(length, 4, IsBig), .. content];
    }

    private byte[] Header(uint tag, uint length) => [.. Number(tag >> 16, 2, IsBig), .. Number(tag & 0xffff, 2, IsBig), .. Number(length, 4, IsBig)];

    private byte[] Encapsulated(int[] pixels)
    {
        var frames = elements.TryGetValue(0x00280008, out var f) ? int.Parse((string)f.Value, CultureInfo.InvariantCulture) : 1;
        var samples = (ushort)elements[0x00280002].Value;
        var bits = (ushort)elements[0x00280100].Value;
        using var body = new MemoryStream();
        body.Write([.. Number(0x7fe0, 2, false), .. Number(0x0010, 2, false), .. "OB\0\0"u8, .. Number(uint.MaxValue, 4, false)]);
        body.Write(Header(0xFFFEE000, 0));
        foreach (var frame in pixels.Chunk(pixels.Length / frames))
        {
            var packed = Syntax == Rle ? RleOf(frame, samples, bits / 8) : DeflatedOf(Packed(frame, bits, false));
            byte[] even = packed.Length % 2 == 0 ? packed : [.. packed, 0];
            body.Write(Header(0xFFFEE000, (uint)even.Length));
            body.Write(even);
        }

        body.Write(Header(0xFFFEE0DD, 0));
        return body.ToArray();
    }

    // Runs of three or more as such, everything else literally; two-byte literals keep it simple.
    private static byte[] RleOf(int[] pixels, int samples, int bytes)
    {
        using var body = new MemoryStream();
        var header = new byte[64];
        BitConverter.GetBytes(samples * bytes).CopyTo(header, 0);
        for (var plane = 0; plane < samples * bytes; plane++)
        {
            BitConverter.GetBytes((uint)(64 + body.Length)).CopyTo(header, 4 + (4 * plane));
            var (sample, shift) = (plane / bytes, 8 * (bytes - 1 - (plane % bytes)));
            var values = pixels.Where((_, i) => i % samples == sample).Select(v => (byte)(v >> shift)).ToArray();
            for (var i = 0; i < values.Length;)
            {
                var run = 1;
                while (run < 128 && i + run < values.Length && values[i + run] == values[i])
                {
                    run++;
                }

                body.Write(run >= 3 ? [(byte)(sbyte)(1 - run), values[i]] : run == 2 ? [1, values[i], values[i]] : [0, values[i]]);
                i += run;
            }

            if (body.Length % 2 == 1)
            {
                body.WriteByte(0);
            }
        }

        return [.. header, .. body.ToArray()];
    }

    private static byte[] DeflatedOf(byte[] bytes)
    {
        using var memory = new MemoryStream();
        using (var deflate = new DeflateStream(memory, CompressionLevel.Fastest))
        {
            deflate.Write(bytes);
        }

        return memory.ToArray();
    }

    private byte[] Bytes(uint tag, string vr, object value) => value switch
    {
        string text => Text(text, vr == "UI" ? '\0' : ' '),
        ushort one => Number(one, 2, IsBig),
        uint one => Number(one, 4, IsBig),
        ushort[] many => [.. many.SelectMany(v => Number(v, 2, IsBig))],
        double[] many => [.. many.SelectMany(v => Number(BitConverter.DoubleToUInt64Bits(v), 8, IsBig))],
        float[] many => [.. many.SelectMany(v => Number(BitConverter.SingleToUInt32Bits(v), 4, IsBig))],
        int[] pixels => PixelBytes(pixels, (ushort)elements[0x00280100].Value, vr),
        byte[] raw => raw.Length % 2 == 0 ? raw : [.. raw, 0],
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, $"No bytes for {tag:X8}."),
    };

    private byte[] PixelBytes(int[] pixels, int bits, string vr)
    {
        var bytes = Packed(pixels, bits, IsBig);
        bytes = bytes.Length % 2 == 0 ? bytes : [.. bytes, 0];
        for (var i = 0; IsBig && bits <= 8 && vr == "OW" && i < bytes.Length; i += 2)
        {
            (bytes[i], bytes[i + 1]) = (bytes[i + 1], bytes[i]);
        }

        return bytes;
    }

    private static byte[] Packed(int[] pixels, int bits, bool big)
    {
        if (bits > 1)
        {
            return [.. pixels.SelectMany(v => Number((uint)v, bits / 8, big))];
        }

        var bytes = new byte[(pixels.Length + 7) / 8];
        for (var i = 0; i < pixels.Length; i++)
        {
            bytes[i / 8] |= (byte)(pixels[i] << (i % 8));
        }

        return bytes;
    }

    private static byte[] Text(string text, char pad)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        return bytes.Length % 2 == 0 ? bytes : [.. bytes, (byte)pad];
    }

    private static byte[] Encode(uint tag, string vr, byte[] value, bool isExplicit, bool big)
    {
        byte[] head = [.. Number(tag >> 16, 2, big), .. Number(tag & 0xffff, 2, big)];
        return !isExplicit ? [.. head, .. Number((ulong)value.Length, 4, big), .. value]
            : vr is "OB" or "OW" or "OF" or "OD" or "SQ" or "UN" or "UT" ? [.. head, .. Encoding.ASCII.GetBytes(vr), 0, 0, .. Number((ulong)value.Length, 4, big), .. value]
            : [.. head, .. Encoding.ASCII.GetBytes(vr), .. Number((ulong)value.Length, 2, big), .. value];
    }

    private static byte[] Number(ulong value, int size, bool big)
    {
        var bytes = BitConverter.GetBytes(value)[..size];
        if (big)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }
}
