using System.Globalization;
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
        RequireOneTable(recording);
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
            var onset = OnsetOf(run, recording.Evoked, rate);
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

    // Latencies on whole multiples of the sampling interval are counted in samples: the event's own is 0, not nearly 0.
    private static (double Seconds, double Samples) OnsetOf(SampleRun run, Evoked? evoked, double rate)
    {
        if (evoked is null)
        {
            return (run.OnsetSeconds, 0);
        }

        var seconds = evoked.FirstLatencySeconds + run.OnsetSeconds;
        var samples = Math.Round(seconds * rate);
        return Math.Abs((seconds * rate) - samples) < 1e-6 ? (0, samples) : (seconds, 0);
    }

    private static void RequireOneTable(Recording recording)
    {
        if (recording.Channels.Count == 0)
        {
            throw new UnfitInputException("The recording has no channels: there is nothing to put into a table of samples.");
        }

        if (recording.CommonRateHz is null)
        {
            var groups = recording.Channels.GroupBy(c => c.RateHz).OrderByDescending(g => g.Count()).Take(4)
                .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key} Hz: {g.First().Label}{(g.Count() > 1 ? $" and {g.Count() - 1} more" : "")}"));
            throw new UnfitInputException($"Channels of different rates do not share a table ({string.Join("; ", groups)}): pick those of one rate with --channels, or ask for one with --rate.");
        }

        recording.RequireOneClock();
        if (recording.Channels.FirstOrDefault(c => c.SampleCount != recording.Channels[0].SampleCount) is { } other)
        {
            throw new UnfitInputException($"Channels '{recording.Channels[0].Label}' and '{other.Label}' differ in length ({recording.Channels[0].SampleCount} and {other.SampleCount} samples) and do not share a table: pick with --channels.");
        }
    }
}
