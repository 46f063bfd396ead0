using System.Collections.Frozen;
using SignalLab.Model;

namespace SignalLab.Formats.Gdf;

/// <summary>Units as codes: the upper bits tell the unit, the lower five its decimal factor. Source: ISO/IEEE 11073-10101:2004, table A.6.3.</summary>
internal static class GdfUnits
{
    private static readonly FrozenDictionary<int, string> Units = new Dictionary<int, string>
    {
        [512] = "1",
        [544] = "%",
        [736] = "deg",
        [768] = "rad",
        [1280] = "m",
        [1536] = "m2",
        [1568] = "m3",
        [1600] = "L",
        [1728] = "g",
        [2176] = "s",
        [2208] = "min",
        [2240] = "h",
        [2272] = "d",
        [2464] = "/s",
        [2496] = "Hz",
        [2528] = "/min",
        [2720] = "/min",
        [2752] = "/min",
        [2784] = "/min",
        [2816] = "m/s",
        [3040] = "L/s",
        [3072] = "L/min",
        [3776] = "N",
        [3840] = "Pa",
        [3872] = "mm[Hg]",
        [3904] = "cm[H2O]",
        [3936] = "bar",
        [3968] = "J",
        [4032] = "W",
        [4160] = "A",
        [4192] = "C",
        [4256] = "V",
        [4288] = "Ohm",
        [4352] = "F",
        [4384] = "K",
        [4416] = "[degF]",
        [4480] = "cd",
        [4544] = "mol",
        [6048] = "Cel",
        [6432] = "dB",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<int, string> Factors = new Dictionary<int, string>
    {
        [0] = "",
        [1] = "da",
        [2] = "h",
        [3] = "k",
        [4] = "M",
        [5] = "G",
        [6] = "T",
        [7] = "P",
        [8] = "E",
        [9] = "Z",
        [10] = "Y",
        [16] = "d",
        [17] = "c",
        [18] = "m",
        [19] = "u",
        [20] = "n",
        [21] = "p",
        [22] = "f",
        [23] = "a",
        [24] = "z",
        [25] = "y",
    }.ToFrozenDictionary();

    /// <summary>The unit that a code means.</summary>
    /// <param name="code">The code.</param>
    /// <param name="spelling">The text field beside it, taken where the code says nothing.</param>
    /// <returns>The unit; unknown, with the code as its spelling, where the code is not listed.</returns>
    public static Unit Of(int code, string spelling)
    {
        if (code == 0)
        {
            return Unit.Parse(spelling);
        }

        return Units.TryGetValue(code & ~31, out var unit) && Factors.TryGetValue(code & 31, out var factor)
            ? factor.Length == 0 ? Unit.Parse(unit) : Unit.Parse(factor + unit)
            : Unit.Parse(FormattableString.Invariant($"[11073:{code}]"));
    }
}
