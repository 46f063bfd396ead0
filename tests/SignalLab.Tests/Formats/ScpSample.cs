using System.Text;

namespace SignalLab.Tests.Formats;

/// <summary>An SCP-ECG record written section by section (EN 1064), with the encoder's side of every compression.</summary>
internal sealed class ScpSample
{
    public enum Coding
    {
        Plain,
        Default,
        Custom,
    }

    public Coding Table { get; set; } = Coding.Default;

    public int Differences { get; set; } = 2;

    public int IntervalMicroseconds { get; set; } = 2000;

    public int NanovoltsPerStep { get; set; } = 2500;

    /// <summary>Lead codes, with the rhythm of each in steps.</summary>
    public List<(int Code, int First, int[] Steps)> Leads { get; } = [];

    /// <summary>The reference beat of each lead, or null; the fiducial point counts from 1.</summary>
    public int[][]? Reference { get; set; }

    public int ReferenceFiducial { get; set; }

    public int ReferenceNanovolts { get; set; } = 2500;

    public List<(int Type, int First, int Fiducial, int Last, int ProtectedFirst, int ProtectedLast)> Beats { get; } = [];

    public bool Subtract { get; set; }

    /// <summary>1, or by how much the rhythm is decimated outside the protected areas.</summary>
    public int Decimation { get; set; } = 1;

    /// <summary>Version of the protocol, 20 for 2.0, 30 for 3.0.</summary>
    public byte Protocol { get; set; } = 20;

    /// <summary>Further sections as they stand: 7 to 18.</summary>
    public SortedDictionary<int, byte[]> Others { get; } = [];

    /// <summary>A synthetic lead: slow waves and spikes, in steps.</summary>
    public static int[] Wave(int count, int seed) =>
        [.. Enumerable.Range(0, count).Select(i => (int)Math.Round((40 * Math.Sin((i + seed) / 17.0)) + (i % 97 is >= 40 and < 48 ? 300 - (75 * Math.Abs((i % 97) - 44)) : 0)))];

    /// <summary>Slow waves with a spike at each of some samples.</summary>
    public static int[] Slow(int count, int seed, params int[] spikes) =>
        [.. Enumerable.Range(0, count).Select(i => (int)Math.Round(40 * Math.Sin((i + seed) / 17.0)) + spikes.Sum(s => Math.Max(0, 300 - (40 * Math.Abs(i - s)))))];

    public string Write(string path)
    {
        var sections = new SortedDictionary<int, byte[]>(Others) { [1] = Header() };
        if (Leads.Count == 0)
        {
            return Write(path, sections);
        }

        sections[3] = LeadDefinition();
        if (Table != Coding.Plain)
        {
            sections[2] = Table == Coding.Default ? U16(19999) : CustomTables();
        }

        if (Reference is not null || Beats.Count > 0)
        {
            sections[4] = BeatTable();
        }

        if (Reference is not null)
        {
            sections[5] = Signal(ReferenceNanovolts, IntervalMicroseconds, 0, Reference);
        }

        sections[6] = Signal(NanovoltsPerStep, IntervalMicroseconds * Decimation, Decimation > 1 ? 1 : 0, [.. Leads.Select((_, i) => Stored(i))]);
        return Write(path, sections);
    }

    /// <summary>What is stored of a lead: the reference beats taken away, then the stretches between the protected areas decimated.</summary>
    private int[] Stored(int lead)
    {
        var (_, first, steps) = Leads[lead];
        var residual = (int[])steps.Clone();
        foreach (var beat in Beats.Where(b => Subtract && b.Type == 0))
        {
            for (var s = beat.First; s <= beat.Last; s++)
            {
                residual[s - first] -= Reference![lead][s - beat.Fiducial + ReferenceFiducial - 1];
            }
        }

        if (Decimation == 1)
        {
            return residual;
        }

        var stored = new List<int>();
        for (var i = 0; i < residual.Length;)
        {
            if (Beats.Exists(b => i + first >= b.ProtectedFirst && i + first <= b.ProtectedLast))
            {
                stored.Add(residual[i++]);
                continue;
            }

            var next = Beats.Where(b => b.ProtectedFirst > i + first).Select(b => b.ProtectedFirst - first).DefaultIfEmpty(residual.Length).Min();
            var end = Math.Min(Math.Min(next, residual.Length), i + Decimation);
            stored.Add((int)Math.Round(residual[i..end].Average()));
            i = end;
        }

        return [.. stored];
    }

    private static byte[] Header()
    {
        var device = new byte[36];
        Encoding.ASCII.GetBytes("CART01").CopyTo(device, 8);
        device[18] = 1;
        return
        [
            .. Tag(0, "Doe\0"u8), .. Tag(1, "Jo\0"u8), .. Tag(2, "P7\0"u8), .. Tag(4, [61, 0, 1]), .. Tag(8, [2]), .. Tag(14, device),
            .. Tag(25, [.. U16(2021), 3, 4]), .. Tag(26, [5, 6, 7]), .. Tag(27, U16(5)), .. Tag(28, U16(150)), .. Tag(30, "a note\0"u8), .. Tag(255, []),
        ];
    }

