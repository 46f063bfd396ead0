using PureHDF;
using PureHDF.Selections;
using SignalLab.Model;

namespace SignalLab.Formats.Snirf;

/// <summary>A table of samples with its times, written piece by piece.</summary>
internal sealed class SnirfTable
{
    private const int PieceValues = 1 << 17;
    private readonly Recording recording;
    private readonly int[] channels;
    private readonly long rows;
    private readonly int together;
    private readonly H5Dataset<double[]> samples;
    private readonly H5Dataset<double[]>? times;

    /// <summary>Plans a table.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="channels">Channels of one rate, length and clock.</param>
    public SnirfTable(Recording recording, int[] channels)
    {
        (this.recording, this.channels) = (recording, channels);
        rows = recording.Channels[channels[0]].SampleCount;
        together = (int)Math.Min(rows, Math.Max(1, PieceValues / channels.Length));
        samples = new(fileDims: [(ulong)rows, (ulong)channels.Length], chunks: [(uint)together, (uint)channels.Length]);
        Group = new H5Group { ["dataTimeSeries"] = samples };
        var (runs, rate) = (recording.Runs(channels[0]), recording.Channels[channels[0]].RateHz);
        SampleRun[] filled = [.. runs.Where(r => r.Count > 0)];
        if (filled.Length == 1)
        {
            // The first time and the step; of two samples their times.
            Group["time"] = rows == 2 ? new[] { filled[0].OnsetSeconds, filled[0].OnsetSeconds + (1 / rate) } : [filled[0].OnsetSeconds, 1 / rate];
            return;
        }

        times = new(fileDims: [(ulong)rows], chunks: [(uint)together]);
        Group["time"] = times;
    }

    /// <summary>The group that holds both.</summary>
    public H5Group Group { get; }

    /// <summary>Writes samples and times.</summary>
    /// <param name="writer">Writes the file.</param>
    public void Write(H5NativeWriter writer)
    {
        var (runs, rate) = (recording.Runs(channels[0]), recording.Channels[channels[0]].RateHz);
        var block = new double[together * channels.Length];
        var run = 0;
        for (long first = 0; first < rows; first += together)
        {
            var count = (int)Math.Min(together, rows - first);
            var table = new double[count * channels.Length];
            recording.Samples.Read(channels, first, count, block.AsSpan(0, table.Length));
            for (var c = 0; c < channels.Length; c++)
            {
                for (var i = 0; i < count; i++)
                {
                    table[(i * channels.Length) + c] = block[(c * count) + i];
                }
            }

            writer.Write(samples, table, fileSelection: new HyperslabSelection(2, [(ulong)first, 0], [(ulong)count, (ulong)channels.Length]));
            if (times is null)
            {
                continue;
            }

            var clock = new double[count];
            for (var i = 0; i < count; i++)
            {
                while (first + i >= runs[run].EndSample)
                {
                    run++;
                }

                clock[i] = runs[run].OnsetSeconds + ((first + i - runs[run].FirstSample) / rate);
            }

            writer.Write(times, clock, fileSelection: new HyperslabSelection((ulong)first, (ulong)count));
        }
    }
}
