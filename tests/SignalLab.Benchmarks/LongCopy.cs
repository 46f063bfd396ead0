using System.Globalization;
using System.Text;

namespace SignalLab.Benchmarks;

/// <summary>A recording many times as long: the same records over and over under one header, as a sparse test of paging.</summary>
internal static class LongCopy
{
    /// <summary>Writes <paramref name="times"/> copies of an EDF+C's records, each with its own time stamp.</summary>
    public static void Write(string from, string to, int times)
    {
        using var input = File.OpenRead(from);
        using var output = File.Create(to, 1 << 20);
        var head = new byte[256];
        input.ReadExactly(head);
        string Field(int offset, int length) => Encoding.ASCII.GetString(head, offset, length).Trim();
        var headerBytes = int.Parse(Field(184, 8), CultureInfo.InvariantCulture);
        var records = int.Parse(Field(236, 8), CultureInfo.InvariantCulture);
        var signals = int.Parse(Field(252, 4), CultureInfo.InvariantCulture);
        var seconds = double.Parse(Field(244, 8), CultureInfo.InvariantCulture);
        var rest = new byte[headerBytes - 256];
        input.ReadExactly(rest);
        var samples = Enumerable.Range(0, signals).Select(s => int.Parse(Encoding.ASCII.GetString(rest, (216 * signals) + (8 * s), 8), CultureInfo.InvariantCulture)).ToArray();
        Encoding.ASCII.GetBytes((records * (long)times).ToString(CultureInfo.InvariantCulture).PadRight(8)).CopyTo(head, 236);
        output.Write(head);
        output.Write(rest);
        var record = new byte[2 * samples.Sum()];
        var annotations = 2 * samples[^1];
        for (var n = 0L; n < records * (long)times; n++)
        {
            if (n % records == 0)
            {
                input.Position = headerBytes;
            }

            input.ReadExactly(record);
            var stamp = record.AsSpan(record.Length - annotations);
            stamp.Clear();
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"+{n * seconds}\u0014\u0014"), stamp);
            output.Write(record);
        }
    }
}
