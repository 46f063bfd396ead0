using SignalLab.Model;

namespace SignalLab.Analysis.Resampling;

/// <summary>New samples of one stretch for channels of one rate, computed in windows of bounded size.</summary>
/// <param name="source">The old samples.</param>
/// <param name="kernel">How new samples follow from them.</param>
/// <param name="run">The stretch among the old samples.</param>
/// <param name="edges">What stands beyond its ends; null: its end sample.</param>
internal sealed class ResampledStretch(ISampleSource source, OutputKernel kernel, SampleRun run, ResamplingEdges? edges)
{
    /// <summary>Old samples of a window over all channels: 8 MB.</summary>
    private const int WindowSamples = 1 << 20;

    /// <summary>Computes new samples.</summary>
    /// <param name="channels">Channels of one rate.</param>
    /// <param name="first">First new sample, counted from the beginning of the stretch.</param>
    /// <param name="count">New samples a channel.</param>
    /// <param name="into">Receives them: channel c from c·stride on.</param>
    /// <param name="stride">Values from one channel to the next.</param>
    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into, int stride)
    {
        var room = Math.Max(4L * kernel.Width, WindowSamples / channels.Length);
        for (var done = 0; done < count;)
        {
            var low = kernel.FirstInput(first + done);
            var length = Longest(first + done, count - done, low + room);
            var window = (int)(kernel.FirstInput(first + done + length - 1) + kernel.Width - low);
            var results = LentArrays.Doubles.Rent(channels.Length * length);
            if (source is MemorySamples memory && low >= 0 && low + window <= run.Count)
            {
                ApplyInPlace(memory, channels.ToArray(), low, window, first + done, results, length);
            }
            else
            {
                var samples = LentArrays.Doubles.Rent(channels.Length * window);
                Fill(channels, low, window, samples);
                var from = first + done;
                Parallel.For(0, channels.Length, c => kernel.Apply(samples.AsSpan(c * window, window), low, from, results.AsSpan(c * length, length)));
                LentArrays.Doubles.Return(samples);
            }

            for (var c = 0; c < channels.Length; c++)
            {
                results.AsSpan(c * length, length).CopyTo(into.Slice((c * stride) + done, length));
            }

            LentArrays.Doubles.Return(results);
            done += length;
        }
    }

    // From samples in memory, without a copy of them.
    private void ApplyInPlace(MemorySamples memory, int[] channels, long low, int window, long first, double[] results, int length) =>
        Parallel.For(0, channels.Length, c => kernel.Apply(memory.Slice(channels[c], run.FirstSample + low, window), low, first, results.AsSpan(c * length, length)));

    // The most new samples whose old ones end before a place; one at least.
    private int Longest(long first, int count, long end)
    {
        var (low, high) = (1, count);
        while (low < high)
        {
            var middle = (int)(((long)low + high + 1) / 2);
            (low, high) = kernel.FirstInput(first + middle - 1) + kernel.Width <= end ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private void Fill(ReadOnlySpan<int> channels, long low, int window, double[] samples)
    {
        var from = Math.Clamp(low, 0, run.Count);
        var inside = (int)(Math.Clamp(low + window, from, run.Count) - from);
        if (inside == window)
        {
            source.Read(channels, run.FirstSample + low, window, samples.AsSpan(0, channels.Length * window));
            return;
        }

        var before = (int)Math.Clamp(-low, 0, window);
        var core = new double[channels.Length * inside];
        source.Read(channels, run.FirstSample + from, inside, core);
        var (head, tail) = (Mirrored(channels, 0, before), Mirrored(channels, run.Count - 1, window - before - inside));
        for (var c = 0; c < channels.Length; c++)
        {
            var row = samples.AsSpan(c * window, window);
            core.AsSpan(c * inside, inside).CopyTo(row[before..]);
            Extend(head, c, channels.Length, row[..before], isBefore: true, before - 1 + low);
            Extend(tail, c, channels.Length, row[(before + inside)..], isBefore: false, low + before + inside - run.Count);
        }
    }

    // The samples next to an end of the stretch that a reflection of a number of samples looks at, end sample first.
    private double[] Mirrored(ReadOnlySpan<int> channels, long end, int beyond)
    {
        if (beyond <= 0)
        {
            return [];
        }

        var depth = edges == ResamplingEdges.Odd ? (int)Math.Min(run.Count, (long)beyond + kernel.Width + 1) : 1;
        var values = new double[channels.Length * depth];
        source.Read(channels, run.FirstSample + (end == 0 ? 0 : end - depth + 1), depth, values);
        if (end != 0)
        {
            for (var c = 0; c < channels.Length; c++)
            {
                values.AsSpan(c * depth, depth).Reverse();
            }
        }

        return values;
    }

    // Samples beyond an end; the nearest of them lies `skipped` + 1 steps from the end sample.
    private void Extend(double[] mirrored, int channel, int channels, Span<double> into, bool isBefore, long skipped)
    {
        if (into.Length == 0)
        {
            return;
        }

        var depth = mirrored.Length / channels;
        var values = mirrored.AsSpan(channel * depth, depth);
        for (var i = 0; i < into.Length; i++)
        {
            var distance = 1 + (isBefore ? -1 - skipped : skipped) + i;
            into[isBefore ? into.Length - 1 - i : i] = edges switch
            {
                ResamplingEdges.Odd => (2 * values[0]) - values[(int)Math.Min(distance, depth - 1)],
                ResamplingEdges.Zero => 0,
                _ => values[0],
            };
        }
    }
}
