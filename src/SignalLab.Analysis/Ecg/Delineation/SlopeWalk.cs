namespace SignalLab.Analysis.Ecg;

/// <summary>Where a function falls below a level and stays there.</summary>
internal static class SlopeWalk
{
    /// <summary>Goes to the right until the function stays below a level.</summary>
    /// <param name="function">Values.</param>
    /// <param name="from">Where to start; the crossing lies after it.</param>
    /// <param name="level">The level.</param>
    /// <param name="hold">For so many values it must stay below.</param>
    /// <param name="limit">Look no further than this index.</param>
    /// <returns>Interpolated index of the crossing; the limit where there is none.</returns>
    public static double Right(ReadOnlySpan<double> function, int from, double level, int hold, int limit)
    {
        limit = Math.Min(limit, function.Length - 1);
        var below = 0;
        for (var i = from + 1; i <= limit; i++)
        {
            below = function[i] < level ? below + 1 : 0;
            if (below == hold)
            {
                return Crossing(function[i - hold], function[i - hold + 1], level, i - hold, 1);
            }
        }

        return limit - below;
    }

    /// <summary>Goes to the left until the function stays below a level.</summary>
    /// <param name="function">Values.</param>
    /// <param name="from">Where to start; the crossing lies before it.</param>
    /// <param name="level">The level.</param>
    /// <param name="hold">For so many values it must stay below.</param>
    /// <param name="limit">Look no further than this index.</param>
    /// <returns>Interpolated index of the crossing; the limit where there is none.</returns>
    public static double Left(ReadOnlySpan<double> function, int from, double level, int hold, int limit)
    {
        limit = Math.Max(limit, 0);
        var below = 0;
        for (var i = from - 1; i >= limit; i--)
        {
            below = function[i] < level ? below + 1 : 0;
            if (below == hold)
            {
                return Crossing(function[i + hold], function[i + hold - 1], level, i + hold, -1);
            }
        }

        return limit + below;
    }

    private static double Crossing(double above, double below, double level, int index, int step) =>
        above > below ? index + (step * Math.Clamp((above - level) / (above - below), 0, 1)) : index + step;
}
