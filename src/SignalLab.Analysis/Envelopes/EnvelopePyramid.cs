using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SignalLab.Model;

namespace SignalLab.Analysis.Envelopes;

/// <summary>
/// Smallest and largest values of a recording's channels over bins of 128 samples, and over 4, 16, 64 … such bins, in a file: what a screen shows of long stretches without reading
/// every sample again. Bins begin with each run of samples and never cross a gap. The file is for the machine that wrote it: its numbers are in that machine's byte order.
/// It takes 1/12 byte a sample (24 h × 64 channels × 512 Hz: 236 MB), next to none of it in memory.
/// </summary>
public sealed class EnvelopePyramid
{
    /// <summary>Samples of a bin of the finest level.</summary>
    public const int BinSamples = 128;

    /// <summary>Bins of one level that make one of the next.</summary>
    public const int Factor = 4;

    private const int BlockValues = 1 << 20;
    private const int BinBytes = 2 * sizeof(float);
    private const ulong Mark = 0x31_56_4C_53_4C_41_4E_53; // "SNALSLV1"

    // A level of fewer bins than a screen has columns serves nobody.
    private const long LeastBins = 512;

    private readonly SafeFileHandle file;
    private readonly Level[][] levels;

    private EnvelopePyramid(ISampleSource samples, SafeFileHandle file, Level[][] levels) => (Samples, this.file, this.levels) = (samples, file, levels);

    /// <summary>The samples whose extremes it holds.</summary>
    public ISampleSource Samples { get; }

    /// <summary>The bin to use where so many samples fall on a column: one to four bins a column.</summary>
    /// <param name="samplesAColumn">Samples a column.</param>
    /// <returns>A level's bin in samples, or null where even the finest is wider than a column.</returns>
    public static int? BinFor(double samplesAColumn)
    {
        int? bin = null;
        for (var next = (long)BinSamples; next <= samplesAColumn && next < int.MaxValue; next *= Factor)
        {
            bin = (int)next;
        }

        return bin;
    }

    /// <summary>Bytes that a recording's pyramid takes.</summary>
    public static long SizeOf(Recording recording) => SizeOf(LevelsOf(recording));

    /// <summary>Reads every channel once, in blocks, and writes its extremes.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="file">An empty file, open for reading and writing.</param>
    /// <param name="progress">Receives the share done, 0 to 1.</param>
    /// <param name="cancellation">Stops; the file is then of no use.</param>
    /// <exception cref="MalformedFileException">The recording is damaged.</exception>
    /// <exception cref="IOException">There is no room.</exception>
    public static void Build(Recording recording, SafeFileHandle file, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(file);
        var levels = LevelsOf(recording);
        var (done, all) = (0L, Math.Max(1, recording.Channels.Sum(c => c.SampleCount)));
        foreach (var group in Enumerable.Range(0, recording.Channels.Count).GroupBy(recording.ClockOf))
        {
            int[] channels = [.. group];
            var perBlock = Math.Max(1, BlockValues / channels.Length / BinSamples) * BinSamples;
            var blocks = from item in recording.Runs(channels[0]).Select((run, index) => (run, index))
                         from block in Enumerable.Range(0, (int)((item.run.Count + perBlock - 1) / perBlock))
                         select (item.run, item.index, At: (long)block * perBlock);
            Parallel.ForEach(
                blocks,
                new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
                block =>
                {
                    var count = (int)Math.Min(perBlock, block.run.Count - block.At);
                    WriteBins(recording, channels, block.run.FirstSample + block.At, count, file, c => levels[c][0].At(block.index, block.At / BinSamples));
                    progress?.Report((double)Interlocked.Add(ref done, (long)count * channels.Length) / all);
                });
        }

        foreach (var channel in levels)
        {
            for (var k = 1; k < channel.Length; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                Join(file, channel[k - 1], channel[k]);
            }
        }

        // Last, so that what was left unfinished is seen to be.
        RandomAccess.Write(file, BitConverter.GetBytes(Mark), 0);
    }

    /// <summary>Opens what was built.</summary>
    /// <param name="recording">The same recording.</param>
    /// <param name="file">The file, which closes when nobody holds the pyramid any longer: pages may still be read from it while a recording is put away.</param>
    /// <returns>The pyramid, or null (the file is closed) where the file is not this recording's or was not finished.</returns>
    public static EnvelopePyramid? Over(Recording recording, SafeFileHandle file)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(file);
        var levels = LevelsOf(recording);
        var mark = new byte[sizeof(ulong)];
        if (RandomAccess.GetLength(file) == SizeOf(levels) && RandomAccess.Read(file, mark, 0) == mark.Length && BitConverter.ToUInt64(mark) == Mark)
        {
            return new(recording.Samples, file, levels);
        }

