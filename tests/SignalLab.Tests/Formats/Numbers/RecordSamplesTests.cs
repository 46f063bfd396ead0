using SignalLab.Formats;
using SignalLab.Formats.Numbers;

namespace SignalLab.Tests.Formats.Numbers;

public class RecordSamplesTests
{
    // Records of three channels: 16 bits, one number a record, and 24 bits.
    [Theory]
    [InlineData(3, 40)]
    [InlineData(1, 3000)]
    [InlineData(300_000, 3)]
    public void Every_number_comes_back_whatever_the_length_of_a_record(int perRecord, int records)
    {
        RecordColumn[] columns = [new(0, perRecord, NumberType.Int16, 0.5, 1), new(2L * perRecord, 1, NumberType.UInt8), new((2L * perRecord) + 2, perRecord, NumberType.Int24)];
        var recordBytes = columns[2].End;
        var file = new byte[5 + (recordBytes * records)];
        for (var r = 0; r < records; r++)
        {
            var at = (int)(5 + (r * recordBytes));
            for (var i = 0; i < perRecord; i++)
            {
                BitConverter.TryWriteBytes(file.AsSpan(at + (2 * i)), (short)((r * perRecord) + i));
                BitConverter.GetBytes(-((r * perRecord) + i))[..3].CopyTo(file, at + (int)columns[2].Offset + (3 * i));
            }

            file[at + (2 * perRecord)] = (byte)r;
        }

        var samples = new RecordSamples(ByteSource.OfMemory("x", file), 5, recordBytes, records, columns);
        var total = perRecord * records;
        Assert.Equal([total, records, total], Enumerable.Range(0, 3).Select(samples.Count));
        foreach (var (first, count) in new[] { (0, total), (1, Math.Min(7, total - 1)), (total - 1, 1), (total / 2, total / 3), (total, 0) })
        {
            var block = new double[2 * count];
            samples.Read([2, 0], first, count, block);
            for (var i = 0; i < count; i++)
            {
                if (block[i] != -(first + i) || block[count + i] != (((short)(first + i)) * 0.5) + 1)
                {
                    Assert.Fail($"sample {first + i}");
                }
            }
        }

        var mixed = new double[2 * records];
        samples.Read([0, 1], 0, records, mixed);
        Assert.Equal(Enumerable.Range(0, records).Select(r => (double)(byte)r), mixed.Skip(records));
        Assert.Equal(Enumerable.Range(0, records).Select(i => ((short)i * 0.5) + 1), mixed.Take(records));
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.Read([0, 1], 1, records, mixed));
    }

    [Fact]
    public void A_page_reads_about_its_own_bytes()
    {
        var samples = new RecordSamples(ByteSource.OfMemory("x", new byte[8_000_000]), 0, 800, 10_000, [new(0, 100, NumberType.Int32), new(400, 100, NumberType.Int32)]);
        ByteSource.BytesRead = 0;
        samples.Read(1, 500_000, new double[1000]);
        Assert.InRange(ByteSource.BytesRead, 4000, 9000);
    }
}
