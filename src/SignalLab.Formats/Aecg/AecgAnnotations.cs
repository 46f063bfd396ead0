using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Aecg;

/// <summary>
/// Annotations of a series, as many as the file has: the text is the code and its value (<c>MDC_ECG_WAVC MDC_ECG_WAVC_PWAVE</c>).
/// Numbers of a whole set are measurements too; those of one beat among others stand at their beat.
/// </summary>
/// <param name="clocks">The series' sequence sets; an annotation belongs to the one it lies in.</param>
internal sealed class AecgAnnotations(IReadOnlyList<AecgClock> clocks)
{
    private static readonly Dictionary<string, string> NamesByCode = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MDC_ECG_HEART_RATE"] = "heart rate",
        ["MDC_ECG_TIME_PD_RR"] = "RR interval",
        ["MDC_ECG_TIME_PD_PP"] = "PP interval",
        ["MDC_ECG_TIME_PD_P"] = "P duration",
        ["MDC_ECG_TIME_PD_PR"] = "PR interval",
        ["MDC_ECG_TIME_PD_QRS"] = "QRS duration",
        ["MDC_ECG_TIME_PD_QT"] = "QT interval",
        ["MDC_ECG_TIME_PD_QTc"] = "QTc interval",
        ["MDC_ECG_TIME_PD_QTcB"] = "QTc interval (Bazett)",
        ["MDC_ECG_TIME_PD_QTcF"] = "QTc interval (Fridericia)",
        ["MDC_ECG_ANGLE_P_FRONT"] = "P axis",
        ["MDC_ECG_ANGLE_QRS_FRONT"] = "QRS axis",
        ["MDC_ECG_ANGLE_T_FRONT"] = "T axis",
    };

    private readonly List<Annotation>[] annotations = [.. clocks.Select(_ => new List<Annotation>())];
    private readonly List<Measurement> measurements = [];

    /// <summary>The code of a measurement's name; null where the format has none for it.</summary>
    public static string? CodeOf(string name) => NamesByCode.FirstOrDefault(p => p.Value == name).Key;

    public IReadOnlyList<Measurement> Measurements => measurements;

    public IReadOnlyList<Annotation> Of(int set) => annotations[set];

    public void Add(XElement set)
    {
        var origin = OriginOf(set);
        foreach (var annotation in Parts(set))
        {
            Walk(annotation, origin, default, isWhole: true);
        }
    }

    private void Walk(XElement annotation, Origin origin, AecgBoundary around, bool isWhole)
    {
        var own = AecgBoundary.Of(annotation);
        var boundary = own.HasTime ? own : Spanned(annotation) is { HasTime: true } inner ? inner with { Lead = own.Lead } : around with { Lead = own.Lead ?? around.Lead };
        var code = (string?)annotation.Child("code")?.Attribute("code") ?? "";
        var value = annotation.Child("value");
        var (set, low, high) = boundary.On(clocks);
        var onset = low ?? high ?? 0;
        annotations[set].Add(new(onset, low is { } l && high >= l ? high.Value - l : 0, TextOf(code, value, annotation, low is null && high is not null), boundary.Lead) { Origin = origin });
        if (isWhole && AecgQuantity.Of(value) is { } quantity)
        {
            var name = NamesByCode.GetValueOrDefault(code, code);
            measurements.Add(new(boundary.Lead is null ? name : $"{name} ({boundary.Lead})", quantity.Value, quantity.Unit, code, origin));
        }

        foreach (var part in Parts(annotation))
        {
            Walk(part, origin, boundary, isWhole: false);
        }
    }

    private static IEnumerable<XElement> Parts(XElement parent) => parent.Children("component").SelectMany(c => c.Children("annotation"));

    // A container without a region of its own spans those of its parts.
    private static AecgBoundary Spanned(XElement annotation)
    {
        var parts = Parts(annotation).Select(AecgBoundary.Of).Where(b => b.HasTime).ToList();
        return parts.Count == 0 ? default : parts[0] with { High = parts[^1].High ?? parts[^1].Low, Lead = null };
    }

    private static string TextOf(string code, XElement? value, XElement annotation, bool isEnd)
    {
        string?[] parts =
        [
            code.Length == 0 ? null : code,
            (string?)value?.Attribute("code") ?? (string?)value?.Attribute("displayName") ?? (string?)value?.Attribute("value") ?? (value?.Value.Trim() is { Length: > 0 } text ? text : null),
            (string?)value?.Attribute("unit"),
            annotation.Text("text"),
            isEnd ? "(end)" : null,
        ];
        return string.Join(' ', parts.Where(p => p is not null));
    }

    private static Origin OriginOf(XElement set)
    {
        var author = set.Child("author");
        if (author?.All("assignedDevice").FirstOrDefault() is { } device)
        {
            var name = string.Join(' ', new[] { device.All("name").FirstOrDefault()?.Value.Trim(), device.Text("manufacturerModelName"), device.Text("softwareName") }.Where(p => p is { Length: > 0 }));
            return new(OriginKind.Algorithm, name);
        }

        return author?.All("assignedPerson").FirstOrDefault() is { } person ? new(OriginKind.Person, person.Text("name") ?? "") : Origin.File;
    }
}

