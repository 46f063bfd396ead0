using System.Text;

namespace SignalLab.Tests.Formats.Gdf;

/// <summary>Builds GDF files byte by byte, so that a test can put anything into any field.</summary>
internal sealed class GdfBytes(string version)
{
    /// <summary>A channel; values are taken as stored numbers, record after record.</summary>
    internal sealed record Signal(string Label, int Type, int PerRecord, double[] Values)
    {
        public string Unit { get; init; } = "uV";

        public ushort UnitCode { get; init; } = 4275;

        public (double Low, double High) Physical { get; init; } = (-1000, 1000);

        public (double Low, double High) Digital { get; init; } = (-1000, 1000);

        public (float Low, float High, float Notch) Filters { get; init; } = (0.5f, 70, float.NaN);

        public (float X, float Y, float Z) Position { get; init; }
    }

    internal sealed record Mark(uint Position, ushort Type, ushort Channel = 0, uint Duration = 0);

    public List<Signal> Signals { get; } = [];

    public List<Mark> Events { get; } = [];

    public byte Mode { get; set; } = 1;

    public float EventRate { get; set; } = 100;

    public long? RecordCount { get; set; }

    public (uint Numerator, uint Denominator) Duration { get; set; } = (1, 1);

    public string Patient { get; set; } = "P7 Ada_L";

    public string Clock { get; set; } = "2009081216150050";

    public long StartDays { get; set; } = (long)(734000.75 * 4294967296.0);

    public long BirthDays { get; set; } = (long)(725183.5 * 4294967296.0);

    public byte[] Tags { get; set; } = [];

    private bool IsSecond => double.Parse(version, System.Globalization.CultureInfo.InvariantCulture) >= 1.9;

    /// <summary>The whole file.</summary>
    public byte[] ToArray()
    {
        using var memory = new MemoryStream();
        using var file = new BinaryWriter(memory);
        void Text(string text, int width) => file.Write(Encoding.Latin1.GetBytes(text.PadRight(width, IsSecond ? '\0' : ' '))[..width]);
        void Each(Action<Signal> write) => Signals.ForEach(write);

        var records = Signals.Where(s => s.PerRecord > 0).Select(s => s.Values.Length / s.PerRecord).DefaultIfEmpty(0).Max();
        var tagBytes = (Tags.Length + 255) / 256 * 256;
        var headerBytes = (256 * (Signals.Count + 1)) + tagBytes;
        Text("GDF " + version, 8);
        if (IsSecond)
        {
            Text(Patient, 66);
            file.Write(new byte[11]);
            file.Write([(byte)70, (byte)180, (byte)(2 | (1 << 2))]);
            Text("S 12", 64);
            file.Write(new byte[16]);
            file.Write(StartDays);
            file.Write(BirthDays);
            file.Write((ushort)(headerBytes / 256));
            file.Write(new byte[50]);
        }
        else
        {
            Text(Patient, 80);
            Text("S 12", 80);
            Text(Clock, 16);
            file.Write((long)headerBytes);
            file.Write(new byte[44]);
        }

        file.Write(RecordCount ?? records);
        if (IsSecond && string.CompareOrdinal(version, "2.21") >= 0)
        {
            file.Write((double)Duration.Numerator / Duration.Denominator);
        }
        else
        {
            file.Write(Duration.Numerator);
            file.Write(Duration.Denominator);
        }

        file.Write(Signals.Count);
        Each(s => Text(s.Label, 16));
        Each(_ => Text("AgAgCl", 80));
        Each(s => Text(s.Unit, IsSecond ? 6 : 8));
        if (IsSecond)
        {
            Each(s => file.Write(s.UnitCode));
        }

        Each(s => file.Write(s.Physical.Low));
        Each(s => file.Write(s.Physical.High));
        foreach (var digital in new Func<Signal, double>[] { s => s.Digital.Low, s => s.Digital.High })
        {
            Each(s => file.Write(IsSecond ? BitConverter.DoubleToInt64Bits(digital(s)) : (long)digital(s)));
        }

        if (IsSecond)
        {
            Each(_ => file.Write(new byte[68]));
            Each(s => file.Write(s.Filters.High));
            Each(s => file.Write(s.Filters.Low));
            Each(s => file.Write(s.Filters.Notch));
        }
        else
        {
            Each(_ => Text("HP:0.1Hz", 80));
        }

        Each(s => file.Write(s.PerRecord));
        Each(s => file.Write(s.Type));
        if (IsSecond)
        {
            Each(s =>
            {
                file.Write(s.Position.X);
                file.Write(s.Position.Y);
                file.Write(s.Position.Z);
            });
        }

        Each(_ => file.Write(new byte[IsSecond ? 20 : 32]));
        file.Write(Tags);
        file.Write(new byte[tagBytes - Tags.Length]);
        for (var r = 0; r < records; r++)
        {
            foreach (var s in Signals)
            {
                for (var i = 0; i < s.PerRecord; i++)
                {
                    file.Write(Number(s.Values[(r * s.PerRecord) + i], s.Type));
                }
            }
        }

        WriteEvents(file);
        return memory.ToArray();
    }

    private void WriteEvents(BinaryWriter file)
    {
        if (Events.Count == 0)
        {
            return;
        }

        byte[] U24(int value) => BitConverter.GetBytes(value)[..3];
        file.Write(Mode);
        if (string.CompareOrdinal(version, "1.94") >= 0)
        {
            file.Write(U24(Events.Count));
            file.Write(EventRate);
        }
        else
        {
            file.Write(U24((int)EventRate));
            file.Write(Events.Count);
        }

        Events.ForEach(e => file.Write(e.Position));
        Events.ForEach(e => file.Write(e.Type));
        if ((Mode & 2) != 0)
        {
            Events.ForEach(e => file.Write(e.Channel));
            Events.ForEach(e => file.Write(e.Duration));
        }

        if ((Mode & 4) != 0)
        {
            Events.ForEach(_ => file.Write(StartDays));
        }
    }

    private static byte[] Number(double value, int type) => type switch
    {
        16 => BitConverter.GetBytes((float)value),
        17 => BitConverter.GetBytes(value),
        8 => BitConverter.GetBytes((ulong)value),
        _ => BitConverter.GetBytes((long)value)[..(type switch { 0 or 1 or 2 => 1, 3 or 4 => 2, 279 or 535 => 3, 5 or 6 => 4, _ => 8 })],
    };
}
