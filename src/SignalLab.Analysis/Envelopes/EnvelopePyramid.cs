using SignalLab.Model;

namespace SignalLab.Analysis.Envelopes;

/// <summary>
/// Smallest and largest values of a recording's channels over bins of 256 samples, and over 4, 16, 64 … such bins: what a screen shows of a long
/// recording without reading it again. Bins never cross a gap; missing values are left out; a bin of none but missing values is not a number.
/// </summary>
public sealed class EnvelopePyramid
{
    /// <summary>Bins of one level that make one of the next.</summary>
    public const int Factor = 4;

    /// <summary>Samples of a bin of the finest level.</summary>
    public const int BinSamples = 256;

    /// <summary>Samples that are read at once over all channels: 8 MB.</summary>
    private const int BlockSamples = 1 << 20;

    private readonly SampleRun[] runs;
    private readonly double rateHz;
    private readonly BinLevel[] levels;

    private EnvelopePyramid(SampleRun[] runs, double rateHz, IReadOnlyList<int> channels, BinLevel[] levels)
    {
        this.runs = runs;
        this.rateHz = rateHz;
        this.levels = levels;
        Channels = channels;
    }

    /// <summary>The recording's channels that the pyramid holds.</summary>
    public IReadOnlyList<int> Channels { get; }

    /// <summary>Memory of all levels in bytes: 8 a bin and channel, 1/24 byte a sample in all (24 h × 64 channels × 512 Hz: 118 MB).</summary>
    public long SizeBytes => levels.Sum(l => l.SizeBytes);

    /// <summary>Reads channels of one rate once, in blocks, and keeps their extremes.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="channels">Channels of one rate and length; null for all.</param>
    /// <param name="progress">Receives the share done, 0 to 1.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="UnfitInputException">The channels differ in rate or length, or there is none.</exception>
    public static EnvelopePyramid Of(Recording recording, IReadOnlyList<int>? channels = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        int[] chosen = [.. channels ?? [.. Enumerable.Range(0, recording.Channels.Count)]];
        if (chosen.Length == 0 || chosen.Any(c => recording.Channels[c].RateHz != recording.Channels[chosen[0]].RateHz || recording.Channels[c].SampleCount != recording.Channels[chosen[0]].SampleCount))
        {
            throw new UnfitInputException("An envelope needs channels, all of one rate and length: pick those of one rate.");
        }

        SampleRun[] runs = [.. recording.Runs(chosen[0])];
        var finest = new BinLevel(chosen.Length, [.. runs.Select(r => (r.Count + BinSamples - 1) / BinSamples)]);
        var perBlock = Math.Max(1, BlockSamples / chosen.Length / BinSamples) * BinSamples;
        var samples = LentArrays.Doubles.Rent(chosen.Length * perBlock);
        for (var r = 0; r < runs.Length; r++)
        {
            for (var done = 0L; done < runs[r].Count; done += perBlock)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = (int)Math.Min(perBlock, runs[r].Count - done);
                recording.Samples.Read(chosen, runs[r].FirstSample + done, count, samples.AsSpan(0, chosen.Length * count));
                var bin = finest.First(r) + (done / BinSamples);
                Parallel.For(0, chosen.Length, c => finest.Fill(c, bin, samples.AsSpan(c * count, count)));
                progress?.Report((double)(runs[r].FirstSample + done + count) / runs[^1].EndSample);
            }
        }

        LentArrays.Doubles.Return(samples);
        var levels = new List<BinLevel> { finest };
        while (levels[^1].LongestRun > Factor)
        {
            levels.Add(levels[^1].Coarser());
        }

        return new(runs, recording.Channels[chosen[0]].RateHz, chosen, [.. levels]);
    }

    /// <summary>The extremes over columns of equal time. Columns share no bin: each bin belongs to the column in which it ends, so edges are at most one bin off and no extreme is lost.</summary>
    /// <param name="channel">Index among <see cref="Channels"/>.</param>
    /// <param name="fromSeconds">Start of the first column.</param>
    /// <param name="toSeconds">End of the last column, excluded.</param>
    /// <param name="smallest">Receives one value a column; not a number where the column holds nothing.</param>
    /// <param name="largest">The same for the largest values; of the same length.</param>
    /// <returns>False, with nothing written, where columns are narrower than a bin: read the samples then, they are few.</returns>
    public bool TryColumns(int channel, double fromSeconds, double toSeconds, Span<float> smallest, Span<float> largest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, Channels.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(largest.Length, smallest.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(double.IsFinite(toSeconds - fromSeconds) && toSeconds > fromSeconds, true, nameof(toSeconds));
        var step = (toSeconds - fromSeconds) / Math.Max(1, smallest.Length);
        if (step * rateHz < BinSamples)
        {
            return false;
        }

        smallest.Fill(float.NaN);
        largest.Fill(float.NaN);
        for (var r = 0; r < runs.Length; r++)
        {
            var (onset, end) = (runs[r].OnsetSeconds, runs[r].OnsetSeconds + (runs[r].Count / rateHz));
            var first = (int)Math.Clamp(Math.Floor((onset - fromSeconds) / step), 0, smallest.Length);
            var last = (int)Math.Clamp(Math.Ceiling((end - fromSeconds) / step), 0, smallest.Length);
            for (var c = first; c < last; c++)
            {
                // The last bin of a run may be short: it belongs to the column in which the run ends.
                var (low, high) = (BinAt(r, fromSeconds + (c * step)), c == last - 1 && end <= fromSeconds + ((c + 1) * step) ? levels[0].Count(r) : BinAt(r, fromSeconds + ((c + 1) * step)));
                Merge(channel, r, low, high, ref smallest[c], ref largest[c]);
            }
        }

        return true;
    }

    // The first bin of a run that ends after a time.
    private long BinAt(int run, double seconds) => (long)Math.Clamp(Math.Floor((seconds - runs[run].OnsetSeconds) * rateHz / BinSamples), 0, levels[0].Count(run));

    // Covers a range of finest bins by the largest bins that fit.
    private void Merge(int channel, int run, long low, long high, ref float smallest, ref float largest)
    {
        while (low < high)
        {
            var (level, size) = (0, 1L);
            while (level + 1 < levels.Length && low % (size * Factor) == 0 && (low + (size * Factor) <= high || high == levels[0].Count(run)))
            {
                level++;
                size *= Factor;
            }

            levels[level].Merge(channel, levels[level].First(run) + (low / size), ref smallest, ref largest);
            low += size;
        }
    }
}
