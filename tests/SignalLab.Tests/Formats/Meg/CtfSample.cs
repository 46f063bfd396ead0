using System.Globalization;

namespace SignalLab.Tests.Formats.Meg;

/// <summary>Small CTF datasets made for tests.</summary>
internal static class CtfSample
{
    public const int TrialSamples = 50;

    public const string Coils = """
        standard nasion coil position relative to dewar (cm):
        	x = 1
        	y = 2
        	z = 3
        measured nasion coil position relative to dewar (cm):
        	x = 7.0
        	y = 6.5
        	z = -22.5
        measured left ear coil position relative to dewar (cm):
        	x = -4.5
        	y = 6
        	z = -26
        measured right ear coil position relative to dewar (cm):
        	x = 5.5
        	y = -5
        	z = -26
        """;

    public static readonly (string Name, int Type, double Gain, double[] Coil)[] Channels =
    [
        ("SCLK01-177", 17, 1, [0, 0, 0, 0, 0, 0]),
        ("UPPT001", 11, 1, [0, 0, 0, 0, 0, 0]),
        ("BG1-1609", 0, -4e7, [-10, 5, 0, 0, 0, 1]),
        ("MLC11-1609", 5, 3e9, [10, 5, 3, 0.6, 0, 0.8]),
        ("MRC11-1609", 5, -3e9, [-10, 5, 3, 0, 0.6, 0.8]),
        ("Cz-1609", 9, 1, [1, 0, 12, 0, 0, 0]),
    ];

    /// <summary>The file .res4; the identification can be another.</summary>
    public static byte[] Header(int trials, int grade = 3, int coefficients = 1, string date = "23/11/2005", string time = "10:24")
    {
        var b = new BinaryBuilder(isBigEndian: true).Text("MEG42RS", 8).Text("", 512).Text("made", 256).Int16(0).Text(time, 255).Text(date, 255);
        b.PadTo(1288).Int32(TrialSamples).Int16(Channels.Length).PadTo(1296).Double(100, 0.5).Int16(trials).PadTo(1316).Int32(10);
        b.PadTo(1360).Text("run", 32).Text("title", 256).PadTo(1712).Text("S07", 32).PadTo(1836).Int32(4).PadTo(1844).Text("desc", 4);
        b.Int16(1).Double(300).Int32(1, 1).Int16(0);
        foreach (var channel in Channels)
        {
            b.Text(channel.Name, 32);
        }

        foreach (var (_, type, gain, coil) in Channels)
        {
            b.Int16(type, 0).Int32(0).Double(gain, type is 0 or 5 ? 1e3 : 1, 1, 0).Int16(type is 5 ? 2 : 1, type is 5 ? grade : 0).Int32(0);
            for (var c = 0; c < 16; c++)
            {
                b.Double(c == 0 ? coil[0] : 0, c == 0 ? coil[1] : 0, c == 0 ? coil[2] : 0, 0, c == 0 ? coil[3] : 0, c == 0 ? coil[4] : 0, c == 0 ? coil[5] : 0, 0).Int16(1).Int32(0).Int16(0).Double(1);
            }
        }

        return b.Int16(coefficients).Zero(1992 * coefficients).ToArray();
    }

    /// <summary>A file of samples; the clock of each trial begins where it is told and counts 2 a sample.</summary>
    public static byte[] Samples(int seed, params int[] clockStarts)
    {
        var (b, random) = (new BinaryBuilder(isBigEndian: true).Text("MEG41CP", 8), new Random(seed));
        foreach (var start in clockStarts)
        {
            for (var c = 0; c < Channels.Length; c++)
            {
                b.Int32([.. Enumerable.Range(0, TrialSamples).Select(i => c == 0 ? start + (2 * i) : random.Next(-100000, 100000))]);
            }
        }

        return b.ToArray();
    }

    /// <summary>A whole dataset with coils, markers and bad channels.</summary>
    /// <returns>Path of its header.</returns>
    public static string Write(string folder, string name, byte[] header, params byte[][] samples)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, name + ".ds")).FullName, name);
        File.WriteAllBytes(path + ".res4", header);
        for (var i = 0; i < samples.Length; i++)
        {
            File.WriteAllBytes(path + (i == 0 ? ".meg4" : string.Create(CultureInfo.InvariantCulture, $".{i}_meg4")), samples[i]);
        }

        File.WriteAllText(path + ".hc", Coils + HeadCoils());
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(path)!, "BadChannels"), "MRC11\n");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(path)!, "MarkerFile.mrk"), """
            PATH OF DATASET:
            made.ds


            NUMBER OF MARKERS:
            2


            CLASSGROUPID:
            +3
            NAME:
            go
            COMMENT:

            NUMBER OF SAMPLES:
            2
            LIST OF SAMPLES:
            TRIAL NUMBER		TIME FROM SYNC POINT (in seconds)
                              +0				     +0.05
                              +1				     -0.02


            NAME:
            stop
            NUMBER OF SAMPLES:
            1
            LIST OF SAMPLES:
            TRIAL NUMBER		TIME FROM SYNC POINT (in seconds)
                              +1				     +0.1

            """);
        return path + ".res4";
    }

    // The same three points in head coordinates: x through the nasion, y through the left ear.
    private static string HeadCoils()
    {
        double[] nasion = [7, 6.5, -22.5], left = [-4.5, 6, -26], right = [5.5, -5, -26];
        double[] Minus(double[] a, double[] b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
        double Dot(double[] a, double[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);
        double[] Unit(double[] a) => [.. a.Select(v => v / Math.Sqrt(Dot(a, a)))];
        double[] middle = [.. left.Zip(right, (a, b) => (a + b) / 2)];
        var x = Unit(Minus(nasion, middle));
        var across = Minus(left, middle);
        var y = Unit(Minus(across, [.. x.Select(v => v * Dot(across, x))]));
        return string.Concat(new[] { ("nasion", nasion), ("left ear", left), ("right ear", right) }.Select(p =>
        {
            var d = Minus(p.Item2, middle);
            return string.Create(CultureInfo.InvariantCulture, $"\nmeasured {p.Item1} coil position relative to head (cm):\n\tx = {Dot(d, x)}\n\ty = {Dot(d, y)}\n\tz = 0");
        }));
    }
}
