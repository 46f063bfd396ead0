using System.Buffers.Binary;
using System.Text;

namespace SignalLab.Tests.Formats.Cnt;

/// <summary>Builds Neuroscan files byte by byte, so that a test can put anything into any field.</summary>
internal sealed class CntBytes(params string[] labels)
{
    internal sealed record Mark(ushort Code, uint Offset, byte KeypadAccept = 0);

    /// <summary>Stored numbers, a row a channel.</summary>
    public required int[][] Values { get; init; }

    public int Width { get; init; } = 2;

    /// <summary>Samples of a channel in a row as they are written.</summary>
    public int Block { get; init; } = 1;

    /// <summary>What the header says of it, in bytes.</summary>
    public int ChannelOffset { get; init; }

    public ushort Rate { get; init; } = 250;

    public uint? Claimed { get; init; }

    public byte EventType { get; init; } = 1;

    public Mark[]? Events { get; init; } = [];

    public string Date { get; init; } = "03/12/98";

    public short Baseline { get; init; }

    public float Sensitivity { get; init; } = 204.8f;

    public float Calibration { get; init; } = 0.5f;

    /// <summary>What stands 52 bytes into an appended part, or null for none.</summary>
    public byte? IsWide { get; init; }

    public byte ContinuousType { get; init; } = 1;

    public int DataOffset => 900 + (75 * labels.Length);

    /// <summary>The whole file.</summary>
    public byte[] ToArray()
    {
        var head = new byte[DataOffset];
        void Text(int at, string text) => Encoding.Latin1.GetBytes(text).CopyTo(head, at);
        Text(0, "Version 3.0");
        Text(21, "S7");
        Text(121, "Unspecified");
        head[141] = 44;
        head[143] = (byte)'F';
        Text(205, "rest");
        Text(225, Date);
        Text(235, "14:05:44");
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(370), (ushort)labels.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(376), Rate);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(864), Claimed ?? (uint)Values[0].Length);
        head[885] = ContinuousType;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(894), ChannelOffset);
        for (var c = 0; c < labels.Length; c++)
        {
            var at = 900 + (75 * c);
            Text(at, labels[c].TrimEnd('!'));
            head[at + 14] = labels[c].EndsWith('!') ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteInt16LittleEndian(head.AsSpan(at + 47), Baseline);
            BinaryPrimitives.WriteSingleLittleEndian(head.AsSpan(at + 59), Sensitivity);
            BinaryPrimitives.WriteSingleLittleEndian(head.AsSpan(at + 71), Calibration);
        }

        byte[] data = [.. Enumerable.Range(0, Values[0].Length / Block).SelectMany(b => Values.SelectMany(row => row.Skip(b * Block).Take(Block).SelectMany(v => BitConverter.GetBytes(v)[..Width])))];
        if (IsWide is { } wide)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), head.Length + data.Length + Table().Length);
        }

        if (Events is not null)
        {
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(886), head.Length + data.Length);
        }

        byte[] appended = IsWide is { } w ? [.. new byte[52], w, .. new byte[11]] : [];
        return [.. head, .. data, .. Table(), .. appended];
    }

    private byte[] Table()
    {
        if (Events is null)
        {
            return [];
        }

        byte[] rows = [.. Events.SelectMany(e => (byte[])[.. BitConverter.GetBytes(e.Code), 0, e.KeypadAccept, .. BitConverter.GetBytes(e.Offset), .. new byte[EventType == 1 ? 0 : 11]])];
        return [EventType, .. BitConverter.GetBytes(rows.Length), 0, 0, 0, 0, .. rows];
    }
}
