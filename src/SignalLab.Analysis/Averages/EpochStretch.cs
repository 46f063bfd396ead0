using SignalLab.Model;

namespace SignalLab.Analysis.Averages;

/// <summary>Epochs that lie close together, so that one read gets them all: a filter behind the recording pays its margin once.</summary>
/// <param name="Epochs">Their numbers.</param>
/// <param name="First">First stored sample.</param>
/// <param name="Count">Samples from the first epoch's start to the last one's end.</param>
internal sealed record EpochStretch(IReadOnlyList<int> Epochs, long First, int Count)
{
    private const long LargestValues = 4 << 20;

    // Up to so many lengths of an epoch are read and not used to reach the next one.
    private const long Bridged = 4;

    /// <summary>First stored sample of each epoch.</summary>
    public static long[] StartsOf(Epochs epochs)
    {
        var (grid, runs) = (EpochGrid.Of(epochs), epochs.Recording.Runs(0));
        var starts = new long[epochs.Events.Count];
        for (var i = 0; i < starts.Length; i++)
        {
            if (grid.Locate(runs, epochs.Events[i].OnsetSeconds, out starts[i]) is { } fault)
            {
                throw new UnfitInputException(FormattableString.Invariant($"The epoch at {epochs.Events[i].OnsetSeconds} s cannot be read ({fault}): cut epochs leave such events out."));
            }
        }

        return starts;
    }

    /// <summary>The stretches that hold all epochs, each of bounded size.</summary>
    /// <param name="starts">First stored sample of each epoch, ascending.</param>
    /// <param name="wanted">Numbers of the epochs wanted, ascending.</param>
    /// <param name="length">Samples of an epoch.</param>
    /// <param name="channels">How many channels are read.</param>
    public static IEnumerable<EpochStretch> Over(long[] starts, IReadOnlyList<int> wanted, int length, int channels)
    {
        var longest = Math.Max(length, LargestValues / Math.Max(1, channels));
        for (var i = 0; i < wanted.Count;)
        {
            var (first, end, next) = (starts[wanted[i]], starts[wanted[i]] + length, i + 1);
            while (next < wanted.Count && starts[wanted[next]] >= first && starts[wanted[next]] - end <= Bridged * length && starts[wanted[next]] + length - first <= longest)
            {
                end = Math.Max(end, starts[wanted[next]] + length);
                next++;
            }

            yield return new([.. wanted.Skip(i).Take(next - i)], first, (int)(end - first));
            i = next;
        }
    }

    /// <summary>Hands every epoch, channel by channel and baseline subtracted, to somebody; channels by many threads, the epochs of each in order.</summary>
    /// <param name="epochs">The epochs.</param>
    /// <param name="channels">The channels read.</param>
    /// <param name="take">Receives the number of the epoch, the place of the channel among those read, and its samples.</param>
    public static void ForEach(Epochs epochs, int[] channels, Action<int, int, ReadOnlySpan<double>> take)
    {
        var (grid, starts) = (EpochGrid.Of(epochs), StartsOf(epochs));
        var buffer = Array.Empty<double>();
        foreach (var stretch in Over(starts, [.. Enumerable.Range(0, starts.Length)], grid.Count, channels.Length))
        {
            var size = stretch.Count * channels.Length;
            buffer = buffer.Length < size ? new double[size] : buffer;
            epochs.Recording.Samples.Read(channels, stretch.First, stretch.Count, buffer.AsSpan(0, size));
            Parallel.For(0, channels.Length, c =>
            {
                var row = new double[grid.Count];
                foreach (var epoch in stretch.Epochs)
                {
                    buffer.AsSpan((c * stretch.Count) + (int)(starts[epoch] - stretch.First), grid.Count).CopyTo(row);
                    grid.SubtractBaseline(row);
                    take(epoch, c, row);
                }
            });
        }
    }
}
