namespace SignalLab.Formats.Xml;

/// <summary>Knows an XML file by its root element, without parsing it.</summary>
internal static class XmlHead
{
    /// <summary>True where the beginning of a file, not packed, holds a start tag of that name, with any prefix.</summary>
    /// <param name="head">The file's beginning.</param>
    /// <param name="root">Local name of the root element.</param>
    public static bool HasRoot(FileHead head, string root)
    {
        // Sixteen-bit encodings are ASCII with zeros between.
        var text = head.Text.Replace("\0", "", StringComparison.Ordinal).TrimStart('\uFEFF', 'ï', '»', '¿', 'ÿ', 'þ', ' ', '\t', '\r', '\n');
        if (head.IsGzip || !text.StartsWith('<'))
        {
            return false;
        }

        for (var at = text.IndexOf(root, StringComparison.Ordinal); at > 0; at = text.IndexOf(root, at + 1, StringComparison.Ordinal))
        {
            var end = at + root.Length;
            var start = text.LastIndexOf('<', at);
            if (start >= 0 && IsPrefix(text.AsSpan(start + 1, at - start - 1)) && (end == text.Length || char.IsWhiteSpace(text[end]) || text[end] is '>' or '/'))
            {
                return true;
            }
        }

        return false;
    }

    private static readonly System.Buffers.SearchValues<char> NoPrefix = System.Buffers.SearchValues.Create(" \t\r\n<>!?/=\"'");

    private static bool IsPrefix(ReadOnlySpan<char> text) => text.IsEmpty || (text[^1] == ':' && !text.ContainsAny(NoPrefix));
}
