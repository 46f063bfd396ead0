namespace SignalLab.Formats.Electrodes;

/// <summary>The header of a table with named columns, and how its rows are cut: at tabs, commas, or white space, as the header is.</summary>
internal sealed class HeaderedTable
{
    private readonly string[] columns;
    private readonly char? separator;

    public HeaderedTable(string header)
    {
        separator = header.Contains('\t') ? '\t' : header.Contains(',') ? ',' : null;
        columns = Cut(header);
    }

    /// <summary>The column of one of these names in any case, or -1.</summary>
    public int Column(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Array.FindIndex(columns, c => c.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var found)
            {
                return found;
            }
        }

        return -1;
    }

    /// <summary>A row's cells, without the white space and quotes around them.</summary>
    public string[] Cut(string row) => separator is { } s
        ? [.. row.Split(s).Select(c => c.Trim().Trim('"', '\''))]
        : row.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
