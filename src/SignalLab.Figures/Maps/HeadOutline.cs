using SkiaSharp;

namespace SignalLab.Figures.Maps;

/// <summary>The head from above: circle, nose up, ears; all in units of its radius.</summary>
internal static class HeadOutline
{
    /// <summary>How far the nose reaches above the centre, in radii.</summary>
    public const float NoseReach = 1.13f;

    /// <summary>How far the ears reach to the sides, in radii.</summary>
    public const float EarReach = 1.1f;

    /// <summary>Draws the outline.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="centre">The head's centre on the page.</param>
    /// <param name="radius">Its radius on the page in mm.</param>
    public static void Draw(Sheet sheet, SKPoint centre, float radius)
    {
        SKPoint At(float right, float up) => new(centre.X + (right * radius), centre.Y - (up * radius));
        using var path = new SKPath();
        path.AddCircle(centre.X, centre.Y, radius);
        path.MoveTo(At(-0.14f, 0.990f));
        path.QuadTo(At(-0.05f, 1.06f), At(-0.028f, NoseReach - 0.01f));
        path.QuadTo(At(0, NoseReach + 0.01f), At(0.028f, NoseReach - 0.01f));
        path.QuadTo(At(0.05f, 1.06f), At(0.14f, 0.990f));
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            path.MoveTo(At(side * 0.984f, 0.18f));
            path.CubicTo(At(side * 1.06f, 0.27f), At(side * 1.12f, 0.2f), At(side * 1.085f, 0.06f));
            path.CubicTo(At(side * 1.06f, -0.03f), At(side * 1.12f, -0.09f), At(side * 1.09f, -0.18f));
            path.CubicTo(At(side * 1.07f, -0.26f), At(side * 1.02f, -0.27f), At(side * 0.976f, -0.22f));
        }

        // A light rim keeps the line visible over dark colours.
        var width = Math.Clamp(radius * 0.012f, 0.2f, 0.4f);
        sheet.Stroke(path, Style.Paper.WithAlpha(170), 2.2f * width);
        sheet.Stroke(path, Style.Ink, width);
    }
}
