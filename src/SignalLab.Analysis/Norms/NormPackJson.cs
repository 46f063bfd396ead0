using System.Globalization;
using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Analysis.Norms;

/// <summary>A pack as JSON: the table's head keys as members, and <c>rows</c>, whose members are named like the table's columns (percentiles also as <c>"percentiles": {"2": …}</c>).</summary>
internal static class NormPackJson
{
    public static NormSet Read(string text, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var draft = new NormDraft(name);
            foreach (var member in document.RootElement.EnumerateObject().Where(m => m.Name != "rows"))
            {
                draft.Head(member.Name, Text(member.Value));
            }

            if (!document.RootElement.TryGetProperty("rows", out var rows) || rows.ValueKind != JsonValueKind.Array)
            {
                throw new UnfitInputException($"{name}: has no array \"rows\".");
            }

            var number = 0;
            foreach (var row in rows.EnumerateArray())
            {
                number++;
                if (row.ValueKind != JsonValueKind.Object)
                {
                    throw new UnfitInputException($"{name}, row {number}: expected an object, found {row.ValueKind.ToString().ToLowerInvariant()}.");
                }

                draft.Row(Cells(row), $"row {number}");
            }

            return draft.Finish();
        }
        catch (JsonException e)
        {
            throw new UnfitInputException($"{name}: is no valid JSON at line {(e.LineNumber ?? 0) + 1}.");
        }
    }

    private static IEnumerable<(string Column, string Value)> Cells(JsonElement row)
    {
        foreach (var member in row.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object && member.Name == "percentiles")
            {
                foreach (var percentile in member.Value.EnumerateObject())
                {
                    yield return ("p" + percentile.Name.TrimStart('p', 'P'), Text(percentile.Value));
                }
            }
            else if (Text(member.Value) is { Length: > 0 } text)
            {
                yield return (member.Name.ToLowerInvariant(), text);
            }
        }
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!.Trim(),
        JsonValueKind.Number => value.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };
}
