using SignalLab.Model;

namespace SignalLab.Figures;

/// <summary>Writes a figure as PNG, SVG or PDF; the same figure gives the same bytes each time.</summary>
public static class FigureFile
{
    /// <summary>Most pixels along one side of a PNG.</summary>
    public const int LargestSide = 30_000;

    /// <summary>Endings of the formats a figure can be written in.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".png", ".svg", ".pdf"];

    /// <summary>Writes a figure to a file, which appears whole or not at all; an existing one is replaced.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="path">The file; its ending decides the format.</param>
    /// <param name="colophon">How the figure was made: printed at its foot and kept in the file's metadata.</param>
    /// <param name="dpi">Pixels per inch of a PNG.</param>
    /// <exception cref="UnfitInputException">The ending is none of <see cref="Endings"/>, or the PNG would be larger than <see cref="LargestSide"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Figure figure, string path, Colophon colophon, double dpi = 150)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = ToBytes(figure, Path.GetExtension(path), colophon, dpi);
        var beside = path + ".part";
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Writes figures as the pages of one PDF, which appears whole or not at all; an existing one is replaced.</summary>
    /// <param name="figures">The pages, at least one.</param>
    /// <param name="path">The file.</param>
    /// <param name="colophon">How they were made.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void SavePages(IReadOnlyList<Figure> figures, string path, Colophon colophon)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(colophon);
        ArgumentOutOfRangeException.ThrowIfZero(figures.Count, nameof(figures));
        var beside = path + ".part";
        File.WriteAllBytes(beside, PdfFigure.Write(figures, colophon));
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The bytes of a figure's file.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="ending"><c>.png</c>, <c>.svg</c> or <c>.pdf</c>.</param>
    /// <param name="colophon">How the figure was made.</param>
    /// <param name="dpi">Pixels per inch of a PNG.</param>
    /// <exception cref="UnfitInputException">The ending is none of <see cref="Endings"/>, or the PNG would be larger than <see cref="LargestSide"/>.</exception>
    public static byte[] ToBytes(Figure figure, string ending, Colophon colophon, double dpi = 150)
    {
        ArgumentNullException.ThrowIfNull(figure);
        ArgumentNullException.ThrowIfNull(ending);
        ArgumentNullException.ThrowIfNull(colophon);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dpi);
        return ending.ToLowerInvariant() switch
        {
            ".png" => PngFigure.Write(figure, colophon, dpi),
            ".svg" => SvgFigure.Write(figure, colophon),
            ".pdf" => PdfFigure.Write([figure], colophon),
            _ => throw new UnfitInputException($"A figure is written as .png, .svg or .pdf, not as '{ending}'."),
        };
    }
}
