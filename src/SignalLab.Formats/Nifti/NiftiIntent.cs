using System.Text.RegularExpressions;
using SignalLab.Model;

namespace SignalLab.Formats.Nifti;

/// <summary>What the header says the values mean.</summary>
/// <remarks>Source: nifti1.h, "INTERPRETATION OF VOXEL DATA" (NIFTI_INTENT_*).</remarks>
internal static partial class NiftiIntent
{
    public const int Label = 1002;
    public const int NeuroName = 1003;
    public const int Dimensionless = 1011;
    public const int RgbVector = 2003;
    public const int RgbaVector = 2004;

    private static readonly Dictionary<int, string> Statistics = new()
    {
        [2] = "correlation coefficient",
        [3] = "t statistic",
        [4] = "F statistic",
        [5] = "z score",
        [6] = "chi-squared statistic",
        [7] = "beta statistic",
        [8] = "binomial statistic",
        [9] = "gamma statistic",
        [10] = "Poisson statistic",
        [11] = "normal statistic",
        [12] = "non-central F statistic",
        [13] = "non-central chi-squared statistic",
        [14] = "logistic statistic",
        [15] = "Laplace statistic",
        [16] = "uniform statistic",
        [17] = "non-central t statistic",
        [18] = "Weibull statistic",
        [19] = "chi statistic",
        [20] = "inverse Gaussian statistic",
        [21] = "extreme value statistic",
        [22] = "p value",
        [23] = "-ln p value",
        [24] = "-log10 p value",
    };

    private static readonly Dictionary<int, Quantity> Others = new()
    {
        [1001] = new("estimate"),
        [1004] = new("matrix"),
        [1005] = new("symmetric matrix"),
        [1006] = new("displacement"),
        [1007] = new("vector"),
        [1008] = new("point"),
        [1010] = new("quaternion"),
        [2005] = new("shape"),
    };

    /// <summary>The code that names a statistic, or 0.</summary>
    public static int CodeOf(Quantity quantity) => Statistics.FirstOrDefault(s => s.Value == quantity.Name).Key;

    /// <summary>Quantity, unit and kind of the values.</summary>
    /// <param name="header">The header.</param>
    /// <param name="remarks">Receives what was read out of free text.</param>
    public static (Quantity Quantity, Unit Unit, MapKind Kind) Of(NiftiHeader header, List<string> remarks)
    {
        if (Statistics.TryGetValue(header.IntentCode, out var statistic))
        {
            return (new(statistic), Unit.One, MapKind.Statistic);
        }

        if (header.IntentCode is Label or NeuroName)
        {
            return (new("label"), Unit.One, MapKind.Label);
        }

        var quantity = Others.GetValueOrDefault(header.IntentCode, Quantity.Intensity);
        if (Own().Match(header.Description) is { Success: true } own)
        {
            return (new(own.Groups["quantity"].Value), Unit.Parse(own.Groups["unit"].Value), Enum.Parse<MapKind>(own.Groups["kind"].Value));
        }

        if (header.IntentCode == Dimensionless)
        {
            return (quantity, Unit.One, MapKind.Measured);
        }

        // The format has no field for the unit: only one that closes the description, "…, kPa" or "… [kPa]", is taken.
        var unit = Closing().Match(header.Description) is { Success: true } closing ? Unit.Parse(closing.Groups["unit"].Value) : Unit.Unknown;
        if (!unit.IsKnown)
        {
            return (quantity, Unit.Unknown, MapKind.Measured);
        }

        remarks.Add($"The unit {unit.Symbol} is taken from the header's description \"{header.Description}\".");
        return header.Description.Contains("stiffness", StringComparison.OrdinalIgnoreCase)
            ? (new("stiffness"), unit, MapKind.Derived)
            : (quantity, unit, MapKind.Measured);
    }

    /// <summary>The description our writer leaves, so that nothing of the meaning is lost.</summary>
    public static string Describe(ParameterMap map) =>
        FormattableString.Invariant($"SignalLab {map.Kind}: {Short(map.Quantity.Name)} [{map.Unit.Symbol}]");

    private static string Short(string name) => name.Length <= 40 ? name : name[..40];

    [GeneratedRegex(@"^SignalLab (?<kind>Measured|Derived|Statistic|Label): (?<quantity>.+) \[(?<unit>[^\]]*)\]$", RegexOptions.CultureInvariant)]
    private static partial Regex Own();

    [GeneratedRegex(@"(, (?<unit>[^\s,\[\]]{2,})|\[(?<unit>[^\[\]]+)\])$", RegexOptions.CultureInvariant)]
    private static partial Regex Closing();
}
