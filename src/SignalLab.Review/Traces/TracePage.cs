using System.Buffers.Binary;
using SignalLab.Analysis.Envelopes;
using SignalLab.Model;

namespace SignalLab.Review.Traces;

/// <summary>
/// A page of traces in the bytes that the page of the browser reads, little-endian: <c>SLP1</c>, rows (u32), from and to in seconds (f64); of each row its kind (u32: 0 samples,
/// 1 smallest and largest by turns) and stretches (u32), of each stretch onset and step in seconds (f64) and entries (u32); then, from the next multiple of four, the values (f32), row by row.
/// Stretches end where gaps begin. Where there are more than four samples a column, each column gets one to four bins; bins begin at multiples of their length so that a page that is scrolled does not flicker.
/// Bins that a pyramid holds are as long as its own, whether they are read from it or made anew: the page is the same.
/// </summary>
internal static class TracePage
{
    /// <summary>Samples a column above which extremes are sent instead.</summary>
    public const int MostSamplesAColumn = 4;

    private const int BlockValues = 1 << 20;

    /// <summary>Makes a page.</summary>
    /// <param name="view">The recording through its view.</param>
    /// <param name="rows">Channels, in the order in which they are shown.</param>
    /// <param name="fromSeconds">Left edge.</param>
    /// <param name="toSeconds">Right edge, excluded.</param>
    /// <param name="columns">Pixels across.</param>
    /// <param name="pyramid">Extremes of the recording's own samples, or null; used where the view shows these.</param>
    /// <param name="cancellation">Gives up between blocks.</param>
    /// <returns>The page's bytes.</returns>
    public static byte[] Of(Recording view, IReadOnlyList<int> rows, double fromSeconds, double toSeconds, int columns, EnvelopePyramid? pyramid = null, CancellationToken cancellation = default)
    {
        var traces = new PageTrace[rows.Count];
        foreach (var group in Enumerable.Range(0, rows.Count).GroupBy(r => view.ClockOf(rows[r])))
        {
            Fill(view, [.. group], rows, traces, fromSeconds, toSeconds, columns, ReferenceEquals(pyramid?.Samples, view.Samples) ? pyramid : null, cancellation);
        }

        return Bytes(traces, fromSeconds, toSeconds);
    }

