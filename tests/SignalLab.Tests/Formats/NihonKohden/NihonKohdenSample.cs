using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SignalLab.Tests.Formats.NihonKohden;

/// <summary>One stretch of a sample recording.</summary>
internal sealed record SampleBlock(DateTime Start, int RateHz, int[] Electrodes, ushort[] Words);

/// <summary>Small Nihon Kohden recordings made for tests.</summary>
internal static class NihonKohdenSample
{
    private const int First = 0x17FE;

    /// <summary>An <c>.EEG</c> of the EEG-1100 with one control block.</summary>
    public static byte[] Eeg1100(params SampleBlock[] blocks)
    {
        var file = Head("EEG-1100C V01.00", First);
        file[0x91] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(0x92), 0x400);
        file[0x400 + 17] = (byte)blocks.Length;
        var body = new List<byte>(file);
        for (var b = 0; b < blocks.Length; b++)
        {
            var block = blocks[b];
            SetUInt32(body, 0x400 + 18 + (20 * b), (uint)body.Count);
            var head = new byte[0x27 + (10 * block.Electrodes.Length)];
            head[0] = 1;
            Convert.FromHexString(block.Start.ToString("yyMMddHHmmss", CultureInfo.InvariantCulture)).CopyTo(head, 0x14);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(0x1A), (ushort)(block.RateHz | 0xC000));
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(0x1C), (uint)Tenths(block));
            head[0x26] = (byte)block.Electrodes.Length;
            for (var e = 0; e < block.Electrodes.Length; e++)
            {
                head[0x27 + (10 * e)] = (byte)block.Electrodes[e];
            }

            body.AddRange(head);
            body.AddRange(block.Words.SelectMany(BitConverter.GetBytes));
        }

        return [.. body];
    }

    /// <summary>An <c>.EEG</c> of the EEG-1200 with its own tables.</summary>
    public static byte[] Eeg1200(params SampleBlock[] blocks)
    {
        var file = Head("EEG-1200A V01.00", First + 1);
        file[0x91] = 1;
        file[First] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(0x92), 0x400);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(0x3EE), 0x800);
        file[0x800 + 17] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(0x800 + 18), 0x900);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(0x900 + 17), (ushort)blocks.Length);
        var body = new List<byte>(file);
        for (var b = 0; b < blocks.Length; b++)
        {
            var block = blocks[b];
            SetUInt32(body, 0x900 + 20 + (24 * b), (uint)body.Count);
            var head = new byte[72 + (10 * block.Electrodes.Length)];
            Encoding.ASCII.GetBytes(block.Start.ToString("yyyyMMddHHmmssffffff", CultureInfo.InvariantCulture)).CopyTo(head, 20);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(40), block.RateHz);
            BinaryPrimitives.WriteInt64LittleEndian(head.AsSpan(44), Tenths(block));
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(68), (ushort)block.Electrodes.Length);
            for (var e = 0; e < block.Electrodes.Length; e++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(72 + (10 * e)), (ushort)block.Electrodes[e]);
            }

            body.AddRange(head);
            body.AddRange(block.Words.SelectMany(BitConverter.GetBytes));
        }

        return [.. body];
    }

    /// <summary>A <c>.LOG</c>: entries with their times in millionths of a second; without fractions where asked.</summary>
    public static byte[] Log(bool hasFractions, params (string Text, long Microseconds)[] entries)
    {
        var file = Head("EEG-1100C V01.00", 0x3000);
        file[0x91] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(0x92), 0x400);
        file[0x400] = 8;
        file[0x412] = (byte)entries.Length;
        if (hasFractions)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(0x92 + (22 * 20)), 0x1000);
            file[0x1012] = (byte)entries.Length;
        }

        for (var i = 0; i < entries.Length; i++)
        {
            var seconds = entries[i].Microseconds / 1_000_000;
            var at = 0x414 + (45 * i);
            Encoding.Latin1.GetBytes(entries[i].Text).CopyTo(file, at);
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}{seconds / 60 % 60:00}{seconds % 60:00}(190403160016)")).CopyTo(file, at + 20);
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"0000{entries[i].Microseconds % 1_000_000:000000}2019")).CopyTo(file, 0x1014 + (45 * i) + 20);
        }

        return file;
    }

    /// <summary>A <c>.PNT</c>.</summary>
    public static byte[] Patient(string id, string name, string sex, string birth)
    {
        var file = Head("EEG-1100C V01.00", 0x800);
        file[0x400] = 3;
        foreach (var (at, text) in new[] { (0x604, id), (0x62E, name), (0x64A, sex), (0x660, birth) })
        {
            Encoding.Latin1.GetBytes(text).CopyTo(file, at);
        }

        return file;
    }

    /// <summary>Words of samples: electrodes and a word of marks a sample.</summary>
    public static ushort[] Noise(int electrodes, int samples, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (electrodes + 1) * samples).Select(_ => (ushort)random.Next(65536))];
    }

    private static long Tenths(SampleBlock block) => 10L * block.Words.Length / ((block.Electrodes.Length + 1) * block.RateHz);

    private static byte[] Head(string device, int length)
    {
        var file = new byte[length];
        Encoding.ASCII.GetBytes(device).CopyTo(file, 0);
        Encoding.ASCII.GetBytes("201904031600160").CopyTo(file, 0x40);
        Encoding.ASCII.GetBytes(device).CopyTo(file, 0x81);
        return file;
    }

    private static void SetUInt32(List<byte> body, int at, uint value)
    {
        var bytes = BitConverter.GetBytes(value);
        for (var i = 0; i < bytes.Length; i++)
        {
            body[at + i] = bytes[i];
        }
    }
}
