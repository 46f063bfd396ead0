using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SignalLab.Analysis.Fourier;

namespace SignalLab.Analysis.Filters;

/// <summary>Where a piece of signal stands in its uninterrupted stretch.</summary>
/// <param name="BeginsStretch">True where nothing precedes it.</param>
/// <param name="EndsStretch">True where nothing follows it.</param>
internal readonly record struct Edges(bool BeginsStretch, bool EndsStretch);

/// <summary>Runs a cascade over pieces of several channels: padding at true ends, settled beginnings elsewhere, missing values (NaN) as ends of their own.</summary>
/// <param name="cascade">The filter.</param>
/// <param name="phase">One pass or two.</param>
/// <remarks>Padding and initial conditions of the two passes: Gustafsson, IEEE Trans. Signal Processing 44 (1996) 988–992, in the form of SciPy's <c>sosfiltfilt</c> with odd extension.</remarks>
internal sealed class StretchFilter(BiquadCascade cascade, Phase phase)
{
    private const int Tile = 256;

    // Backwards, so much is written forwards at a time that the memory sees it coming.
    private const int LongTile = 1024;

    private readonly double[] steady = cascade.SteadyState();

    /// <summary>Filters channels in place.</summary>
    /// <param name="samples">Channel after channel, each <paramref name="length"/> samples.</param>
    /// <param name="channels">Number of channels.</param>
    /// <param name="length">Samples a channel, the margins around the wanted ones included.</param>
    /// <param name="from">First sample wanted; the others are left as they were or half done.</param>
    /// <param name="count">Samples wanted.</param>
    /// <param name="edges">Whether the piece reaches the ends of its stretch.</param>
    public void Filter(double[] samples, int channels, int length, int from, int count, Edges edges)
    {
        var groups = (channels + BiquadKernel.Lanes - 1) / BiquadKernel.Lanes;
        void Group(int g)
        {
            var first = g * BiquadKernel.Lanes;
            FilterLanes(samples.AsSpan(first * length), Math.Min(BiquadKernel.Lanes, channels - first), length, length, from, count, edges);
        }

        if (groups > 1 && (long)groups * length > 4096)
        {
            Parallel.For(0, groups, Group);
        }
        else
        {
            for (var g = 0; g < groups; g++)
            {
                Group(g);
            }
        }
    }

    private void FilterLanes(Span<double> samples, int lanes, int stride, int length, int from, int count, Edges edges)
    {
        if (length == 0 || count == 0)
        {
            return;
        }

        int broken;
        if (phase == Phase.Zero)
        {
            broken = TwoPasses(samples, lanes, stride, length, from, count, edges);
        }
        else
        {
            broken = Broken(samples, lanes, stride, length);
            OnePass(samples, lanes, stride, length, from, count, edges, broken);
        }

        for (var lane = 0; broken != 0 && lane < lanes; lane++)
        {
            if ((broken & (1 << lane)) != 0)
            {
                FilterBroken(samples.Slice(lane * stride, length), from, count, edges);
            }
        }
    }

    // A channel with missing values: each run of finite ones is a stretch of its own.
    private void FilterBroken(Span<double> samples, int from, int count, Edges edges)
    {
        var start = 0;
        for (var t = 0; t <= samples.Length; t++)
        {
            if (t < samples.Length && double.IsFinite(samples[t]))
            {
                continue;
            }

            var (first, end) = (Math.Max(start, from), Math.Min(t, from + count));
            if (first < end)
            {
                FilterLanes(samples[start..t], 1, t - start, t - start, first - start, end - first, new(start > 0 || edges.BeginsStretch, t < samples.Length || edges.EndsStretch));
            }

            if (t < samples.Length)
            {
                samples[t] = double.NaN;
            }

            start = t + 1;
        }
    }

    private void OnePass(Span<double> samples, int lanes, int stride, int length, int from, int count, Edges edges, int broken)
    {
        var tile = new Vector512<double>[Tile];
        Span<Vector512<double>> state = stackalloc Vector512<double>[steady.Length];
        if (!edges.BeginsStretch)
        {
            Interleave(samples, lanes, stride, tile.AsSpan(0, 1));
            Settle(state, tile[0]);
        }

        for (var start = 0; start < from + count; start += Tile)
        {
            var piece = tile.AsSpan(0, Math.Min(Tile, length - start));
            Interleave(samples[start..], lanes, stride, piece);
            BiquadKernel.Run(cascade.Sections, piece, state, backward: false);
            Separate(piece, start, samples, lanes, stride, from, count, broken);
        }
    }

