using System.Globalization;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Philips;

/// <summary>Global measurements first, then those of the interpretation that differ, then each lead's.</summary>
internal static class SierraMeasurements
{
    private static readonly Dictionary<string, string> NamesByElement = new(StringComparer.Ordinal)
    {
        ["heartrate"] = "heart rate",
        ["meanventrate"] = "heart rate",
        ["atrialrate"] = "atrial rate",
        ["meanprint"] = "PR interval",
        ["meanprseg"] = "PR segment",
        ["meanqrsdur"] = "QRS duration",
        ["meanqtint"] = "QT interval",
        ["meanqtc"] = "QTc interval",
        ["pfrontaxis"] = "P axis",
        ["qrsfrontaxis"] = "QRS axis",
        ["tfrontaxis"] = "T axis",
        ["qtintdispersion"] = "QT dispersion",
        ["pon"] = "P onset",
        ["qrson"] = "QRS onset",
        ["qrsoff"] = "QRS offset",
        ["ton"] = "T onset",
        ["toff"] = "T offset",
    };

    public static IReadOnlyList<Measurement> Of(XElement root, Origin origin)
    {
        var all = root.All("globalmeasurements").Take(1).SelectMany(g => Group(g, "", origin)).ToList();
        foreach (var measured in root.All("interpretationmeasurements").Take(1).SelectMany(g => Group(g, "", origin)))
        {
            if (!all.Exists(m => m.Name == measured.Name && m.Value == measured.Value))
            {
                all.Add(measured);
            }
        }

        all.AddRange(root.All("leadmeasurement").SelectMany(l => Group(l, $" ({(string?)l.Attribute("leadname")})", origin)));
        return all;
    }

    // "Failed" and "Indeterminate" stand where nothing could be measured.
    private static IEnumerable<Measurement> Group(XElement group, string suffix, Origin origin)
    {
        foreach (var element in group.Elements().Where(e => !e.HasElements))
        {
            var (name, text) = (element.Name.LocalName, element.Value.Trim());
            var isNumber = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value);
            if (isNumber || text is "Failed" or "Indeterminate" or "Invalid")
            {
                yield return new(NamesByElement.GetValueOrDefault(name, name) + suffix, isNumber ? value : null, UnitOf(name), $"{group.Name.LocalName}/{name}", origin) { Reason = isNumber ? null : text };
            }
        }
    }

    private static Unit UnitOf(string name) => Unit.Parse(
        name.EndsWith("axis", StringComparison.Ordinal) ? "deg"
        : name.Contains("rate", StringComparison.Ordinal) ? "/min"
        : name.Contains("count", StringComparison.Ordinal) || name.StartsWith("numberof", StringComparison.Ordinal) ? "1"
        : name.EndsWith("percent", StringComparison.Ordinal) ? "%"
        : name is "ston" or "stmid" or "st80" or "stend" or "qrsppk" || name.EndsWith("amp", StringComparison.Ordinal) ? "uV"
        : name is "vat" or "pon" or "qrson" or "qrsoff" or "ton" or "toff" or "qtintdispersion" || name.EndsWith("dur", StringComparison.Ordinal)
            || name.EndsWith("int", StringComparison.Ordinal) || name.EndsWith("seg", StringComparison.Ordinal) || name.EndsWith("qtc", StringComparison.Ordinal) ? "ms"
        : "");
}
