namespace SignalLab.Analysis.Ecg;

/// <summary>The second half of a biphasic T wave: beyond the last slope the line turns back at once and returns nearly as steeply. A U wave comes later and is flatter.</summary>
/// <remarks>The limits were chosen on simulated waves whose second hump is half as high as the first, and so that LUDB is measured as before.</remarks>
internal static class SecondHump
{
    // Grid values: the furthest turn, the furthest steepest place behind it, where the line must have come to rest.
    private const int Turn = 20;
    private const int Back = 20;
    private const int Rest = 20;
    private const int BeyondLimit = 12;

    // Shares of the slope and of the height of the wave before.
    private const double LeastSlope = 0.45;
    private const double LeastHeight = 0.25;

    /// <summary>Looks for it.</summary>
    /// <param name="level">The smoothed lead.</param>
    /// <param name="slope">Its slope.</param>
    /// <param name="sign">1 where the first hump points up, −1 where down.</param>
    /// <param name="top">Peak of the first hump.</param>
    /// <param name="steepest">Where its last slope is steepest.</param>
    /// <param name="limit">Index beyond which no T wave ends.</param>
    /// <returns>Where its last slope is steepest, or −1 where there is none.</returns>
    public static int Find(ReadOnlySpan<double> level, ReadOnlySpan<double> slope, double sign, int top, int steepest, int limit)
    {
        var turn = Extreme(level, steepest, Math.Min(steepest + Turn, BeatWindow.End - 14), -sign);
        if (turn == steepest || turn + 1 >= Math.Min(steepest + Turn, BeatWindow.End - 14))
        {
            return -1;
        }

        var back = Extreme(slope, turn, Math.Min(Math.Min(turn + Back, limit + BeyondLimit), BeatWindow.End - 12), sign);
        var rest = Extreme(level, back, Math.Min(back + Rest, BeatWindow.End - 2), sign);
        var isSteep = sign * slope[back] > LeastSlope * -sign * slope[steepest];
        return isSteep && sign * (level[rest] - level[turn]) > LeastHeight * Math.Abs(level[top] - level[turn]) ? back : -1;
    }

    private static int Extreme(ReadOnlySpan<double> values, int from, int to, double sign)
    {
        var at = from;
        for (var i = from; i < to; i++)
        {
            at = sign * values[i] > sign * values[at] ? i : at;
        }

        return at;
    }
}
