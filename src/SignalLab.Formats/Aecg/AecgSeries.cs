using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Aecg;

/// <summary>A series and those derived from it: a recording for every sequence set, since sets are sampled at their own times.</summary>
internal static class AecgSeries
{
    private const int MostSets = 1000;

    public static List<Recording> Of(string path, XElement series)
    {
        var derived = series.Children("derivation").SelectMany(d => d.Children("derivedSeries")).SelectMany(d => Sets(path, d, true)).ToList();
        var own = Sets(path, series, false);
        if (own.Count > 0)
        {
            // What was measured on the representative beat is said of the ECG.
            own[0] = own[0] with { Measurements = [.. own[0].Measurements, .. derived.SelectMany(d => d.Measurements)] };
        }

        return [.. own, .. derived];
    }

    private static List<Recording> Sets(string path, XElement series, bool isDerived)
    {
        var prefilter = PrefilterOf(series);
        var sets = series.Children("component").SelectMany(c => c.Children("sequenceSet")).Take(MostSets).Select(s => AecgSequenceSet.Of(path, s, prefilter)).OfType<AecgSequenceSet>().ToList();
        if (sets.Count == 0)
        {
            return [];
        }

        var title = (string?)series.Child("code")?.Attribute("code") ?? (isDerived ? "DERIVED" : "SERIES");
        var began = Hl7Time.Parse((string?)series.Child("effectiveTime")?.Child("low")?.Attribute("value"));
        var annotations = new AecgAnnotations([.. sets.Select(s => s.Clock with { Start = s.Clock.Start ?? began?.AddSeconds(s.Clock.HeadSeconds) })]);
        foreach (var set in series.Children("subjectOf").SelectMany(s => s.Children("annotationSet")))
        {
            annotations.Add(set);
        }

        return
        [
            .. sets.Select((s, i) => new Recording(s.Channels, s.Samples)
            {
                Title = sets.Count == 1 ? title : FormattableString.Invariant($"{title} {i + 1}"),
                Start = s.Clock.Start ?? (isDerived ? null : began?.AddSeconds(s.Clock.HeadSeconds)),
                Annotations = annotations.Of(i),
                Measurements = i == 0 ? annotations.Measurements : [],
            }),
        ];
    }

    private static string PrefilterOf(XElement series)
    {
        var parts = new List<string>();
        foreach (var variable in series.Children("controlVariable").SelectMany(v => v.Children("controlVariable")))
        {
            var code = (string?)variable.Child("code")?.Attribute("code") ?? "";
            var name = code.EndsWith("LOW_PASS", StringComparison.Ordinal) ? "LP" : code.EndsWith("HIGH_PASS", StringComparison.Ordinal) ? "HP" : code.EndsWith("NOTCH", StringComparison.Ordinal) ? "N" : null;
            if (name is not null && variable.All("value").Select(v => AecgQuantity.Of(v)).FirstOrDefault(q => q?.Unit.Equals(Unit.Hertz) == true) is { } hz)
            {
                parts.Add(FormattableString.Invariant($"{name}:{hz.Value}Hz"));
            }
        }

        return string.Join(' ', parts);
    }
}
