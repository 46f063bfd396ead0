using System.Text.Json;
using System.Text.Unicode;
using SignalLab.Model;

namespace SignalLab.Formats.Text;

/// <summary>JSON from anywhere: size and depth are bounded, and every text in it can be read.</summary>
internal static class SafeJson
{
    /// <summary>A description may be this large.</summary>
    public const long LargestBytes = 4_000_000;

    /// <summary>Reads an object whole.</summary>
    /// <param name="path">The file, taken as it stands (not unzipped).</param>
    /// <param name="what">What is read, for messages.</param>
    /// <returns>The object.</returns>
    /// <exception cref="MalformedFileException">It is too large, or no JSON object.</exception>
    public static JsonElement Load(string path, string what)
    {
        var source = ByteSource.OpenAsIs(path);
        byte[] bytes;
        try
        {
            bytes = source.Length <= LargestBytes
                ? source.Read(0, source.Length, what)
                : throw new MalformedFileException(path, null, what, FormattableString.Invariant($"{source.Length} bytes"), FormattableString.Invariant($"at most {LargestBytes}"));
        }
        finally
        {
            source.Close();
        }

        if (!Utf8.IsValid(bytes))
        {
            throw new MalformedFileException(path, null, what, "bytes that are no UTF-8", "JSON in UTF-8");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new MalformedFileException(path, null, "line 1", $"JSON of the kind {document.RootElement.ValueKind.ToString().ToLowerInvariant()}", $"an object: a {what}");
            }

            RequireText(document.RootElement);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new MalformedFileException(path, null, FormattableString.Invariant($"line {e.LineNumber + 1}"), "text that is no JSON", $"a {what} in JSON", e);
        }
        catch (InvalidOperationException e)
        {
            throw new MalformedFileException(path, null, what, "half of a surrogate pair", "text", e);
        }
    }

    // A lone surrogate passes the parser and fails only when it is read. The parser allows 64 levels.
    private static void RequireText(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    RequireText(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    _ = member.Name;
                    RequireText(member.Value);
                }

                break;
        }
    }
}
