using System.Globalization;

namespace SignalLab.Figures.Colour;

/// <summary>Round numbers between two limits: whole multiples of 1, 2 or 5 times a power of ten.</summary>
internal static class RoundTicks
{
    /// <summary>The step that gives at most so many ticks.</summary>
    /// <param name="low">Lower limit.</param>
    /// <param name="high">Upper limit, above the lower.</param>
    /// <param name="most">Most ticks wanted, at least 2.</param>
    public static double Step(double low, double high, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        var power = (int)Math.Floor(Math.Log10((high - low) / most));
        foreach (var factor in (ReadOnlySpan<int>)[1, 2, 5, 10, 20])
        {
            var step = Scaled(factor, power);
            if (Last(high, step) - First(low, step) < most)
            {
                return step;
            }
        }

        return Scaled(50, power);
    }

    /// <summary>At most so many round numbers from one limit to the other, both included.</summary>
    /// <param name="low">Lower limit.</param>
    /// <param name="high">Upper limit, above the lower.</param>
    /// <param name="most">Most ticks wanted, at least 2.</param>
    public static double[] Between(double low, double high, int most)
    {
        var step = Step(low, high, most);
        var first = (long)First(low, step);
        var count = (int)(Last(high, step) - first) + 1;
        return [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => Multiple(first + i, step))];
    }

    /// <summary>A tick's text: as many decimals as the step needs, a true minus sign.</summary>
    /// <param name="value">The tick.</param>
    /// <param name="step">Distance of ticks.</param>
    public static string Text(double value, double step)
    {
        var decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step) + 1e-9), 0, 15);
        var text = Math.Abs(value) is >= 1e6 or (> 0 and < 1e-4)
            ? value.ToString("0.###e0", CultureInfo.InvariantCulture)
            : value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    private static double First(double low, double step) => Math.Ceiling((low / step) - 1e-9);

    private static double Last(double high, double step) => Math.Floor((high / step) + 1e-9);

    // Dividing by a power of ten keeps 0.3 what it is; multiplying by 0.1 would not.
    private static double Scaled(int factor, int power) => power >= 0 ? factor * Math.Pow(10, power) : factor / Math.Pow(10, -power);

    private static double Multiple(long n, double step) => step >= 1 ? n * step : n / Math.Round(1 / step, 6);
}
