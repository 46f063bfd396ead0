using System.Buffers.Binary;
using System.Text;

namespace SignalLab.Tests.Formats.EgiBinary;

/// <summary>Small simple binary files made for tests.</summary>
internal sealed class EgiBinarySample(bool isBig = true)
{
    private readonly List<byte> bytes = [];

    /// <summary>The fixed part: 8 April 2014, 09:46:44.736.</summary>
    public EgiBinarySample Head(int version, int rate, int channels, int bits = 0, int range = 0) =>
        Int(version).Shorts(2014, 4, 8, 9, 46, 44).Int(736).Shorts(rate, channels, 1, bits, range);

    public EgiBinarySample Int(int value)
    {
        var four = new byte[4];
        if (isBig)
        {
            BinaryPrimitives.WriteInt32BigEndian(four, value);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(four, value);
        }

        bytes.AddRange(four);
        return this;
    }

    public EgiBinarySample Shorts(params int[] values)
    {
        foreach (var value in values)
        {
            var two = new byte[2];
            if (isBig)
            {
                BinaryPrimitives.WriteInt16BigEndian(two, (short)value);
            }
            else
            {
                BinaryPrimitives.WriteInt16LittleEndian(two, (short)value);
            }

            bytes.AddRange(two);
        }

        return this;
    }

    public EgiBinarySample Text(string text)
    {
        bytes.AddRange(Encoding.Latin1.GetBytes(text));
        return this;
    }

    public EgiBinarySample Byte(int value)
    {
        bytes.Add((byte)value);
        return this;
    }

    /// <summary>Samples as the version stores them.</summary>
    public EgiBinarySample Samples(int version, params IEnumerable<double> values)
    {
        foreach (var value in values)
        {
            byte[] number = (version & 6) switch
            {
                2 => BitConverter.GetBytes((short)value),
                4 => BitConverter.GetBytes((float)value),
                _ => BitConverter.GetBytes(value),
            };
            bytes.AddRange(isBig ? [.. number.Reverse()] : number);
        }

        return this;
    }

    public byte[] ToArray() => [.. bytes];
}