/// <summary>A region of interest: absolute or relative times, and the lead where there is one.</summary>
internal readonly record struct AecgBoundary(AecgInstant? Low, AecgInstant? High, string? Lead)
{
    public bool HasTime => Low is not null || High is not null;

    public static AecgBoundary Of(XElement annotation)
    {
        AecgInstant? low = null, high = null;
        var leads = new List<string>();
        foreach (var boundary in annotation.Children("support").SelectMany(s => s.Children("supportingROI")).SelectMany(r => r.Children("component")).SelectMany(c => c.Children("boundary")))
        {
            var code = (string?)boundary.Child("code")?.Attribute("code") ?? "";
            var value = boundary.Child("value");
            if (code.StartsWith("TIME_", StringComparison.Ordinal))
            {
                low = AecgInstant.Of(value?.Child("low") ?? value?.Child("center") ?? (value?.HasElements == false ? value : null));
                high = AecgInstant.Of(value?.Child("high"));
            }
            else if (code.Length > 0)
            {
                leads.Add(code);
            }
        }

        return new(low, high, leads.Count == 0 ? null : leads.Count == 1 ? leads[0] : string.Join(' ', leads));
    }

    /// <summary>The sequence set it lies in and its seconds since that set's first sample.</summary>
    public (int Set, double? Low, double? High) On(IReadOnlyList<AecgClock> clocks)
    {
        for (var i = 0; i < clocks.Count; i++)
        {
            var onset = (Low ?? High)?.On(clocks[i]);
            if (onset >= 0 && onset <= clocks[i].DurationSeconds)
            {
                return (i, Low?.On(clocks[i]), High?.On(clocks[i]));
            }
        }

        return (0, Low?.On(clocks[0]), High?.On(clocks[0]));
    }
}

/// <summary>A wall clock's reading or a relative time.</summary>
internal readonly record struct AecgInstant(DateTime? Absolute, double RelativeSeconds)
{
    public static AecgInstant? Of(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        return element.Attribute("unit") is not null
            ? AecgQuantity.Of(element)?.Seconds is { } seconds ? new(null, seconds) : null
            : Hl7Time.Parse((string?)element.Attribute("value")) is { } time ? new(time, 0) : null;
    }

    /// <summary>Seconds since the first sample of a sequence set; null where their clocks do not meet.</summary>
    public double? On(AecgClock clock) => Absolute is { } time ? (clock.Start is { } start ? Math.Round((time - start).TotalSeconds, 7) : null) : RelativeSeconds - clock.HeadSeconds;
}
