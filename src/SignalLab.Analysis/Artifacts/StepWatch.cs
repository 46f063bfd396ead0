using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Finds sudden steps of one channel: the largest difference over a few milliseconds in each half second.</summary>
internal static class StepWatch
{
    /// <summary>From a mean absolute difference to the standard deviation of a normal variable.</summary>
    public static double PerMean { get; } = Math.Sqrt(Math.PI / 2);

    /// <summary>Mean and largest absolute difference of samples a lag apart.</summary>
    /// <param name="samples">Consecutive samples.</param>
    /// <param name="lag">Distance in samples.</param>
    /// <returns>The mean; the largest; the index of the later sample of the pair that has it.</returns>
    public static (double Mean, double Largest, int At) Measure(ReadOnlySpan<double> samples, int lag)
    {
        var count = samples.Length - lag;
        if (count <= 0)
        {
            return (0, 0, 0);
        }

        var before = samples[..count];
        var after = samples[lag..];
        var first = MemoryMarshal.Cast<double, Vector512<double>>(before);
        var (sums, tops) = (Vector512<double>.Zero, Vector512<double>.Zero);
        for (var v = 0; v < first.Length; v++)
        {
            var step = Vector512.Abs(Vector512.Create(after.Slice(v * 8, 8)) - first[v]);
            sums += step;
            tops = Vector512.Max(tops, step);
        }

        var (sum, largest) = (Vector512.Sum(sums), 0.0);
        for (var lane = 0; lane < 8; lane++)
        {
            largest = Math.Max(largest, tops[lane]);
        }

        for (var i = first.Length * 8; i < count; i++)
        {
            var step = Math.Abs(after[i] - before[i]);
            sum += step;
            largest = Math.Max(largest, step);
        }

        return (sum / count, largest, double.IsFinite(sum) ? IndexOf(before, after, largest) + lag : 0);
    }

    /// <summary>Largest absolute difference near a place.</summary>
    public static double LargestNear(ReadOnlySpan<double> samples, int at, int reach, int lag)
    {
        var largest = 0.0;
        for (var i = Math.Max(lag, at - reach); i <= Math.Min(samples.Length - 1, at + reach); i++)
        {
            var step = Math.Abs(samples[i] - samples[i - lag]);
            largest = step > largest ? step : largest;
        }

        return largest;
    }

    /// <summary>Samples until a step has decayed to a third: how long a pop lasts.</summary>
    public static int Decay(ReadOnlySpan<double> samples, int at, int lag, int most)
    {
        var before = Math.Max(0, at - lag);
        var level = samples[before];
        var height = samples[Math.Min(samples.Length - 1, at)] - level;
        var run = at;
        for (var i = at; i < Math.Min(samples.Length, at + most); i++)
        {
            if ((samples[i] - level) * Math.Sign(height) > Math.Abs(height) / Math.E)
            {
                run = i;
            }
            else if (i - run > 4 * lag)
            {
                break;
            }
        }

        return run - before + 1;
    }

    private static int IndexOf(ReadOnlySpan<double> before, ReadOnlySpan<double> after, double wanted)
    {
        for (var i = 0; i < before.Length; i++)
        {
            if (Math.Abs(after[i] - before[i]) == wanted)
            {
                return i;
            }
        }

        return 0;
    }
}
