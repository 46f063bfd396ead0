using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Analysis.Norms;

/// <summary>
/// Reads and writes packs of norms as tables: head lines <c># key: value</c> (id, source, population, licence, certainty, limits), a line of column names,
/// and a row a measure, sex and age group. Columns: <c>measure, unit, sex, age_from_y, age_to_y, n, mean, sd, low, high</c> and percentiles <c>p2, p50, p98</c> …, tab or comma between them.
/// </summary>
public static class NormPack
{
    private const int MostCharacters = 20_000_000;

    /// <summary>Reads a pack.</summary>
    /// <param name="reader">The text: a table, or JSON with the same names.</param>
    /// <param name="name">What a refusal calls it: the file's name.</param>
    /// <returns>The set.</returns>
    /// <exception cref="UnfitInputException">One line that says where the pack is not as it must be.</exception>
    public static NormSet Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var text = new StringBuilder();
        var buffer = new char[1 << 16];
        for (int n; (n = reader.Read(buffer)) > 0;)
        {
            text.Append(buffer, 0, n);
            if (text.Length > MostCharacters)
            {
                throw new UnfitInputException($"{name}: longer than {MostCharacters} characters is no pack of norms.");
            }
        }

        var whole = text.ToString().TrimStart('\ufeff');
        return whole.AsSpan().TrimStart().StartsWith("{") ? NormPackJson.Read(whole, name) : ReadTable(whole, name);
    }

    /// <summary>Writes a set as a table.</summary>
    /// <param name="set">The set.</param>
    /// <param name="writer">Receives the table.</param>
    public static void Write(NormSet set, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(writer);
        var first = set.Norms[0];
        writer.Write(FormattableString.Invariant($"# id: {set.Id}\n# source: {first.Source}\n# population: {first.Population}\n# licence: {first.Licence}\n# certainty: {first.Certainty.ToString().ToLowerInvariant()}\n"));
        double[] percentiles = [.. set.Norms.SelectMany(n => n.Rows).SelectMany(r => r.Percentiles).Select(p => p.Percentile).Distinct().Order()];
        string[] columns = ["measure", "unit", "sex", "age_from_y", "age_to_y", "n", "mean", "sd", "low", "high", .. percentiles.Select(p => "p" + Text(p))];
        writer.Write(string.Join('\t', columns) + "\n");
        foreach (var norm in set.Norms)
        {
            foreach (var row in norm.Rows)
            {
                // Limits that follow from the percentiles are not written twice.
                var own = row.LowPercentile > 0 || row.HighPercentile > 0;
                string[] cells =
                [
                    norm.Name, norm.Unit.Symbol, row.Sex ?? "any", Text(row.AgeFromYears), Text(row.AgeToYears), Text(row.Count), Text(row.Mean), Text(row.StandardDeviation),
                    own ? "" : Text(row.Low), own ? "" : Text(row.High),
                    .. percentiles.Select(p => Text(row.Percentiles.FirstOrDefault(k => k.Percentile == p)?.Value)),
                ];
                writer.Write(string.Join('\t', cells) + "\n");
            }
        }
    }

    private static string Text(double? value) => value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";

    private static NormSet ReadTable(string text, string name)
    {
        var draft = new NormDraft(name);
        string[]? columns = null;
        var delimiter = '\t';
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var line = raw.TrimEnd('\r');
            if (line.Length == 0 || line.All(char.IsWhiteSpace))
            {
                continue;
            }

            if (line[0] == '#')
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0)
                {
                    draft.Head(line[1..colon].Trim(), line[(colon + 1)..].Trim());
                }

                continue;
            }

            if (columns is null)
            {
                delimiter = line.Contains('\t', StringComparison.Ordinal) ? '\t' : ',';
                columns = [.. Cells(line, delimiter).Select(c => c.Trim().ToLowerInvariant())];
                if (!columns.Contains("measure"))
                {
                    throw new UnfitInputException($"{name}, line {number}: expected column names with 'measure' among them, found '{(line.Length > 60 ? line[..60] + "…" : line)}'.");
                }

                continue;
            }

            var cells = Cells(line, delimiter);
            if (cells.Count != columns.Length)
            {
                throw new UnfitInputException($"{name}, line {number}: has {cells.Count} cells, the column names are {columns.Length}.");
            }

            draft.Row(columns.Zip(cells).Where(c => c.Second.Trim().Length > 0).Select(c => (c.First, c.Second.Trim())), $"line {number}");
        }

        return draft.Finish();
    }

    /// <summary>The cells of one line of a table; a cell in quotes may hold the delimiter.</summary>
    /// <param name="line">The line.</param>
    /// <param name="delimiter">Tab or comma.</param>
    public static IReadOnlyList<string> Cells(string line, char delimiter)
    {
        ArgumentNullException.ThrowIfNull(line);
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                    continue;
                }

                quoted = !quoted;
            }
            else if (line[i] == delimiter && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(line[i]);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
