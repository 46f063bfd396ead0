using SignalLab.Analysis.Filters;
using SignalLab.Model;

namespace SignalLab.Analysis.Ecg;

/// <summary>A stretch in which the ventricles flutter or fibrillate: waves without complexes.</summary>
/// <param name="OnsetSeconds">Where it begins, real time.</param>
/// <param name="EndSeconds">Where it ends.</param>
/// <param name="CycleSeconds">From one wave to the next, median.</param>
/// <param name="Leakage">What is left when the signal is added to itself half a cycle later: 0 for a sine, near 1 for narrow complexes; median.</param>
/// <param name="Crossing">Share of the time above a fifth of the height, median.</param>
public sealed record VentricularStretch(double OnsetSeconds, double EndSeconds, double CycleSeconds, double Leakage, double Crossing);

/// <summary>Looks for ventricular flutter and fibrillation: large waves of 2.5 to 6.7 Hz that fill the time, with neither complexes nor a baseline between them.</summary>
/// <remarks>
/// Source: threshold crossing sample count (Arafat, Chowdhury, Hasan, Signal, Image and Video Processing 2011; 5: 331–343) and leakage of the VF filter (Kuo, Dillman, Computers in
/// Cardiology 1978; 347–349) with the limits that they were published with (48 % by Arafat, 0.625 as in Amann, Tratnig, Unterkofler, BioMedical Engineering OnLine 2005; 4: 60); 0.2 mV as coarse fibrillation by
/// Kerber et al., Circulation 1997; 95: 1677. Nothing is fitted.
/// </remarks>
public static class VentricularWaves
{
    private const double WindowSeconds = 4;
    private const double CountedSeconds = 3;
    private const double TaperSeconds = 0.25;
    private const double HeightShare = 0.2;
    private const double LeastCrossing = 0.48;
    private const double MostLeakage = 0.625;
    private const double LeastMillivolts = 0.2;
    private const double ShortestCycle = 0.15;
    private const double LongestCycle = 0.4;
    private const double LeastLeads = 0.75;

    // Six seconds; two windows that overlap by half belong together.
    private const int FewestWindows = 3;
    private const int MostApart = 2;
    private const int WindowsAtOnce = 300;
    private const double LeastRateHz = 100;

    extension(Recording recording)
    {
        /// <summary>Finds stretches of ventricular flutter and fibrillation, in windows of 4 s, one a second.</summary>
        /// <param name="leads">Channel indices, of one rate; leads that are not voltages are not looked at.</param>
        /// <returns>Stretches of 6 s and more, in order of time.</returns>
        public IReadOnlyList<VentricularStretch> FindVentricularFlutter(IReadOnlyList<int> leads)
        {
            ArgumentNullException.ThrowIfNull(leads);
            int[] voltages = [.. leads.Where(l => Unit.Millivolt.ConvertsTo(recording.Channels[l].Unit))];
            if (voltages.Length == 0 || recording.Channels[voltages[0]].RateHz is var rate && rate < LeastRateHz)
            {
                return [];
            }

            var waves = recording.Filter(FilterDesign.Butterworth(FilterBand.Bandpass(1, Math.Min(30, 0.45 * rate)), 2), Phase.Zero, voltages);
            var stretches = new List<VentricularStretch>();
            foreach (var run in waves.Runs(voltages[0]))
            {
                stretches.AddRange(Stretches(InRun(waves, voltages, run)).Select(s => s with { OnsetSeconds = run.OnsetSeconds + s.OnsetSeconds, EndSeconds = run.OnsetSeconds + s.EndSeconds }));
            }

            return stretches;
        }
    }

    // One window a second: what its leads agree on, or null.
    private static Sine?[] InRun(Recording waves, int[] leads, SampleRun run)
    {
        var rate = waves.Channels[leads[0]].RateHz;
        double[] millivolts = [.. leads.Select(l => waves.Channels[l].Unit.To(Unit.Millivolt).Factor)];
        var windows = new Sine?[Math.Max(0, (int)((run.Count / rate) - WindowSeconds) + 1)];
        var step = Math.Max(1, (int)(rate / LeastRateHz));
        Parallel.For(0, (windows.Length + WindowsAtOnce - 1) / WindowsAtOnce, part =>
        {
            var (first, last) = (part * WindowsAtOnce, Math.Min(windows.Length, (part + 1) * WindowsAtOnce));
            var from = (long)(first * rate);
            var count = (int)Math.Min(run.Count - from, (long)((last - 1 - first + WindowSeconds) * rate) + 1);
            var samples = LentArrays.Doubles.Rent(leads.Length * count);
            waves.Samples.Read(leads, run.FirstSample + from, count, samples.AsSpan(0, leads.Length * count));
            var few = new double[leads.Length][];
            for (var lead = 0; lead < leads.Length; lead++)
            {
                few[lead] = new double[(count + step - 1) / step];
                for (var i = 0; i < few[lead].Length; i++)
                {
                    few[lead][i] = samples[(lead * count) + (i * step)] * millivolts[lead];
                }
            }

            LentArrays.Doubles.Return(samples);
            var length = (int)(WindowSeconds * rate / step);
            for (var w = first; w < last; w++)
            {
                var at = Math.Min((int)((w - first) * rate / step), few[0].Length - length);
                windows[w] = Agreed([.. few.Select(f => Sine.Of(f.AsSpan(at, length), rate / step))]);
            }
        });
        return windows;
    }

