using SignalLab.Figures.Colour;
using SignalLab.Figures.Maps;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Slices;

/// <summary>One slice on the page: its pixels, what lies over it, the letters of its sides, the crosshair.</summary>
internal sealed class SlicePicture
{
    /// <summary>Room for a letter at each side.</summary>
    public const float LetterMm = 4;

    private const float CrosshairGapMm = 2.5f;
    private static readonly SKColor CrosshairColour = new(0x56, 0xb4, 0xe9);

    private readonly SlicePanel panel;

    public SlicePicture(SlicePanel panel, SliceLayer slice, SliceLayer? overlay, ViewConvention convention)
    {
        (this.panel, Slice, Overlay) = (panel, slice, overlay);
        View = panel.View(convention);
        Caption = panel.Caption();
    }

    public SliceLayer Slice { get; }

    public SliceLayer? Overlay { get; }

    public PlaneView View { get; }

    public string Caption { get; }

    /// <summary>Letters of the left, right, upper and lower side; empty where the frame does not say.</summary>
    public (string Left, string Right, string Top, string Bottom) Sides => panel.IsAnatomical
        ? (Anatomy.Letters(-1 * View.Right), Anatomy.Letters(View.Right), Anatomy.Letters(View.Up), Anatomy.Letters(-1 * View.Up))
        : ("", "", "", "");

    /// <summary>True where a point lies in this slice, not beside it.</summary>
    public bool Holds(Point3 mm) => View.DistanceOf(mm) <= Math.Max(0.51 * Slice.Grid.SpacingMm.Z, 0.51 * Math.Min(Slice.Grid.SpacingMm.X, Slice.Grid.SpacingMm.Y));

    /// <summary>Draws the slice.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="place">The picture's place; letters and caption lie around it.</param>
    /// <param name="scale">Colours of the slice.</param>
    /// <param name="overlayScale">Colours of the overlay.</param>
    /// <param name="options">How it is drawn.</param>
    public void Draw(Sheet sheet, SKRect place, ColourScale? scale, ColourScale? overlayScale, SliceOptions options)
    {
        PlanePicture.Draw(sheet, place, View, (right, up) =>
        {
            var (i, j) = View.NodeAt(right, up);
            var ground = Slice.ColourAt(i, j, scale);
            if (Overlay is null)
            {
                return ground ?? SKColors.Transparent;
            }

            var (oi, oj) = PlaneView.NodeOf(Overlay.Grid, View.PointAt(right, up));
            return Overlay.ColourAt(oi, oj, overlayScale) is { } above ? Over(ground ?? Style.Paper, above, options.OverlayOpacity) : ground ?? SKColors.Transparent;
        });
        DrawSides(sheet, place);
        if (options.CrosshairMm is { } point && panel.IsAnatomical && Holds(point))
        {
            DrawCrosshair(sheet, place, PlanePicture.OnPage(place, View, View.Place(point)));
        }

        var room = place.Width + (2 * LetterMm);
        sheet.Text(Sheet.Elide(Caption, room, Style.Label), place.MidX, place.Top - LetterMm - 0.8f, Style.Label with { Across = Across.Centre });
    }

    private void DrawSides(Sheet sheet, SKRect place)
    {
        var letter = Style.Label with { Bold = true };
        var (left, right, top, bottom) = Sides;
        sheet.Text(left, place.Left - 0.8f, place.MidY, letter with { Across = Across.Right, Upright = Upright.Middle });
        sheet.Text(right, place.Right + 0.8f, place.MidY, letter with { Upright = Upright.Middle });
        sheet.Text(top, place.MidX, place.Top - 0.8f, letter with { Across = Across.Centre });
        sheet.Text(bottom, place.MidX, place.Bottom + 0.8f, letter with { Across = Across.Centre, Upright = Upright.Top });
    }

    private static void DrawCrosshair(Sheet sheet, SKRect place, SKPoint at)
    {
        if (!place.Contains(at))
        {
            return;
        }

        foreach (var (colour, width) in ((SKColor, float)[])[(SKColors.Black.WithAlpha(90), 0.4f), (CrosshairColour, 0.2f)])
        {
            void Part(float x0, float y0, float x1, float y1)
            {
                if (x1 > x0 || y1 > y0)
                {
                    sheet.Line(x0, y0, x1, y1, colour, width);
                }
            }

            Part(place.Left, at.Y, at.X - CrosshairGapMm, at.Y);
            Part(at.X + CrosshairGapMm, at.Y, place.Right, at.Y);
            Part(at.X, place.Top, at.X, at.Y - CrosshairGapMm);
            Part(at.X, at.Y + CrosshairGapMm, at.X, place.Bottom);
        }
    }

    private static SKColor Over(SKColor ground, SKColor above, double opacity)
    {
        byte Mix(byte g, byte a) => (byte)Math.Round(g + (opacity * (a - g)));
        return new(Mix(ground.Red, above.Red), Mix(ground.Green, above.Green), Mix(ground.Blue, above.Blue));
    }
}
