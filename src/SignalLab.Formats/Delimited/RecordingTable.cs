using SignalLab.Formats.Labels;
using SignalLab.Model;

namespace SignalLab.Formats.Delimited;

/// <summary>A recording as a table: <c>time_s,Fp1[uV],…</c>, one row a sample.</summary>
public static class RecordingTable
{
    private const int BlockValues = 1 << 18;

    /// <summary>Writes all samples; time is real time since the first one, so it jumps at gaps; of an average it is the latency. Memory is bounded.</summary>
    /// <param name="recording">Channels of one rate.</param>
    /// <param name="output">Receives the table; left open.</param>
    /// <param name="delimiter">Between cells.</param>
    /// <param name="progress">Receives the share done, 0 to 1.</param>
    /// <param name="cancellation">Stops writing.</param>
    /// <exception cref="UnfitInputException">The channels differ in rate or length, or there is none.</exception>
    public static void Write(
        Recording recording, Stream output, Delimiter delimiter = Delimiter.Comma, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        SampleTable.Require(recording);
        using var table = new TableWriter(output, delimiter);
        table.Cell("time_s");
        foreach (var channel in recording.Channels)
        {
            table.Heading(channel.Label, channel.Unit);
        }

        table.EndRow();
        int[] channels = [.. Enumerable.Range(0, recording.Channels.Count)];
        var (rate, total) = (recording.Channels[0].RateHz, recording.Channels[0].SampleCount);
        var perBlock = (int)Math.Min(Math.Max(1, BlockValues / channels.Length), Math.Max(1, total));
        var block = new double[channels.Length * perBlock];
        foreach (var run in recording.Runs(0))
        {
            var onset = SampleTable.OnsetOf(run, recording.Evoked, rate);
            for (var done = 0L; done < run.Count; done += perBlock)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = (int)Math.Min(perBlock, run.Count - done);
                recording.Samples.Read(channels, run.FirstSample + done, count, block.AsSpan(0, channels.Length * count));
                for (var i = 0; i < count; i++)
                {
                    table.Cell(onset.Seconds + ((onset.Samples + done + i) / rate));
                    for (var c = 0; c < channels.Length; c++)
                    {
                        table.Cell(block[(c * count) + i]);
                    }

                    table.EndRow();
                }

                progress?.Report((run.FirstSample + done + count) / (double)total);
            }
        }
    }

    /// <summary>What a table gives back: names, units, times and samples.</summary>
    /// <param name="recording">What is written.</param>
    internal static Recording Kept(Recording recording)
    {
        ColumnName[] columns = [.. recording.Channels.Select(c => ColumnName.Of($"{c.Label}[{c.Unit.Symbol}]"))];
        var kindOf = ChannelLabels.KindsAmong(columns.Select(c => c.Name));
        return new Recording(
            [.. recording.Channels.Zip(columns, (c, n) => new Channel(n.Name, kindOf(n.Name, n.Unit), n.Unit, c.RateHz, c.SampleCount))], recording.Samples)
        {
            Segments = recording.Channels.Count > 0 ? Joined(recording.SegmentsOf(0), recording.Channels[0].RateHz) : [],
            Evoked = recording.Evoked is { } evoked ? new("", double.NaN, evoked.FirstLatencySeconds) : null,
        };
    }

    // Only a step in time tells where a segment ends: those that follow each other at once are one.
    private static List<Segment> Joined(IReadOnlyList<Segment> segments, double rateHz)
    {
        var joined = new List<Segment>();
        foreach (var segment in segments)
        {
            if (joined.Count > 0 && segment.OnsetSeconds - joined[^1].EndSeconds <= 0.5 / rateHz)
            {
                joined[^1] = joined[^1] with { DurationSeconds = segment.EndSeconds - joined[^1].OnsetSeconds };
            }
            else
            {
                joined.Add(segment);
            }
        }

        return joined;
    }
}
