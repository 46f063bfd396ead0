using System.Globalization;
using System.Text.Json;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>What descriptions in JSON say together: a later one overrules an earlier one, key by key.</summary>
internal sealed class BidsDescription
{
    private readonly Dictionary<string, (string Path, JsonElement Value)> members = new(StringComparer.Ordinal);

    /// <summary>Reads descriptions.</summary>
    /// <param name="paths">The files, the highest folder first.</param>
    /// <exception cref="MalformedFileException">One is no JSON object.</exception>
    public static BidsDescription Read(IEnumerable<string> paths)
    {
        var description = new BidsDescription();
        foreach (var path in paths)
        {
            foreach (var member in SafeJson.Load(path, "description").EnumerateObject())
            {
                description.members[member.Name] = (path, member.Value);
            }
        }

        return description;
    }

    /// <summary>A member as it stands, or null.</summary>
    /// <param name="key">Its key.</param>
    public JsonElement? Value(string key) => members.TryGetValue(key, out var member) ? member.Value : null;

    /// <summary>A member as text: words as they stand, anything else as JSON; null where it is missing or says that nothing is known.</summary>
    /// <param name="key">Its key.</param>
    public string? Text(string key) => Value(key) switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => BidsTable.IsMissing(text.GetString()!.Trim()) ? null : text.GetString()!.Trim(),
        { } other => other.GetRawText(),
    };

    /// <summary>A member as a finite number (also where it is written as text), or null where it is missing or says that nothing is known.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="remarks">Receives a sentence where something else stands there.</param>
    public double? Number(string key, List<string> remarks)
    {
        if (Text(key) is not { } text)
        {
            return null;
        }

        if (Value(key)?.ValueKind is JsonValueKind.Number or JsonValueKind.String && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            return value;
        }

        remarks.Add($"{Path.GetFileName(members[key].Path)}: {key} is {Short(text)}, expected a number or \"n/a\".");
        return null;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
