using SignalLab.Model;

namespace SignalLab.Analysis.Averages;

/// <summary>Reads epochs one by one: nothing but the epoch itself is read.</summary>
public static class EpochReading
{
    extension(Epochs epochs)
    {
        /// <summary>Samples of one epoch.</summary>
        public int SampleCount => EpochGrid.Of(epochs).Count;

        /// <summary>The latency of each sample, in seconds.</summary>
        public Axis Latencies
        {
            get
            {
                var grid = EpochGrid.Of(epochs);
                return new Axis(AxisKind.Latency, Unit.Second, [.. Enumerable.Range(grid.First, grid.Count).Select(i => i / grid.RateHz)]);
            }
        }

        /// <summary>One epoch of every channel, its baseline subtracted.</summary>
        /// <param name="epoch">Number of the epoch.</param>
        /// <returns>channels × samples values, one channel after the other, in the channels' units.</returns>
        public double[] Read(int epoch)
        {
            var reader = new EpochReader(epochs);
            var values = new double[epochs.Recording.Channels.Count * reader.Grid.Count];
            reader.Read(epoch, [.. Enumerable.Range(0, epochs.Recording.Channels.Count)], values);
            return values;
        }
    }
}

/// <summary>Where the epochs of a recording lie, found once. Safe for many threads.</summary>
internal sealed class EpochReader
{
    private readonly ISampleSource samples;
    private readonly long[] starts;

    public EpochReader(Epochs epochs)
    {
        samples = epochs.Recording.Samples;
        Grid = EpochGrid.Of(epochs);
        var runs = epochs.Recording.Runs(0);
        starts = new long[epochs.Events.Count];
        for (var i = 0; i < starts.Length; i++)
        {
            if (Grid.Locate(runs, epochs.Events[i].OnsetSeconds, out starts[i]) is { } fault)
            {
                throw new UnfitInputException(FormattableString.Invariant($"The epoch at {epochs.Events[i].OnsetSeconds} s cannot be read ({fault}): cut epochs leave such events out."));
            }
        }
    }

    public EpochGrid Grid { get; }

    /// <summary>Some channels of one epoch, baseline subtracted.</summary>
    public void Read(int epoch, ReadOnlySpan<int> channels, Span<double> into)
    {
        samples.Read(channels, starts[epoch], Grid.Count, into);
        for (var c = 0; Grid.BaselineCount > 0 && c < channels.Length; c++)
        {
            var row = into.Slice(c * Grid.Count, Grid.Count);
            var sum = 0.0;
            foreach (var value in row.Slice(Grid.BaselineFirst, Grid.BaselineCount))
            {
                sum += value;
            }

            var mean = sum / Grid.BaselineCount;
            foreach (ref var value in row)
            {
                value -= mean;
            }
        }
    }
}
