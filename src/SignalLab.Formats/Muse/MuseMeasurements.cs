using System.Globalization;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Muse;

/// <summary>The measurements of the 12SL program, and the original ones where a person changed them.</summary>
internal static class MuseMeasurements
{
    private static readonly Dictionary<string, (string Name, string Unit)> Known = new(StringComparer.Ordinal)
    {
        ["VentricularRate"] = ("heart rate", "/min"),
        ["AtrialRate"] = ("atrial rate", "/min"),
        ["PRInterval"] = ("PR interval", "ms"),
        ["QRSDuration"] = ("QRS duration", "ms"),
        ["QTInterval"] = ("QT interval", "ms"),
        ["QTCorrected"] = ("QTc interval", "ms"),
        ["QTcFrederica"] = ("QTc interval (Fridericia)", "ms"),
        ["QTcFridericia"] = ("QTc interval (Fridericia)", "ms"),
        ["QTcFramingham"] = ("QTc interval (Framingham)", "ms"),
        ["PAxis"] = ("P axis", "deg"),
        ["RAxis"] = ("QRS axis", "deg"),
        ["TAxis"] = ("T axis", "deg"),
        ["QRSCount"] = ("QRS count", "1"),
        ["GlobalRR"] = ("RR interval", "ms"),
        ["QTRGGR"] = ("QTRGGR", ""),
    };

    // Sample numbers in the median beat.
    private static readonly Dictionary<string, string> Marks = new(StringComparer.Ordinal)
    {
        ["POnset"] = "P onset",
        ["POffset"] = "P offset",
        ["QOnset"] = "QRS onset",
        ["QOffset"] = "QRS offset",
        ["TOffset"] = "T offset",
    };

    public static IReadOnlyList<Measurement> Of(XElement root, Origin origin)
    {
        var current = Group(root.Child("RestingECGMeasurements"), "", origin);
        var original = Group(root.Child("OriginalRestingECGMeasurements"), "original ", origin);
        var beats = Group(root.Child("QRSTimesTypes"), "", origin);
        return [.. current, .. original.Where(o => !current.Any(c => c.Name == o.Name && c.Value == o.Value)), .. beats];
    }

    private static List<Measurement> Group(XElement? group, string prefix, Origin origin)
    {
        var measurements = new List<Measurement>();
        var rate = (group?.Number("ECGSampleBase") ?? 0) * Math.Pow(10, group?.Number("ECGSampleExponent") ?? 0);
        foreach (var element in group?.Elements() ?? [])
        {
            var name = element.Name.LocalName;
            if (element.HasElements || !double.TryParse(element.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            {
                continue;
            }

            if (Known.TryGetValue(name, out var known))
            {
                measurements.Add(new(known.Name, value, Unit.Parse(known.Unit), prefix + name, origin));
            }
            else if (Marks.TryGetValue(name, out var mark) && rate > 0)
            {
                measurements.Add(new(mark, 1000 * value / rate, Unit.Parse("ms"), FormattableString.Invariant($"{prefix}{name}: sample {value} of the median beat at {rate} Hz"), origin));
            }
        }

        return measurements;
    }
}
