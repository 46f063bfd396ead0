using SignalLab.Figures.Colour;
using SignalLab.Figures.Maps;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Figures.Slices;

/// <summary>Slices of a map in true proportion and at one scale, sides lettered, with what lies over them, colour bars, a crosshair and the graph at its point.</summary>
public sealed class SliceFigure : Figure
{
    private const float GapMm = 2;
    private const float BarGapMm = 5;
    private const float CaptionMm = 4.5f;
    private const float LeastBarMm = 30;
    private const float MostBarMm = 70;

    private readonly SlicePicture[] pictures;
    private readonly SliceOptions options;
    private readonly ColourScale? scale;
    private readonly ColourScale? overlayScale;
    private readonly LabelLegend? legend;
    private readonly int columns;

    /// <summary>Slices, for example three at right angles through a point, or a mosaic of parallel ones.</summary>
    /// <param name="panels">The slices, all of one frame.</param>
    /// <param name="options">How they are drawn; null for the usual.</param>
    /// <exception cref="UnfitInputException">No slice; a map that is no plane; slices or overlays of different frames; an overlay of another plane.</exception>
    public SliceFigure(IReadOnlyList<SlicePanel> panels, SliceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(panels);
        this.options = options ?? new();
        if (panels.Count == 0)
        {
            throw new UnfitInputException("There is no slice to draw: give at least one.");
        }

        foreach (var panel in panels)
        {
            panel.CheckBeside(panels[0]);
        }

        (pictures, scale, overlayScale) = Coloured(panels);
        var labelled = pictures.SelectMany(p => new[] { p.Slice, p.Overlay }).OfType<SliceLayer>().Where(l => l.IsLabels).ToArray();
        legend = labelled.Length > 0 ? new(labelled, this.options.LabelNames) : null;
        columns = Math.Clamp(this.options.Columns ?? (pictures.Length <= 4 ? pictures.Length : (int)Math.Ceiling(Math.Sqrt(1.6 * pictures.Length))), 1, pictures.Length);
        Title = panels[0].Plane.Provenance.Input;
        Notes = Conventions();
    }

    /// <inheritdoc/>
    public override string Title { get; init; }

