using SkiaSharp;

namespace SignalLab.Figures;

/// <summary>A text as it was placed, for checks that nothing is cut off or overlaps.</summary>
/// <param name="Text">The words.</param>
/// <param name="BoundsMm">What it covers on the page, in millimetres.</param>
public readonly record struct PlacedText(string Text, SKRect BoundsMm);

/// <summary>What figures are drawn on: a canvas whose unit is one millimetre, x to the right and y down, whatever the file's format.</summary>
public sealed class Sheet
{
    private readonly List<PlacedText> texts = [];
    private readonly SKMatrix origin;

    /// <summary>A sheet over a canvas that is already scaled to millimetres.</summary>
    /// <param name="canvas">The canvas.</param>
    public Sheet(SKCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        Canvas = canvas;
        origin = canvas.TotalMatrix.Invert();
    }

    /// <summary>The canvas, for what this class lacks; one unit is one millimetre.</summary>
    public SKCanvas Canvas { get; }

    /// <summary>Every text drawn so far.</summary>
    public IReadOnlyList<PlacedText> Texts => texts;

    /// <summary>A straight line.</summary>
    /// <param name="x0">From, mm.</param>
    /// <param name="y0">From, mm.</param>
    /// <param name="x1">To, mm.</param>
    /// <param name="y1">To, mm.</param>
    /// <param name="colour">Colour.</param>
    /// <param name="widthMm">Width.</param>
    public void Line(float x0, float y0, float x1, float y1, SKColor colour, float widthMm = Style.LineMm)
    {
        using var path = new SKPath();
        path.MoveTo(x0, y0);
        path.LineTo(x1, y1);
        Stroke(path, colour, widthMm);
    }

    /// <summary>A row of dashes.</summary>
    /// <param name="x0">From, mm.</param>
    /// <param name="y0">From, mm.</param>
    /// <param name="x1">To, mm.</param>
    /// <param name="y1">To, mm.</param>
    /// <param name="colour">Colour.</param>
    /// <param name="widthMm">Width.</param>
    /// <param name="dashMm">Length of a dash and of the space behind it.</param>
    public void Dashes(float x0, float y0, float x1, float y1, SKColor colour, float widthMm = Style.LineMm, float dashMm = 1)
    {
        var (dx, dy) = (x1 - x0, y1 - y0);
        var length = MathF.Sqrt((dx * dx) + (dy * dy));
        using var path = new SKPath();
        for (var at = 0f; at < length; at += 2 * dashMm)
        {
            var end = MathF.Min(length, at + dashMm);
            path.MoveTo(x0 + (dx * at / length), y0 + (dy * at / length));
            path.LineTo(x0 + (dx * end / length), y0 + (dy * end / length));
        }

        Stroke(path, colour, widthMm);
    }

