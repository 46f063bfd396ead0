using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;

namespace SignalLab.Figures;

/// <summary>A figure as SVG: one user unit is one millimetre, text stays text, title and colophon stand in the head.</summary>
internal static partial class SvgFigure
{
    public static byte[] Write(Figure figure, Colophon colophon)
    {
        var size = figure.SizeMm(colophon);
        using var memory = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(SKRect.Create(size), memory))
        {
            figure.Draw(canvas, colophon);
        }

        var drawn = Encoding.UTF8.GetString(memory.ToArray());
        var body = drawn[(drawn.IndexOf('>', drawn.IndexOf("<svg", StringComparison.Ordinal)) + 1)..];
        body = TextElement().Replace(body, Tidy).Replace($"font-family=\"{Typeface.Family}\"", $"font-family=\"{Typeface.SvgFamilies}\"", StringComparison.Ordinal);
        var head = string.Create(CultureInfo.InvariantCulture, $"""
            <?xml version="1.0" encoding="utf-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{size.Width:0.###}mm" height="{size.Height:0.###}mm" viewBox="0 0 {size.Width:0.###} {size.Height:0.###}" role="img">
            <title>{Escape(figure.Title)}</title>
            <desc>{Escape(figure.Subtitle)}</desc>
            <metadata>{Escape(colophon.ToJson())}</metadata>
            """);
        return Encoding.UTF8.GetBytes(head + Named(body));
    }

    // Skia counts its names over the program's life; here they are counted a figure and begin with its content's hash: the same bytes each time, and no clash where a page holds several figures.
    private static string Named(string body)
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        var counted = Name().Replace(body, m => order.TryGetValue(m.Value, out var n) ? $"n{n}" : $"n{order[m.Value] = order.Count}");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(counted)))[..8];
        return Counted().Replace(counted, $"f{hash}-$0");
    }

    // Skia leaves a comma behind the last glyph's place and blanks around the words; strict readers refuse the first and show the second.
    private static string Tidy(Match text) =>
        TrailingComma().Replace(text.Groups["head"].Value, "\"") + ">" + text.Groups["words"].Value.Trim() + "</text>";

    private static string Escape(string text) => SecurityElement.Escape(Typeface.OneLine(text)) ?? "";

    [GeneratedRegex("(?<head><text [^>]*)>(?<words>[^<]*)</text>", RegexOptions.CultureInvariant)]
    private static partial Regex TextElement();

    [GeneratedRegex("""(?<= id="|url\(#|href="#)[a-z]+_[0-9a-f]+(?=["\)])""", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("""(?<= id="|url\(#|href="#)n\d+(?=["\)])""", RegexOptions.CultureInvariant)]
    private static partial Regex Counted();

    [GeneratedRegex(@",\s*""", RegexOptions.CultureInvariant)]
    private static partial Regex TrailingComma();
}
