namespace SignalLab.Formats.Curry;

/// <summary>The files of one recording.</summary>
/// <param name="Version">7 or 8.</param>
/// <param name="Parameters">What the data are.</param>
/// <param name="Data">The samples; null where the file is missing.</param>
/// <param name="Labels">Names and places of the sensors; null where the file is missing.</param>
/// <param name="Events">The events, or null.</param>
internal sealed record CurryFiles(int Version, string Parameters, string? Data, string? Labels, string? Events)
{
    private static readonly string[] Known = [".cdt", ".dpa", ".dpo", ".dap", ".dat", ".rs3", ".cef", ".ceo"];

    /// <summary>The recording that a file belongs to, or null where it belongs to none.</summary>
    /// <param name="head">The file's beginning.</param>
    public static CurryFiles? Of(FileHead head)
    {
        if (AreParameters(head))
        {
            return Beside(head.Path);
        }

        if (!Known.Contains(Path.GetExtension(head.Path), StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        var stem = Path.ChangeExtension(head.Path, null);
        var parameters = SiblingFile.Find(head.Path, ".dpa", ".dpo") ?? SiblingFile.Find(stem, ".dpa", ".dpo", ".dap");
        return parameters is not null && AreParameters(FileHead.Of(parameters)) ? Beside(parameters) : null;
    }

    // Curry 8 adds its endings to that of the data file, Curry 7 puts them in its place.
    private static CurryFiles Beside(string parameters)
    {
        var stem = Path.ChangeExtension(parameters, null);
        return stem.EndsWith(".cdt", StringComparison.OrdinalIgnoreCase)
            ? new(8, parameters, SiblingFile.Find(stem, ""), parameters, SiblingFile.Find(stem, ".cef", ".ceo"))
            : new(7, parameters, SiblingFile.Find(stem, ".dat"), SiblingFile.Find(stem, ".rs3"), SiblingFile.Find(stem, ".cef", ".ceo"));
    }

    private static bool AreParameters(FileHead head) => head.Text is var text && text.AsSpan(0, Math.Min(64, text.Length)).TrimStart("\u00ef\u00bb\u00bf \r\n\t").StartsWith("DATA_PARAMETERS START", StringComparison.Ordinal);
}
