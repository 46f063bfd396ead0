namespace SignalLab.Figures.Reports;

/// <summary>Writes a report as a PDF of A4 pages with page numbers and the colophon at every foot. Figures keep their true scale: one too large for the page gets a page of its own size.</summary>
public static class PdfReport
{
    /// <summary>Writes the report, whole or not at all; an existing file is replaced.</summary>
    /// <param name="report">The report.</param>
    /// <param name="path">The file.</param>
    /// <param name="colophon">How it was made.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Report report, string path, Colophon colophon)
    {
        var bytes = ToBytes(report, colophon);
        var beside = path + ".part";
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The bytes of the report's PDF; the same report gives the same bytes.</summary>
    /// <param name="report">The report.</param>
    /// <param name="colophon">How it was made.</param>
    public static byte[] ToBytes(Report report, Colophon colophon)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(colophon);
        var pages = new PdfPages();
        pages.Paragraph(report.Title, Style.Title with { SizeMm = 5.6f });
        pages.Paragraph(report.Subtitle, Style.Subtitle);
        foreach (var section in report.Sections)
        {
            pages.Heading(section.Title, section.Blocks is [FigureBlock first, ..] ? PdfPages.HeightOf(first.Figure, first.Description) ?? 0 : 15);
            foreach (var block in section.Blocks)
            {
                Add(pages, block);
            }
        }

        return pages.ToBytes(report.Title, colophon);
    }

    private static void Add(PdfPages pages, ReportBlock block)
    {
        switch (block)
        {
            case TextBlock text:
                foreach (var paragraph in text.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    pages.Paragraph(paragraph, Style.Label);
                }

                break;
            case TableBlock table:
                PdfTable.Add(pages, table);
                break;
            case FigureBlock figure:
                pages.Figure(figure);
                break;
            case FigureFileBlock file:
                pages.Paragraph($"{file.Description} ({file.Path})", Style.Label);
                break;
            case LinksBlock links:
                foreach (var (text, target) in links.Links)
                {
                    pages.Paragraph(text == target ? text : $"{text}: {target}", Style.Label);
                }

                break;
        }
    }
}
