using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.NihonKohden;

/// <summary>One uninterrupted stretch of a recording.</summary>
/// <param name="Start">When it began, or null.</param>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="Electrodes">Numbers of its inputs, in the order they are stored.</param>
/// <param name="SamplesOffset">Byte where its samples begin.</param>
/// <param name="SampleCount">Samples an input.</param>
internal sealed record WaveformBlock(DateTime? Start, int RateHz, IReadOnlyList<int> Electrodes, long SamplesOffset, long SampleCount)
{
    /// <summary>Byte after its last sample: 16 bits an input and 16 of marks.</summary>
    public long End => SamplesOffset + (SampleCount * 2 * (Electrodes.Count + 1));
}

/// <summary>The blocks of a recording: a table of control blocks, each a table of waveform blocks. The EEG-1200 keeps its own tables, which hold more inputs and longer recordings.</summary>
/// <param name="Start">When the recording began by the file's head, or null.</param>
/// <param name="Blocks">The stretches in the order they are listed.</param>
internal sealed record NihonKohdenHeader(DateTime? Start, IReadOnlyList<WaveformBlock> Blocks)
{
    private const int ControlSignature = 0x81;

    private const int ControlTable = 0x91;

    private const int ExtendedTable = 0x3EE;

    private const int FirstWaveform = 0x17FE;

    private const int FastestHz = 1_000_000;

    private const int LeastBlockBytes = 0x27 + 10;

    private static readonly string[] Devices =
    [
        "EEG-1100A V01.00", "EEG-1100B V01.00", "EEG-1100C V01.00", "EEG-1100A V02.00", "EEG-1100B V02.00", "EEG-1100C V02.00",
        "QI-403A   V01.00", "QI-403A   V02.00", "EEG-2100  V01.00", "EEG-2100  V02.00", "DAE-2100D V01.30", "DAE-2100D V02.00", Extended,
    ];

    private const string Extended = "EEG-1200A V01.00";

    /// <summary>True where a file begins as one of the device's files does.</summary>
    /// <param name="bytes">The beginning.</param>
    public static bool IsSignature(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= ControlSignature + 16 && Devices.Contains(Encoding.Latin1.GetString(bytes[..16])) && Devices.Contains(Encoding.Latin1.GetString(bytes.Slice(ControlSignature, 16)));

    /// <summary>True where a file of the device holds samples: its log and its patient file begin alike.</summary>
    /// <param name="path">The file.</param>
    public static bool IsRecording(string path)
    {
        var bytes = ByteSource.OpenAsIs(path);
        try
        {
            var table = U32(bytes, ControlTable + 1, "control table");
            return bytes.Read(FirstWaveform, 1, "waveform block")[0] == 1 && bytes.Read(table, 1, "control block")[0] is not (3 or 8);
        }
        catch (MalformedFileException)
        {
            return false;
        }
        finally
        {
            bytes.Close();
        }
    }

    /// <summary>Reads the blocks.</summary>
    /// <param name="bytes">The <c>.EEG</c> file.</param>
    /// <exception cref="MalformedFileException">It is damaged, cut or no recording.</exception>
    public static NihonKohdenHeader Read(ByteSource bytes)
    {
        var head = bytes.Read(0, ExtendedTable + 8, "header");
        if (!IsSignature(head))
        {
            throw new MalformedFileException(bytes.Path, 0, "device", $"\"{Encoding.Latin1.GetString(head, 0, 16)}\"", "a device of the EEG-1100, EEG-2100 or EEG-1200 family");
        }

        var extended = BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(ExtendedTable));
        var blocks = Encoding.Latin1.GetString(head, 0, 16) == Extended && extended != 0 ? ExtendedBlocks(bytes, extended) : Blocks1100(bytes);
        if (blocks.Count == 0)
        {
            throw new MalformedFileException(bytes.Path, ControlTable, "waveform blocks", "none", "at least one");
        }

        WaveformBlock[] sorted = [.. blocks.OrderBy(b => b.SamplesOffset)];
        if (sorted.Zip(sorted.Skip(1)).FirstOrDefault(p => p.First.End > p.Second.SamplesOffset) is ({ } one, { } other))
        {
            throw new MalformedFileException(bytes.Path, other.SamplesOffset, "waveform blocks", FormattableString.Invariant($"a block that runs to byte {one.End}"), "blocks that do not overlap");
        }

        return new(Clock(Encoding.Latin1.GetString(head, 0x40, 14)), blocks);
    }

