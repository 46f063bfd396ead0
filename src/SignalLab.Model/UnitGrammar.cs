using System.Collections.Frozen;
using System.Globalization;

namespace SignalLab.Model;

/// <summary>The part of UCUM that physiology uses, with the spellings seen in files: <c>term ('/' | '.' | '*' term)*</c>, <c>term = prefix? atom exponent?</c>.</summary>
internal static class UnitGrammar
{
    private sealed record Atom(string Code, string Symbol, double Scale, Dimension Dimension, bool Metric, double Offset = 0);

    private static readonly Dimension Volts = new(2, 1, -3, -1);

    private static readonly FrozenDictionary<string, Atom> Atoms = Build(
        [
            new("m", "m", 1, new(1), true),
            new("g", "g", 1e-3, new(0, 1), true),
            new("s", "s", 1, new(0, 0, 1), true),
            new("A", "A", 1, new(0, 0, 0, 1), true),
            new("K", "K", 1, new(0, 0, 0, 0, 1), true),
            new("mol", "mol", 1, new(0, 0, 0, 0, 0, 1), true),
            new("cd", "cd", 1, new(0, 0, 0, 0, 0, 0, 1), true),
            new("V", "V", 1, Volts, true),
            new("T", "T", 1, new(0, 1, -2, -1), true),
            new("Wb", "Wb", 1, new(2, 1, -2, -1), true),
            new("Hz", "Hz", 1, new(0, 0, -1), true),
            new("Bq", "Bq", 1, new(0, 0, -1), true),
            new("N", "N", 1, new(1, 1, -2), true),
            new("Pa", "Pa", 1, new(-1, 1, -2), true),
            new("bar", "bar", 1e5, new(-1, 1, -2), true),
            new("m[Hg]", "mHg", 133322, new(-1, 1, -2), true),
            new("m[H2O]", "mH2O", 9806.65, new(-1, 1, -2), true),
            new("J", "J", 1, new(2, 1, -2), true),
            new("W", "W", 1, new(2, 1, -3), true),
            new("C", "C", 1, new(0, 0, 1, 1), true),
            new("F", "F", 1, new(-2, -1, 4, 2), true),
            new("Ohm", "Ohm", 1, new(2, 1, -3, -2), true),
            new("S", "S", 1, new(-2, -1, 3, 2), true),
            new("Gy", "Gy", 1, new(2, 0, -2), true),
            new("Sv", "Sv", 1, new(2, 0, -2), true),
            new("L", "L", 1e-3, new(3), true),
            new("Cel", "degC", 1, new(0, 0, 0, 0, 1), false, 273.15),
            new("[degF]", "degF", 5.0 / 9, new(0, 0, 0, 0, 1), false, 459.67 * 5 / 9),
            new("min", "min", 60, new(0, 0, 1), false),
            new("h", "h", 3600, new(0, 0, 1), false),
            new("d", "d", 86400, new(0, 0, 1), false),
            new("deg", "deg", Math.PI / 180, Dimension.One, false),
            new("rad", "rad", 1, Dimension.One, true),
            new("%", "%", 0.01, Dimension.One, false),
            new("[ppm]", "ppm", 1e-6, Dimension.One, false),
            new("1", "1", 1, Dimension.One, false),
            new("[hnsf'U]", "HU", 1, new(Arbitrary: "HU"), false),
            new("{SUVbw}g/ml", "SUVbw", 1, new(Arbitrary: "SUVbw"), false),
            new("{SUVlbm}g/ml", "SUVlbm", 1, new(Arbitrary: "SUVlbm"), false),
            new("{OD}", "OD", 1, new(Arbitrary: "OD"), false),
            new("dB", "dB", 1, new(Arbitrary: "dB"), false),
        ]);

