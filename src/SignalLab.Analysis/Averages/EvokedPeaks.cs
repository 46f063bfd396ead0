using SignalLab.Analysis.Maps;
using SignalLab.Model;

namespace SignalLab.Analysis.Averages;

/// <summary>Which extreme of a stretch is its peak.</summary>
public enum PeakSign
{
    /// <summary>The largest value.</summary>
    Positive,

    /// <summary>The smallest value.</summary>
    Negative,

    /// <summary>The value farthest from zero.</summary>
    Either,
}

/// <summary>A peak of an average.</summary>
/// <param name="Channel">The channel's label, or <c>global field power</c>.</param>
/// <param name="LatencySeconds">When, between samples.</param>
/// <param name="Amplitude">How large there.</param>
/// <param name="Unit">Unit of the amplitude.</param>
/// <param name="IsInside">False where the extreme lies on the edge of the stretch, so that it may be no peak.</param>
public sealed record EvokedPeak(string Channel, double LatencySeconds, double Amplitude, Unit Unit, bool IsInside);

/// <summary>Peaks of averages with their latencies.</summary>
public static class EvokedPeaks
{
    extension(Recording evoked)
    {
        /// <summary>
        /// The peak of every channel within a stretch of latency. Latency and amplitude are those of the parabola through the extreme sample and its two neighbours;
        /// where the extreme stands at the stretch's edge, they are the sample's own.
        /// </summary>
        /// <param name="fromSeconds">Start of the stretch; null for the first sample.</param>
        /// <param name="toSeconds">End of the stretch, included; null for the last sample.</param>
        /// <param name="sign">Which extreme.</param>
        /// <returns>A peak a channel, in their order; a channel without a finite value there has none.</returns>
        /// <exception cref="UnfitInputException">The recording is no average, or the stretch holds no sample of it.</exception>
        public IReadOnlyList<EvokedPeak> Peaks(double? fromSeconds = null, double? toSeconds = null, PeakSign sign = PeakSign.Either) =>
            [.. Enumerable.Range(0, evoked.Channels.Count).Select(c => Peak(evoked, c, evoked.Channels[c].Label, evoked.ReadAll(c), fromSeconds, toSeconds, sign)).OfType<EvokedPeak>()];

        /// <summary>The peak of the global field power of one kind of channel within a stretch of latency.</summary>
        /// <param name="kind">Which channels.</param>
        /// <param name="fromSeconds">Start of the stretch; null for the first sample.</param>
        /// <param name="toSeconds">End of the stretch, included; null for the last sample.</param>
        /// <returns>The peak; null where there is no finite value.</returns>
        /// <exception cref="UnfitInputException">There is no good channel of that kind, or the stretch holds no sample.</exception>
        public EvokedPeak? FieldPowerPeak(ChannelKind kind, double? fromSeconds = null, double? toSeconds = null)
        {
            var power = evoked.GlobalFieldPower(kind);
            var channel = Enumerable.Range(0, evoked.Channels.Count).First(c => evoked.Channels[c].Kind == kind && !evoked.Channels[c].IsBad);
            return Peak(evoked, channel, power.Name, power.Values, fromSeconds, toSeconds, PeakSign.Positive);
        }

        /// <summary>The highest local maxima of the global field power, for maps at them.</summary>
        /// <param name="kind">Which channels.</param>
        /// <param name="most">Most peaks wanted.</param>
        /// <param name="apartSeconds">Least distance of two.</param>
        /// <param name="fromSeconds">Earliest latency.</param>
        /// <returns>Latencies of samples in order of time; empty where the power has no maximum there.</returns>
        /// <exception cref="UnfitInputException">There is no good channel of that kind.</exception>
        public IReadOnlyList<double> FieldPowerMaxima(ChannelKind kind, int most, double apartSeconds, double fromSeconds)
        {
            var power = evoked.GlobalFieldPower(kind);
            var (latencies, values) = (power.Axis.Values, power.Values);
            var found = new List<double>();
            foreach (var i in Enumerable.Range(0, values.Count).Where(i => i > 0 && i < values.Count - 1 && latencies[i] >= fromSeconds && values[i] >= values[i - 1] && values[i] > values[i + 1]).OrderByDescending(i => values[i]))
            {
                if (found.Count < most && found.TrueForAll(f => Math.Abs(f - latencies[i]) >= apartSeconds))
                {
                    found.Add(latencies[i]);
                }
            }

            return [.. found.Order()];
        }
    }

    private static EvokedPeak? Peak(Recording evoked, int channel, string name, IReadOnlyList<double> values, double? fromSeconds, double? toSeconds, PeakSign sign)
    {
        var (rate, unit) = (evoked.Channels[channel].RateHz, evoked.Channels[channel].Unit);
        var zero = evoked.Evoked?.FirstLatencySeconds ?? throw new UnfitInputException($"{evoked.Provenance.Input}: is no average on events, peaks have latencies there only.");
        var first = (int)Math.Clamp(Math.Ceiling((((fromSeconds ?? zero) - zero) * rate) - 1e-6), 0, int.MaxValue);
        var last = (int)Math.Clamp(toSeconds is { } to ? Math.Floor(((to - zero) * rate) + 1e-6) : values.Count - 1, -1, values.Count - 1);
        if (last < first)
        {
            throw new UnfitInputException(FormattableString.Invariant($"The average spans {zero} s to {zero + ((values.Count - 1) / rate)} s: there is no sample from {fromSeconds} s to {toSeconds} s to look for a peak."));
        }

        var best = -1;
        for (var i = first; i <= last; i++)
        {
            if (double.IsFinite(values[i]) && (best < 0 || Height(values[i], sign) > Height(values[best], sign)))
            {
                best = i;
            }
        }

        if (best < 0)
        {
            return null;
        }

        if (best == first || best == last || !double.IsFinite(values[best - 1] + values[best + 1]))
        {
            return new(name, zero + (best / rate), values[best], unit, false);
        }

        var (slope, bend) = ((values[best + 1] - values[best - 1]) / 2, values[best + 1] - (2 * values[best]) + values[best - 1]);
        var shift = bend == 0 ? 0 : -slope / bend;
        return new(name, zero + ((best + shift) / rate), values[best] + (shift * slope / 2), unit, true);
    }

    private static double Height(double value, PeakSign sign) => sign switch
    {
        PeakSign.Positive => value,
        PeakSign.Negative => -value,
        _ => Math.Abs(value),
    };
}