    /// <inheritdoc/>
    public override string Subtitle { get; init; } = "";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; init; }

    /// <summary>The slices' colours as drawn; null for labels and colour pictures.</summary>
    public ColourScale? Scale => scale;

    /// <summary>The overlay's colours as drawn; null without one.</summary>
    public ColourScale? OverlayScale => overlayScale;

    /// <summary>Letters of each slice's left, right, upper and lower side; empty where the frame does not say.</summary>
    public IReadOnlyList<(string Left, string Right, string Top, string Bottom)> Sides => [.. pictures.Select(p => p.Sides)];

    /// <inheritdoc/>
    protected override SKSize BodyMm
    {
        get
        {
            var pages = Arranged(float.PositiveInfinity);
            return new(pages.Width + KeyWidth(pages.Height), pages.Height + BelowMm);
        }
    }

    private float BelowMm => (PointText().Length > 0 ? Style.Label.LineMm + 1 : 0) + (options.Graph is null ? 0 : LinkedGraph.HeightMm + 2);

    private int Rows => (pictures.Length + columns - 1) / columns;

    /// <inheritdoc/>
    protected override void DrawBody(Sheet sheet, SKRect body)
    {
        ArgumentNullException.ThrowIfNull(sheet);
        var (scaleMm, width, height) = Arranged(body.Height - BelowMm, body.Width - KeyWidth(body.Height));
        var y = body.Top;
        foreach (var row in pictures.Chunk(columns))
        {
            var tallest = row.Max(p => (float)(p.View.HeightMm * scaleMm));
            var x = body.Left;
            foreach (var picture in row)
            {
                var (w, h) = ((float)(picture.View.WidthMm * scaleMm), (float)(picture.View.HeightMm * scaleMm));
                var cell = Math.Max(w, Sheet.Width(picture.Caption, Style.Label) - (2 * SlicePicture.LetterMm));
                var place = SKRect.Create(x + SlicePicture.LetterMm + ((cell - w) / 2), y + CaptionMm + SlicePicture.LetterMm + ((tallest - h) / 2), w, h);
                picture.Draw(sheet, place, scale, overlayScale, options);
                x += cell + (2 * SlicePicture.LetterMm) + GapMm;
            }

            y += tallest + CaptionMm + (2 * SlicePicture.LetterMm) + GapMm;
        }

        DrawKey(sheet, body.Left + width, body.Top, height);
        var below = body.Top + height;
        if (PointText() is { Length: > 0 } text)
        {
            sheet.Text(Sheet.Elide(text, body.Width, Style.Label), body.Left, below + 1, Style.Label with { Upright = Upright.Top });
            below += Style.Label.LineMm + 1;
        }

        if (options.Graph is { } graph)
        {
            LinkedGraph.Draw(sheet, SKRect.Create(body.Left, below + 2, body.Width, LinkedGraph.HeightMm), graph, options.GraphQuantity, options.GraphCursor);
        }
    }

    private void DrawKey(Sheet sheet, float x, float top, float height)
    {
        var bar = BarHeight(height);
        var place = SKRect.Create(x + BarGapMm, top + ((height - bar) / 2), 0, bar);
        foreach (var shown in (ColourScale?[])[scale, overlayScale])
        {
            if (shown is not null)
            {
                place.Size = new(ColourBar.WidthMm(shown, bar), bar);
                ColourBar.Draw(sheet, place, shown);
                place.Offset(place.Width + BarGapMm, 0);
            }
        }

        legend?.Draw(sheet, SKRect.Create(place.Left, top + CaptionMm, legend.WidthMm, height - CaptionMm));
    }

    private float KeyWidth(float height) =>
        new[] { scale, overlayScale }.OfType<ColourScale>().Sum(s => BarGapMm + ColourBar.WidthMm(s, BarHeight(height))) + (legend is null ? 0 : BarGapMm + legend.WidthMm);

    private static float BarHeight(float height) => Math.Min(Math.Clamp(height * 0.75f, LeastBarMm, MostBarMm), height);

    /// <summary>The scale (page mm per mm) at which all slices fit, and what they take with letters and captions.</summary>
    private (float Scale, float Width, float Height) Arranged(float mostHeight, float? mostWidth = null)
    {
        const float around = 2 * SlicePicture.LetterMm;
        var rows = pictures.Chunk(columns).ToArray();
        var wide = mostWidth ?? (float)options.WidthMm;
        var scaleMm = rows.Min(r => (wide - (r.Length * around) - ((r.Length - 1) * GapMm)) / (float)r.Sum(p => p.View.WidthMm));
        scaleMm = Math.Min(scaleMm, (float)(options.MostHeightMm / pictures.Max(p => p.View.HeightMm)));
        var tall = (float)rows.Sum(r => r.Max(p => p.View.HeightMm));
        if (float.IsFinite(mostHeight))
        {
            scaleMm = Math.Min(scaleMm, (mostHeight - (Rows * (around + CaptionMm)) - ((Rows - 1) * GapMm)) / tall);
        }

        scaleMm = Math.Max(scaleMm, 1e-3f);
        var width = rows.Max(r => r.Sum(p => Math.Max((float)p.View.WidthMm * scaleMm, Sheet.Width(p.Caption, Style.Label) - around) + around + GapMm) - GapMm);
        return (scaleMm, width, (tall * scaleMm) + (Rows * (around + CaptionMm)) + ((Rows - 1) * GapMm));
    }

    private string PointText()
    {
        if (options.CrosshairMm is not { } p || pictures[0].Sides.Left.Length == 0)
        {
            return "";
        }

        var parts = new List<string> { FormattableString.Invariant($"Crosshair at x {p.X:0.0}, y {p.Y:0.0}, z {p.Z:0.0} mm ({PlainText.Of(pictures[0].Slice.Grid.Frame)})").Replace('-', '−') };
        var picture = pictures.FirstOrDefault(s => s.Holds(p));
        foreach (var (layer, own) in new[] { (picture?.Slice, options.CrosshairValue), (picture?.Overlay, options.CrosshairOverlayValue) })
        {
            if (layer is null or { IsColour: true })
            {
                continue;
            }

            var value = own is { } given ? layer.Shown(given) : layer.ValueAt(p);
            var name = layer.IsLabels && options.LabelNames.TryGetValue((int)Math.Round(value), out var label) ? label : PlainValue(value, layer.Unit);
            parts.Add($"{layer.Map.Quantity.Name}: {name}");
        }

        return string.Join("; ", parts);
    }

    private static string PlainValue(double value, Unit unit) =>
        double.IsFinite(value) ? PlainText.Of(value, unit) : "none";

    private IReadOnlyList<string> Conventions()
    {
        var view = pictures[0].Sides.Left.Length == 0
            ? "Drawn as stored: the source does not say which side is left."
            : options.Convention == ViewConvention.Neurological ? "Neurological view: left is left." : "Radiological view: the subject's right is on the left of the picture.";
        var isGrey = scale?.Map is { } map && (map == ColourMap.Grey || map == ColourMap.InvertedGrey);
        var window = scale is null || !isGrey ? "" : $" Window: centre {PlainText.Of((scale.Low + scale.High) / 2)}, width {PlainText.Of(scale.High - scale.Low, scale.Unit)}.";
        var threshold = overlayScale?.Threshold is { } t ? $" Overlay drawn where {(overlayScale.Map.IsDiverging ? "its magnitude" : "it")} is at least {PlainText.Of(t, overlayScale.Unit)}." : "";
        var opacity = overlayScale is not null && options.OverlayOpacity < 1 ? FormattableString.Invariant($" Overlay {100 * options.OverlayOpacity:0} % opaque: its colours are mixed with those below.") : "";
        return [view + window + threshold + opacity];
    }

    private (SlicePicture[] Pictures, ColourScale? Scale, ColourScale? OverlayScale) Coloured(IReadOnlyList<SlicePanel> panels)
    {
        var unit = options.Scale?.Unit ?? (panels[0].Plane.Kind == MapKind.Label || panels[0].IsColour ? null : SharedUnit(panels.Select(p => p.Plane)));
        var slices = panels.Select(p => SliceLayer.Of(p.Plane, unit)).ToArray();
        var overlaid = panels.Select(p => p.Overlay).OfType<ParameterMap>().ToArray();
        var overlayUnit = options.OverlayScale?.Unit ?? (overlaid.Length == 0 || overlaid[0].Kind == MapKind.Label ? null : SharedUnit(overlaid));
        var overlays = panels.Select(p => p.Overlay is null ? null : SliceLayer.Of(p.Overlay, overlayUnit, isOverlay: true)).ToArray();

        var first = overlays.OfType<SliceLayer>().FirstOrDefault();
        return (
            [.. panels.Select((p, n) => new SlicePicture(p, slices[n], overlays[n], options.Convention))],
            unit is null ? null : SliceColours.OfSlices(panels[0].Plane, All(slices), unit, options),
            overlayUnit is null ? null : SliceColours.OfOverlay(first!.Map, All(overlays.OfType<SliceLayer>()), overlayUnit, options));
    }

    private static double[] All(IEnumerable<SliceLayer> layers) => [.. layers.SelectMany(l => l.Values.ToArray())];

    private static Unit SharedUnit(IEnumerable<ParameterMap> maps) => maps.Select(m => SliceLayer.Of(m)).MaxBy(l => l.Unit.Scale)!.Unit;
}
