using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>Walks through a recording in blocks of whole data records, all channels at a time.</summary>
/// <param name="recording">The recording.</param>
/// <param name="plan">Its cut into data records.</param>
/// <param name="blockSamples">Samples of all channels held at once.</param>
internal sealed class EdfBlocks(Recording recording, EdfRecordPlan plan, int blockSamples)
{
    private readonly IReadOnlyList<SampleRun>[] runs = [.. Enumerable.Range(0, recording.Channels.Count).Select(recording.Runs)];

    // Channels that are read together: same rate, same stored ranges.
    private readonly int[][] groups = [.. Enumerable.Range(0, recording.Channels.Count)
        .GroupBy(c => (recording.Channels[c].RateHz, recording.Channels[c].SampleCount))
        .Select(g => g.ToArray())];

    /// <summary>The blocks in order, each valid until the next one; the next one is read meanwhile.</summary>
    public IEnumerable<EdfBlock> All()
    {
        var (filling, ready) = (Buffers(), Buffers());
        using var places = Places().GetEnumerator();
        var reading = Next();
        try
        {
            while (reading is not null)
            {
                var place = places.Current;
                reading.GetAwaiter().GetResult();
                (filling, ready) = (ready, filling);
                reading = Next();
                yield return new EdfBlock(place.FirstRecord + place.Done, place.Records, groups, plan, ready);
            }
        }
        finally
        {
            // Whoever stops early leaves nothing behind that still reads.
            ((IAsyncResult?)reading)?.AsyncWaitHandle.WaitOne();
        }

        Task? Next()
        {
            if (!places.MoveNext())
            {
                return null;
            }

            var (place, buffers) = (places.Current, filling);
            return Task.Run(() =>
            {
                for (var g = 0; g < groups.Length; g++)
                {
                    Fill(groups[g], place.Stretch, place.Done, place.Records, ref buffers[g]);
                }
            });
        }
    }

    /// <summary>Reads everything once, for what the samples are like.</summary>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>One a channel.</returns>
    public EdfExtent[] Extents(CancellationToken cancellation)
    {
        var extents = recording.Channels.Select(c => new EdfExtent(c.Calibration)).ToArray();
        foreach (var block in All())
        {
            cancellation.ThrowIfCancellationRequested();
            Parallel.For(0, extents.Length, c => extents[c].Add(block.Samples(c)));
        }

        return extents;
    }

    private double[][] Buffers() => [.. groups.Select(_ => Array.Empty<double>())];

    // Where each block stands: its stretch, the stretch's first record, and its own first one counted from there.
    private IEnumerable<(int Stretch, long FirstRecord, long Done, int Records)> Places()
    {
        var perBlock = (int)Math.Clamp(blockSamples / Math.Max(1, plan.SamplesPerRecord.Sum(n => (long)n)), 1, 4096);
        var firstRecord = 0L;
        for (var s = 0; s < plan.Stretches.Length; s++)
        {
            for (var done = 0L; done < plan.Stretches[s].Records; done += perBlock)
            {
                yield return (s, firstRecord, done, (int)Math.Min(perBlock, plan.Stretches[s].Records - done));
            }

            firstRecord += plan.Stretches[s].Records;
        }
    }

    private void Fill(int[] group, int stretch, long firstRecord, int records, ref double[] buffer)
    {
        var perRecord = plan.SamplesPerRecord[group[0]];
        var wanted = records * perRecord;
        Array.Resize(ref buffer, Math.Max(buffer.Length, group.Length * wanted));
        var run = runs[group[0]][stretch];
        var from = firstRecord * perRecord;
        var stored = (int)Math.Clamp(run.Count - from, 0, wanted);
        if (stored > 0)
        {
            recording.Samples.Read(group, run.FirstSample + from, stored, buffer.AsSpan(0, group.Length * stored));
        }

        if (stored < wanted)
        {
            // The last value goes on to the end of the record; from the last channel, as the rows move apart.
            Span<double> last = [0];
            for (var i = group.Length - 1; i >= 0; i--)
            {
                buffer.AsSpan(i * stored, stored).CopyTo(buffer.AsSpan(i * wanted));
                recording.Samples.Read(group[i], Math.Max(0, run.EndSample - 1), last);
                buffer.AsSpan((i * wanted) + stored, wanted - stored).Fill(last[0]);
            }
        }
    }
}

/// <summary>Some whole data records of all channels.</summary>
internal sealed class EdfBlock(long firstRecord, int records, int[][] groups, EdfRecordPlan plan, double[][] buffers)
{
    public long FirstRecord => firstRecord;

    public int Records => records;

    /// <summary>One channel's samples.</summary>
    /// <param name="channel">Channel index.</param>
    public ReadOnlySpan<double> Samples(int channel)
    {
        var g = Array.FindIndex(groups, group => Array.IndexOf(group, channel) >= 0);
        var count = records * plan.SamplesPerRecord[channel];
        return buffers[g].AsSpan(Array.IndexOf(groups[g], channel) * count, count);
    }
}
