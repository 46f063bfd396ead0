using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SignalLab.Analysis.Norms;
using SignalLab.Model;

namespace SignalLab.Cli.Norms;

/// <summary>Sets of norms and judged measurements as text and as JSON.</summary>
internal static class NormTables
{
    /// <summary>A line a set and its source, or the rows of one measure.</summary>
    public static string Text(IReadOnlyList<(NormSet Set, string Place)> sets, string? measure)
    {
        var text = new StringBuilder();
        foreach (var (set, place) in sets)
        {
            var first = set.Norms[0];
            text.Append(CultureInfo.InvariantCulture, $"{set.Id}  ({place})\n  {first.Population}\n  {first.Source}; {first.Licence}\n  {Judging.Word(first.Certainty)}\n");
            text.Append(CultureInfo.InvariantCulture, $"  {string.Join(", ", set.Norms.Select(n => $"{n.Name} ({n.Rows.Count})"))}\n");
            foreach (var norm in measure is null ? [] : set.Norms)
            {
                foreach (var row in norm.Rows)
                {
                    text.Append(CultureInfo.InvariantCulture, $"    {norm.Name}: {Number(row.Low)} … {Number(row.Median ?? row.Mean)} … {Number(row.High)} {norm.Unit.Symbol}, {row.Sex ?? "both sexes"}, {row.AgeFromYears:0.##} to {row.AgeToYears:0.##} y{(row.Count is { } n ? $", n = {n}" : "")}\n");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>Every set with all its rows.</summary>
    public static JsonArray Json(IReadOnlyList<(NormSet Set, string Place)> sets) => new([.. sets.Select(s => (JsonNode)new JsonObject
    {
        ["id"] = s.Set.Id,
        ["place"] = s.Place,
        ["source"] = s.Set.Norms[0].Source,
        ["population"] = s.Set.Norms[0].Population,
        ["licence"] = s.Set.Norms[0].Licence,
        ["certainty"] = s.Set.Norms[0].Certainty.ToString().ToLowerInvariant(),
        ["measures"] = new JsonArray([.. s.Set.Norms.Select(n => (JsonNode)new JsonObject
        {
            ["name"] = n.Name,
            ["unit"] = n.Unit.Symbol,
            ["rows"] = new JsonArray([.. n.Rows.Select(r => (JsonNode)new JsonObject
            {
                ["sex"] = r.Sex,
                ["age_from_y"] = r.AgeFromYears,
                ["age_to_y"] = r.AgeToYears,
                ["n"] = r.Count,
                ["mean"] = r.Mean,
                ["sd"] = r.StandardDeviation,
                ["low"] = r.Low,
                ["median"] = r.Median,
                ["high"] = r.High,
                ["percentiles"] = new JsonObject([.. r.Percentiles.Select(p => KeyValuePair.Create(p.Percentile.ToString(CultureInfo.InvariantCulture), (JsonNode?)p.Value))]),
            })]),
        })]),
    })]);

    /// <summary>A line a measurement that has limits or should have.</summary>
    public static string Text(Recording recording, IReadOnlyList<Measurement> judged)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{recording.Provenance.Input}: sex {recording.Subject.Sex ?? "not known"}, age {(recording.Subject.AgeYears is { } a ? $"{a.ToString("0.##", CultureInfo.InvariantCulture)} y" : "not known")}\n");
        foreach (var m in judged.Where(m => m.Value is null || m.Reference is not null || m.NotJudgedBecause is not null))
        {
            var verdict = m.Value is null ? m.Reason : m.Reference is { } r ? $"{WordOf(m.Verdict)} ({Number(r.Low)} to {Number(r.High)}{Standing(m)}); {r.Source}" : $"not judged: {m.NotJudgedBecause}";
            text.Append(CultureInfo.InvariantCulture, $"  {m.Name}: {(m.Value is { } v ? $"{Number(v)} {m.Unit.Symbol}" : "no value")}  {verdict}\n");
        }

        return text.ToString();
    }

    /// <summary>The measurements as findings.</summary>
    public static JsonObject Json(Recording recording, IReadOnlyList<Measurement> judged) => new()
    {
        ["record"] = Path.GetFileNameWithoutExtension(recording.Provenance.Input),
        ["subject"] = new JsonObject { ["sex"] = recording.Subject.Sex, ["age_y"] = recording.Subject.AgeYears },
        ["findings"] = new JsonArray([.. judged.Select(m => (JsonNode)Finding(m))]),
    };

    private static JsonObject Finding(Measurement m) => new()
    {
        ["name"] = m.Name,
        ["value"] = m.Value,
        ["unit"] = m.Unit.Symbol,
        ["low"] = m.Reference?.Low,
        ["high"] = m.Reference?.High,
        ["source"] = m.Reference?.Source,
        ["abnormal"] = m.Verdict == Verdict.NotJudged ? null : m.Verdict != Verdict.Normal,
        ["verdict"] = m.Verdict == Verdict.NotJudged ? null : WordOf(m.Verdict),
        ["percentile"] = m.Percentile is { } p ? Math.Round(p, 2) : null,
        ["z"] = m.ZScore is { } z ? Math.Round(z, 3) : null,
        ["method"] = m.Method,
        ["origin"] = m.Origin.Kind == OriginKind.File ? "file" : m.Origin.Name,
        ["reason"] = m.Reason ?? m.NotJudgedBecause,
    };

    private static string Standing(Measurement m) => m is { Percentile: { } p, ZScore: { } z } ? string.Create(CultureInfo.InvariantCulture, $"; percentile {p:0.#}, z {z:0.0}") : "";

    private static string WordOf(Verdict verdict) => verdict switch { Verdict.Normal => "normal", Verdict.Low => "low", Verdict.High => "high", _ => "not judged" };

    private static string Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "-";
}
