using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>
/// Montages as users write them: <c>{"name": "mine", "derivations": ["F3-C3", {"label": "C3 Laplace", "weights": {"C3": 1, "F3": -0.25, …}}]}</c>.
/// A bare array of derivations will do. With <c>"reference": ["A1", "A2"]</c> an electrode's name alone is a derivation too, against the mean of these; without
/// derivations every electrode is.
/// </summary>
public static class MontageJson
{
    private const string Shape = "expected {\"name\": \"…\", \"derivations\": [\"F3-C3\", {\"label\": \"…\", \"weights\": {\"C3\": 1, \"P3\": -1}}]}";

    /// <summary>Reads a montage.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The montage.</returns>
    /// <exception cref="UnfitInputException">The text is not JSON, or not a montage.</exception>
    public static Montage Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;
            var isList = root.ValueKind == JsonValueKind.Array;
            var name = !isList && Member(root, "name") is { ValueKind: JsonValueKind.String } given ? given.GetString()! : "custom";
            var reference = isList ? [] : Reference(root);
            if (!isList && reference.Length > 0 && Member(root, "derivations") is null)
            {
                return Montage.Reference(reference) with { Name = name };
            }

            if ((isList ? root : Member(root, "derivations")) is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
            {
                throw new UnfitInputException($"The montage has no derivations: {Shape}.");
            }

            return Montage.Of(name, [.. list.EnumerateArray().Select(item => Read(item, reference))]);
        }
        catch (JsonException fault)
        {
            throw new UnfitInputException($"The montage is not JSON (line {fault.LineNumber + 1}): {Shape}.");
        }
    }

    private static string[] Reference(JsonElement root) => Member(root, "reference") switch
    {
        null => [],
        { ValueKind: JsonValueKind.String } names when names.GetString() is { Length: > 0 } text => text.Split('+', StringSplitOptions.TrimEntries),
        { ValueKind: JsonValueKind.Array } names when names.GetArrayLength() > 0 && names.EnumerateArray().All(n => n.ValueKind == JsonValueKind.String) =>
            [.. names.EnumerateArray().Select(n => n.GetString()!)],
        _ => throw new UnfitInputException("The montage's reference is no list of electrodes: expected \"reference\": [\"A1\", \"A2\"]."),
    };

    private static Derivation Read(JsonElement item, string[] reference)
    {
        if (item.ValueKind == JsonValueKind.String)
        {
            var text = item.GetString()!;
            return reference.Length > 0 && !text.Contains('-', StringComparison.Ordinal)
                ? new(text, [new(text, 1), .. reference.Select(r => new Term(r, -1.0 / reference.Length))])
                : Montage.Pair(text);
        }

        var label = Member(item, "label") is { ValueKind: JsonValueKind.String } given ? given.GetString() : null;
        if (Member(item, "weights") is not { ValueKind: JsonValueKind.Object } weights || !weights.EnumerateObject().Any())
        {
            throw new UnfitInputException($"Derivation {item.GetRawText().ReplaceLineEndings(" ")} has no weights: {Shape}.");
        }

        return new(label, [.. weights.EnumerateObject().Select(w => w.Value.ValueKind == JsonValueKind.Number
            ? new Term(w.Name, w.Value.GetDouble())
            : throw new UnfitInputException($"The weight of '{w.Name}' is not a number: {Shape}."))]);
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;
}
