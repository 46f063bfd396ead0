namespace SignalLab.Model;

/// <summary>Exponents of the SI base units, or a named arbitrary scale (Hounsfield, SUV) that converts only to itself.</summary>
/// <param name="Metre">Exponent of length.</param>
/// <param name="Kilogram">Exponent of mass.</param>
/// <param name="Second">Exponent of time.</param>
/// <param name="Ampere">Exponent of electric current.</param>
/// <param name="Kelvin">Exponent of temperature.</param>
/// <param name="Mole">Exponent of amount of substance.</param>
/// <param name="Candela">Exponent of luminous intensity.</param>
/// <param name="Arbitrary">Name of an arbitrary scale, or null for a physical dimension.</param>
public readonly record struct Dimension(
    int Metre = 0, int Kilogram = 0, int Second = 0, int Ampere = 0, int Kelvin = 0, int Mole = 0, int Candela = 0, string? Arbitrary = null)
{
    /// <summary>A pure number.</summary>
    public static Dimension One => default;

    /// <summary>The dimension of this quantity multiplied by another to a power.</summary>
    /// <param name="other">The factor.</param>
    /// <param name="power">The factor's exponent, negative to divide.</param>
    /// <returns>The product's dimension; two different arbitrary scales are joined by name and so convert to nothing else.</returns>
    public Dimension Times(Dimension other, int power) => new(
        Metre + (power * other.Metre),
        Kilogram + (power * other.Kilogram),
        Second + (power * other.Second),
        Ampere + (power * other.Ampere),
        Kelvin + (power * other.Kelvin),
        Mole + (power * other.Mole),
        Candela + (power * other.Candela),
        Join(Arbitrary, other.Arbitrary, power));

    private static string? Join(string? left, string? right, int power)
    {
        if (right is null)
        {
            return left;
        }

        var factor = power == 1 ? right : FormattableString.Invariant($"{right}{power}");
        return left is null ? factor : $"{left}.{factor}";
    }
}
