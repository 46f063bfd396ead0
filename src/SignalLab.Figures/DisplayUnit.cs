using SignalLab.Model;

namespace SignalLab.Figures;

/// <summary>Units as figures show them: the multiple that gives handy numbers.</summary>
public static class DisplayUnit
{
    // The field's own multiple first: it is taken wherever its numbers are handy.
    private static readonly Unit[][] Multiples =
    [
        Parsed("uV", "mV", "V", "nV"),
        Parsed("fT", "pT", "nT", "uT", "T"),
        Parsed("fT/cm", "pT/cm", "nT/cm"),
        Parsed("uV2/Hz", "mV2/Hz", "V2/Hz"),
        Parsed("uV2", "mV2", "V2"),
        Parsed("fT2/Hz", "pT2/Hz"),
        Parsed("fT2", "pT2"),
        Parsed("nA.m", "pA.m", "uA.m"),
        Parsed("umol/L", "nmol/L", "mmol/L", "mol/L"),
    ];

    /// <summary>The unit to show values in: for potentials, fields and their powers the field's usual multiple with numbers from 0.1 to 9999, else the values' own.</summary>
    /// <param name="unit">Unit of the values.</param>
    /// <param name="largest">Largest magnitude to be shown, in that unit.</param>
    public static Unit For(Unit unit, double largest)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var family = unit.IsKnown ? Multiples.FirstOrDefault(m => m[0].ConvertsTo(unit)) : null;
        if (family is null || !(largest > 0))
        {
            return unit;
        }

        return family.FirstOrDefault(m => unit.Convert(largest, m) is >= 0.1 and < 1e4) ?? unit;
    }

    private static Unit[] Parsed(params string[] symbols) => [.. symbols.Select(Unit.Parse)];
}
