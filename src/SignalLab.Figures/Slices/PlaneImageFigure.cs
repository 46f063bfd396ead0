using SignalLab.Figures.Colour;
using SignalLab.Figures.Maps;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Slices;

/// <summary>One flat image — radiograph, photograph, thermogram, pressure map — with its colour bar and, where distances are known, a scale bar.</summary>
public sealed class PlaneImageFigure : Figure
{
    private const float BarGapMm = 5;
    private const float ScaleBarMm = 6;
    private const float LeastBarMm = 25;

    private readonly SlicePicture picture;
    private readonly ColourScale? scale;
    private readonly PlaneImageOptions options;
    private readonly bool hasSpacing;

    /// <summary>An image.</summary>
    /// <param name="image">Values over a grid of one layer, or a colour picture; its first frame is drawn.</param>
    /// <param name="options">How it is drawn; null for the usual.</param>
    /// <exception cref="UnfitInputException">The map is no plane.</exception>
    public PlaneImageFigure(ParameterMap image, PlaneImageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        this.options = options ?? new();
        var panel = new SlicePanel(image);
        var layer = SliceLayer.Of(image, this.options.Scale?.Unit);
        picture = new(panel, layer, null, ViewConvention.Radiological);
        var slice = new SliceOptions { Scale = this.options.Scale, Window = this.options.Window };
        scale = layer.IsColour || layer.IsLabels ? null : SliceColours.OfSlices(image, layer.Values.ToArray(), layer.Unit, slice);
        var spacing = panel.Grid.SpacingMm;
        hasSpacing = this.options.IsSpacingKnown ?? (panel.IsAnatomical || spacing.X != 1 || spacing.Y != 1);
        Title = image.Provenance.Input;
        Notes = [Conventions(panel)];
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override string Subtitle { get; init; } = "";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <summary>The image's colours as drawn; null for a colour picture.</summary>
    public ColourScale? Scale => scale;

    /// <inheritdoc/>
    protected override SKSize BodyMm
    {
        get
        {
            var (width, height) = Fitted((float)options.WidthMm, (float)options.MostHeightMm);
            return new(width + Around + KeyWidth(height), Math.Max(height, scale is null ? 0 : LeastBarMm) + Around + (hasSpacing ? ScaleBarMm : 0));
        }
    }

    private bool HasSides => picture.Sides.Left.Length > 0;

    private float Around => HasSides ? 2 * SlicePicture.LetterMm : 0;

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var below = hasSpacing ? ScaleBarMm : 0;
        var (width, height) = Fitted(body.Width - Around - KeyWidth(body.Height - Around - below), body.Height - Around - below);
        var lift = (body.Height - Around - below - height) / 2;
        var place = SKRect.Create(body.Left + (Around / 2), body.Top + (Around / 2) + Math.Max(0, lift), width, height);
        picture.Draw(sheet, place, scale, null, new());
        sheet.Outline(place, Style.Muted, Style.HairMm);
        if (scale is not null)
        {
            var bar = BarHeight(height);
            ColourBar.Draw(sheet, SKRect.Create(place.Right + (Around / 2) + BarGapMm, place.MidY - (bar / 2), ColourBar.WidthMm(scale, bar), bar), scale);
        }

        if (hasSpacing)
        {
            DrawScaleBar(sheet, place.Left, place.Bottom + (Around / 2) + 2, (float)(width / picture.View.WidthMm));
        }
    }

    private void DrawScaleBar(Sheet sheet, float x, float y, float pagePerMm)
    {
        var length = RoundTicks.Step(0, picture.View.WidthMm, 6);
        var end = x + (float)(length * pagePerMm);
        sheet.Line(x, y, end, y, Style.Ink, 2 * Style.LineMm);
        sheet.Line(x, y - 0.8f, x, y + 0.8f, Style.Ink);
        sheet.Line(end, y - 0.8f, end, y + 0.8f, Style.Ink);
        sheet.Text($"{RoundTicks.Text(length, length)} mm", end + 1.2f, y, Style.Small with { Upright = Upright.Middle });
    }

    private (float Width, float Height) Fitted(float mostWidth, float mostHeight)
    {
        var perMm = Math.Max(1e-6, Math.Min(mostWidth / picture.View.WidthMm, mostHeight / picture.View.HeightMm));
        return ((float)(picture.View.WidthMm * perMm), (float)(picture.View.HeightMm * perMm));
    }

    private float KeyWidth(float height) => scale is null ? 0 : BarGapMm + ColourBar.WidthMm(scale, BarHeight(height));

    private static float BarHeight(float height) => Math.Clamp(height * 0.8f, LeastBarMm, 80);

    private string Conventions(SlicePanel panel)
    {
        var sides = panel.IsAnatomical ? "Seen as if facing the subject: the subject's right is on the left of the picture." : "Drawn as stored.";
        var size = hasSpacing ? "" : " The distance of pixels is not stated: no scale bar.";
        var inverted = panel.Plane.LowIsWhite ? " The source asks for low values to be white." : "";
        var isGrey = scale?.Map is { } map && (map == ColourMap.Grey || map == ColourMap.InvertedGrey);
        var window = scale is null || !isGrey ? "" : $" Window: centre {PlainText.Of((scale.Low + scale.High) / 2)}, width {PlainText.Of(scale.High - scale.Low, scale.Unit)}.";
        return sides + size + window + inverted;
    }
}
