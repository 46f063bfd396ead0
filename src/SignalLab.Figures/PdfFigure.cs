using SkiaSharp;

namespace SignalLab.Figures;

/// <summary>Figures as a PDF of vectors in real size, one a page, with title and colophon in its information dictionary.</summary>
internal static class PdfFigure
{
    public const float PointsPerMm = 72 / 25.4f;

    // The format's writer knows sizes in whole pixels of its own: a tenth of a point apart, a page is right to 0.02 mm.
    private const float PixelsPerInch = 720;

    public static byte[] Write(IReadOnlyList<Figure> figures, Colophon colophon)
    {
        using var memory = new MemoryStream();
        using (var document = Open(memory, figures[0].Title, colophon))
        {
            foreach (var figure in figures)
            {
                var page = Begin(document, figure.SizeMm(colophon));
                figure.Draw(page, colophon);
                document.EndPage();
            }

            document.Close();
        }

        return memory.ToArray();
    }

    /// <summary>A document without dates, so that it is the same each time.</summary>
    public static SKDocument Open(Stream to, string title, Colophon colophon) => SKDocument.CreatePdf(to, new SKDocumentPdfMetadata
    {
        Title = Typeface.OneLine(title),
        Subject = Typeface.OneLine(colophon.Line),
        Keywords = colophon.ToJson(),
        Creator = colophon.Program,
        Producer = colophon.Program,
        RasterDpi = PixelsPerInch,
        EncodingQuality = 101,
    });

    /// <summary>A page whose canvas is in millimetres.</summary>
    public static SKCanvas Begin(SKDocument document, SKSize sizeMm)
    {
        var canvas = document.BeginPage(sizeMm.Width * PointsPerMm, sizeMm.Height * PointsPerMm);
        canvas.Scale(PointsPerMm);
        return canvas;
    }
}
