using System.Globalization;
using SignalLab.Figures.Graphs;

namespace SignalLab.Figures.Ecg;

/// <summary>Numbers of a time axis of minutes to days: the wall clock where it is known, else elapsed time.</summary>
internal static class DayAxis
{
    private const float ApartMm = 13;

    /// <summary>Numbers between two times, and what they count.</summary>
    /// <param name="fromSeconds">First time, seconds since the recording's first sample.</param>
    /// <param name="toSeconds">Last time.</param>
    /// <param name="start">Wall clock at 0, or null.</param>
    /// <param name="widthMm">Length of the axis.</param>
    public static (IReadOnlyList<(double At, string Text)> Ticks, string Title) Of(double fromSeconds, double toSeconds, DateTime? start, float widthMm)
    {
        var step = TimeTicks.Step(widthMm / (toSeconds - fromSeconds), ApartMm);
        if (toSeconds - fromSeconds < 300)
        {
            return ([.. TimeTicks.Between(fromSeconds, toSeconds, step).Select(t => (t, TimeTicks.Seconds(t)))], "Time (s)");
        }

        var shift = start is { } clock ? clock.TimeOfDay.TotalSeconds : 0;
        var format = step < 60 ? "hh\\:mm\\:ss" : "hh\\:mm";
        (double, string)[] ticks = [.. TimeTicks.Between(fromSeconds + shift, toSeconds + shift, step).Select(t => (t - shift, start is null ? Elapsed(t, step) : TimeSpan.FromSeconds(Math.Round(t) % 86400).ToString(format, CultureInfo.InvariantCulture)))];
        return (ticks, start is null ? step < 60 ? "Time since the beginning (h:min:s)" : "Time since the beginning (h:min)" : "Time of day");
    }

    private static string Elapsed(double seconds, double step)
    {
        var whole = (long)Math.Round(seconds);
        var text = FormattableString.Invariant($"{whole / 3600}:{whole / 60 % 60:00}");
        return step < 60 ? FormattableString.Invariant($"{text}:{whole % 60:00}") : text;
    }
}
