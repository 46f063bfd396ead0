using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SignalLab.Formats.Numbers;

/// <summary>The beginnings of <see cref="NumberDecoder"/>'s work, four numbers at a time; the rest is left to it. Products and sums are rounded one by one, as they are for one number.</summary>
/// <typeparam name="TLanes">How four numbers become doubles.</typeparam>
internal static class NumberRows<TLanes>
    where TLanes : struct, INumberLanes
{
    /// <summary>Decodes numbers that stand a fixed distance apart.</summary>
    /// <param name="bytes">From the first number on.</param>
    /// <param name="size">Bytes of a number.</param>
    /// <param name="order">Where each byte goes.</param>
    /// <param name="stride">Bytes from one number to the next.</param>
    /// <param name="gain">Physical units a step.</param>
    /// <param name="offset">Physical value of 0.</param>
    /// <param name="into">Receives the values.</param>
    /// <returns>How many were decoded.</returns>
    public static int Row(ReadOnlySpan<byte> bytes, int size, LaneOrder order, int stride, double gain, double offset, Span<double> into)
    {
        var (gains, offsets) = (Vector256.Create(gain), Vector256.Create(offset));
        var done = 0;
        if (stride == size)
        {
            for (var at = 0; done + 4 <= into.Length && at + TLanes.LoadBytes <= bytes.Length; done += 4, at += 4 * size)
            {
                ((TLanes.Four(bytes[at..], order) * gains) + offsets).CopyTo(into[done..]);
            }

            return done;
        }

        for (var at = 0L; done + 4 <= into.Length && at + (3L * stride) + TLanes.LoadBytes <= bytes.Length; done += 4, at += 4L * stride)
        {
            var four = bytes[(int)at..];
            var (a, b) = (TLanes.Four(four, order), TLanes.Four(four[stride..], order));
            var (c, d) = (TLanes.Four(four[(2 * stride)..], order), TLanes.Four(four[(3 * stride)..], order));
            ((Avx.Permute2x128(Avx.UnpackLow(a, b), Avx.UnpackLow(c, d), 0x20) * gains) + offsets).CopyTo(into[done..]);
        }

        return done;
    }

    /// <summary>Decodes four neighbouring columns of a table that is stored frame by frame: squares of four by four are turned.</summary>
    /// <param name="frames">From the first column's first number on.</param>
    /// <param name="frameBytes">Bytes from one frame to the next.</param>
    /// <param name="order">Where each byte goes.</param>
    /// <param name="columns">The four columns' scales.</param>
    /// <param name="into">Receives the values: the first column's row, the others' behind it.</param>
    /// <param name="count">Frames.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <returns>How many frames were decoded.</returns>
    public static int Four(ReadOnlySpan<byte> frames, int frameBytes, LaneOrder order, ReadOnlySpan<NumberColumn> columns, Span<double> into, int count, int stride)
    {
        var first = into[..count];
        var second = into.Slice(stride, count);
        var third = into.Slice(2 * stride, count);
        var fourth = into.Slice(3 * stride, count);
        var (g0, g1, g2, g3) = (Vector256.Create(columns[0].Gain), Vector256.Create(columns[1].Gain), Vector256.Create(columns[2].Gain), Vector256.Create(columns[3].Gain));
        var (o0, o1, o2, o3) = (Vector256.Create(columns[0].Offset), Vector256.Create(columns[1].Offset), Vector256.Create(columns[2].Offset), Vector256.Create(columns[3].Offset));
        var done = 0;
        for (var at = 0L; done + 4 <= count && at + (3L * frameBytes) + TLanes.LoadBytes <= frames.Length; done += 4, at += 4L * frameBytes)
        {
            var square = frames[(int)at..];
            var (a, b) = (TLanes.Four(square, order), TLanes.Four(square[frameBytes..], order));
            var (c, d) = (TLanes.Four(square[(2 * frameBytes)..], order), TLanes.Four(square[(3 * frameBytes)..], order));
            var (evenAb, oddAb) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
            var (evenCd, oddCd) = (Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
            ((Avx.Permute2x128(evenAb, evenCd, 0x20) * g0) + o0).CopyTo(first[done..]);
            ((Avx.Permute2x128(oddAb, oddCd, 0x20) * g1) + o1).CopyTo(second[done..]);
            ((Avx.Permute2x128(evenAb, evenCd, 0x31) * g2) + o2).CopyTo(third[done..]);
            ((Avx.Permute2x128(oddAb, oddCd, 0x31) * g3) + o3).CopyTo(fourth[done..]);
        }

        return done;
    }
}
