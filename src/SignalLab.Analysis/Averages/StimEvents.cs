using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Analysis.Averages;

/// <summary>Which changes of a trigger channel are events.</summary>
public enum StimSteps
{
    /// <summary>Every step to a larger code.</summary>
    Rising,

    /// <summary>Every step to another code but 0.</summary>
    Every,

    /// <summary>Steps from 0 only.</summary>
    FromZero,
}

/// <summary>How a trigger channel is read.</summary>
public sealed record StimOptions
{
    /// <summary>Rising steps, all bits, any duration.</summary>
    public static StimOptions Default { get; } = new();

    /// <summary>Which changes are events.</summary>
    public StimSteps Steps { get; init; } = StimSteps.Rising;

    /// <summary>The bits that count; null for all.</summary>
    public long? Mask { get; init; }

    /// <summary>Codes that last shorter belong to the step that follows them, as trigger lines do not switch at one instant; 0 keeps all.</summary>
    public double ShortestSeconds { get; init; }
}

/// <summary>Events from a trigger channel.</summary>
public static class StimEvents
{
    private const int Block = 1 << 16;
    private const int MostSteps = 4_000_000;

    extension(Recording recording)
    {
        /// <summary>
        /// The steps of a trigger channel as events named by the new code. Codes are the stored integers where the channel keeps its integer scale, else the values without their fraction;
        /// negative ones are read as 16-bit words (24-bit words of a BDF status channel keep their lower 17 bits, above which the amplifier's own state stands).
        /// </summary>
        /// <param name="channel">Index of the channel.</param>
        /// <param name="options">Which steps count; null for every rising one.</param>
        /// <returns>Events in order of time; a code that stands there from the first sample is none.</returns>
        /// <exception cref="UnfitInputException">The channel changes so often that it is no trigger channel.</exception>
        public IReadOnlyList<Event> EventsFromStim(int channel, StimOptions? options = null)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(channel);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, recording.Channels.Count);
            var chosen = options ?? StimOptions.Default;
            var steps = Steps(recording, channel);
            Merge(steps, chosen.ShortestSeconds * recording.Channels[channel].RateHz);
            return Events(recording, channel, steps, chosen);
        }
    }

    private readonly record struct Step(long Sample, long Before, long After);

    private static List<Step> Steps(Recording recording, int channel)
    {
        var source = recording.Channels[channel];
        var steps = new List<Step>();
        var buffer = new double[(int)Math.Min(Block, Math.Max(1, source.SampleCount))];
        long? before = null;
        for (long first = 0; first < source.SampleCount; first += buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, source.SampleCount - first));
            recording.Samples.Read(channel, first, part);
            for (var i = 0; i < part.Length; i++)
            {
                var code = Code(part[i], source.Calibration);
                if (before is { } last && last != code)
                {
                    steps.Add(steps.Count < MostSteps ? new(first + i, last, code)
                        : throw new UnfitInputException($"'{source.Label}' changes more than {MostSteps} times: it is no trigger channel."));
                }

                before = code;
            }
        }

        if (steps.Count > 0 && before is { } end && end != 0)
        {
            steps.Add(new(source.SampleCount, end, 0));
        }

        return steps;
    }

    private static long Code(double value, Calibration? calibration)
    {
        if (calibration is { } scale)
        {
            var stored = (long)Math.Round((value - scale.Offset) / scale.Gain);
            return scale.DigitalMaximum > ushort.MaxValue ? stored & 0x1ffff : stored < 0 ? (ushort)stored : stored;
        }

        var code = double.IsFinite(value) ? (long)value : 0;
        return code < 0 ? (ushort)code : code;
    }

    // Of two steps closer than the shortest duration the earlier is dropped, the later starts from the code before both.
    private static void Merge(List<Step> steps, double shortestSamples)
    {
        var nearest = (long)Math.Ceiling(shortestSamples) - 1;
        if (nearest < 1)
        {
            return;
        }

        var kept = new List<Step>(steps.Count);
        for (var i = 0; i < steps.Count; i++)
        {
            if (i + 1 < steps.Count && steps[i + 1].Sample - steps[i].Sample <= nearest)
            {
                steps[i + 1] = steps[i + 1] with { Before = steps[i].Before };
            }
            else if (steps[i].Before != steps[i].After)
            {
                kept.Add(steps[i]);
            }
        }

        steps.Clear();
        steps.AddRange(kept);
    }

    private static List<Event> Events(Recording recording, int channel, List<Step> steps, StimOptions options)
    {
        var (events, runs, at) = (new List<Event>(), recording.Runs(channel), 0);
        var rate = recording.Channels[channel].RateHz;
        foreach (var step in steps)
        {
            var (before, after) = (step.Before & (options.Mask ?? -1), step.After & (options.Mask ?? -1));
            var counts = step.Sample < recording.Channels[channel].SampleCount && before != after && options.Steps switch
            {
                StimSteps.Rising => after > before,
                StimSteps.Every => after > 0,
                _ => before == 0,
            };
            if (counts)
            {
                while (at + 1 < runs.Count && runs[at].EndSample <= step.Sample)
                {
                    at++;
                }

                events.Add(new(runs[at].OnsetSeconds + ((step.Sample - runs[at].FirstSample) / rate), after.ToString(CultureInfo.InvariantCulture)));
            }
        }

        return events;
    }
}
