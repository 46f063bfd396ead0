using System.IO.Compression;
using System.Text;

namespace SignalLab.Tests.Formats;

/// <summary>A NIfTI or Analyze file written field by field from nifti1.h and nifti2.h, in either byte order, with nothing of our writer in it.</summary>
internal sealed record NiftiSample
{
    public bool BigEndian { get; init; }

    public bool Two { get; init; }

    public bool Pair { get; init; }

    public bool Analyze { get; init; }

    public int[] Dim { get; init; } = [3, 4, 3, 2];

    public int Datatype { get; init; } = 4;

    public int BytesPerVoxel { get; init; } = 2;

    public double[] Pixdim { get; init; } = [1, 2, 3, 4, 0, 0, 0, 0];

    public double Slope { get; init; }

    public double Intercept { get; init; }

    public int Units { get; init; } = 2;

    public int Intent { get; init; }

    public int Qform { get; init; }

    public int Sform { get; init; }

    public double[] Quaternion { get; init; } = [0, 0, 0, 0, 0, 0];

    public double[] Rows { get; init; } = new double[12];

    public double CalMin { get; init; }

    public double CalMax { get; init; }

    public double TimeOffset { get; init; }

    public string Description { get; init; } = "";

    public byte[] Extension { get; init; } = [];

    public int VoxelCount => Dim.Skip(1).Take(Dim[0]).Aggregate(1, (n, d) => n * d);

    /// <summary>Writes the header and the voxels, which <paramref name="encode"/> gives in the machine's little-endian order.</summary>
    public string Write(string path, Func<int, byte[]> encode)
    {
        var voxels = Enumerable.Range(0, VoxelCount).SelectMany(i => BigEndian && Datatype is not (128 or 2304) ? encode(i).Reverse() : encode(i)).ToArray();
        var header = Header();
        if (Pair || Analyze)
        {
            Save(path, header);
            Save(path.Replace(".hdr", ".img", StringComparison.Ordinal), voxels);
        }
        else
        {
            Save(path, [.. header, .. Extension.Length > 0 ? new byte[] { 1, 0, 0, 0 } : new byte[4], .. Extension, .. voxels]);
        }

        return path;
    }

    public static byte[] Int16(int i) => BitConverter.GetBytes((short)((i * 37) - 100));

    private static void Save(string path, byte[] bytes)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            File.WriteAllBytes(path, bytes);
            return;
        }

        using var memory = new MemoryStream();
        using (var zip = new GZipStream(memory, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        File.WriteAllBytes(path, memory.ToArray());
    }

    private byte[] Header()
    {
        var b = new byte[Two ? 540 : 348];
        I32(b, 0, b.Length);
        var voxOffset = Pair || Analyze ? 0 : b.Length + 4 + Extension.Length;
        for (var i = 0; i < 8; i++)
        {
            var d = i < Dim.Length ? Dim[i] : 1;
            if (Two)
            {
                I64(b, 16 + (8 * i), d);
            }
            else
            {
                I16(b, 40 + (2 * i), d);
            }

            Real(b, 76 + (4 * i), 104 + (8 * i), Pixdim[i]);
        }

        I16(b, Two ? 12 : 70, Datatype);
        I16(b, Two ? 14 : 72, 8 * BytesPerVoxel);
        if (Two)
        {
            I64(b, 168, voxOffset);
        }
        else
        {
            Real(b, 108, 0, voxOffset);
        }

        Real(b, 112, 176, Slope);
        Real(b, 124, 192, CalMax);
        Real(b, 128, 200, CalMin);
        Encoding.Latin1.GetBytes(Description).CopyTo(b, Two ? 240 : 148);
        if (Analyze)
        {
            I32(b, 32, 16384);
            b[38] = (byte)'r';
            return b;
        }

        Real(b, 116, 184, Intercept);
        Real(b, 136, 216, TimeOffset);
        Code(b, 68, 504, Intent);
        Code(b, 252, 344, Qform);
        Code(b, 254, 348, Sform);
        if (Two)
        {
            I32(b, 500, Units);
        }
        else
        {
            b[123] = (byte)Units;
        }

        for (var i = 0; i < 6; i++)
        {
            Real(b, 256 + (4 * i), 352 + (8 * i), Quaternion[i]);
        }

        for (var i = 0; i < 12; i++)
        {
            Real(b, 280 + (4 * i), 400 + (8 * i), Rows[i]);
        }

        (Two ? (Pair ? "ni2\0\r\n\u001a\n"u8 : "n+2\0\r\n\u001a\n"u8) : (Pair ? "ni1\0"u8 : "n+1\0"u8)).CopyTo(b.AsSpan(Two ? 4 : 344));
        return b;
    }

    private void I16(byte[] b, int at, int value) => Ordered(BitConverter.GetBytes((short)value)).CopyTo(b, at);

    private void I32(byte[] b, int at, int value) => Ordered(BitConverter.GetBytes(value)).CopyTo(b, at);

    private void I64(byte[] b, int at, long value) => Ordered(BitConverter.GetBytes(value)).CopyTo(b, at);

    private void Code(byte[] b, int one, int two, int value)
    {
        if (Two)
        {
            I32(b, two, value);
        }
        else
        {
            I16(b, one, value);
        }
    }

    private void Real(byte[] b, int one, int two, double value)
    {
        var bytes = Two ? BitConverter.GetBytes(value) : BitConverter.GetBytes((float)value);
        Ordered(bytes).CopyTo(b, Two ? two : one);
    }

    private byte[] Ordered(byte[] little)
    {
        if (BigEndian)
        {
            Array.Reverse(little);
        }

        return little;
    }
}