    private static readonly FrozenDictionary<string, string> Spellings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Volt"] = "V",
        ["volt"] = "V",
        ["Volts"] = "V",
        ["volts"] = "V",
        ["microvolt"] = "uV",
        ["microvolts"] = "uV",
        ["microV"] = "uV",
        ["uVolt"] = "uV",
        ["uVolts"] = "uV",
        ["UV"] = "uV",
        ["uv"] = "uV",
        ["mv"] = "mV",
        ["MV"] = "mV",
        ["millivolt"] = "mV",
        ["millivolts"] = "mV",
        ["degC"] = "Cel",
        ["deg C"] = "Cel",
        ["degreeC"] = "Cel",
        ["DegC"] = "Cel",
        ["celsius"] = "Cel",
        ["Celsius"] = "Cel",
        ["degF"] = "[degF]",
        ["bpm"] = "/min",
        ["BPM"] = "/min",
        ["1/min"] = "/min",
        ["mmHg"] = "mm[Hg]",
        ["MMHG"] = "mm[Hg]",
        ["mmhg"] = "mm[Hg]",
        ["cmH2O"] = "cm[H2O]",
        ["Ohms"] = "Ohm",
        ["ohm"] = "Ohm",
        ["Ω"] = "Ohm",
        ["HU"] = "[hnsf'U]",
        ["SUVbw"] = "{SUVbw}g/ml",
        ["SUVlbm"] = "{SUVlbm}g/ml",
        ["SUV"] = "{SUVbw}g/ml",
        ["OD"] = "{OD}",
        ["mM"] = "mmol/L",
        ["uM"] = "umol/L",
        ["nM"] = "nmol/L",
        ["ppm"] = "[ppm]",
        ["sec"] = "s",
        ["second"] = "s",
        ["seconds"] = "s",
        ["msec"] = "ms",
        ["usec"] = "us",
        ["hz"] = "Hz",
        ["HZ"] = "Hz",
        ["l"] = "L",
        ["ml"] = "mL",
        ["mm/s"] = "mm/s",
        ["percent"] = "%",
        ["degree"] = "deg",
        ["degrees"] = "deg",
        ["°"] = "deg",
        ["tesla"] = "T",
        ["Tesla"] = "T",
        ["radian"] = "rad",
        ["mHg"] = "m[Hg]",
        ["mH2O"] = "m[H2O]",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly (string Prefix, double Factor)[] Prefixes =
    [
        ("da", 1e1), ("Y", 1e24), ("Z", 1e21), ("E", 1e18), ("P", 1e15), ("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e3), ("h", 1e2),
        ("d", 1e-1), ("c", 1e-2), ("m", 1e-3), ("u", 1e-6), ("n", 1e-9), ("p", 1e-12), ("f", 1e-15), ("a", 1e-18), ("z", 1e-21), ("y", 1e-24),
    ];

    public static bool TryParse(string text, out string code, out string symbol, out double scale, out double offset, out Dimension dimension)
    {
        (code, symbol, scale, offset, dimension) = ("", "", 1, 0, Dimension.One);
        var normal = text.Replace('µ', 'u').Replace('μ', 'u').Replace("²", "2", StringComparison.Ordinal)
            .Replace("³", "3", StringComparison.Ordinal).Replace("^", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal).Trim();
        normal = Spellings.GetValueOrDefault(normal, normal);
        var power = 1;
        var start = 0;
        var terms = 0;
        for (var i = 0; i <= normal.Length; i++)
        {
            if (i < normal.Length && (normal[i] is not ('/' or '.' or '*') || InBraces(normal, i)))
            {
                continue;
            }

            var term = normal[start..i].Trim();
            if (term.Length > 0)
            {
                if (!TryTerm(term, out var atom, out var prefix, out var factor, out var exponent))
                {
                    return false;
                }

                terms++;
                var suffix = exponent == 1 ? "" : exponent.ToString(CultureInfo.InvariantCulture);
                var join = power < 0 ? "/" : terms > 1 ? "." : "";
                code += join + prefix + atom.Code + suffix;
                symbol += join + prefix + atom.Symbol + suffix;
                scale = Multiply(scale, factor, power * exponent);
                offset = atom.Offset;
                dimension = dimension.Times(atom.Dimension, power * exponent);
            }
            else if (i < normal.Length && normal[i] != '/')
            {
                return false;
            }

            power = i < normal.Length && normal[i] == '/' ? -1 : 1;
            start = i + 1;
        }

        if (terms > 1)
        {
            offset = 0;
        }

        return terms > 0;
    }

    private static double Multiply(double scale, double factor, int power)
    {
        for (var i = 0; i < Math.Abs(power); i++)
        {
            scale = power > 0 ? scale * factor : scale / factor;
        }

        return scale;
    }

    private static bool InBraces(string text, int index)
    {
        var open = text.LastIndexOf('{', index);
        return open >= 0 && text.IndexOf('}', open) is var close && index <= (close < 0 ? open : Math.Max(close, text.StartsWith("{SUV", StringComparison.Ordinal) ? text.Length : close));
    }

    private static bool TryTerm(string term, out Atom atom, out string prefix, out double factor, out int exponent)
    {
        (prefix, factor, exponent) = ("", 1, 1);
        if (TryAtom(term, out atom, out prefix, out factor))
        {
            return true;
        }

        var digits = term.Length;
        while (digits > 0 && char.IsAsciiDigit(term[digits - 1]))
        {
            digits--;
        }

        if (digits > 0 && term[digits - 1] is '-' or '+')
        {
            digits--;
        }

        return digits > 0 && digits < term.Length
            && int.TryParse(term[digits..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent)
            && Math.Abs(exponent) is > 0 and < 10
            && TryAtom(term[..digits], out atom, out prefix, out factor);
    }

    private static bool TryAtom(string text, out Atom atom, out string prefix, out double factor)
    {
        (prefix, factor) = ("", 1);
        var name = Spellings.GetValueOrDefault(text, text);
        if (Atoms.TryGetValue(name, out atom!))
        {
            factor = atom.Scale;
            return true;
        }

        foreach (var (candidate, power) in Prefixes)
        {
            if (name.StartsWith(candidate, StringComparison.Ordinal)
                && Atoms.TryGetValue(name[candidate.Length..], out atom!) && atom.Metric)
            {
                (prefix, factor) = (candidate, power * atom.Scale);
                return true;
            }
        }

        return false;
    }

    private static FrozenDictionary<string, Atom> Build(Atom[] atoms) => atoms.ToFrozenDictionary(a => a.Code, StringComparer.Ordinal);
}
