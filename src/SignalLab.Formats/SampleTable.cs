using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats;

/// <summary>What every table of samples needs, one row for all channels: one clock, and the time of each row.</summary>
internal static class SampleTable
{
    /// <summary>When a run begins: seconds, and samples beside them. Latencies on whole multiples of the sampling interval are counted in samples: the event's own is 0, not nearly 0.</summary>
    /// <param name="run">The run.</param>
    /// <param name="evoked">What makes the recording an average, or null.</param>
    /// <param name="rate">Sampling rate in Hz.</param>
    public static (double Seconds, double Samples) OnsetOf(SampleRun run, Evoked? evoked, double rate)
    {
        if (evoked is null)
        {
            return (run.OnsetSeconds, 0);
        }

        var seconds = evoked.FirstLatencySeconds + run.OnsetSeconds;
        var samples = Math.Round(seconds * rate);
        return Math.Abs((seconds * rate) - samples) < 1e-6 ? (0, samples) : (seconds, 0);
    }

    /// <summary>Checks that all channels share one column of times.</summary>
    /// <param name="recording">The recording.</param>
    /// <exception cref="UnfitInputException">The channels differ in rate or length, or there is none.</exception>
    public static void Require(Recording recording)
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