        file.Dispose();
        return null;
    }

    /// <summary>The extremes of consecutive bins. May be called from several threads.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="run">The run of samples, counted from 0.</param>
    /// <param name="bin">Samples of a bin, from <see cref="BinFor"/>.</param>
    /// <param name="first">The first bin, counted from the run's begin.</param>
    /// <param name="extremes">Receives smallest and largest of each bin by turns.</param>
    /// <returns>False where there is no such level or the file can no longer be read: read the samples then.</returns>
    public bool TryRead(int channel, int run, int bin, long first, Span<float> extremes)
    {
        var level = Array.Find(levels[channel], l => l.Bin == bin);
        if (level is null || first < 0 || first + (extremes.Length / 2) > level.Count(run))
        {
            return false;
        }

        try
        {
            ReadExactly(file, extremes, level.At(run, first));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void WriteBins(Recording recording, int[] channels, long first, int count, SafeFileHandle file, Func<int, long> at)
    {
        var samples = LentArrays.Doubles.Rent(channels.Length * count);
        recording.Samples.Read(channels, first, count, samples.AsSpan(0, channels.Length * count));
        var bins = new float[2 * ((count + BinSamples - 1) / BinSamples)];
        for (var c = 0; c < channels.Length; c++)
        {
            BinExtremes.Of(samples.AsSpan(c * count, count), BinSamples, bins);
            RandomAccess.Write(file, MemoryMarshal.AsBytes(bins.AsSpan()), at(channels[c]));
        }

        LentArrays.Doubles.Return(samples);
    }

    private static void ReadExactly(SafeFileHandle file, Span<float> values, long at)
    {
        var bytes = MemoryMarshal.AsBytes(values);
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes[done..], at + done);
            done += read > 0 ? read : throw new EndOfStreamException("The pyramid is cut.");
        }
    }

    private static void Join(SafeFileHandle file, Level fine, Level coarse)
    {
        const int Together = 1 << 14;
        var (from, to) = (new float[2 * Factor * Together], new float[2 * Together]);
        for (var run = 0; run < coarse.Runs; run++)
        {
            for (var bin = 0L; bin < coarse.Count(run); bin += Together)
            {
                var few = from.AsSpan(0, 2 * (int)Math.Min(Factor * Together, fine.Count(run) - (bin * Factor)));
                var fewer = to.AsSpan(0, 2 * (int)Math.Min(Together, coarse.Count(run) - bin));
                ReadExactly(file, few, fine.At(run, bin * Factor));
                BinExtremes.Join(few, Factor, fewer);
                RandomAccess.Write(file, MemoryMarshal.AsBytes(fewer), coarse.At(run, bin));
            }
        }
    }

    // Channel after channel, of each the finest level first, of each level run after run.
    private static Level[][] LevelsOf(Recording recording)
    {
        var at = (long)sizeof(ulong);
        var all = new Level[recording.Channels.Count][];
        for (var c = 0; c < all.Length; c++)
        {
            long[] bins = [.. recording.Runs(c).Select(r => (r.Count + BinSamples - 1) / BinSamples)];
            var levels = new List<Level>();
            for (var bin = BinSamples; ; bin *= Factor)
            {
                levels.Add(new(bin, at, bins));
                at = levels[^1].End;
                if (bins.DefaultIfEmpty(0).Max() < LeastBins * Factor || bin > int.MaxValue / Factor)
                {
                    break;
                }

                bins = [.. bins.Select(b => (b + Factor - 1) / Factor)];
            }

            all[c] = [.. levels];
        }

        return all;
    }

    private static long SizeOf(Level[][] levels) => levels.Length == 0 ? sizeof(ulong) : levels[^1][^1].End;

    // One level of one channel: where each run's bins lie.
    private sealed class Level
    {
        private readonly long[] places;

        public Level(int bin, long at, long[] bins)
        {
            Bin = bin;
            places = new long[bins.Length + 1];
            places[0] = at;
            for (var r = 0; r < bins.Length; r++)
            {
                places[r + 1] = places[r] + (BinBytes * bins[r]);
            }
        }

        public int Bin { get; }

        public int Runs => places.Length - 1;

        public long End => places[^1];

        public long Count(int run) => (places[run + 1] - places[run]) / BinBytes;

        public long At(int run, long bin) => places[run] + (BinBytes * bin);
    }
}