    /// <summary>The outline of a path.</summary>
    /// <param name="path">Path in mm.</param>
    /// <param name="colour">Colour.</param>
    /// <param name="widthMm">Width.</param>
    public void Stroke(SKPath path, SKColor colour, float widthMm = Style.LineMm)
    {
        using var paint = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = widthMm, Color = colour, IsAntialias = true, StrokeJoin = SKStrokeJoin.Round, StrokeCap = SKStrokeCap.Butt };
        Canvas.DrawPath(path, paint);
    }

    /// <summary>The inside of a path.</summary>
    /// <param name="path">Path in mm.</param>
    /// <param name="colour">Colour.</param>
    public void Fill(SKPath path, SKColor colour)
    {
        using var paint = new SKPaint { Style = SKPaintStyle.Fill, Color = colour, IsAntialias = true };
        Canvas.DrawPath(path, paint);
    }

    /// <summary>A filled rectangle.</summary>
    /// <param name="rect">Rectangle in mm.</param>
    /// <param name="colour">Colour.</param>
    public void Fill(SKRect rect, SKColor colour)
    {
        using var paint = new SKPaint { Style = SKPaintStyle.Fill, Color = colour, IsAntialias = true };
        Canvas.DrawRect(rect, paint);
    }

    /// <summary>The outline of a rectangle.</summary>
    /// <param name="rect">Rectangle in mm.</param>
    /// <param name="colour">Colour.</param>
    /// <param name="widthMm">Width.</param>
    public void Outline(SKRect rect, SKColor colour, float widthMm = Style.LineMm)
    {
        using var paint = new SKPaint { Style = SKPaintStyle.Stroke, StrokeWidth = widthMm, Color = colour, IsAntialias = true };
        Canvas.DrawRect(rect, paint);
    }

    /// <summary>One line of text.</summary>
    /// <param name="text">The words; line breaks become spaces.</param>
    /// <param name="x">Point in mm.</param>
    /// <param name="y">Point in mm.</param>
    /// <param name="style">Size, colour, face, position and turn.</param>
    /// <returns>What the text covers in the sheet's current coordinates, before any turn.</returns>
    public SKRect Text(string text, float x, float y, TextStyle style)
    {
        var line = Typeface.OneLine(text);
        var width = Width(line, style);
        var left = x - (style.Across switch { Across.Left => 0, Across.Centre => width / 2, _ => width });
        var baseline = y + (style.SizeMm * style.Upright switch { Upright.Baseline => 0, Upright.Top => 0.73f, Upright.Middle => 0.36f, _ => -0.22f });
        var bounds = new SKRect(left, baseline - (0.75f * style.SizeMm), left + width, baseline + (0.22f * style.SizeMm));
        if (line.Length == 0)
        {
            return bounds;
        }

        Canvas.Save();
        if (style.TurnDegrees != 0)
        {
            Canvas.RotateDegrees(style.TurnDegrees, x, y);
        }

        using var paint = new SKPaint { Color = style.Colour, IsAntialias = true };
        foreach (var (run, face) in Typeface.Runs(line, FaceOf(style)))
        {
            using var font = Typeface.Font(face, style.SizeMm);
            Canvas.DrawText(run, left, baseline, SKTextAlign.Left, font, paint);
            left += font.MeasureText(run);
        }

        texts.Add(new(line, Canvas.TotalMatrix.PostConcat(origin).MapRect(bounds)));
        Canvas.Restore();
        return bounds;
    }

    /// <summary>Text broken into lines between words.</summary>
    /// <param name="text">The words.</param>
    /// <param name="x">Left edge in mm.</param>
    /// <param name="top">Top edge in mm.</param>
    /// <param name="widthMm">Longest line.</param>
    /// <param name="style">Look.</param>
    /// <returns>Height used, in mm.</returns>
    public float Paragraph(string text, float x, float top, float widthMm, TextStyle style)
    {
        var lines = Wrap(text, widthMm, style);
        for (var i = 0; i < lines.Count; i++)
        {
            Text(lines[i], x, top + (i * style.LineMm), style with { Upright = Upright.Top });
        }

        return lines.Count * style.LineMm;
    }

    /// <summary>Length of a text on one line, in mm.</summary>
    /// <param name="text">The words.</param>
    /// <param name="style">Look.</param>
    public static float Width(string text, TextStyle style)
    {
        var width = 0f;
        foreach (var (run, face) in Typeface.Runs(text, FaceOf(style)))
        {
            using var font = Typeface.Font(face, style.SizeMm);
            width += font.MeasureText(run);
        }

        return width;
    }

    /// <summary>The text, or its beginning and end with … between where it is longer than the place for it.</summary>
    /// <param name="text">The words.</param>
    /// <param name="widthMm">The place.</param>
    /// <param name="style">Look.</param>
    public static string Elide(string text, float widthMm, TextStyle style)
    {
        var line = Typeface.OneLine(text);
        if (Width(line, style) <= widthMm)
        {
            return line;
        }

        var (low, high) = (0, line.Length - 1);
        while (low < high)
        {
            var keep = (low + high + 1) / 2;
            (low, high) = Width(Shortened(line, keep), style) <= widthMm ? (keep, high) : (low, keep - 1);
        }

        return Shortened(line, low);
    }

    /// <summary>Lines no longer than a width, broken between words; a longer word is elided.</summary>
    /// <param name="text">The words.</param>
    /// <param name="widthMm">Longest line.</param>
    /// <param name="style">Look.</param>
    public static IReadOnlyList<string> Wrap(string text, float widthMm, TextStyle style)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in Typeface.OneLine(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Width(longer, style) > widthMm)
            {
                lines.Add(line);
                longer = word;
            }

            line = Elide(longer, widthMm, style);
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        return lines;
    }

    // The end distinguishes long channel names more often than the middle does.
    private static string Shortened(string line, int keep)
    {
        var tail = keep / 3;
        var head = keep - tail;
        head -= head > 0 && char.IsHighSurrogate(line[head - 1]) ? 1 : 0;
        tail -= tail > 0 && char.IsLowSurrogate(line[^tail]) ? 1 : 0;
        return line[..head].TrimEnd() + "…" + line[^tail..].TrimStart();
    }

    private static SKTypeface FaceOf(TextStyle style) => style.Bold ? Typeface.Bold : Typeface.Regular;
}
