using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Quality;

/// <summary>Spikes of a pacemaker.</summary>
/// <param name="Spikes">One annotation a spike, <see cref="PacingDetection.SpikeText"/>, in order of time.</param>
/// <param name="Reason">Why none can be seen, or null.</param>
public sealed record PacingSpikes(IReadOnlyList<Annotation> Spikes, string? Reason = null)
{
    private const double BeforeSeconds = 0.2;
    private const double AfterSeconds = 0.04;

    /// <summary>Whether a spike begins a beat: it stands from 200 ms before its R peak to 40 ms after.</summary>
    /// <param name="beat">The beat.</param>
    public bool Pace(Beat beat)
    {
        ArgumentNullException.ThrowIfNull(beat);
        var (low, high) = (0, Spikes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Spikes[middle].OnsetSeconds < beat.Seconds - BeforeSeconds ? (middle + 1, high) : (low, middle);
        }

        return low < Spikes.Count && Spikes[low].OnsetSeconds <= beat.Seconds + AfterSeconds;
    }
}

/// <summary>Detection of pacing spikes.</summary>
public static class PacingDetection
{
    /// <summary>Text of a spike's annotation.</summary>
    public const string SpikeText = "pacing spike";

    /// <summary>Name and version of the method, as results state it.</summary>
    public const string Method = "SignalLab pacing spikes 1";

    /// <summary>Below this rate a spike falls between the samples or looks like any other.</summary>
    public const double LeastRateHz = 240;

    private const double BlockSeconds = 30;

    extension(Recording recording)
    {
        /// <summary>
        /// Finds deflections of at most 3 ms (a sample where the rate is low) that stand out of a quiet surrounding. Where three leads or more are given, two must show it.
        /// </summary>
        /// <param name="leads">Channel indices, of one rate.</param>
        /// <returns>The spikes; none, and the reason, where the rate is below <see cref="LeastRateHz"/>.</returns>
        public PacingSpikes FindPacingSpikes(IReadOnlyList<int> leads)
        {
            ArgumentNullException.ThrowIfNull(leads);
            if (leads.Count == 0)
            {
                return new([], "There is no lead to look at.");
            }

            var channel = recording.Channels[leads[0]];
            var rate = channel.RateHz;
            if (rate < LeastRateHz)
            {
                return new([], FormattableString.Invariant($"Pacing spikes last 2 ms or less and cannot be seen at {rate} samples a second: at least {LeastRateHz} are needed."));
            }

            var finder = new SpikeFinder(rate);
            var origin = new Origin(OriginKind.Algorithm, Method);
            var spikes = new List<Annotation>();
            foreach (var run in recording.Runs(leads[0]))
            {
                var found = new SortedDictionary<long, int>();
                var block = (int)(BlockSeconds * rate);
                var samples = new double[block + (2 * finder.Reach)];
                for (long at = 0; at < run.Count; at += block)
                {
                    var from = Math.Max(0, at - finder.Reach);
                    var part = samples.AsSpan(0, (int)(Math.Min(run.Count, at + block + finder.Reach) - from));
                    foreach (var lead in leads)
                    {
                        var unit = recording.Channels[lead].Unit;
                        recording.Samples.Read(lead, run.FirstSample + from, part);
                        foreach (var index in finder.Find(part, Unit.Millivolt.ConvertsTo(unit) ? Unit.Millivolt.Convert(SpikeFinder.LeastMillivolts, unit) : 0))
                        {
                            var sample = from + index;
                            if (sample >= at && sample < at + block)
                            {
                                found[sample] = found.GetValueOrDefault(sample) + 1;
                            }
                        }
                    }
                }

                spikes.AddRange(Together(found, leads.Count >= 3 ? 2 : 1, (long)(0.01 * rate)).Select(s => new Annotation(run.OnsetSeconds + (s / rate), 0, SpikeText) { Origin = origin }));
            }

            return new(spikes);
        }
    }

    // Marks of several leads within so many samples are one spike.
    private static IEnumerable<long> Together(SortedDictionary<long, int> found, int least, long within)
    {
        var (first, last, count) = (-1L, long.MinValue / 2, 0);
        foreach (var (sample, leads) in found)
        {
            if (sample - last > within)
            {
                if (count >= least)
                {
                    yield return first;
                }

                (first, count) = (sample, 0);
            }

            (last, count) = (sample, count + leads);
        }

        if (count >= least)
        {
            yield return first;
        }
    }
}
