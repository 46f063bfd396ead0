using System.Globalization;

namespace SignalLab.Formats.Wfdb;

/// <summary>One annotation of an annotation file, field by field.</summary>
/// <param name="Sample">Time in sample intervals (frames) from the beginning of the record.</param>
/// <param name="Code">Annotation type code, 1…49.</param>
/// <param name="Subtype">Subtype, −128…127.</param>
/// <param name="Signal">Signal number ("chan"), 0…255; 0 where the annotator does not tell signals apart.</param>
/// <param name="Number">The "num" field, −128…127.</param>
/// <param name="Text">Auxiliary text such as <c>(AFIB</c>, without trailing NULs; empty where there is none.</param>
public readonly record struct WfdbAnnotation(long Sample, int Code, int Subtype = 0, int Signal = 0, int Number = 0, string Text = "")
{
    /// <summary>The code as users of WFDB write it, for example <c>N</c>, <c>V</c>, <c>+</c>.</summary>
    public string Symbol => WfdbCodes.SymbolOf(Code);
}

/// <summary>Annotation codes and their symbols.</summary>
/// <remarks>Source: WFDB Applications Guide, annotation codes (ecgcodes).</remarks>
public static class WfdbCodes
{
    /// <summary>Largest valid code.</summary>
    public const int Largest = 49;

    /// <summary>Normal beat.</summary>
    public const int Normal = 1;

    /// <summary>Comment.</summary>
    public const int Note = 22;

    /// <summary>Rhythm change; the text says to which.</summary>
    public const int Rhythm = 28;

    private static readonly string?[] Symbols =
    [
        null, "N", "L", "R", "a", "V", "F", "J", "A", "S", "E", "j", "/", "Q", "~", null, "|", null, "s", "T", "*", "D", "\"", "=", "p", "B", "^", "t", "+", "u", "?", "!", "[", "]", "e", "n", "@", "x", "f", "(", ")", "r",
    ];

    /// <summary>The symbol of a code; <c>[42]</c> for one that has none.</summary>
    /// <param name="code">0…49.</param>
    public static string SymbolOf(int code) =>
        code >= 0 && code < Symbols.Length && Symbols[code] is { } symbol ? symbol : string.Create(CultureInfo.InvariantCulture, $"[{code}]");

    /// <summary>The code of a symbol, or null where it is none.</summary>
    /// <param name="symbol">For example <c>N</c> or <c>[42]</c>.</param>
    public static int? CodeOf(string symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        var code = symbol.Length == 0 ? -1 : Array.IndexOf(Symbols, symbol);
        return code > 0 ? code
            : symbol is ['[', _, .., ']'] && int.TryParse(symbol[1..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Largest ? number
            : null;
    }

    /// <summary>True for codes whose signal number means something: changes of ST or T, waves and their limits, measurements; beats and rhythms are about all signals.</summary>
    internal static bool IsAboutOneSignal(int code) => code is 18 or 19 or 20 or 21 or 23 or 24 or 27 or 29 or 39 or 40;

    /// <summary>True for codes that label a beat, false for rhythm, waveform and other marks.</summary>
    /// <param name="code">The code.</param>
    public static bool IsBeat(int code) => code is (>= 1 and <= 13) or 25 or 30 or 34 or 35 or 38 or 41;
}
