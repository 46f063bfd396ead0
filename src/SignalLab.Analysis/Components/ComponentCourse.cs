using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>What an activation's course and density tell.</summary>
internal static class ComponentCourse
{
    /// <summary>Fourth moment less 3; 0 for a constant.</summary>
    public static double Kurtosis(ReadOnlySpan<double> values)
    {
        var mean = 0.0;
        foreach (var v in values)
        {
            mean += v / values.Length;
        }

        var (second, fourth) = (0.0, 0.0);
        foreach (var v in values)
        {
            var square = (v - mean) * (v - mean);
            second += square;
            fourth += square * square;
        }

        return second > 0 ? (values.Length * fourth / (second * second)) - 3 : 0;
    }

    /// <summary>|Pearson correlation|; 0 where one is constant.</summary>
    public static double Correlation(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var (meanA, meanB) = (0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            meanA += a[i] / a.Length;
            meanB += b[i] / b.Length;
        }

        var (aa, ab, bb) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (a[i] - meanA, b[i] - meanB);
            (aa, ab, bb) = (aa + (x * x), ab + (x * y), bb + (y * y));
        }

        return aa > 0 && bb > 0 && double.IsFinite(ab) ? Math.Abs(ab) / Math.Sqrt(aa * bb) : 0;
    }

    /// <summary>How regularly sharp peaks come every 0.4 to 1.5 s: 1 for every interval within a few per cent of the median, 0 for none or for chance.</summary>
    public static double Beats(ReadOnlySpan<double> values, double rateHz)
    {
        var (sum, cube) = (0.0, 0.0);
        foreach (var v in values)
        {
            (sum, cube) = (sum + (v * v), cube + (v * v * v));
        }

        var (deviation, sign) = (Math.Sqrt(sum / Math.Max(1, values.Length)), cube < 0 ? -1 : 1);
        var refractory = (int)(0.35 * rateHz);
        var peaks = new List<int>();
        for (var i = 1; i < values.Length - 1; i++)
        {
            var v = sign * values[i];
            if (!(v > 2.5 * deviation) || v < sign * values[i - 1] || v <= sign * values[i + 1])
            {
                continue;
            }

            if (peaks.Count > 0 && i - peaks[^1] < refractory)
            {
                peaks[^1] = v > sign * values[peaks[^1]] ? i : peaks[^1];
            }
            else
            {
                peaks.Add(i);
            }
        }

        if (peaks.Count < 5)
        {
            return 0;
        }

        double[] intervals = [.. peaks.Zip(peaks.Skip(1), (a, b) => (b - a) / rateHz)];
        var median = intervals.Order().ElementAt(intervals.Length / 2);
        var regular = intervals.Count(t => Math.Abs(t - median) < 0.15 * median) / (double)intervals.Length;
        var present = peaks.Count * median * rateHz / values.Length;
        return median is >= 0.4 and <= 1.5 ? ComponentRules.Ramp(regular, 0.5, 0.8) * ComponentRules.Ramp(present, 0.5, 0.8) : 0;
    }

    /// <summary>Slope of log density over log frequency between two frequencies, without the bins near the mains.</summary>
    public static double Slope(Series density, double fromHz, double toHz, double lineHz)
    {
        var (n, sx, sy, sxx, sxy) = (0, 0.0, 0.0, 0.0, 0.0);
        for (var k = 1; k < density.Axis.Length; k++)
        {
            var hz = density.Axis.Values[k];
            if (hz < fromHz || hz > toHz || !(density.Values[k] > 0) || Math.Abs(hz - (lineHz * Math.Round(hz / lineHz))) < 2 && hz > lineHz / 2)
            {
                continue;
            }

            var (x, y) = (Math.Log(hz), Math.Log(density.Values[k]));
            (n, sx, sy, sxx, sxy) = (n + 1, sx + x, sy + y, sxx + (x * x), sxy + (x * y));
        }

        return n > 2 ? ((n * sxy) - (sx * sy)) / ((n * sxx) - (sx * sx)) : double.NaN;
    }

    /// <summary>Sum of the bins between two frequencies, both included.</summary>
    public static double Power(Series density, double fromHz, double toHz) =>
        Enumerable.Range(0, density.Axis.Length).Where(k => density.Axis.Values[k] >= fromHz && density.Axis.Values[k] <= toHz && density.Values[k] > 0).Sum(k => density.Values[k]);

    /// <summary>Mean of the bins between two frequencies, both included; 0 where there is none.</summary>
    public static double Mean(Series density, double fromHz, double toHz) =>
        Enumerable.Range(0, density.Axis.Length).Where(k => density.Axis.Values[k] >= fromHz && density.Axis.Values[k] <= toHz).Select(k => density.Values[k]).DefaultIfEmpty(0).Average();
}
