using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace SignalLab.Fuzz;

/// <summary>Damages a file's bytes as faulty disks, careless programs and attackers do: bytes, integers, counts, texts, chunks.</summary>
internal static class Mutation
{
    private const int HeaderBytes = 4096;
    private const int TailBytes = 1024;

    private static readonly long[] Integers =
    [
        0, 1, -1, sbyte.MaxValue, sbyte.MinValue, byte.MaxValue, short.MaxValue, short.MinValue, ushort.MaxValue,
        int.MaxValue, int.MinValue, uint.MaxValue, 1L << 31, 1L << 32, long.MaxValue, long.MinValue,
    ];

    private static readonly double[] Reals = [0, -1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e308, -1e308, 1e-308, 1e30];

    private static readonly string[] Numbers =
        ["0", "-1", "1", "", "-", "+", ".", "1.5", "9999999999", "2147483648", "-2147483649", "99999999999999999999", "1e308", "1e999", "nan", "inf", "0000000000000000001", "1,5", "0x7fffffff"];

    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create("0123456789.+-eE"u8);

    private static ReadOnlySpan<byte> Marks => "<>{}[]()\"'=,;:/\\|&%#\t\r\n\0 "u8;

    /// <summary>A damaged copy: one to five faults.</summary>
    /// <param name="whole">The file.</param>
    /// <param name="others">Files of the same kind, to splice from; may be empty.</param>
    /// <param name="random">Where and what.</param>
    public static byte[] Of(ReadOnlySpan<byte> whole, IReadOnlyList<byte[]> others, Random random)
    {
        var bytes = whole.ToArray();
        for (var n = random.Next(1, 6); n > 0 && bytes.Length > 0; n--)
        {
            bytes = Fault(bytes, others, random);
        }

        return bytes;
    }

    /// <summary>A length to cut a file to, every fourth within the first kilobyte.</summary>
    /// <param name="length">The file's length.</param>
    /// <param name="number">Number of the cut.</param>
    /// <param name="random">Where.</param>
    public static int Cut(int length, int number, Random random) => length == 0 ? 0 : random.Next(number % 4 == 0 ? Math.Min(length, 1024) : length);

    private static byte[] Fault(byte[] bytes, IReadOnlyList<byte[]> others, Random random)
    {
        switch (random.Next(14))
        {
            case 0 or 1:
                bytes[Place(bytes, 1, random)] = random.Next(4) switch { 0 => 0, 1 => 255, 2 => (byte)'9', _ => (byte)random.Next(256) };
                return bytes;
            case 2:
                bytes[Place(bytes, 1, random)] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 3 or 4:
                return WriteInteger(bytes, random, _ => random.Next(4) == 0 ? bytes.Length + random.Next(-1, 2) : Integers[random.Next(Integers.Length)]);
            case 5 or 6:
                return WriteInteger(bytes, random, stated => random.Next(7) switch { 0 => stated - 1, 1 => stated + 1, 2 => 2 * stated, 3 => stated / 2, 4 => -stated, 5 => stated << 8, _ => stated ^ (1L << random.Next(64)) });
            case 7:
                return WriteReal(bytes, random);
            case 8 or 9:
                return ReplaceNumber(bytes, random);
            case 10:
                var at = NextOf(bytes, Place(bytes, 1, random), Marks);
                bytes[at] = Marks[random.Next(Marks.Length)];
                return bytes;
            case 11:
                return ChangeLine(bytes, random);
            case 12 when others.Count > 0:
                return Splice(bytes, others[random.Next(others.Count)], random);
            default:
                return ChangeChunk(bytes, random);
        }
    }

    // Half in the header, some at the very end where directories stand, the rest anywhere; every other one aligned to its width.
    private static int Place(byte[] bytes, int width, Random random)
    {
        var last = Math.Max(1, bytes.Length - width + 1);
        var at = random.Next(8) switch
        {
            < 4 => random.Next(Math.Min(last, HeaderBytes)),
            4 => last - 1 - random.Next(Math.Min(last, TailBytes)),
            _ => random.Next(last),
        };
        return random.Next(2) == 0 ? at / width * width : at;
    }

    private static byte[] WriteInteger(byte[] bytes, Random random, Func<long, long> change)
    {
        var width = 1 << random.Next(4);
        if (bytes.Length < width)
        {
            return bytes;
        }

        var field = bytes.AsSpan(Place(bytes, width, random), width);
        Span<byte> eight = stackalloc byte[8];
        if (random.Next(2) == 0)
        {
            field.CopyTo(eight);
            BinaryPrimitives.WriteInt64LittleEndian(eight, change(BinaryPrimitives.ReadInt64LittleEndian(eight)));
            eight[..width].CopyTo(field);
        }
        else
        {
            field.CopyTo(eight[^width..]);
            BinaryPrimitives.WriteInt64BigEndian(eight, change(BinaryPrimitives.ReadInt64BigEndian(eight)));
            eight[^width..].CopyTo(field);
        }

        return bytes;
    }

