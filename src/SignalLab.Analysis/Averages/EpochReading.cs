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
            var grid = EpochGrid.Of(epochs);
            int[] channels = [.. Enumerable.Range(0, epochs.Recording.Channels.Count)];
            var values = new double[channels.Length * grid.Count];
            epochs.Recording.Samples.Read(channels, EpochStretch.StartsOf(epochs)[epoch], grid.Count, values);
            for (var c = 0; c < channels.Length; c++)
            {
                grid.SubtractBaseline(values.AsSpan(c * grid.Count, grid.Count));
            }

            return values;
        }
    }
}
