using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>Reads the samples of stretches into tiles; instants at which a channel has no finite value are left out.</summary>
internal static class FittingSamples
{
    private const int BlockValues = 2 << 20;

    /// <summary>Reads.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="channels">Channels of one rate.</param>
    /// <param name="stretches">Stretches of stored samples.</param>
    /// <returns>The samples and how often each channel was not finite.</returns>
    public static (SampleTiles Tiles, long[] Missing) Read(Recording recording, int[] channels, IReadOnlyList<(long First, long Count)> stretches)
    {
        var tiles = new SampleTiles(channels.Length);
        var missing = new long[channels.Length];
        var block = Math.Max(SampleTiles.Width, BlockValues / channels.Length);
        var samples = LentArrays.Doubles.Rent(block * channels.Length);
        foreach (var (first, count) in stretches)
        {
            for (var done = 0L; done < count; done += block)
            {
                var length = (int)Math.Min(block, count - done);
                var read = samples.AsSpan(0, length * channels.Length);
                recording.Samples.Read(channels, first + done, length, read);
                tiles.Add(read, Finite(read, channels.Length, length, missing));
            }
        }

        LentArrays.Doubles.Return(samples);
        return (tiles, missing);
    }

    // Moves the finite instants together, row by row, and gives their number.
    private static int Finite(Span<double> samples, int rows, int count, long[] missing)
    {
        var lacking = new bool[count];
        var any = false;
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < count; i++)
            {
                if (!double.IsFinite(samples[(row * count) + i]))
                {
                    lacking[i] = any = true;
                    missing[row]++;
                }
            }
        }

        if (!any)
        {
            return count;
        }

        var to = 0;
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < count; i++)
            {
                samples[to] = samples[(row * count) + i];
                to += lacking[i] ? 0 : 1;
            }
        }

        return to / rows;
    }
}