    private static List<WaveformBlock> Blocks1100(ByteSource bytes)
    {
        var blocks = new List<WaveformBlock>();
        var controls = bytes.Read(ControlTable, 1, "number of control blocks")[0];
        for (var i = 0; i < controls; i++)
        {
            var control = U32(bytes, ControlTable + 1 + (20 * i), "control block's address");
            var count = bytes.Read(control + 17, 1, "number of waveform blocks")[0];
            var table = bytes.Read(control + 18, 20L * count, "addresses of waveform blocks");
            for (var j = 0; j < count; j++)
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(20 * j)) is not 0 and var address)
                {
                    Add(bytes, blocks, Block1100(bytes, address));
                }
            }
        }

        return blocks;
    }

    private static WaveformBlock Block1100(ByteSource bytes, long address)
    {
        var head = bytes.Read(address, 0x27, "waveform block");
        var electrodes = Electrodes(bytes, address + 0x27, head[0x26], 1);
        return Whole(
            bytes, address, Bcd(head.AsSpan(0x14, 6)), BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(0x1A)) & 0x3FFF, BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(0x1C)),
            electrodes, address + 0x27 + (10 * electrodes.Length));
    }

    private static List<WaveformBlock> ExtendedBlocks(ByteSource bytes, long table)
    {
        var blocks = new List<WaveformBlock>();
        var controls = bytes.Read(table + 17, 1, "number of control blocks")[0];
        for (var i = 0; i < controls; i++)
        {
            var control = I64(bytes, table + 18 + (24 * i), "control block's address");
            var count = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Read(control + 17, 2, "number of waveform blocks"));
            var addresses = bytes.Read(control + 20, 24L * count, "addresses of waveform blocks");
            for (var j = 0; j < count; j++)
            {
                if (BinaryPrimitives.ReadInt64LittleEndian(addresses.AsSpan(24 * j)) is not 0 and var address)
                {
                    Add(bytes, blocks, ExtendedBlock(bytes, address));
                }
            }
        }

        return blocks;
    }

    private static WaveformBlock ExtendedBlock(ByteSource bytes, long address)
    {
        var head = bytes.Read(address, 72, "waveform block");
        var electrodes = Electrodes(bytes, address + 72, BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(68)), 2);
        return Whole(
            bytes, address, Clock(Encoding.Latin1.GetString(head, 20, 20)), BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(40)), BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(44)),
            electrodes, address + 72 + (10 * electrodes.Length));
    }

    // The length stands in tenths of a second; it is a claim until the file is as long.
    private static WaveformBlock Whole(ByteSource bytes, long address, DateTime? start, int rate, long tenths, int[] electrodes, long samples)
    {
        if (rate is <= 0 or > FastestHz)
        {
            throw new MalformedFileException(bytes.Path, address, "sampling rate", FormattableString.Invariant($"{rate}"), FormattableString.Invariant($"1 to {FastestHz} Hz"));
        }

        var frame = 2 * (electrodes.Length + 1);
        if (tenths < 0 || tenths > bytes.Length || tenths * rate / 10 > (bytes.Length - samples) / frame)
        {
            throw new MalformedFileException(
                bytes.Path, samples, "samples", FormattableString.Invariant($"the end of the file at byte {bytes.Length}"),
                FormattableString.Invariant($"{tenths} tenths of a second at {rate} Hz and {frame} bytes"));
        }

        return new(start, rate, electrodes, samples, tenths * rate / 10);
    }

    // A table of very many addresses of one place is stopped before it is walked.
    private static void Add(ByteSource bytes, List<WaveformBlock> blocks, WaveformBlock block)
    {
        blocks.Add(block);
        if (blocks.Count > bytes.Length / LeastBlockBytes)
        {
            throw new MalformedFileException(bytes.Path, block.SamplesOffset, "waveform blocks", FormattableString.Invariant($"more than {blocks.Count - 1}"), "as many as the file has room for");
        }
    }

    private static int[] Electrodes(ByteSource bytes, long address, int count, int width)
    {
        if (count == 0)
        {
            throw new MalformedFileException(bytes.Path, address, "number of electrodes", "0", "at least 1");
        }

        var table = bytes.Read(address, 10L * count, "electrodes");
        return [.. Enumerable.Range(0, count).Select(i => table[10 * i] | (width == 2 ? table[(10 * i) + 1] << 8 : 0))];
    }

    // Two decimal digits a byte: year to second.
    private static DateTime? Bcd(ReadOnlySpan<byte> bytes)
    {
        var digits = Convert.ToHexString(bytes);
        return int.TryParse(digits[..2], NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? Clock((year < 80 ? "20" : "19") + digits) : null;
    }

    // yyyyMMddHHmmss, perhaps followed by millionths of the second.
    private static DateTime? Clock(string digits)
    {
        if (!DateTime.TryParseExact(digits[..14], "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var second))
        {
            return null;
        }

        return digits.Length == 20 && int.TryParse(digits[14..], NumberStyles.None, CultureInfo.InvariantCulture, out var millionths) ? second.AddTicks(10L * millionths) : second;
    }

    private static long U32(ByteSource bytes, long offset, string field) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Read(offset, 4, field));

    private static long I64(ByteSource bytes, long offset, string field) => BinaryPrimitives.ReadInt64LittleEndian(bytes.Read(offset, 8, field));
}