    private static byte[] WriteReal(byte[] bytes, Random random)
    {
        var (width, value) = (random.Next(2) == 0 ? 4 : 8, Reals[random.Next(Reals.Length)]);
        if (bytes.Length < width)
        {
            return bytes;
        }

        var field = bytes.AsSpan(Place(bytes, width, random), width);
        switch (width, random.Next(2))
        {
            case (4, 0): BinaryPrimitives.WriteSingleLittleEndian(field, (float)value); break;
            case (4, _): BinaryPrimitives.WriteSingleBigEndian(field, (float)value); break;
            case (_, 0): BinaryPrimitives.WriteDoubleLittleEndian(field, value); break;
            default: BinaryPrimitives.WriteDoubleBigEndian(field, value); break;
        }

        return bytes;
    }

    // The number written at or after a place; half of the time the file keeps its length, for headers of fixed width.
    private static byte[] ReplaceNumber(byte[] bytes, Random random)
    {
        var from = NextOf(bytes, Place(bytes, 1, random), "0123456789"u8);
        var length = bytes.AsSpan(from).IndexOfAnyExcept(NumberBytes) is >= 0 and var n ? n : bytes.Length - from;
        if (length == 0 || random.Next(4) == 0)
        {
            bytes[from] = (byte)random.Next('0', '9' + 1);
            return bytes;
        }

        var number = random.Next(4) == 0 ? random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture) : Numbers[random.Next(Numbers.Length)];
        if (random.Next(2) == 0)
        {
            number = number.PadRight(length)[..length];
        }

        return [.. bytes.AsSpan(0, from), .. System.Text.Encoding.ASCII.GetBytes(number), .. bytes.AsSpan(from + length)];
    }

    private static byte[] ChangeLine(byte[] bytes, Random random)
    {
        var place = Place(bytes, 1, random);
        var from = bytes.AsSpan(0, place).LastIndexOf((byte)'\n') + 1;
        var to = bytes.AsSpan(place).IndexOf((byte)'\n') is >= 0 and var n ? place + n + 1 : bytes.Length;
        var line = bytes.AsSpan(from, to - from);
        return random.Next(3) switch
        {
            0 => [.. bytes.AsSpan(0, from), .. bytes.AsSpan(to)],
            1 => [.. bytes.AsSpan(0, to), .. line, .. bytes.AsSpan(to)],
            _ => [.. line, .. bytes.AsSpan(0, from), .. bytes.AsSpan(to)],
        };
    }

    private static byte[] ChangeChunk(byte[] bytes, Random random)
    {
        var at = Place(bytes, 1, random);
        var length = Math.Min(1 << random.Next(13), bytes.Length - at);
        length = random.Next(2) == 0 ? random.Next(length + 1) : length;
        var chunk = bytes.AsSpan(at, length);
        switch (random.Next(5))
        {
            case 0:
                return [.. bytes.AsSpan(0, at), .. bytes.AsSpan(at + length)];
            case 1:
                return [.. bytes.AsSpan(0, at), .. chunk, .. bytes.AsSpan(at)];
            case 2:
                var fresh = new byte[length];
                random.NextBytes(fresh);
                return [.. bytes.AsSpan(0, at), .. fresh, .. bytes.AsSpan(at)];
            case 3:
                chunk.Fill(random.Next(2) == 0 ? (byte)0 : (byte)255);
                return bytes;
            default:
                chunk.CopyTo(bytes.AsSpan(random.Next(bytes.Length - length + 1)));
                return bytes;
        }
    }

    private static byte[] Splice(byte[] bytes, byte[] other, Random random)
    {
        if (other.Length == 0)
        {
            return bytes;
        }

        var from = Place(other, 1, random);
        var part = other.AsSpan(from, Math.Min(random.Next(1, HeaderBytes), other.Length - from));
        var at = random.Next(2) == 0 && from < bytes.Length ? from : Place(bytes, 1, random);
        return random.Next(2) == 0
            ? [.. bytes.AsSpan(0, at), .. part, .. bytes.AsSpan(at)]
            : [.. bytes.AsSpan(0, at), .. part, .. bytes.AsSpan(Math.Min(bytes.Length, at + part.Length))];
    }

    private static int NextOf(byte[] bytes, int from, ReadOnlySpan<byte> wanted) =>
        bytes.AsSpan(from).IndexOfAny(wanted) is >= 0 and var n ? from + n : from;
}
