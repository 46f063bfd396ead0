using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>FIFF's numbers for SI units. Source: Functional Image File Format 1.4, units.</summary>
internal static class FiffUnits
{
    public const int None = -1;

    public const int Unitless = 0;

    public const int Volt = 107, Tesla = 112, TeslaPerMetre = 201;

    private static readonly (int Code, Unit Unit)[] Known =
    [
        (Volt, Unit.Volt), (Tesla, Unit.Tesla), (TeslaPerMetre, Unit.TeslaPerMetre), (Unitless, Unit.One), (114, Unit.Parse("Cel")), (117, Unit.Parse("V/m2")),
        (1, Unit.Metre), (2, Unit.Parse("kg")), (3, Unit.Second), (4, Unit.Parse("A")), (5, Unit.Parse("K")), (6, Unit.Parse("mol")), (7, Unit.Parse("rad")),
        (8, Unit.Parse("sr")), (9, Unit.Parse("cd")), (10, Unit.Parse("mol/m3")), (101, Unit.Hertz), (102, Unit.Parse("N")), (103, Unit.Parse("Pa")), (104, Unit.Parse("J")),
        (105, Unit.Parse("W")), (106, Unit.Parse("C")), (108, Unit.Parse("F")), (109, Unit.Parse("Ohm")), (110, Unit.Parse("S")), (111, Unit.Parse("Wb")),
        (113, Unit.Parse("H")), (115, Unit.Parse("lm")), (116, Unit.Parse("lx")), (202, Unit.Parse("A.m")), (203, Unit.Parse("A/m")), (204, Unit.Parse("A/m2")),
    ];

    /// <summary>The unit of a code; unknown where it is not stated or not listed.</summary>
    public static Unit Of(int code) => Known.FirstOrDefault(k => k.Code == code).Unit ?? Unit.Unknown;

    /// <summary>The code and unit into which values of a unit convert, or none and the unit itself.</summary>
    public static (int Code, Unit Unit) For(Unit unit)
    {
        var (code, found) = Known.FirstOrDefault(k => k.Unit.Equals(unit));
        if (found is null)
        {
            (code, found) = Known.FirstOrDefault(k => k.Unit.IsKnown && unit.IsKnown && k.Unit.ConvertsTo(unit));
        }

        return found is null ? (None, unit) : (code, found);
    }
}
