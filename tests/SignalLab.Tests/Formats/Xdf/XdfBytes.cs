using System.Text;

namespace SignalLab.Tests.Formats.Xdf;

/// <summary>Builds XDF files chunk by chunk.</summary>
internal sealed class XdfBytes
{
    private readonly List<byte> file = [];

    public XdfBytes(string? datetime = null)
    {
        file.AddRange("XDF:"u8);
        Chunk(1, Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><info><version>1.0</version>{(datetime is null ? "" : $"<datetime>{datetime}</datetime>")}</info>"));
    }

    public byte[] ToArray() => [.. file];

    public XdfBytes Chunk(int tag, ReadOnlySpan<byte> content, int lengthSize = 4)
    {
        Number(file, content.Length + 2, lengthSize);
        file.AddRange(BitConverter.GetBytes((ushort)tag));
        file.AddRange(content);
        return this;
    }

    public XdfBytes Header(uint id, string name, string type, int channels, double rate, string format, string desc = "") => Chunk(2, WithId(id, Encoding.UTF8.GetBytes(FormattableString.Invariant(
        $"<?xml version=\"1.0\"?><info><name>{name}</name><type>{type}</type><channel_count>{channels}</channel_count><nominal_srate>{rate}</nominal_srate><channel_format>{format}</channel_format><desc>{desc}</desc></info>"))));

    public XdfBytes Offset(uint id, double time, double offset) => Chunk(4, WithId(id, [.. BitConverter.GetBytes(time), .. BitConverter.GetBytes(offset)]));

    public XdfBytes Boundary() => Chunk(5, [0x43, 0xA5, 0x46, 0xDC, 0xCB, 0xF5, 0x41, 0x0F, 0xB3, 0x0E, 0xD5, 0x46, 0x73, 0x83, 0xCB, 0xE4], 1);

    public XdfBytes Footer(uint id, long samples) => Chunk(6, WithId(id, Encoding.UTF8.GetBytes(FormattableString.Invariant($"<info><sample_count>{samples}</sample_count></info>"))));

    /// <summary>Samples with the stamps they have; values as bytes.</summary>
    public XdfBytes Samples(uint id, params (double? Stamp, byte[] Values)[] samples)
    {
        var content = new List<byte>();
        Number(content, samples.Length, samples.Length > 255 ? 4 : 1);
        foreach (var (stamp, values) in samples)
        {
            content.Add(stamp is null ? (byte)0 : (byte)8);
            content.AddRange(stamp is { } s ? BitConverter.GetBytes(s) : []);
            content.AddRange(values);
        }

        return Chunk(3, WithId(id, [.. content]), content.Count > 200 ? 8 : 1);
    }

    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [1, (byte)bytes.Length, .. bytes];
    }

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public static byte[] Shorts(params short[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    private static byte[] WithId(uint id, byte[] content) => [.. BitConverter.GetBytes(id), .. content];

    private static void Number(List<byte> into, long value, int size)
    {
        into.Add((byte)size);
        into.AddRange(BitConverter.GetBytes(value).AsSpan(0, size));
    }
}
