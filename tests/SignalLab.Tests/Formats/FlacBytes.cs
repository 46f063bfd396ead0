using System.Text;

namespace SignalLab.Tests.Formats;

/// <summary>A FLAC stream made frame by frame (RFC 9639), each frame with another kind of subframe.</summary>
internal static class FlacBytes
{
    public static byte[] Encode(int depth, int[][] channels, int blockSize = 192)
    {
        var (count, info) = (channels[0].Length, new Bits());
        info.Add(blockSize, 16).Add(blockSize, 16).Add(0, 24).Add(0, 24).Add(1000, 20).Add(channels.Length - 1, 3).Add(depth - 1, 5).Add(0, 4).Add(count, 32).Add(0, 64).Add(0, 64);
        var stream = new List<byte>([.. "fLaC"u8, 0, 0, 0, 34, .. info.ToArray(), 0x84, 0, 0, 3, 1, 2, 3]);
        for (var (frame, at) = (0, 0); at < count; frame++, at += blockSize)
        {
            stream.AddRange(Frame(depth, [.. channels.Select(c => c[at..Math.Min(count, at + blockSize)])], frame));
        }

        return [.. stream];
    }

    private static byte[] Frame(int depth, int[][] block, int number)
    {
        var bits = new Bits();
        var count = block[0].Length;

        // Two channels take turns: independent, left/side, side/right, middle/side.
        var assignment = block.Length != 2 || number % 4 == 0 ? block.Length - 1 : 7 + (number % 4);
        bits.Add(0b11111111111110, 14).Add(0, 2).Add(7, 4).Add(0, 4).Add(assignment, 4).Add(depth switch { 8 => 1, 16 => 4, _ => 6 }, 3).Add(0, 1);
        if (number < 128)
        {
            bits.Add(number, 8);
        }
        else
        {
            bits.Add(0xc0 | (number >> 6), 8).Add(0x80 | (number & 63), 8);
        }

        bits.Add(count - 1, 16).Add(0, 8);
        var (a, b) = (block[0], block.Length > 1 ? block[1] : []);
        int[] Of(Func<int, int, int> rule) => [.. a.Zip(b, rule)];
        var (coded, side) = assignment switch
        {
            8 => ([a, Of((l, r) => l - r)], 1),
            9 => ([Of((l, r) => l - r), b], 0),
            10 => ([Of((l, r) => (l + r) >> 1), Of((l, r) => l - r)], 1),
            _ => (block, -1),
        };
        for (var c = 0; c < coded.Length; c++)
        {
            Subframe(bits, depth + (c == side ? 1 : 0), coded[c], (number + c) % 5);
        }

        bits.Align();
        return [.. bits.ToArray(), .. Crc16(bits.ToArray())];
    }

    private static void Subframe(Bits bits, int depth, int[] values, int kind)
    {
        if (values.All(v => v == values[0]))
        {
            bits.Add(0, 8).Add(values[0], depth);
            return;
        }

        var order = kind;
        switch (kind)
        {
            case 0:
                bits.Add(1 << 1, 8);
                Array.ForEach(values, v => bits.Add(v, depth));
                return;
            case 4:
                // A linear predictor of two coefficients: 2 and -1, in steps of a half.
                order = 2;
                bits.Add((32 + order - 1) << 1, 8).Add(values[0], depth).Add(values[1], depth).Add(4, 4).Add(1, 5).Add(4, 5).Add(-2, 5);
                break;
            default:
                bits.Add((8 + order) << 1, 8);
                Array.ForEach(values[..order], v => bits.Add(v, depth));
                break;
        }

        long Predicted(int i) => order switch { 1 => values[i - 1], 2 => (2L * values[i - 1]) - values[i - 2], _ => (3L * values[i - 1]) - (3L * values[i - 2]) + values[i - 3] };
        var residual = Enumerable.Range(order, values.Length - order).Select(i => (int)(values[i] - Predicted(i))).ToArray();
        bits.Add(0, 2).Add(values.Length % 2 == 0 ? 1 : 0, 4);
        var half = values.Length % 2 == 0 ? (values.Length / 2) - order : residual.Length;
        Rice(bits, residual[..half], kind == 1);
        if (values.Length % 2 == 0)
        {
            Rice(bits, residual[half..], false);
        }
    }

    private static void Rice(Bits bits, int[] residual, bool escape)
    {
        if (escape)
        {
            bits.Add(15, 4).Add(26, 5);
            Array.ForEach(residual, r => bits.Add(r, 26));
            return;
        }

        const int Parameter = 9;
        bits.Add(Parameter, 4);
        foreach (var r in residual)
        {
            var code = (uint)((r << 1) ^ (r >> 31));
            for (var zeros = code >> Parameter; zeros > 0; zeros--)
            {
                bits.Add(0, 1);
            }

            bits.Add(1, 1).Add((int)(code & ((1 << Parameter) - 1)), Parameter);
        }
    }

    // RFC 9639, 9.3: polynomial x^16 + x^15 + x^2 + 1, beginning with 0.
    private static byte[] Crc16(byte[] bytes)
    {
        var sum = 0;
        foreach (var b in bytes)
        {
            sum ^= b << 8;
            for (var i = 0; i < 8; i++)
            {
                sum = ((sum << 1) ^ ((sum & 0x8000) != 0 ? 0x8005 : 0)) & 0xffff;
            }
        }

        return [(byte)(sum >> 8), (byte)sum];
    }

    private sealed class Bits
    {
        private readonly StringBuilder text = new();

        public Bits Add(long value, int count)
        {
            for (var i = count - 1; i >= 0; i--)
            {
                text.Append(((value >> i) & 1) == 0 ? '0' : '1');
            }

            return this;
        }

        public void Align() => text.Append('0', (8 - (text.Length % 8)) % 8);

        public byte[] ToArray() => [.. text.ToString().Chunk(8).Select(c => Convert.ToByte(new string(c), 2))];
    }
}