    // The forward pass turns channels into lanes tile by tile, the backward pass turns them back: each sample travels to memory once.
    // Returns a bit for each lane that holds a value which is not finite; those lanes' samples stay as they were.
    private int TwoPasses(Span<double> samples, int lanes, int stride, int length, int from, int count, Edges edges)
    {
        var padding = Math.Min(cascade.PadLength, length - 1);
        Span<Vector512<double>> state = stackalloc Vector512<double>[steady.Length];
        var tail = new Vector512<double>[(2 * padding) + 1];
        var settled = false;
        if (edges.BeginsStretch)
        {
            Interleave(samples, lanes, stride, tail.AsSpan(padding));
            MirrorBefore(tail, padding);
            Settle(state, tail[0]);
            BiquadKernel.Run(cascade.Sections, tail.AsSpan(0, padding), state, backward: false);
            settled = true;
        }

        var lent = LentArrays.Doubles.Rent(BiquadKernel.Lanes * length);
        var lanewise = MemoryMarshal.Cast<double, Vector512<double>>(lent.AsSpan(0, BiquadKernel.Lanes * length));
        var check = Vector512<double>.Zero;
        for (var start = 0; start < length; start += Tile)
        {
            var piece = lanewise.Slice(start, Math.Min(Tile, length - start));
            Interleave(samples[start..], lanes, stride, piece);
            check = Check(piece, check);
            if (!settled)
            {
                Settle(state, piece[0]);
                settled = true;
            }

            BiquadKernel.Run(cascade.Sections, piece, state, backward: false);
        }

        if (edges.EndsStretch)
        {
            Interleave(samples[(length - 1 - padding)..], lanes, stride, tail.AsSpan(0, padding + 1));
            MirrorAfter(tail, padding);
            var beyond = tail.AsSpan(padding + 1);
            BiquadKernel.Run(cascade.Sections, beyond, state, backward: false);
            Settle(state, beyond.IsEmpty ? lanewise[length - 1] : beyond[^1]);
            BiquadKernel.Run(cascade.Sections, beyond, state, backward: true);
        }
        else
        {
            Settle(state, lanewise[length - 1]);
        }

        var broken = Broken(check, lanes);
        for (var start = (length - 1) / LongTile * LongTile; start + LongTile > from && start >= 0; start -= LongTile)
        {
            var piece = lanewise.Slice(start, Math.Min(LongTile, length - start));
            BiquadKernel.Run(cascade.Sections, piece, state, backward: true);
            Separate(piece, start, samples, lanes, stride, from, count, broken);
        }

        LentArrays.Doubles.Return(lent);
        return broken;
    }

    // 0 · x is 0 for every finite x and NaN otherwise, and NaN stays in a sum.
    private static Vector512<double> Check(ReadOnlySpan<Vector512<double>> tile, Vector512<double> sum)
    {
        var other = Vector512<double>.Zero;
        var i = 0;
        for (; i + 1 < tile.Length; i += 2)
        {
            sum += tile[i] * 0;
            other += tile[i + 1] * 0;
        }

        return i < tile.Length ? sum + other + (tile[i] * 0) : sum + other;
    }

    private static int Broken(Vector512<double> check, int lanes) =>
        (int)(~Vector512.Equals(check, Vector512<double>.Zero).ExtractMostSignificantBits() & ((1UL << lanes) - 1));

    private void Settle(Span<Vector512<double>> state, Vector512<double> level)
    {
        for (var i = 0; i < state.Length; i++)
        {
            state[i] = steady[i] * level;
        }
    }

    // Odd extension: the signal turned by half a turn about its end sample.
    private static void MirrorBefore(Span<Vector512<double>> work, int end)
    {
        for (var i = 1; i <= end; i++)
        {
            work[end - i] = (2 * work[end]) - work[end + i];
        }
    }

    private static void MirrorAfter(Span<Vector512<double>> work, int end)
    {
        for (var i = 1; i <= end; i++)
        {
            work[end + i] = (2 * work[end]) - work[end - i];
        }
    }

    // A bit for each lane that holds a value which is not finite.
    private static int Broken(ReadOnlySpan<double> samples, int lanes, int stride, int length)
    {
        var broken = 0;
        for (var lane = 0; lane < lanes; lane++)
        {
            // 0 · x is 0 for every finite x and NaN otherwise, and NaN stays in a sum.
            var row = samples.Slice(lane * stride, length);
            var sum = Vector<double>.Zero;
            var vectors = MemoryMarshal.Cast<double, Vector<double>>(row);
            foreach (var vector in vectors)
            {
                sum += vector * 0;
            }

            var check = Vector.Sum(sum);
            foreach (var value in row[(vectors.Length * Vector<double>.Count)..])
            {
                check += value * 0;
            }

            broken |= check == 0 ? 0 : 1 << lane;
        }

        return broken;
    }

    private static void Interleave(ReadOnlySpan<double> samples, int lanes, int stride, Span<Vector512<double>> into)
    {
        var cells = MemoryMarshal.Cast<Vector512<double>, double>(into);
        if (lanes == BiquadKernel.Lanes)
        {
            // Checks once that the last row reaches far enough.
            _ = samples.Slice((lanes - 1) * stride, into.Length);
            Tiles.Transpose(ref MemoryMarshal.GetReference(samples), stride, ref MemoryMarshal.GetReference(cells), lanes, lanes, into.Length);
            return;
        }

        into.Clear();

        for (var lane = 0; lane < lanes; lane++)
        {
            var row = samples.Slice(lane * stride, into.Length);
            for (var (t, at) = (0, lane); t < row.Length; t++, at += BiquadKernel.Lanes)
            {
                cells[at] = row[t];
            }
        }
    }

    // Writes back what of a tile lies in the wanted range, except lanes with missing values.
    private static void Separate(ReadOnlySpan<Vector512<double>> tile, int start, Span<double> samples, int lanes, int stride, int from, int count, int broken)
    {
        var (first, end) = (Math.Max(start, from), Math.Min(start + tile.Length, from + count));
        if (first >= end)
        {
            return;
        }

        var cells = MemoryMarshal.Cast<Vector512<double>, double>(tile[(first - start)..]);
        if (lanes == BiquadKernel.Lanes && broken == 0)
        {
            _ = samples.Slice(((lanes - 1) * stride) + first, end - first);
            Tiles.Transpose(ref MemoryMarshal.GetReference(cells), lanes, ref samples[first], stride, end - first, lanes);
            return;
        }

        for (var lane = 0; lane < lanes; lane++)
        {
            if ((broken & (1 << lane)) == 0)
            {
                var row = samples.Slice((lane * stride) + first, end - first);
                for (var (t, at) = (0, lane); t < row.Length; t++, at += BiquadKernel.Lanes)
                {
                    row[t] = cells[at];
                }
            }
        }
    }
}
