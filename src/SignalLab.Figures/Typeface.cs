using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using SkiaSharp;

namespace SignalLab.Figures;

/// <summary>The bundled typeface and what stands in where it lacks a character.</summary>
public static class Typeface
{
    /// <summary>The bundled family.</summary>
    public const string Family = "Liberation Sans";

    /// <summary>Families of the same widths for viewers that lack the bundled one, as CSS.</summary>
    internal const string SvgFamilies = "Liberation Sans, Arimo, Arial, Helvetica, sans-serif";

    private static readonly string[] Fallbacks =
        ["Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "WenQuanYi Zen Hei", "Microsoft YaHei", "Yu Gothic", "Malgun Gothic", "PingFang SC", "Hiragino Sans", "Noto Sans", "DejaVu Sans", "Arial Unicode MS"];

    private static readonly ConcurrentDictionary<int, SKTypeface> Standins = new();

    /// <summary>Regular face.</summary>
    public static SKTypeface Regular { get; } = Load("LiberationSans-Regular.ttf");

    /// <summary>Bold face.</summary>
    public static SKTypeface Bold { get; } = Load("LiberationSans-Bold.ttf");

    /// <summary>A font that places glyphs by their unhinted widths, so that a text is as long on screen as on paper.</summary>
    /// <param name="face">The face.</param>
    /// <param name="size">Size in the canvas's units.</param>
    public static SKFont Font(SKTypeface face, float size) =>
        new(face, size) { Subpixel = true, LinearMetrics = true, Hinting = SKFontHinting.None, Edging = SKFontEdging.Antialias };

    /// <summary>The text on one line, without control characters and doubled spaces.</summary>
    /// <param name="text">Any text from a file.</param>
    public static string OneLine(string? text)
    {
        var line = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            var blank = Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Surrogate;
            if (!blank)
            {
                line.Append(rune);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }

    /// <summary>Cuts a text into stretches that one face can draw.</summary>
    internal static IEnumerable<(string Text, SKTypeface Face)> Runs(string text, SKTypeface face)
    {
        if (face.ContainsGlyphs(text))
        {
            yield return (text, face);
            yield break;
        }

        var run = new StringBuilder();
        var current = face;
        foreach (var rune in text.EnumerateRunes())
        {
            var wanted = face.ContainsGlyph(rune.Value) ? face : Standins.GetOrAdd(rune.Value, Find, face);
            if (wanted != current && run.Length > 0)
            {
                yield return (run.ToString(), current);
                run.Clear();
            }

            current = wanted;
            run.Append(rune);
        }

        if (run.Length > 0)
        {
            yield return (run.ToString(), current);
        }
    }

    private static SKTypeface Find(int codepoint, SKTypeface box)
    {
        foreach (var name in Fallbacks.Concat(SKFontManager.Default.FontFamilies.Order(StringComparer.Ordinal)))
        {
            var face = SKFontManager.Default.MatchFamily(name);
            if (face is not null && face.ContainsGlyph(codepoint))
            {
                return face;
            }

            face?.Dispose();
        }

        return box;
    }

    private static SKTypeface Load(string file)
    {
        using var stream = typeof(Typeface).Assembly.GetManifestResourceStream("SignalLab.Figures.Fonts." + file)
            ?? throw new InvalidOperationException($"The program was built without its font {file}.");
        return SKTypeface.FromStream(stream);
    }
}
