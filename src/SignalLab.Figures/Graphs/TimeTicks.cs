using System.Globalization;

namespace SignalLab.Figures.Graphs;

/// <summary>Round times for an axis.</summary>
internal static class TimeTicks
{
    private static readonly double[] Steps =
        [.. Enumerable.Range(-6, 6).SelectMany(e => new[] { 1, 2, 5 }.Select(m => m * Math.Pow(10, e))), 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400];

    /// <summary>The least round step whose labels are at least so far apart.</summary>
    /// <param name="mmPerSecond">Scale of the axis.</param>
    /// <param name="apartMm">Least distance.</param>
    public static double Step(double mmPerSecond, double apartMm)
    {
        foreach (var step in Steps)
        {
            if (step * mmPerSecond >= apartMm)
            {
                return step;
            }
        }

        return Math.Ceiling(apartMm / mmPerSecond / 86400) * 86400;
    }

    /// <summary>Multiples of a step between two times.</summary>
    public static IEnumerable<double> Between(double from, double to, double step)
    {
        for (var k = Math.Ceiling((from / step) - 1e-9); k * step <= to + (1e-9 * step); k++)
        {
            yield return Math.Round(k * step, 9) + 0.0;
        }
    }

    /// <summary>Seconds as the axis prints them.</summary>
    public static string Seconds(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−');

    /// <summary>Wall clock, with the day's number from the second day on.</summary>
    public static string Clock(DateTime start, double seconds)
    {
        var clock = start + TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond, MidpointRounding.AwayFromZero));
        var days = (clock.Date - start.Date).Days;
        var text = clock.ToString("HH:mm:ss.FFF", CultureInfo.InvariantCulture);
        return days == 0 ? text : FormattableString.Invariant($"d{days + 1} {text}");
    }
}
