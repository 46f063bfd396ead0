using System.Globalization;
using System.Text.Json.Nodes;
using SignalLab.Formats.Delimited;

namespace SignalLab.Cli.Ecg;

/// <summary>The scores as text, table and JSON.</summary>
internal static class ValidationTables
{
    private static readonly (string Heading, string Column, int Digits, Func<ValidationRow, double?> Value)[] Numbers =
    [
        ("in reference", "reference", 0, r => r.Reference), ("found", "found", 0, r => r.Found), ("besides", "extra", 0, r => r.Extra),
        ("Se %", "se_percent", 2, r => r.SensitivityPercent), ("PPV %", "ppv_percent", 2, r => r.PredictivityPercent),
        ("mean ms", "mean_ms", 1, r => r.MeanMs), ("SD ms", "sd_ms", 1, r => r.SdMs),
        ("mean by record", "record_mean_ms", 1, r => r.RecordMeanMs), ("SD by record", "record_sd_ms", 1, r => r.RecordSdMs),
        ("PPV % between marks", "ppv_between_percent", 2, r => r.PredictivityBetweenPercent),
    ];

    /// <summary>Markdown: a table a database and task, aligned so that it reads as plain text too.</summary>
    public static string Markdown(IReadOnlyList<ValidationRow> rows)
    {
        var text = new System.Text.StringBuilder();
        foreach (var table in rows.GroupBy(r => (r.Database, r.Task)))
        {
            var shown = Numbers.Where(n => table.Any(r => n.Value(r) is not null)).ToList();
            List<string[]> lines = [[.. shown.Select(n => n.Heading).Prepend("")], .. table.Select(r => (string[])[r.Measure, .. shown.Select(n => Text(n.Value(r), n.Digits))])];
            var widths = Enumerable.Range(0, shown.Count + 1).Select(c => lines.Max(l => l[c].Length)).ToArray();
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length > 0 ? "\n" : "")}**{table.Key.Database}**: {table.Key.Task}, {table.First().Records} {(table.Key.Task.Contains("by lead", StringComparison.Ordinal) ? "leads" : "records")}\n\n");
            for (var i = 0; i < lines.Count; i++)
            {
                text.Append("| ").AppendJoin(" | ", lines[i].Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).Append(" |\n");
                if (i == 0)
                {
                    text.Append("| ").AppendJoin(" | ", widths.Select((w, c) => c == 0 ? new string('-', Math.Max(1, w)) : new string('-', Math.Max(1, w - 1)) + ":")).Append(" |\n");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>One row a measure, all numbers in full.</summary>
    public static void Write(IReadOnlyList<ValidationRow> rows, TableWriter table)
    {
        foreach (var heading in Numbers.Select(n => n.Column).Prepend("records").Prepend("measure").Prepend("task").Prepend("database"))
        {
            table.Cell(heading);
        }

        table.EndRow();
        foreach (var row in rows)
        {
            table.Cell(row.Database);
            table.Cell(row.Task);
            table.Cell(row.Measure);
            table.Cell((long)row.Records);
            foreach (var (_, _, _, value) in Numbers)
            {
                table.Cell(value(row)?.ToString("R", CultureInfo.InvariantCulture) ?? "");
            }

            table.EndRow();
        }
    }

    /// <summary>The same as a document, with the beats of each record.</summary>
    public static JsonObject Json(string folder, IReadOnlyList<ValidationScore> scores, IReadOnlyList<ValidationRow> rows, IReadOnlyList<string> failures) => new()
    {
        ["folder"] = folder,
        ["rows"] = new JsonArray([.. rows.Select(r => (JsonNode)Json(r))]),
        ["records"] = new JsonArray([.. scores.SelectMany(s => s.Detections.Select(d => (JsonNode)new JsonObject
        {
            ["database"] = s.Database,
            ["record"] = d.Record,
            ["beats"] = d.Score.Beats,
            ["found"] = d.Score.TruePositives,
            ["missed"] = d.Score.FalseNegatives,
            ["extra"] = d.Score.FalsePositives,
            ["se_percent"] = d.Score.SensitivityPercent,
            ["ppv_percent"] = d.Score.PositivePredictivityPercent,
            ["mean_ms"] = d.Score.MeanMs,
            ["sd_ms"] = d.Score.SdMs,
        }))]),
        ["failed"] = new JsonArray([.. failures.Select(f => (JsonNode)f)]),
    };

    private static JsonObject Json(ValidationRow row)
    {
        var document = new JsonObject { ["database"] = row.Database, ["task"] = row.Task, ["measure"] = row.Measure, ["records"] = row.Records };
        foreach (var (_, column, _, value) in Numbers)
        {
            document[column] = value(row);
        }

        return document;
    }

    private static string Text(double? value, int digits) => value?.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) ?? "";
}
