using SignalLab.Formats.Numbers;

namespace SignalLab.Tests.Formats.Numbers;

/// <summary>Decoding many numbers at once gives, bit for bit, what decoding one by one gives.</summary>
public class NumberDecoderTests
{
    public static TheoryData<string, bool> Codings
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var type in Enum.GetValues<NumberType>())
            {
                data.Add(type.ToString(), false);
                data.Add(type.ToString(), true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void A_row_of_numbers_equals_its_numbers_one_by_one(string typeName, bool isBigEndian)
    {
        var type = Enum.Parse<NumberType>(typeName);
        var random = new Random(1);
        foreach (var gap in new[] { 0, 1, 20 })
        {
            var stride = type.Bytes() + gap;
            for (var length = 0; length < 40; length++)
            {
                // No byte follows the last number.
                var bytes = new byte[length == 0 ? 0 : ((length - 1) * stride) + type.Bytes()];
                random.NextBytes(bytes);
                var decoded = new double[length];
                NumberDecoder.Decode(bytes, type, isBigEndian, stride, 0.1, -7, decoded);
                for (var i = 0; i < length; i++)
                {
                    Assert.Equal((NumberDecoder.One(bytes.AsSpan(i * stride), type, isBigEndian) * 0.1) - 7, decoded[i]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Codings))]
    public void Columns_of_frames_equal_their_numbers_one_by_one(string typeName, bool isBigEndian)
    {
        var type = Enum.Parse<NumberType>(typeName);
        var random = new Random(2);
        foreach (var (columns, spare) in new[] { (1, 0), (4, 0), (11, 3) })
        {
            var frame = (columns * type.Bytes()) + spare;
            NumberColumn[] wanted = columns == 11
                ? [.. new[] { 10, 0, 1, 2, 3, 2, 7, 8, 9, 10 }.Select(c => new NumberColumn(c, 0.5 + c, -c))]
                : [.. Enumerable.Range(0, columns).Select(c => new NumberColumn(c, 0.5 + c, -c))];
            foreach (var count in new[] { 0, 1, 3, 4, 63, 64, 65, 131 })
            {
                var bytes = new byte[count == 0 ? 0 : (count * frame) - spare];
                random.NextBytes(bytes);
                var stride = count + 2;
                var decoded = new double[(wanted.Length * stride) + 1];
                decoded.AsSpan().Fill(12345);
                NumberDecoder.DecodeFrames(bytes, frame, type, isBigEndian, wanted, count, decoded, stride);
                for (var i = 0; i < wanted.Length; i++)
                {
                    for (var t = 0; t < count; t++)
                    {
                        Assert.Equal((NumberDecoder.One(bytes.AsSpan((t * frame) + (wanted[i].Column * type.Bytes())), type, isBigEndian) * wanted[i].Gain) + wanted[i].Offset, decoded[(i * stride) + t]);
                    }

                    // Nothing is written between the rows.
                    Assert.Equal(12345, decoded[(i * stride) + count]);
                }
            }
        }
    }

    [Fact]
    public void Numbers_past_the_end_of_the_bytes_are_an_argument_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NumberDecoder.Decode(new byte[15], NumberType.Int16, false, 2, 1, 0, new double[8]));
}