    private static byte[] Tag(byte tag, ReadOnlySpan<byte> value) => [tag, .. U16(value.Length), .. value];

    private byte[] LeadDefinition() =>
        [(byte)Leads.Count, (byte)((Subtract ? 1 : 0) | 4 | (Leads.Count << 3)), .. Leads.SelectMany(l => (byte[])[.. U32(l.First), .. U32(l.First + l.Steps.Length - 1), (byte)l.Code])];

    private byte[] BeatTable() =>
    [
        .. U16((Reference?[0].Length ?? 0) * IntervalMicroseconds / 1000), .. U16(ReferenceFiducial), .. U16(Beats.Count),
        .. Beats.SelectMany(b => (byte[])[.. U16(b.Type), .. U32(b.First), .. U32(b.Fiducial), .. U32(b.Last)]),
        .. Beats.SelectMany(b => (byte[])[.. U32(b.ProtectedFirst), .. U32(b.ProtectedLast)]),
    ];

    private byte[] Signal(int nanovolts, int interval, int bimodal, int[][] leads)
    {
        var coded = leads.Select(Encode).ToArray();
        return [.. U16(nanovolts), .. U16(interval), (byte)Differences, (byte)bimodal, .. coded.SelectMany(c => U16(c.Length)), .. coded.SelectMany(c => c)];
    }

    private byte[] Encode(int[] steps)
    {
        var values = (int[])steps.Clone();
        for (var i = steps.Length - 1; i >= Differences && Differences > 0; i--)
        {
            values[i] = Differences == 1 ? steps[i] - steps[i - 1] : steps[i] - (2 * steps[i - 1]) + steps[i - 2];
        }

        if (Table == Coding.Plain)
        {
            return [.. values.SelectMany(v => BitConverter.GetBytes((short)v))];
        }

        var bits = new StringBuilder();
        foreach (var value in values)
        {
            bits.Append(Table == Coding.Default ? DefaultCode(value) : CustomCode(value));
        }

        while (bits.Length % 16 != 0)
        {
            bits.Append('1');
        }

        return [.. bits.ToString().Chunk(8).Select(b => Convert.ToByte(new string(b), 2))];
    }

    // EN 1064, table C.1.
    private static string DefaultCode(int value) => value switch
    {
        0 => "0",
        >= -8 and <= 8 => new string('1', Math.Abs(value)) + "0" + (value < 0 ? "1" : "0"),
        >= sbyte.MinValue and <= sbyte.MaxValue => "1111111110" + Convert.ToString((byte)(sbyte)value, 2).PadLeft(8, '0'),
        _ => "1111111111" + Convert.ToString((ushort)(short)value, 2).PadLeft(16, '0'),
    };

    // Table 1: 0 is 0, 10 has six bits of value, 110 is 100, 111 goes to table 2, where 0 has sixteen bits of value and 1 goes back.
    private static string CustomCode(int value) => value switch
    {
        0 => "0",
        100 => "110",
        >= -32 and <= 31 => "10" + Convert.ToString(value & 63, 2).PadLeft(6, '0'),
        _ => "1110" + Convert.ToString((ushort)(short)value, 2).PadLeft(16, '0') + "1",
    };

    private static byte[] CustomTables() =>
    [
        .. U16(2),
        .. U16(4), 1, 1, 1, .. U16(0), .. U32(0), 2, 8, 1, .. U16(0), .. U32(1), 3, 3, 1, .. U16(100), .. U32(3), 3, 3, 0, .. U16(2), .. U32(7),
        .. U16(2), 1, 17, 1, .. U16(0), .. U32(0), 1, 1, 0, .. U16(1), .. U32(1),
    ];

    private string Write(string path, SortedDictionary<int, byte[]> sections)
    {
        const int Pointers = 16 + (19 * 10);
        using var body = new MemoryStream();
        using var pointers = new MemoryStream();
        pointers.Write([.. U16(0), .. U32(Pointers), .. U32(7)]);
        for (var id = 1; id < 19; id++)
        {
            if (!sections.TryGetValue(id, out var bytes))
            {
                pointers.Write([.. U16(id), .. U32(0), .. U32(0)]);
                continue;
            }

            byte[] even = bytes.Length % 2 == 0 ? bytes : [.. bytes, 0];
            pointers.Write([.. U16(id), .. U32(even.Length + 16), .. U32(6 + Pointers + (int)body.Length + 1)]);
            body.Write([0, 0, .. U16(id), .. U32(even.Length + 16), Protocol, Protocol, 0, 0, 0, 0, 0, 0]);
            body.Write(even);
        }

        byte[] rest = [0, 0, .. U16(0), .. U32(Pointers), Protocol, Protocol, .. "SCPECG"u8, .. pointers.ToArray(), .. body.ToArray()];
        File.WriteAllBytes(path, [0, 0, .. U32(rest.Length + 6), .. rest]);
        return path;
    }

    public static byte[] U16(int value) => BitConverter.GetBytes((ushort)value);

    public static byte[] U32(int value) => BitConverter.GetBytes((uint)value);
}
