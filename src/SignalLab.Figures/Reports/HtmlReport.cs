using System.Globalization;
using System.Net;
using System.Text;

namespace SignalLab.Figures.Reports;

/// <summary>Writes a report as a folder: <c>index.html</c> with its style inside, no script, and its figures beside it.</summary>
public static class HtmlReport
{
    /// <summary>Name of the page.</summary>
    public const string PageName = "index.html";

    private static readonly string Css = ReadCss();

    /// <summary>Writes the report's page and figures, each whole or not at all; files of the same names are replaced.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">The folder, made where it is missing.</param>
    /// <param name="colophon">How it was made: stands at the page's foot and in every figure that has none of its own.</param>
    /// <param name="dpi">Pixels per inch of PNG figures.</param>
    /// <returns>Paths of the files written, the page first.</returns>
    /// <exception cref="SignalLab.Model.UnfitInputException">A figure's ending is none that figures are written in.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(Report report, string folder, Colophon colophon, double dpi = 150)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(colophon);
        Directory.CreateDirectory(folder);
        var page = Path.Combine(folder, PageName);
        var written = new List<string> { page };
        var names = FileNames(report);
        foreach (var (block, name) in names)
        {
            var path = Path.Combine(folder, name);
            FigureFile.Save(block.Figure, path, block.Colophon ?? colophon, dpi);
            written.Add(path);
        }

        var beside = page + ".part";
        File.WriteAllText(beside, ToHtml(report, colophon, names), new UTF8Encoding(false));
        File.Move(beside, page, overwrite: true);
        return written;
    }

    /// <summary>The page alone.</summary>
    /// <param name="report">The report.</param>
    /// <param name="colophon">How it was made.</param>
    public static string ToHtml(Report report, Colophon colophon)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(colophon);
        return ToHtml(report, colophon, FileNames(report));
    }

    private static string ToHtml(Report report, Colophon colophon, Dictionary<FigureBlock, string> names)
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="generator" content="{Escape(colophon.Program)}">
            <meta name="provenance" content="{Escape(colophon.ToJson())}">
            <title>{Escape(report.Title)}</title>
            <style>
            {Css}</style>
            </head>
            <body>
            <a class="skip" href="#content">Skip to content</a>
            <header>
            <h1>{Escape(report.Title)}</h1>

            """);
        if (report.Subtitle.Length > 0)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"subtitle\">{Escape(report.Subtitle)}</p>\n");
        }

        html.Append("</header>\n");
        if (report.Sections.Count > 1)
        {
            html.Append("<nav aria-label=\"Sections\"><ol>\n");
            for (var i = 0; i < report.Sections.Count; i++)
            {
                html.Append(CultureInfo.InvariantCulture, $"<li><a href=\"#s{i + 1}\">{Escape(report.Sections[i].Title)}</a></li>\n");
            }

            html.Append("</ol></nav>\n");
        }

        html.Append("<main id=\"content\">\n");
        for (var i = 0; i < report.Sections.Count; i++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<section aria-labelledby=\"s{i + 1}\">\n<h2 id=\"s{i + 1}\">{Escape(report.Sections[i].Title)}</h2>\n");
            foreach (var block in report.Sections[i].Blocks)
            {
                Append(html, block, names);
            }

            html.Append("</section>\n");
        }

        html.Append(CultureInfo.InvariantCulture, $"</main>\n<footer>{Escape(colophon.Line)}</footer>\n</body>\n</html>\n");
        return html.ToString();
    }

    private static void Append(StringBuilder html, ReportBlock block, Dictionary<FigureBlock, string> names)
    {
        switch (block)
        {
            case TextBlock text:
                foreach (var paragraph in text.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    html.Append(CultureInfo.InvariantCulture, $"<p>{Escape(paragraph)}</p>\n");
                }

                break;
            case TableBlock table:
                AppendTable(html, table);
                break;
            case FigureBlock figure:
                AppendFigure(html, names[figure], figure.Description);
                break;
            case FigureFileBlock file:
                AppendFigure(html, file.Path, file.Description);
                break;
            case LinksBlock links:
                html.Append("<ul>\n");
                foreach (var (text, target) in links.Links)
                {
                    html.Append(CultureInfo.InvariantCulture, $"<li>{(Address(target) is { } address ? $"<a href=\"{Escape(address)}\">{Escape(text)}</a>" : Escape(text))}</li>\n");
                }

                html.Append("</ul>\n");
                break;
        }
    }

    private static void AppendTable(StringBuilder html, TableBlock table)
    {
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\" role=\"region\" aria-label=\"{Escape(table.Caption)}\" tabindex=\"0\"><table>\n<caption>{Escape(table.Caption)}</caption>\n<thead><tr>");
        foreach (var column in table.Columns)
        {
            html.Append(CultureInfo.InvariantCulture, $"<th scope=\"col\"{(column.IsNumber ? " class=\"number\"" : "")}>{Escape(column.Heading)}</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        for (var r = 0; r < table.Rows.Count; r++)
        {
            html.Append(table.Flagged.Contains(r) ? "<tr class=\"flagged\">" : "<tr>");
            for (var c = 0; c < table.Columns.Count; c++)
            {
                html.Append(CultureInfo.InvariantCulture, $"<td{(table.Columns[c].IsNumber ? " class=\"number\"" : "")}>{Escape(c < table.Rows[r].Count ? table.Rows[r][c] : "")}</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table></div>\n");
    }

    private static void AppendFigure(StringBuilder html, string path, string description)
    {
        var address = Address(path) ?? "";
        html.Append(path.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)
            ? $"<p><a href=\"{Escape(address)}\">{Escape(description)}</a> (PDF)</p>\n"
            : $"<figure>\n<a href=\"{Escape(address)}\"><img src=\"{Escape(address)}\" alt=\"{Escape(description)}\"></a>\n<figcaption>{Escape(description)}</figcaption>\n</figure>\n");
    }

    // A name from a file never becomes a script: what is not http(s) is a path below the report, every piece of it encoded.
    private static string? Address(string target)
    {
        if (target.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || target.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            return target;
        }

        var pieces = target.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        return pieces.Length == 0 || target.StartsWith('/') ? null : string.Join('/', pieces.Select(Uri.EscapeDataString));
    }

    private static Dictionary<FigureBlock, string> FileNames(Report report)
    {
        var names = new Dictionary<FigureBlock, string>(ReferenceEqualityComparer.Instance);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { PageName };
        foreach (var block in report.Sections.SelectMany(s => s.Blocks).OfType<FigureBlock>())
        {
            var ending = Path.GetExtension(block.FileName);
            var stem = string.Concat(block.FileName[..^ending.Length].Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
            var name = stem + ending;
            for (var n = 2; !taken.Add(name); n++)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{n}{ending}");
            }

            names[block] = name;
        }

        return names;
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(Typeface.OneLine(text));

    private static string ReadCss()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("SignalLab.Figures.Reports.report.css")
            ?? throw new InvalidOperationException("The program was built without its report style.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