    private static Sine? Agreed(Sine?[] leads)
    {
        Sine[] high = [.. leads.OfType<Sine>().Where(s => s.Millivolts >= LeastMillivolts)];
        Sine[] agreeing = [.. high.Where(s => s is { Crossing: > LeastCrossing, Leakage: < MostLeakage, CycleSeconds: >= ShortestCycle and <= LongestCycle })];
        return agreeing.Length > 0 && agreeing.Length >= LeastLeads * high.Length ? Middle(agreeing) : null;
    }

    private static Sine Middle(IReadOnlyList<Sine> of) => new(
        RhythmStrip.Median(of.Select(s => s.CycleSeconds)), RhythmStrip.Median(of.Select(s => s.Leakage)), RhythmStrip.Median(of.Select(s => s.Crossing)), RhythmStrip.Median(of.Select(s => s.Millivolts)));

    private static IEnumerable<VentricularStretch> Stretches(Sine?[] windows)
    {
        var ranges = new List<(int First, int Last)>();
        for (var first = 0; first < windows.Length; first++)
        {
            if (windows[first] is null)
            {
                continue;
            }

            var last = first;
            for (var w = first + 1; w < windows.Length && w <= last + MostApart; w++)
            {
                last = windows[w] is null ? last : w;
            }

            if (windows[first..(last + 1)].Count(w => w is not null) >= FewestWindows)
            {
                // What touches the stretch before is one with it.
                if (ranges.Count > 0 && first <= ranges[^1].Last + WindowSeconds)
                {
                    ranges[^1] = (ranges[^1].First, last);
                }
                else
                {
                    ranges.Add((first, last));
                }
            }

            first = last;
        }

        foreach (var (first, last) in ranges)
        {
            var middle = Middle([.. windows[first..(last + 1)].OfType<Sine>()]);
            yield return new(first, last + WindowSeconds, middle.CycleSeconds, middle.Leakage, middle.Crossing);
        }
    }

    /// <summary>How far one lead over one window is a sine.</summary>
    private sealed record Sine(double CycleSeconds, double Leakage, double Crossing, double Millivolts)
    {
        public static Sine? Of(ReadOnlySpan<double> samples, double rateHz)
        {
            var (mean, low, high) = (0.0, double.PositiveInfinity, double.NegativeInfinity);
            foreach (var sample in samples)
            {
                mean += sample / samples.Length;
                (low, high) = (Math.Min(low, sample), Math.Max(high, sample));
            }

            // Neither a flat lead nor one with missing values is a sine.
            if (!(high > low) || !double.IsFinite(mean))
            {
                return null;
            }

            var crossing = (CrossingOf(samples[..(int)(CountedSeconds * rateHz)], mean, rateHz) + CrossingOf(samples[^(int)(CountedSeconds * rateHz)..], mean, rateHz)) / 2;
            return crossing > LeastCrossing ? Of(samples, mean, rateHz) with { Crossing = crossing, Millivolts = high - low } : new(double.NaN, 1, crossing, high - low);
        }

        // Half a cycle from the signal's mean height and steepness, as for a sine.
        private static Sine Of(ReadOnlySpan<double> samples, double mean, double rateHz)
        {
            var (height, steepness) = (0.0, 0.0);
            for (var i = 0; i < samples.Length; i++)
            {
                height += Math.Abs(samples[i] - mean);
                steepness += i > 0 ? Math.Abs(samples[i] - samples[i - 1]) : 0;
            }

            var half = Math.Clamp((int)Math.Round(Math.PI * height / steepness), 1, samples.Length / 2);
            var (left, all) = (0.0, 0.0);
            for (var i = half; i < samples.Length; i++)
            {
                var (now, before) = (samples[i] - mean, samples[i - half] - mean);
                left += Math.Abs(now + before);
                all += Math.Abs(now) + Math.Abs(before);
            }

            return new(2 * half / rateHz, left / all, double.NaN, double.NaN);
        }

        // Share of the samples above a fifth of the largest, under a taper of a quarter of a second.
        private static double CrossingOf(ReadOnlySpan<double> samples, double mean, double rateHz)
        {
            Span<double> heights = stackalloc double[Math.Min(samples.Length, 1024)];
            var every = (samples.Length + heights.Length - 1) / heights.Length;
            var (count, largest) = (0, 0.0);
            for (var i = 0; i < samples.Length; i += every, count++)
            {
                var edge = Math.Min(i, samples.Length - 1 - i) / rateHz;
                var taper = edge < TaperSeconds ? (1 - Math.Cos(Math.PI * edge / TaperSeconds)) / 2 : 1;
                heights[count] = Math.Abs(samples[i] - mean) * taper;
                largest = Math.Max(largest, heights[count]);
            }

            var above = 0;
            foreach (var height in heights[..count])
            {
                above += height > HeightShare * largest ? 1 : 0;
            }

            return (double)above / count;
        }
    }
}
