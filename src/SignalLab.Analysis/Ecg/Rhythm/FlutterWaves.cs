using SignalLab.Analysis.Filters;
using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>A stretch in which the atria flutter.</summary>
/// <param name="OnsetSeconds">Where it begins, real time.</param>
/// <param name="EndSeconds">Where it ends.</param>
/// <param name="CycleSeconds">From one flutter wave to the next.</param>
/// <param name="Regularity">How far the waves return after one, two and three cycles and not between: 0 … 1.</param>
/// <param name="Lead">Name of the lead that shows it best.</param>
public sealed record FlutterStretch(double OnsetSeconds, double EndSeconds, double CycleSeconds, double Regularity, string Lead);

/// <summary>Looks for flutter waves: what is left between the QRS complexes returns every 180 to 320 ms, at least twice for each beat, and is not only the harmonics of P and T.</summary>
/// <remarks>
/// Source of the limits: AHA/ACC/HRS statement on atrial fibrillation and flutter (Circulation 2014; 130: e199): typical flutter 240 to 300 /min, slower under treatment.
/// Of 79 records of the Lobachevsky database both with flutter reach 0.5, the highest other 0.44; of 26 MIT-BIH and 26 QT records no sinus rhythm reaches it over two stretches on end with waves of this height.
/// </remarks>
public static class FlutterWaves
{
    private const double WindowSeconds = 10;
    private const double ShortestSeconds = 8;
    private const double ShortestCycle = 0.18;
    private const double LongestCycle = 0.32;
    private const double LeastRatio = 1.5;
    private const double LeastRegularity = 0.5;
    private const double LeastMillivolts = 0.02;
    private const double SameCycle = 0.1;
    private const int FewestBeats = 4;

    // One window of a long recording may be chance.
    private const int FewestWindows = 2;

    // The complex that is bridged, and the band that is left: about 2.5 to 10 Hz.
    private const double BeforeSeconds = 0.07;
    private const double AfterSeconds = 0.1;
    private const double SmoothSeconds = 0.015;
    private const double SlowSeconds = 0.064;
    private const double RateHz = 125;

    extension(Recording recording)
    {
        /// <summary>Finds stretches of flutter waves, in windows of 10 s.</summary>
        /// <param name="leads">Channel indices, of one rate; leads that are not voltages are not looked at.</param>
        /// <param name="beats">Beats in order of time.</param>
        /// <returns>Stretches in order of time; in recordings of more than one window only those of two windows or more.</returns>
        public IReadOnlyList<FlutterStretch> FindFlutterWaves(IReadOnlyList<int> leads, IReadOnlyList<Beat> beats)
        {
            ArgumentNullException.ThrowIfNull(leads);
            ArgumentNullException.ThrowIfNull(beats);
            var found = new List<(FlutterStretch Stretch, int Windows)>();
            var all = 0;
            foreach (var run in leads.Count == 0 ? [] : recording.Runs(leads[0]))
            {
                var rate = recording.Channels[leads[0]].RateHz;
                var windows = Math.Max(1, (int)(run.Count / rate / WindowSeconds));
                if (run.Count < ShortestSeconds * rate)
                {
                    continue;
                }

                for (var w = 0; w < windows; w++, all++)
                {
                    var (from, to) = (run.Count * w / windows, run.Count * (w + 1) / windows);
                    if (recording.InWindow(leads, beats, run.FirstSample + from, (int)(to - from)) is not { } best)
                    {
                        continue;
                    }

                    var (onset, end) = (run.OnsetSeconds + (from / rate), run.OnsetSeconds + (to / rate));
                    if (found.Count > 0 && found[^1] is var (last, count) && Math.Abs(last.EndSeconds - onset) < 0.5 / rate && Math.Abs(last.CycleSeconds - best.Cycle) < SameCycle * last.CycleSeconds)
                    {
                        found[^1] = (last with { EndSeconds = end, Regularity = Math.Min(last.Regularity, best.Regularity) }, count + 1);
                    }
                    else
                    {
                        found.Add((new(onset, end, best.Cycle, best.Regularity, recording.Channels[best.Lead].Label), 1));
                    }
                }
            }

            return [.. found.Where(f => f.Windows >= Math.Min(all, FewestWindows)).Select(f => f.Stretch)];
        }

