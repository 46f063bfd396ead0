using System.Globalization;
using System.Text;

namespace SignalLab.Tests.Formats.BrainVision;

/// <summary>Small BrainVision recordings made for tests as the format's description says; not by our writer.</summary>
internal sealed class BrainVisionSample
{
    public string Name { get; init; } = "rec";

    public string DataName { get; init; } = "rec.eeg";

    public string? MarkerName { get; init; } = "rec.vmrk";

    /// <summary>Stored numbers, channel by channel.</summary>
    public double[][] Stored { get; init; } = [[1, 2, 3, 4, 5, 6], [-1, -2, -3, -4, -5, -6], [100, 0, 200, 0, 300, 0]];

    public string[] Channels { get; init; } = ["Fp1,,0.5,µV", "Cz,,0.1,mV", "Temp,,0.01,C"];

    public string Format { get; init; } = "INT_16";

    public bool IsVectorised { get; init; }

    public bool IsBig { get; init; }

    public string Interval { get; init; } = "4000";

    public string Common { get; init; } = "";

    public string Binary { get; init; } = "";

    public string Ascii { get; init; } = "";

    public string Rest { get; init; } = "";

    public string[] Markers { get; init; } = ["New Segment,,1,1,0,20200101120000000000", @"Stimulus,S  1,3,1,0", @"Comment,a\1b,4,2,2"];

    public string Version { get; init; } = "Brain Vision Data Exchange Header File Version 1.0";

    public Encoding Encoding { get; init; } = new UTF8Encoding(false);

    private bool IsAscii => Format == "ASCII";

    /// <summary>Writes the three files.</summary>
    /// <returns>The header's path.</returns>
    public string Write(string folder)
    {
        var header = Path.Combine(folder, Name + ".vhdr");
        File.WriteAllBytes(header, Encoding.GetBytes(Header()));
        File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(DataName)), IsAscii ? Encoding.ASCII.GetBytes(Text()) : Bytes());
        if (MarkerName is not null)
        {
            File.WriteAllBytes(Path.Combine(folder, MarkerName), Encoding.GetBytes(
                $"Brain Vision Data Exchange Marker File, Version 1.0\r\n\r\n[Common Infos]\r\nDataFile={DataName}\r\n\r\n[Marker Infos]\r\n; a comment = none\r\n"
                + string.Concat(Markers.Select((m, i) => FormattableString.Invariant($"Mk{i + 1}={m}\r\n")))));
        }

        return header;
    }

    public string Header() => string.Join(
        "\r\n",
        [
            Version, "; made for a test", "", "[Common Infos]", $"DataFile={DataName}", .. MarkerName is null ? Array.Empty<string>() : [$"MarkerFile={MarkerName}"],
            $"DataFormat={(IsAscii ? "ASCII" : "BINARY")}", $"DataOrientation={(IsVectorised ? "VECTORIZED" : "MULTIPLEXED")}",
            FormattableString.Invariant($"NumberOfChannels={Channels.Length}"), $"SamplingInterval={Interval}", Common, "",
            .. IsAscii ? new[] { "[ASCII Infos]", Ascii } : ["[Binary Infos]", $"BinaryFormat={Format}", IsBig ? "UseBigEndianOrder=YES" : "", Binary], "",
            "[Channel Infos]", "; Ch9=not,a,channel", .. Channels.Select((c, i) => FormattableString.Invariant($"Ch{i + 1}={c}")), "", Rest, "",
        ]);

    /// <summary>The numbers in storage order.</summary>
    private IEnumerable<double> InOrder() => IsVectorised
        ? Stored.SelectMany(c => c)
        : Enumerable.Range(0, Stored[0].Length).SelectMany(t => Stored.Select(c => c[t]));

    public byte[] Bytes() => [.. InOrder().SelectMany(Number)];

    private byte[] Number(double value)
    {
        byte[] bytes = Format switch
        {
            "INT_16" => BitConverter.GetBytes((short)value),
            "INT_32" => BitConverter.GetBytes((int)value),
            "IEEE_FLOAT_32" => BitConverter.GetBytes((float)value),
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };
        return IsBig ? [.. bytes.Reverse()] : bytes;
    }

    // A decimal comma, a line of names or a column of names, as the ASCII section of the sample says.
    private string Text()
    {
        var isComma = Ascii.Contains("DecimalSymbol=,", StringComparison.Ordinal);
        string Print(double value) => isComma ? value.ToString("0.0", CultureInfo.InvariantCulture).Replace('.', ',') : value.ToString("R", CultureInfo.InvariantCulture);
        var names = Channels.Select(c => c.Split(',')[0]).ToArray();
        return IsVectorised
            ? string.Concat(Stored.Select((row, c) => $"{names[c]} {string.Join(' ', row.Select(Print))}\r\n"))
            : string.Join(' ', names) + "\r\n" + string.Concat(Enumerable.Range(0, Stored[0].Length).Select(t => string.Join(isComma ? ";" : "  ", Stored.Select(c => Print(c[t]))) + "\r\n"));
    }
}
