using System.Globalization;

namespace SignalLab.Tests.Formats;

/// <summary>Small WFDB records made byte by byte from signal(5) and annot(5), for formats that the program reads but does not write.</summary>
internal static class WfdbSample
{
    /// <summary>Formats with the bits of a sample.</summary>
    public static readonly (int Format, int Bits)[] Formats = [(8, 16), (16, 16), (24, 24), (32, 32), (61, 16), (80, 8), (160, 16), (212, 12), (310, 10), (311, 10)];

    /// <summary>Interleaved samples as a signal file's bytes.</summary>
    /// <param name="format">Format number.</param>
    /// <param name="flat">Samples in file order.</param>
    /// <param name="signals">Signals, one sample a frame each (format 8 needs to know whose difference it is).</param>
    /// <param name="initial">Value before the first difference (format 8).</param>
    public static byte[] Encode(int format, int[] flat, int signals = 1, int initial = 0)
    {
        var bytes = new List<byte>();
        switch (format)
        {
            case 8:
                var last = Enumerable.Repeat(initial, signals).ToArray();
                for (var i = 0; i < flat.Length; i++)
                {
                    bytes.Add(unchecked((byte)checked((sbyte)(flat[i] - last[i % signals]))));
                    last[i % signals] = flat[i];
                }

                break;
            case 16: flat.ToList().ForEach(v => bytes.AddRange([(byte)v, (byte)(v >> 8)])); break;
            case 61: flat.ToList().ForEach(v => bytes.AddRange([(byte)(v >> 8), (byte)v])); break;
            case 160: flat.ToList().ForEach(v => bytes.AddRange([(byte)(v + 32768), (byte)((v + 32768) >> 8)])); break;
            case 80: flat.ToList().ForEach(v => bytes.Add((byte)(v + 128))); break;
            case 24: flat.ToList().ForEach(v => bytes.AddRange([(byte)v, (byte)(v >> 8), (byte)(v >> 16)])); break;
            case 32: flat.ToList().ForEach(v => bytes.AddRange(BitConverter.GetBytes(v))); break;
            case 212:
                foreach (var pair in flat.Chunk(2))
                {
                    var second = pair.Length > 1 ? pair[1] & 0xfff : 0;
                    bytes.AddRange([(byte)pair[0], (byte)(((pair[0] >> 8) & 15) | (second >> 8 << 4)), (byte)second]);
                }

                break;
            case 310:
                foreach (var three in flat.Chunk(3))
                {
                    var (a, b, c) = Three(three);
                    var low = (a << 1) | ((c & 31) << 11);
                    var high = (b << 1) | ((c >> 5) << 11);
                    bytes.AddRange([(byte)low, (byte)(low >> 8), (byte)high, (byte)(high >> 8)]);
                }

                break;
            case 311:
                foreach (var three in flat.Chunk(3))
                {
                    var (a, b, c) = Three(three);
                    bytes.AddRange(BitConverter.GetBytes(a | (b << 10) | (c << 20)));
                }

                break;
            default: throw new ArgumentOutOfRangeException(nameof(format));
        }

        return [.. bytes];
    }

    /// <summary>Writes a header and, where given, a signal file beside it; returns the header's path.</summary>
    public static string Write(string folder, string name, string header, params (string File, byte[] Bytes)[] files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (file, bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(folder, file), bytes);
        }

        var path = Path.Combine(folder, name + ".hea");
        File.WriteAllText(path, header);
        return path;
    }

    /// <summary>Bytes of 16-bit samples.</summary>
    public static byte[] Words(params int[] samples) => Encode(16, samples);

    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static (int A, int B, int C) Three(int[] values) => (values[0] & 0x3ff, (values.Length > 1 ? values[1] : 0) & 0x3ff, (values.Length > 2 ? values[2] : 0) & 0x3ff);
}
