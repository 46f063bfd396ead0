using System.Globalization;
using System.Text;

namespace SignalLab.Tests.Formats.Eeprobe;

/// <summary>Builds ANT recordings: RIFF or RF64, blocks coded by chosen methods.</summary>
internal static class EeprobeBytes
{
    public static byte[] Recording(bool isLong, int[][] values, int blockLength, int[] methods, (long Sample, string Code)[] triggers, string[]? labels = null, string info = "")
    {
        var (channels, samples) = (values.Length, values[0].Length);
        var data = new List<byte>();
        var ep = new List<long> { blockLength };
        for (var first = 0; first < samples; first += blockLength)
        {
            ep.Add(data.Count);
            var before = new int[Math.Min(blockLength, samples - first)];
            for (var c = channels - 1; c >= 0; c--)
            {
                var part = values[c].AsSpan(first, before.Length).ToArray();
                data.AddRange(Channel(part, before, methods[c % methods.Length]));
                before = part;
            }
        }

        var raw3 = new List<byte>();
        raw3.AddRange("raw3"u8);
        raw3.AddRange(Chunk(isLong, "chan", [.. Enumerable.Range(0, channels).Reverse().SelectMany(c => BitConverter.GetBytes((short)c))]));
        raw3.AddRange(Chunk(isLong, "data", [.. data]));
        raw3.AddRange(Chunk(isLong, "ep  ", [.. ep.SelectMany(e => isLong ? BitConverter.GetBytes(e) : BitConverter.GetBytes((uint)e))]));
        var header = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"[File Version]\n4.2\n[Sampling Rate]\n500.00\n[Samples]\n{samples}\n[Channels]\n{channels}\n[Basic Channel Data]\n;label    calibration factor\n"));
        for (var c = 0; c < channels; c++)
        {
            header.Append(CultureInfo.InvariantCulture, $"{labels?[c] ?? $"E{c + 1}"} 1.0e+00 2.5e-01 uV REF:Cz\n");
        }

        byte[] events = [.. triggers.SelectMany(t => (byte[])[.. isLong ? BitConverter.GetBytes(t.Sample) : BitConverter.GetBytes((uint)t.Sample), .. Encoding.ASCII.GetBytes(t.Code.PadRight(8, '\0'))])];
        byte[] content = [.. "CNT "u8, .. Chunk(isLong, "LIST", [.. raw3]), .. Chunk(isLong, "eeph", Encoding.ASCII.GetBytes(header.ToString())), .. Chunk(isLong, "info", Encoding.ASCII.GetBytes(info)), .. Chunk(isLong, "evt ", events)];
        return [.. isLong ? "RF64"u8 : "RIFF"u8, .. isLong ? BitConverter.GetBytes((long)content.Length) : BitConverter.GetBytes(content.Length), .. content];
    }

    public static byte[] Channel(int[] values, int[] before, int method)
    {
        var bits = new Bits();
        bits.Put(method, 4);
        var isWide = method >= 8;
        if ((method & 7) == 0)
        {
            bits.Put(0, 4);
            Array.ForEach(values, v => bits.Put(v, isWide ? 32 : 16));
            return bits.ToArray();
        }

        var residuals = new int[values.Length];
        for (var i = 1; i < values.Length; i++)
        {
            residuals[i] = (method & 7) switch
            {
                2 when i > 1 => values[i] - (2 * values[i - 1]) + values[i - 2],
                3 => values[i] - values[i - 1] - before[i] + before[i - 1],
                _ => values[i] - values[i - 1],
            };
        }

        var (width, full) = isWide ? (7, 20) : (5, 16);
        bits.Put(width, isWide ? 6 : 4);
        bits.Put(full % (isWide ? 64 : 16), isWide ? 6 : 4);
        bits.Put(values[0], isWide ? 32 : 16);
        foreach (var residual in residuals.Skip(1))
        {
            var most = 1 << (width - 1);
            if (residual <= -most || residual >= most)
            {
                bits.Put(-most, width);
                bits.Put(residual, full);
            }
            else
            {
                bits.Put(residual, width);
            }
        }

        return bits.ToArray();
    }

    /// <summary>An event file of two markers and an epoch event, times after the start given in days.</summary>
    public static byte[] Events(double startDays, params (double Seconds, double Duration, string Text)[] markers)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(new byte[12]);
        writer.Write(512);
        writer.Write(0L);
        Class(writer, "class dcEventsLibrary_c");
        Text(writer, "");
        writer.Write(markers.Length + 1);
        foreach (var (seconds, duration, text) in markers)
        {
            Class(writer, "class dcEventMarker_c");
            Base(writer, startDays, seconds, duration, "Event Marker", null);
            Text(writer, "C3");
            Text(writer, "");
            Text(writer, text);
            writer.Write(0);
            writer.Write((byte)0);
        }

        Class(writer, "class dcEpochEvent_c");
        Base(writer, startDays, 0.5, 0, "Epoch Event", "go");
        writer.Flush();
        return stream.ToArray();
    }

    private static void Base(BinaryWriter writer, double startDays, double seconds, double duration, string name, string? said)
    {
        writer.Write(1);
        writer.Write(new byte[16]);
        writer.Write(0);
        Text(writer, name);
        Text(writer, "");
        writer.Write(0L);
        writer.Write((byte)0);
        writer.Write(duration);
        writer.Write(0.0);
        writer.Write(startDays + (Math.Floor(seconds) / 86400));
        writer.Write(seconds - Math.Floor(seconds));
        writer.Write(said is null ? 1 : 2);
        Text(writer, "values");
        writer.Write((short)0x2004);
        writer.Write((short)4);
        writer.Write(1f);
        writer.Write(2u);
        writer.Write(1f);
        writer.Write(2f);
        Text(writer, "kOhm");
        if (said is not null)
        {
            Text(writer, "Condition");
            writer.Write((short)8);
            writer.Write(said.Length);
            writer.Write(Encoding.Unicode.GetBytes(said));
            Text(writer, "");
        }
    }

    private static void Class(BinaryWriter writer, string name)
    {
        writer.Write(-1);
        Text(writer, name);
    }

    private static void Text(BinaryWriter writer, string text)
    {
        writer.Write((byte)text.Length);
        writer.Write(Encoding.ASCII.GetBytes(text));
    }

    private static byte[] Chunk(bool isLong, string id, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(id), .. isLong ? BitConverter.GetBytes((long)content.Length) : BitConverter.GetBytes(content.Length), .. content, .. new byte[content.Length % 2]];

    private sealed class Bits
    {
        private readonly List<byte> bytes = [];
        private int used = 8;

        public void Put(int value, int width)
        {
            for (var bit = width - 1; bit >= 0; bit--)
            {
                if (used == 8)
                {
                    bytes.Add(0);
                    used = 0;
                }

                bytes[^1] |= (byte)(((value >> bit) & 1) << (7 - used++));
            }
        }

        public byte[] ToArray() => [.. bytes];
    }
}