    private static void Fill(Recording view, int[] group, IReadOnlyList<int> rows, PageTrace[] traces, double from, double to, int columns, EnvelopePyramid? pyramid, CancellationToken cancellation)
    {
        int[] channels = [.. group.Select(r => rows[r])];
        var rate = view.Channels[channels[0]].RateHz;
        var perColumn = (to - from) * rate / columns;
        var bin = perColumn <= MostSamplesAColumn ? 1 : EnvelopePyramid.BinFor(perColumn) ?? (int)(perColumn / 2);
        var stretches = Stretches(view, channels[0], from, to, bin);
        var total = (int)stretches.Sum(s => s.Entries);
        foreach (var r in group)
        {
            traces[r] = new(bin > 1, rate, bin, stretches, new float[bin > 1 ? 2 * total : total]);
        }

        if (pyramid is not null && bin >= EnvelopePyramid.BinSamples && Array.TrueForAll(group, r => FromPyramid(pyramid, rows[r], traces[r])))
        {
            return;
        }

        var perBlock = Math.Max(1, BlockValues / channels.Length / bin) * bin;
        var buffer = new double[channels.Length * Math.Min(perBlock, stretches.Select(s => s.Count).DefaultIfEmpty(0).Max())];
        var entry = 0;
        foreach (var stretch in stretches)
        {
            for (var done = 0L; done < stretch.Count;)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = (int)Math.Min(stretch.Count - done, perBlock);
                var block = buffer.AsMemory(0, channels.Length * count);
                view.Samples.Read(channels, stretch.First + done, count, block.Span);
                var begin = entry;
                Parallel.For(0, channels.Length, c => traces[group[c]].Take(block.Span.Slice(c * count, count), begin));
                entry += (count + bin - 1) / bin;
                done += count;
            }
        }
    }

    private static bool FromPyramid(EnvelopePyramid pyramid, int channel, PageTrace trace)
    {
        var entry = 0;
        foreach (var stretch in trace.Stretches)
        {
            var count = (int)stretch.Entries;
            if (!pyramid.TryRead(channel, stretch.Run, trace.Bin, stretch.FirstInRun / trace.Bin, trace.Values.AsSpan(2 * entry, 2 * count)))
            {
                return false;
            }

            entry += count;
        }

        return true;
    }

    // One sample more on each side, so that lines run off the edges; whole bins.
    private static List<PageStretch> Stretches(Recording view, int channel, double from, double to, int bin)
    {
        var rate = view.Channels[channel].RateHz;
        var stretches = new List<PageStretch>();
        foreach (var (run, r) in view.Runs(channel).Select((run, r) => (run, r)))
        {
            var first = (long)Math.Clamp(Math.Floor((from - run.OnsetSeconds) * rate) - 1, 0, run.Count) / bin * bin;
            var end = Math.Min(run.Count, ((long)Math.Clamp(Math.Ceiling((to - run.OnsetSeconds) * rate) + 1, 0, run.Count) + bin - 1) / bin * bin);
            if (end > first && run.OnsetSeconds < to && run.OnsetSeconds + (run.Count / rate) > from)
            {
                stretches.Add(new(run.OnsetSeconds + (first / rate), run.FirstSample + first, end - first, r, first, bin));
            }
        }

        return stretches;
    }

    private static byte[] Bytes(PageTrace[] traces, double from, double to)
    {
        var head = 24 + traces.Sum(t => 8 + (20 * t.Stretches.Count));
        var bytes = new byte[((head + 3) & ~3) + (4 * traces.Sum(t => t.Values.Length))];
        var at = 0;
        "SLP1"u8.CopyTo(bytes);
        at += 4;
        U32(traces.Length);
        F64(from);
        F64(to);
        foreach (var trace in traces)
        {
            U32(trace.IsExtremes ? 1 : 0);
            U32(trace.Stretches.Count);
            foreach (var stretch in trace.Stretches)
            {
                F64(stretch.OnsetSeconds);
                F64(trace.Bin / trace.RateHz);
                U32((int)stretch.Entries);
            }
        }

        at = (head + 3) & ~3;
        foreach (var trace in traces)
        {
            LittleEndian.Write(trace.Values, bytes.AsSpan(at, 4 * trace.Values.Length));
            at += 4 * trace.Values.Length;
        }

        return bytes;

        void U32(int value)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), (uint)value);
            at += 4;
        }

        void F64(double value)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(at), value);
            at += 8;
        }
    }
}

/// <summary>A stretch of a page without a gap.</summary>
/// <param name="OnsetSeconds">Time of its first sample.</param>
/// <param name="First">Its first stored sample.</param>
/// <param name="Count">Samples.</param>
/// <param name="Run">The run of samples that it is part of.</param>
/// <param name="FirstInRun">Its first sample, counted from the run's first: a multiple of the bin.</param>
/// <param name="Bin">Samples of a bin; 1 for samples.</param>
internal readonly record struct PageStretch(double OnsetSeconds, long First, long Count, int Run, long FirstInRun, int Bin)
{
    /// <summary>Bins, or samples where a bin is one.</summary>
    public long Entries => (Count + Bin - 1) / Bin;
}

/// <summary>One row of a page.</summary>
/// <param name="IsExtremes">Smallest and largest by turns, not samples.</param>
/// <param name="RateHz">The channel's rate.</param>
/// <param name="Bin">Samples of a bin.</param>
/// <param name="Stretches">Its stretches.</param>
/// <param name="Values">The values of all stretches.</param>
internal sealed record PageTrace(bool IsExtremes, double RateHz, int Bin, IReadOnlyList<PageStretch> Stretches, float[] Values)
{
    /// <summary>Takes consecutive samples in.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="entry">Entry of the first.</param>
    public void Take(ReadOnlySpan<double> samples, int entry)
    {
        if (IsExtremes)
        {
            BinExtremes.Of(samples, Bin, Values.AsSpan(2 * entry));
            return;
        }

        for (var i = 0; i < samples.Length; i++)
        {
            Values[entry + i] = (float)samples[i];
        }
    }
}
