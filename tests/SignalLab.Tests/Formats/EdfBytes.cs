using System.Globalization;
using System.Text;

namespace SignalLab.Tests.Formats;

/// <summary>A hand-made file of the EDF family, any field of which may be wrong.</summary>
internal sealed class EdfBytes
{
    public bool Is24Bit { get; init; }

    public string Patient { get; init; } = "X X X X";

    public string Recording { get; init; } = "Startdate 02-MAR-2020 X X X";

    public string Clock { get; init; } = "02.03.2010.20.30";

    public string? HeaderBytes { get; init; }

    public string Reserved { get; init; } = "";

    public string? RecordCount { get; init; }

    public string Duration { get; init; } = "1";

    public List<Signal> Signals { get; } = [];

    /// <summary>Per record, per signal: numbers or annotation text.</summary>
    public List<object[]> Records { get; } = [];

    /// <summary>Appended after the records.</summary>
    public byte[] Tail { get; init; } = [];

    public sealed record Signal(string Label, string Unit = "uV", string PhysicalMinimum = "-100", string PhysicalMaximum = "100", string DigitalMinimum = "-1000", string DigitalMaximum = "1000", string Samples = "4")
    {
        public byte[]? LabelBytes { get; init; }
    }

    public static Signal Annotations(int samples = 30) => new("EDF Annotations", "", "-1", "1", "-32768", "32767", samples.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds records from their signals' contents.</summary>
    public EdfBytes With(params object[][] records)
    {
        Records.AddRange(records);
        return this;
    }

    public EdfBytes Having(params Signal[] signals)
    {
        Signals.AddRange(signals);
        return this;
    }

    public string Save(string path)
    {
        File.WriteAllBytes(path, Build());
        return path;
    }

    public byte[] Build()
    {
        var bytes = new List<byte>();
        void Put(string text, int width) => bytes.AddRange(Encoding.Latin1.GetBytes(text.PadRight(width))[..width]);
        if (Is24Bit)
        {
            bytes.AddRange([0xFF, .. "BIOSEMI"u8]);
        }
        else
        {
            Put("0", 8);
        }

        Put(Patient, 80);
        Put(Recording, 80);
        Put(Clock, 16);
        Put(HeaderBytes ?? (256 * (Signals.Count + 1)).ToString(CultureInfo.InvariantCulture), 8);
        Put(Reserved, 44);
        Put(RecordCount ?? Records.Count.ToString(CultureInfo.InvariantCulture), 8);
        Put(Duration, 8);
        Put(Signals.Count.ToString(CultureInfo.InvariantCulture), 4);
        foreach (var s in Signals)
        {
            bytes.AddRange(s.LabelBytes is { } raw ? [.. raw, .. new byte[16 - raw.Length]] : Encoding.Latin1.GetBytes(s.Label.PadRight(16)));
        }

        foreach (var (width, field) in new (int, Func<Signal, string>)[]
            { (80, _ => ""), (8, s => s.Unit), (8, s => s.PhysicalMinimum), (8, s => s.PhysicalMaximum), (8, s => s.DigitalMinimum), (8, s => s.DigitalMaximum), (80, _ => ""), (8, s => s.Samples), (32, _ => "") })
        {
            Signals.ForEach(s => Put(field(s), width));
        }

        foreach (var record in Records)
        {
            for (var s = 0; s < Signals.Count; s++)
            {
                bytes.AddRange(Content(record[s], int.Parse(Signals[s].Samples, CultureInfo.InvariantCulture)));
            }
        }

        bytes.AddRange(Tail);
        return [.. bytes];
    }

    private byte[] Content(object content, int samples)
    {
        var width = Is24Bit ? 3 : 2;
        if (content is int[] numbers)
        {
            return [.. numbers.SelectMany(n => BitConverter.GetBytes(n)[..width])];
        }

        var text = content as byte[] ?? Encoding.UTF8.GetBytes((string)content);
        return [.. text, .. new byte[(samples * width) - text.Length]];
    }
}
