using System.Buffers.Binary;
using SignalLab.Formats;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Numbers;

/// <summary>Tables of numbers as binary formats store them.</summary>
public class NumberSamplesTests
{
    private const int Columns = 5;

    // Sizes of blocks of unequal length, with a byte of something else before each.
    private static readonly long[] Sizes = [7, 1, 120_000, 33];

    public static TheoryData<string, bool, bool> Layouts
    {
        get
        {
            var data = new TheoryData<string, bool, bool>();
            foreach (var type in Enum.GetValues<NumberType>())
            {
                foreach (var (vectorised, big) in new[] { (false, false), (false, true), (true, false), (true, true) })
                {
                    data.Add(type.ToString(), vectorised, big);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_number_comes_back_scaled_wherever_it_stands(string type, bool isVectorised, bool isBigEndian)
    {
        var table = new NumberTable(Enum.Parse<NumberType>(type), Columns, isVectorised, isBigEndian);
        var (file, blocks) = Written(table);
        var samples = new NumberSamples(ByteSource.OfMemory("x", file), table, blocks, [new(3, 0.5, -1), new(0)]);
        var total = samples.Count(0);
        Assert.Equal(Sizes.Sum(), total);
        var whole = new double[2 * total];
        samples.Read([0, 1], 0, (int)total, whole);
        for (var t = 0; t < total; t++)
        {
            Assert.Equal((Stored(3, t) * 0.5) - 1, whole[t]);
            Assert.Equal(Stored(0, t), whole[total + t]);
        }

        foreach (var (first, count) in new[] { (0L, 1), (5L, 6), (7L, 2), (119_990L, 45), (total - 1, 1), (total, 0) })
        {
            var part = new double[2 * count];
            samples.Read([1, 0], first, count, part);
            Assert.Equal(whole.AsSpan((int)(total + first), count), part.AsSpan(0, count));
            Assert.Equal(whole.AsSpan((int)first, count), part.AsSpan(count));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => samples.Read(0, total, new double[1]));
    }

    [Fact]
    public void A_file_that_ends_early_says_where()
    {
        var samples = new NumberSamples(ByteSource.OfMemory("cut.eeg", new byte[99]), new(NumberType.Int16, 1), 0, 50, [new(0)]);
        Assert.Equal("cut.eeg", Assert.Throws<MalformedFileException>(() => samples.Read(0, 0, new double[50])).Path);
        samples.Read(0, 0, new double[49]);
    }

    private static double Stored(int column, long sample) => ((column * 31) + sample) % 100;

    private static (byte[] File, NumberBlock[] Blocks) Written(NumberTable table)
    {
        using var file = new MemoryStream();
        var blocks = new List<NumberBlock>();
        var first = 0L;
        foreach (var size in Sizes)
        {
            file.WriteByte(255);
            blocks.Add(new(file.Position, first, size));
            for (var i = 0L; i < size * Columns; i++)
            {
                var (column, t) = table.IsVectorised ? ((int)(i / size), i % size) : ((int)(i % Columns), i / Columns);
                file.Write(Bytes(Stored(column, first + t), table));
            }

            first += size;
        }

        return (file.ToArray(), [.. blocks]);
    }

    private static byte[] Bytes(double value, NumberTable table)
    {
        var bytes = new byte[table.Type.Bytes()];
        if (table.Type is NumberType.Float32 or NumberType.Float64)
        {
            if (bytes.Length == 4)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
            }
        }
        else
        {
            for (var b = 0; b < bytes.Length; b++)
            {
                bytes[b] = (byte)((long)value >> (8 * b));
            }
        }

        if (table.IsBigEndian)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }
}
