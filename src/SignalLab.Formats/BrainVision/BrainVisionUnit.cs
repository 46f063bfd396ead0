using SignalLab.Model;

namespace SignalLab.Formats.BrainVision;

/// <summary>Units as BrainVision headers spell them: <c>C</c> is degrees Celsius, nothing is microvolts.</summary>
internal static class BrainVisionUnit
{
    /// <summary>Unit not available, as other programs write it.</summary>
    private const string NotAvailable = "n/a";

    private static readonly Unit Celsius = Unit.Parse("degC");

    /// <summary>The unit of a channel line.</summary>
    /// <param name="text">The spelling; empty where there is none.</param>
    public static Unit Parse(string text) => text.Trim().Replace("Âµ", "µ", StringComparison.Ordinal) switch
    {
        "" => Unit.Microvolt,
        NotAvailable or "?" => Unit.Unknown,
        "C" or "°C" or "oC" => Celsius,
        var spelling => Unit.Parse(spelling),
    };

    /// <summary>How a unit is written so that it is read as it was.</summary>
    /// <param name="unit">The unit.</param>
    public static string Print(Unit unit) =>
        unit.Equals(Celsius) ? "C"
        : unit.Symbol.Length == 0 ? NotAvailable
        : unit.IsKnown && unit.Symbol is ['u', ..] ? "µ" + unit.Symbol[1..]
        : unit.Symbol;
}
