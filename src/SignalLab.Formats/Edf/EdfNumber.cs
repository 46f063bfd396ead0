using System.Globalization;

namespace SignalLab.Formats.Edf;

/// <summary>Numbers in the eight characters of a header field, without exponent.</summary>
internal static class EdfNumber
{
    private const int Width = 8;

    private const double Limit = 1e8;

    /// <summary>The printed number nearest to a value; null where it needs more than eight characters before the point.</summary>
    /// <param name="value">The value.</param>
    public static decimal? Nearest(double value) => Fit(value, decimal.Round);

    /// <summary>The largest printed number not above a value.</summary>
    /// <param name="value">The value.</param>
    public static decimal? Below(double value) => Fit(value, (x, digits) => Scaled(x, digits, decimal.Floor));

    /// <summary>The smallest printed number not below a value.</summary>
    /// <param name="value">The value.</param>
    public static decimal? Above(double value) => Fit(value, (x, digits) => Scaled(x, digits, decimal.Ceiling));

    /// <summary>The text of a number.</summary>
    /// <param name="number">The number.</param>
    public static string Print(decimal number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    /// <summary>The shortest decimal that means this double (a cast would keep fifteen digits only).</summary>
    /// <param name="value">The value, below 10²⁸.</param>
    public static decimal Exact(double value) =>
        decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static decimal Scaled(decimal x, int digits, Func<decimal, decimal> round)
    {
        var power = 1m;
        for (var i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return round(x * power) / power;
    }

    private static decimal? Fit(double value, Func<decimal, int, decimal> round)
    {
        if (!(Math.Abs(value) < Limit))
        {
            return null;
        }

        var exact = Exact(value);
        for (var digits = Width - 2; digits >= 0; digits--)
        {
            var candidate = round(exact, digits);
            if (Print(candidate).Length <= Width)
            {
                return candidate;
            }
        }

        return null;
    }
}
