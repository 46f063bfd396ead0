using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;
using SignalLab.Analysis.Fourier;

namespace SignalLab.Analysis.Filters;

/// <summary>Convolves channels with long taps through transforms of overlapping blocks, in place.</summary>
/// <remarks>
/// Source: Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd ed., § 8.7.3 (overlap-save). Two blocks of one channel are the real and the imaginary part of a
/// transform: no channel's rounding reaches another.
/// </remarks>
internal sealed class OverlapSave
{
    private readonly ComplexFft plan;
    private readonly double[] gainRe;
    private readonly double[] gainIm;
    private readonly int overlap;
    private readonly int step;
    private readonly int before;
    private readonly bool centred;

    /// <summary>Prepares for one set of taps.</summary>
    /// <param name="taps">The weights.</param>
    /// <param name="centred">True to shift the delay back and mirror the signal at its ends; false to start from rest.</param>
    public OverlapSave(double[] taps, bool centred)
    {
        this.centred = centred;
        overlap = taps.Length - 1;
        before = centred ? overlap / 2 : overlap;

        // Longer blocks waste less on the overlap and more on the cache.
        var length = 256;
        while (length < 4 * overlap)
        {
            length *= 2;
        }

        plan = ComplexFft.Plan(length);
        step = length - overlap;
        (gainRe, gainIm) = (new double[length], new double[length]);
        for (var i = 0; i < taps.Length; i++)
        {
            gainRe[i] = taps[i] / length;
        }

        plan.Forward(gainRe, gainIm, gainRe, gainIm);
    }

    private int After => overlap - before;

    /// <inheritdoc cref="PieceFilter"/>
    public void Filter(double[] samples, int channels, int length, int from, int count, Edges edges)
    {
        void Channel(int channel)
        {
            var row = samples.AsSpan(channel * length, length);
            if (FiniteRuns.AreAll(row))
            {
                Convolve(row, from, count, edges);
                return;
            }

            FiniteRuns.Each(row, from, count, edges, (start, size, first, wanted, ends) =>
                Convolve(samples.AsSpan((channel * length) + start, size), first, wanted, ends));
        }

        if (channels > 1 && (long)channels * length > 4096)
        {
            Parallel.For(0, channels, Channel);
        }
        else
        {
            for (var channel = 0; channel < channels; channel++)
            {
                Channel(channel);
            }
        }
    }

    // Results overwrite the samples behind which the next blocks still look: those are kept aside.
    private void Convolve(Span<double> row, int from, int count, Edges edges)
    {
        if (row.IsEmpty || count == 0)
        {
            return;
        }

        var size = plan.Length;
        var rented = ArrayPool<double>.Shared.Rent((2 * size) + overlap);
        var re = rented.AsSpan(0, size);
        var im = rented.AsSpan(size, size);
        var ends = rented.AsSpan(2 * size, overlap);
        Extend(row, from, edges, ends);
        var end = from + count;
        for (var start = from; start < end; start += 2 * step)
        {
            Gather(row, ends, start, start, re);
            Gather(row, ends, start, start + step, im);
            plan.Forward(re, im, re, im);
            Multiply(re, im);

            // Exchanged parts turn the other way; the factor 1/n is in the gain.
            plan.Forward(im, re, im, re);
            var next = start + (2 * step);
            if (next < end)
            {
                row.Slice(next - before, before).CopyTo(ends);
            }

            re.Slice(overlap, Math.Min(step, end - start)).CopyTo(row[start..]);
            if (start + step < end)
            {
                im.Slice(overlap, Math.Min(step, end - start - step)).CopyTo(row[(start + step)..]);
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    // What stands before the first wanted sample and behind the last of the piece.
    private void Extend(ReadOnlySpan<double> row, int from, Edges edges, Span<double> ends)
    {
        var (first, last) = (row[0], row[^1]);
        for (var i = 0; i < before; i++)
        {
            var at = from - before + i;
            ends[i] = at >= 0 ? row[at] : centred && edges.BeginsStretch && -at < row.Length ? (2 * first) - row[-at] : 0;
        }

        for (var i = 0; i < After; i++)
        {
            ends[before + i] = edges.EndsStretch && i + 1 < row.Length ? (2 * last) - row[row.Length - 2 - i] : 0;
        }
    }

    // A block with its overlap: from what was kept aside before the start, from the row, from its extension, then zeros.
    private void Gather(ReadOnlySpan<double> row, ReadOnlySpan<double> ends, int start, int block, Span<double> into)
    {
        var (at, filled) = (block - before, 0);
        while (filled < into.Length)
        {
            var piece = at < start ? ends[(at - start + before)..before]
                : at < row.Length ? row[at..]
                : at < row.Length + After ? ends[(before + at - row.Length)..]
                : [];
            if (piece.IsEmpty)
            {
                into[filled..].Clear();
                return;
            }

            var size = Math.Min(piece.Length, into.Length - filled);
            piece[..size].CopyTo(into[filled..]);
            (at, filled) = (at + size, filled + size);
        }
    }

    private void Multiply(Span<double> re, Span<double> im)
    {
        var xs = MemoryMarshal.Cast<double, Vector<double>>(re);
        var ys = MemoryMarshal.Cast<double, Vector<double>>(im);
        var cs = MemoryMarshal.Cast<double, Vector<double>>(gainRe);
        var ss = MemoryMarshal.Cast<double, Vector<double>>(gainIm);
        for (var k = 0; k < xs.Length; k++)
        {
            var (x, y, c, s) = (xs[k], ys[k], cs[k], ss[k]);
            xs[k] = (x * c) - (y * s);
            ys[k] = (x * s) + (y * c);
        }
    }
}
