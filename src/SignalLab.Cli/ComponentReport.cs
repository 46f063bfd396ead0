using System.Globalization;
using System.Text.Json.Nodes;
using SignalLab.Analysis.Components;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>A decomposition in words, as a table and as JSON.</summary>
internal static class ComponentReport
{
    /// <summary>One sentence about what was removed and from where.</summary>
    public static string Removed(Decomposition decomposition, IReadOnlyList<int> removed, double[] variance)
    {
        if (removed.Count == 0)
        {
            return "No independent component was removed.";
        }

        var named = removed.Select(k => k < decomposition.Labels.Count ? $"{k} ({decomposition.Labels[k].Name})" : k.ToString(CultureInfo.InvariantCulture));
        var most = Enumerable.Range(0, variance.Length).Where(c => double.IsFinite(variance[c])).OrderByDescending(c => variance[c]).Take(4)
            .Select(c => FormattableString.Invariant($"{decomposition.Channels[c].Label} {100 * variance[c]:0.#} %"));
        return $"Removed independent components {string.Join(", ", named)}: most of the variance of {string.Join(", ", most)}.";
    }

    /// <summary>The part of each channel's variance that went.</summary>
    public static ProcessingStep VarianceStep(Decomposition decomposition, double[] variance) => ProcessingStep.Of(
        "variance removed", [.. decomposition.Channels.Select((c, i) => (c.Label, (object?)Math.Round(variance[i], 6)))]);

    public static void WriteTable(Decomposition decomposition, IReadOnlyList<int> removed, Stream output, Delimiter delimiter)
    {
        using var table = new TableWriter(output, delimiter);
        foreach (var heading in new[] { "component", "label", "confidence", "explained", "removed", "evidence" })
        {
            table.Cell(heading);
        }

        table.EndRow();
        for (var k = 0; k < decomposition.Count; k++)
        {
            table.Cell(k);
            table.Cell(decomposition.Labels[k].Name);
            table.Cell(decomposition.Labels[k].Confidence);
            table.Cell(decomposition.Explained[k]);
            table.Cell(removed.Contains(k) ? "yes" : "no");
            table.Cell(decomposition.Labels[k].Evidence);
            table.EndRow();
        }
    }

    public static JsonObject Json(string file, Decomposition d, IReadOnlyList<int> removed, double[] variance) => new()
    {
        ["file"] = file,
        ["method"] = d.Method.ToString().ToLowerInvariant(),
        ["seed"] = d.Seed,
        ["channels"] = new JsonArray([.. d.Channels.Select(c => (JsonNode)c.Label)]),
        ["rank"] = d.Rank,
        ["samples"] = d.SampleCount,
        ["iterations"] = d.Iterations,
        ["converged"] = d.Converged,
        ["change"] = d.Change,
        ["tolerance"] = d.Tolerance,
        ["components"] = new JsonArray([.. Enumerable.Range(0, d.Count).Select(k => (JsonNode)new JsonObject
        {
            ["component"] = k,
            ["label"] = d.Labels[k].Name,
            ["confidence"] = d.Labels[k].Confidence,
            ["scores"] = new JsonObject(d.Labels[k].Scores.Select(s => KeyValuePair.Create(ComponentLabel.NameOf(s.Key), (JsonNode?)s.Value))),
            ["explained"] = d.Explained[k],
            ["removed"] = removed.Contains(k),
            ["evidence"] = d.Labels[k].Evidence,
        })]),
        ["removed"] = new JsonArray([.. removed.Select(k => (JsonNode)k)]),
        ["variance_removed"] = new JsonObject(d.Channels.Select((c, i) => (c.Label, Value: variance[i])).GroupBy(c => c.Label).Select(g => KeyValuePair.Create(g.Key, double.IsFinite(g.First().Value) ? (JsonNode?)g.First().Value : null))),
        ["remarks"] = new JsonArray([.. d.Remarks.Select(r => (JsonNode)r)]),
    };
}
