using System.Buffers.Binary;
using SignalLab.Model;

namespace SignalLab.Review.Traces;

/// <summary>
/// A page of traces in the bytes that the page of the browser reads, little-endian: <c>SLP1</c>, rows (u32), from and to in seconds (f64); of each row its kind (u32: 0 samples,
/// 1 smallest and largest by turns) and stretches (u32), of each stretch onset and step in seconds (f64) and entries (u32); then, from the next multiple of four, the values (f32), row by row.
/// Stretches end where gaps begin. Where there are more than four samples a column, each column gets two bins; bins begin at multiples of their length so that a page that is scrolled does not flicker.
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
    /// <param name="cancellation">Gives up between blocks.</param>
    /// <returns>The page's bytes.</returns>
    public static byte[] Of(Recording view, IReadOnlyList<int> rows, double fromSeconds, double toSeconds, int columns, CancellationToken cancellation = default)
    {
        var traces = new PageTrace[rows.Count];
        foreach (var group in Enumerable.Range(0, rows.Count).GroupBy(r => Clock.Of(view, rows[r])))
        {
            Fill(view, [.. group], rows, traces, fromSeconds, toSeconds, columns, cancellation);
        }

        return Bytes(traces, fromSeconds, toSeconds);
    }

    private static void Fill(Recording view, int[] group, IReadOnlyList<int> rows, PageTrace[] traces, double from, double to, int columns, CancellationToken cancellation)
    {
        int[] channels = [.. group.Select(r => rows[r])];
        var rate = view.Channels[channels[0]].RateHz;
        var perColumn = (to - from) * rate / columns;
        var bin = perColumn <= MostSamplesAColumn ? 1 : Math.Max(1, (int)(perColumn / 2));
        var stretches = Stretches(view, channels[0], from, to, bin);
        var total = (int)stretches.Sum(s => s.Entries);
        foreach (var r in group)
        {
            traces[r] = new(bin > 1, rate, bin, stretches, new float[bin > 1 ? 2 * total : total]);
        }

        var perBlock = Math.Max(1, BlockValues / channels.Length / bin) * bin;
        var buffer = new double[channels.Length * Math.Min(perBlock, stretches.Select(s => s.Count).DefaultIfEmpty(0).Max())];
        var entry = 0;
        foreach (var stretch in stretches)
        {
            for (var done = 0L; done < stretch.Count;)
            {
                cancellation.ThrowIfCancellationRequested();

                // The first bin of a stretch may be short: it ends where the next multiple begins.
                var count = (int)Math.Min(stretch.Count - done, done == 0 && stretch.Lead > 0 ? perBlock - bin + stretch.Lead : perBlock);
                var block = buffer.AsMemory(0, channels.Length * count);
                view.Samples.Read(channels, stretch.First + done, count, block.Span);
                var (begin, lead) = (entry, done == 0 ? stretch.Lead : 0);
                Parallel.For(0, channels.Length, c => traces[group[c]].Take(block.Span.Slice(c * count, count), begin, lead));
                entry += bin == 1 ? count : (count - lead + bin - 1) / bin + (lead > 0 ? 1 : 0);
                done += count;
            }
        }
    }

    // One sample more on each side, so that lines run off the edges.
    private static List<PageStretch> Stretches(Recording view, int channel, double from, double to, int bin)
    {
        var rate = view.Channels[channel].RateHz;
        var stretches = new List<PageStretch>();
        foreach (var run in view.Runs(channel))
        {
            var first = (long)Math.Clamp(Math.Floor((from - run.OnsetSeconds) * rate) - 1, 0, run.Count);
            var end = (long)Math.Clamp(Math.Ceiling((to - run.OnsetSeconds) * rate) + 1, 0, run.Count);
            if (end > first)
            {
                var lead = (int)((bin - (first % bin)) % bin);
                stretches.Add(new(run.OnsetSeconds + (first / rate), run.FirstSample + first, end - first, (int)Math.Min(lead, end - first), bin));
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
                // A short first bin is drawn as if it were whole: its middle is at most half a bin off.
                F64(stretch.OnsetSeconds - (stretch.Lead > 0 && trace.IsExtremes ? (trace.Bin - stretch.Lead) / trace.RateHz : 0));
                F64((trace.IsExtremes ? trace.Bin : 1) / trace.RateHz);
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

    /// <summary>What channels must share to be read at once.</summary>
    private readonly record struct Clock(double RateHz, long Count, IReadOnlyList<Segment> Segments)
    {
        public static Clock Of(Recording view, int channel) => new(view.Channels[channel].RateHz, view.Channels[channel].SampleCount, view.SegmentsOf(channel));
    }
}

/// <summary>A stretch of a page without a gap.</summary>
/// <param name="OnsetSeconds">Time of its first sample.</param>
/// <param name="First">Its first stored sample.</param>
/// <param name="Count">Samples.</param>
/// <param name="Lead">Samples of its short first bin; 0 where it begins at a multiple.</param>
/// <param name="Bin">Samples of a bin.</param>
internal readonly record struct PageStretch(double OnsetSeconds, long First, long Count, int Lead, int Bin)
{
    /// <summary>Bins, or samples where a bin is one.</summary>
    public long Entries => ((Count - Lead + Bin - 1) / Bin) + (Lead > 0 ? 1 : 0);
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
    /// <param name="lead">Samples of a short first bin.</param>
    public void Take(ReadOnlySpan<double> samples, int entry, int lead)
    {
        if (!IsExtremes)
        {
            for (var i = 0; i < samples.Length; i++)
            {
                Values[entry + i] = (float)samples[i];
            }

            return;
        }

        for (var size = lead > 0 ? lead : Bin; samples.Length > 0; size = Bin, entry++)
        {
            var part = samples[..Math.Min(size, samples.Length)];
            var (low, high) = (float.NaN, float.NaN);
            foreach (var sample in part)
            {
                var value = (float)sample;
                low = value < low || float.IsNaN(low) ? value : low;
                high = value > high || float.IsNaN(high) ? value : high;
            }

            (Values[2 * entry], Values[(2 * entry) + 1]) = (low, high);
            samples = samples[part.Length..];
        }
    }
}