        private (double Cycle, double Regularity, int Lead)? InWindow(IReadOnlyList<int> leads, IReadOnlyList<Beat> beats, long first, int count)
        {
            var rate = recording.Channels[leads[0]].RateHz;
            var inside = Inside(beats, first, count);
            if (inside.Length < FewestBeats)
            {
                return null;
            }

            double[] intervals = [.. inside.Skip(1).Zip(inside, (b, a) => (b - a) / rate).Order()];
            (double Cycle, double Regularity, int Lead)? best = null;
            foreach (var lead in leads)
            {
                var unit = recording.Channels[lead].Unit;
                if (!Unit.Millivolt.ConvertsTo(unit))
                {
                    continue;
                }

                var samples = new double[count];
                recording.Samples.Read(lead, first, samples);
                QrsDetector.BridgeMissing(samples);
                BridgeComplexes(samples, inside, rate);
                var (waves, wavesRate) = Banded(samples, rate);
                var (cycle, regularity) = Returning(waves, wavesRate);
                var height = Math.Sqrt(waves.Sum(v => v * v) / waves.Length);
                if (regularity >= LeastRegularity && regularity > (best?.Regularity ?? 0) && height >= Unit.Millivolt.Convert(LeastMillivolts, unit)
                    && intervals[intervals.Length / 2] >= LeastRatio * cycle)
                {
                    best = (cycle, regularity, lead);
                }
            }

            return best;
        }
    }

    private static int[] Inside(IReadOnlyList<Beat> beats, long first, int count)
    {
        var (low, high) = (0, beats.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = beats[middle].Sample < first ? (middle + 1, high) : (low, middle);
        }

        var inside = new List<int>();
        for (; low < beats.Count && beats[low].Sample < first + count; low++)
        {
            inside.Add((int)(beats[low].Sample - first));
        }

        return [.. inside];
    }

    private static void BridgeComplexes(double[] samples, int[] beats, double rateHz)
    {
        foreach (var beat in beats)
        {
            var (from, to) = (Math.Max(0, beat - (int)(BeforeSeconds * rateHz)), Math.Min(samples.Length - 1, beat + (int)(AfterSeconds * rateHz)));
            var (a, b) = (samples[from], samples[to]);
            for (var i = from; i <= to; i++)
            {
                samples[i] = a + ((b - a) * (i - from) / Math.Max(1, to - from));
            }
        }
    }

    private static (double[] Waves, double RateHz) Banded(double[] samples, double rateHz)
    {
        var (smooth, slow) = (GaussianKernel.Mean(SmoothSeconds, rateHz), GaussianKernel.Mean(SlowSeconds, rateHz));
        var padded = new double[samples.Length + (2 * slow.Reach)];
        samples.CopyTo(padded, slow.Reach);
        padded.AsSpan(0, slow.Reach).Fill(samples[0]);
        padded.AsSpan(slow.Reach + samples.Length).Fill(samples[^1]);
        var step = Math.Max(1, (int)Math.Round(rateHz / RateHz));
        var waves = new double[samples.Length / step];
        var (fine, coarse) = (new double[padded.Length], new double[padded.Length]);
        for (var i = 0; i < waves.Length; i++)
        {
            var at = slow.Reach + (i * step);
            smooth.Apply(padded, at, at + 1, fine);
            slow.Apply(padded, at, at + 1, coarse);
            waves[i] = fine[at] - coarse[at];
        }

        var mean = waves.Average();
        return ([.. waves.Select(v => v - mean)], rateHz / step);
    }

    // Autocorrelation after one, two and three cycles, less what it is between them: harmonics of a slower rhythm return there too.
    private static (double Cycle, double Regularity) Returning(double[] waves, double rateHz)
    {
        var longest = (int)(LongestCycle * rateHz);
        var correlations = new double[Math.Min(waves.Length, (3 * longest) + 2)];
        for (var lag = 0; lag < correlations.Length; lag++)
        {
            correlations[lag] = InnerProduct.Of(waves.AsSpan(lag), waves.AsSpan(0, waves.Length - lag)) / (waves.Length - lag);
        }

        var (best, cycle) = (0.0, LongestCycle);
        for (var lag = (int)(ShortestCycle * rateHz); 3 * lag < correlations.Length && correlations[0] > 0; lag++)
        {
            var returning = Math.Min(correlations[lag], Math.Min(correlations[2 * lag], correlations[3 * lag]));
            var regularity = (returning - Math.Max(0, Math.Max(At(lag / 2.0), At(1.5 * lag)))) / correlations[0];
            (best, cycle) = regularity > best ? (regularity, lag / rateHz) : (best, cycle);
        }

        return (cycle, Math.Min(1, best));

        double At(double lag) => correlations[(int)lag] + ((lag - (int)lag) * (correlations[(int)lag + 1] - correlations[(int)lag]));
    }
}
