using System.Buffers;
using System.Runtime.InteropServices;
using SignalLab.Analysis.Fourier;

namespace SignalLab.Analysis.Filters;

/// <summary>Convolves channels with long taps through transforms of overlapping blocks, in place.</summary>
/// <remarks>
/// Source: Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd ed., § 8.7.3 (overlap-save). Two blocks of one channel are the real and the imaginary part of a
/// transform, several channels (or, of few channels, several such pairs) stand side by side in it; no channel's rounding reaches another.
/// </remarks>
internal sealed class OverlapSave
{
    private const int Lanes = 8;
    private const int Tile = 256;

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
        if (length == 0 || count == 0)
        {
            return;
        }

        int[] whole = [.. Enumerable.Range(0, channels).Where(c => FiniteRuns.AreAll(samples.AsSpan(c * length, length)))];
        var groups = Math.Max((whole.Length + Lanes - 1) / Lanes, count > step ? Math.Min(whole.Length, Environment.ProcessorCount) : Math.Min(whole.Length, 1));
        void Group(int g)
        {
            var (first, end) = (g * whole.Length / groups, (g + 1) * whole.Length / groups);
            Convolve(samples, [.. whole[first..end].Select(c => c * length)], length, from, count, edges);
        }

        if (groups > 1)
        {
            Parallel.For(0, groups, Group);
        }
        else if (groups == 1)
        {
            Group(0);
        }

        foreach (var channel in Enumerable.Range(0, channels).Except(whole))
        {
            FiniteRuns.Each(samples.AsSpan(channel * length, length), from, count, edges, (start, size, first, wanted, ends) =>
            {
                var run = samples.AsSpan((channel * length) + start, size).ToArray();
                Convolve(run, [0], size, first, wanted, ends);
                run.AsSpan(first, wanted).CopyTo(samples.AsSpan((channel * length) + start + first));
            });
        }
    }

    // Rows begin at the given offsets. Results overwrite the samples behind which the next blocks still look: those are kept aside.
    private void Convolve(double[] samples, int[] rows, int length, int from, int count, Edges edges)
    {
        var blocks = (count + step - 1) / step;
        var pairs = Math.Clamp(Lanes / rows.Length, 1, (blocks + 1) / 2);
        var lanes = rows.Length * pairs;
        var width = lanes == 1 ? 1 : lanes <= 4 ? 4 : Lanes;
        var size = plan.Length * width;
        var rented = ArrayPool<double>.Shared.Rent((2 * size) + (rows.Length * overlap));
        var re = rented.AsSpan(0, size);
        var im = rented.AsSpan(size, size);
        var ends = rented.AsSpan(2 * size, rows.Length * overlap);
        for (var r = 0; r < rows.Length; r++)
        {
            Extend(samples.AsSpan(rows[r], length), from, edges, ends.Slice(r * overlap, overlap));
        }

        for (var block = 0; block < blocks; block += 2 * pairs)
        {
            var start = from + (block * step);
            Interleave(samples, rows, length, start, 0, pairs, ends, re, width);
            Interleave(samples, rows, length, start, step, pairs, ends, im, width);
            plan.Forward(re, im, re, im, width);
            Multiply(re, im, width);

            // Exchanged parts turn the other way; the factor 1/n is in the gain.
            plan.Forward(im, re, im, re, width);
            var next = start + (2 * pairs * step);
            for (var r = 0; r < rows.Length && next < from + count; r++)
            {
                samples.AsSpan(rows[r] + next - before, before).CopyTo(ends.Slice(r * overlap, before));
            }

            Separate(re, width, samples, rows, start, 0, pairs, from + count);
            Separate(im, width, samples, rows, start, step, pairs, from + count);
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

    private void Interleave(double[] samples, int[] rows, int length, int start, int offset, int pairs, ReadOnlySpan<double> ends, Span<double> cells, int width)
    {
        if (rows.Length * pairs < width)
        {
            cells.Clear();
        }

        for (var tile = 0; tile < plan.Length; tile += Tile)
        {
            for (var lane = 0; lane < rows.Length * pairs; lane++)
            {
                var row = lane % rows.Length;
                var at = start + offset + (lane / rows.Length * 2 * step) - before + tile;
                for (var (t, end) = (tile, tile + Tile); t < end;)
                {
                    var piece = Piece(samples.AsSpan(rows[row], length), ends.Slice(row * overlap, overlap), start, at);
                    var size = Math.Min(end - t, piece.IsEmpty ? end - t : piece.Length);
                    if (piece.IsEmpty)
                    {
                        for (var i = 0; i < size; i++)
                        {
                            cells[((t + i) * width) + lane] = 0;
                        }
                    }
                    else
                    {
                        for (var (i, cell) = (0, (t * width) + lane); i < size; i++, cell += width)
                        {
                            cells[cell] = piece[i];
                        }
                    }

                    (t, at) = (t + size, at + size);
                }
            }
        }
    }

    // The longest run of values from an index on: kept aside, in the row, or its extension; empty where all that follow are 0.
    private ReadOnlySpan<double> Piece(ReadOnlySpan<double> row, ReadOnlySpan<double> ends, int start, int at) =>
        at < start ? ends[(at - start + before)..before]
        : at < row.Length ? row[at..]
        : at < row.Length + After ? ends[(before + at - row.Length)..]
        : [];

    private void Separate(ReadOnlySpan<double> cells, int width, double[] samples, int[] rows, int start, int offset, int pairs, int end)
    {
        for (var tile = overlap; tile < plan.Length; tile += Tile)
        {
            for (var lane = 0; lane < rows.Length * pairs; lane++)
            {
                var to = start + offset + (lane / rows.Length * 2 * step) + tile - overlap;
                var size = Math.Min(Math.Min(Tile, plan.Length - tile), end - to);
                if (size > 0)
                {
                    var into = samples.AsSpan(rows[lane % rows.Length] + to, size);
                    for (var (i, cell) = (0, (tile * width) + lane); i < into.Length; i++, cell += width)
                    {
                        into[i] = cells[cell];
                    }
                }
            }
        }
    }

    private void Multiply(Span<double> re, Span<double> im, int width)
    {
        switch (width)
        {
            case Lanes:
                Multiply<Lanes512<double>>(re, im);
                break;
            case 4:
                Multiply<Lanes256<double>>(re, im);
                break;
            default:
                Multiply<One<double>>(re, im);
                break;
        }
    }

    private void Multiply<T>(Span<double> re, Span<double> im)
        where T : struct, ILane<T, double>
    {
        ref var real = ref MemoryMarshal.GetReference(re);
        ref var imaginary = ref MemoryMarshal.GetReference(im);
        for (var (k, at) = (0, 0); k < gainRe.Length; k++, at += T.Width)
        {
            var (c, s) = (T.Of(gainRe[k]), T.Of(gainIm[k]));
            var (x, y) = (T.Load(ref real, at), T.Load(ref imaginary, at));
            ((x * c) - (y * s)).Store(ref real, at);
            ((x * s) + (y * c)).Store(ref imaginary, at);
        }
    }
}
