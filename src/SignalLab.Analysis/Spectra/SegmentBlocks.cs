using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>A recording's samples in blocks of whole segments, one after the other in bounded memory; no block crosses a gap.</summary>
/// <param name="TimeSeconds">Real time of the block's first sample.</param>
/// <param name="Length">Samples of each channel.</param>
/// <param name="Samples">The channels' samples, one channel after the other; valid until the next block is asked for.</param>
internal readonly record struct SegmentBlocks(double TimeSeconds, int Length, ReadOnlyMemory<double> Samples)
{
    private const int BlockValues = 2 << 20;

    /// <summary>What is done with a channel's samples.</summary>
    /// <param name="channel">Position of the channel among those asked for.</param>
    /// <param name="samples">Its samples, from the first segment's first to the last segment's last.</param>
    public delegate void Use(int channel, ReadOnlySpan<double> samples);

    /// <summary>The blocks of channels of one rate and length.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="channels">Indices of the channels.</param>
    /// <param name="length">Samples of a segment.</param>
    /// <param name="step">Samples from one segment's start to the next one's.</param>
    /// <returns>Blocks in order of time; shorter stretches than a segment are passed over.</returns>
    public static IEnumerable<SegmentBlocks> Of(Recording recording, int[] channels, int length, int step)
    {
        var rateHz = recording.Channels[channels[0]].RateHz;
        var perBlock = Math.Max(8, ((BlockValues / channels.Length) - length) / step / 8 * 8);
        foreach (var run in recording.Runs(channels[0]).Where(r => r.Count >= length))
        {
            var segments = ((run.Count - length) / step) + 1;
            for (var done = 0L; done < segments; done += perBlock)
            {
                var count = (int)((Math.Min(perBlock, segments - done) - 1) * step) + length;
                var samples = LentArrays.Doubles.Rent(count * channels.Length);
                recording.Samples.Read(channels, run.FirstSample + (done * step), count, samples.AsSpan(0, count * channels.Length));
                yield return new(run.OnsetSeconds + (done * step / rateHz), count, samples.AsMemory(0, count * channels.Length));
                LentArrays.Doubles.Return(samples);
            }
        }
    }

    /// <summary>Hands every channel's samples over, several channels at once.</summary>
    /// <param name="use">Takes them.</param>
    public void Each(Use use)
    {
        var (length, samples) = (Length, Samples);
        Parallel.For(0, samples.Length / length, c => use(c, samples.Span.Slice(c * length, length)));
    }
}
