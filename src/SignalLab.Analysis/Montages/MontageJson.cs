using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>
/// Montages as users write them: <c>{"name": "mine", "derivations": ["F3-C3", {"label": "C3 Laplace", "weights": {"C3": 1, "F3": -0.25, …}}]}</c>.
/// A bare array of derivations will do.
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
            if ((isList ? root : Member(root, "derivations")) is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
            {
                throw new UnfitInputException($"The montage has no derivations: {Shape}.");
            }

            return Montage.Of(name, [.. list.EnumerateArray().Select(Read)]);
        }
        catch (JsonException fault)
        {
            throw new UnfitInputException($"The montage is not JSON (line {fault.LineNumber + 1}): {Shape}.");
        }
    }

    private static Derivation Read(JsonElement item)
    {
        if (item.ValueKind == JsonValueKind.String)
        {
            return Montage.Pair(item.GetString()!);
        }

        var label = Member(item, "label") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
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
