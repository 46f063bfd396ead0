using SignalLab.Figures;
using SignalLab.Figures.Colour;
using SignalLab.Figures.Maps;
using SignalLab.Figures.Slices;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class SliceFigureTests
{
    private static readonly Series Course = new("voxel 3,4,5", Axis.Uniform(AxisKind.Time, Unit.Second, 0, 2, 50), [.. Enumerable.Range(0, 50).Select(n => n == 20 ? double.NaN : 100 + Math.Sin(n / 3.0))], Unit.Unknown);

    [Fact]
    public void An_overlay_is_seen_where_it_reaches_its_threshold_and_nowhere_else()
    {
        var slice = SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => 100);
        var overlay = SliceSample.Plane(new(2, 0, 0), new(0, 2, 0), p => p.X / 2, 20, 15) with { Kind = MapKind.Statistic, Quantity = new("z"), Unit = Unit.One };
        var figure = new SliceFigure([new(slice) { Overlay = overlay }], new() { OverlayThreshold = 4, Scale = ColourScale.Window((100, 100), Unit.Unknown, "x"), WidthMm = 88 });
        Assert.Equal(4, figure.OverlayScale!.Threshold);
        Assert.True(figure.OverlayScale.Map.IsDiverging);
        Assert.Contains("at least 4", figure.Notes[0], StringComparison.Ordinal);

        // 40 mm are 80 mm on the page, so x = ±8 mm, where |z| reaches 4, is 16 mm from the middle.
        using var canvas = new SKNWayCanvas(300, 300);
        var texts = figure.Draw(canvas).Texts;
        var (left, right) = (texts.Single(t => t.Text == "L").BoundsMm, texts.Single(t => t.Text == "R").BoundsMm);
        var middle = texts.Single(t => t.Text == "A").BoundsMm.MidX;
        Assert.Equal(81.6, right.Left - left.Right, 0.5);
        using var pixels = TopographicMapSample.Pixels(figure, 5);
        for (var mm = -38f; mm < 38; mm += 0.4f)
        {
            var colour = pixels.GetPixel((int)((middle + mm) * 5), (int)(left.MidY * 5));
            var isGrey = Math.Abs(colour.Red - colour.Blue) < 10 && Math.Abs(colour.Red - colour.Green) < 10;
            if (Math.Abs(Math.Abs(mm) - 16) > 0.5)
            {
                Assert.Equal(Math.Abs(mm) < 16, isGrey);
                Assert.True(isGrey || (mm > 0) == (colour.Red > colour.Blue), $"{colour} at {mm} mm");
            }
        }
    }

    [Fact]
    public void The_crosshair_is_where_its_millimetres_are_and_the_values_there_are_told()
    {
        var point = new Point3(6, -4, 3);
        SlicePanel[] panels =
        [
            new(SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => p.X + 50, centre: new(0, 0, 3))),
            new(SliceSample.Plane(new(1, 0, 0), new(0, 0, 1), p => p.X + 50, centre: new(0, -4, 0))),
            new(SliceSample.Plane(new(0, 1, 0), new(0, 0, 1), p => 56, centre: new(6, 0, 0))),
        ];
        var figure = new SliceFigure(panels, new() { CrosshairMm = point, Graph = Course, GraphCursor = 30, WidthMm = 100 });
        using var canvas = new SKNWayCanvas(300, 300);
        var text = figure.Draw(canvas).Texts.Single(t => t.Text.StartsWith("Crosshair", StringComparison.Ordinal)).Text;
        Assert.StartsWith("Crosshair at x 6.0, y −4.0, z 3.0 mm (scanner); intensity: 56", text, StringComparison.Ordinal);
        FigureReading.AssertTextsOnPage(figure, Colophon.None);
        FigureReading.AssertTextsApart(figure, Colophon.None);
        FigureReading.AssertTextsOnPage(new SliceFigure(panels, new() { CrosshairMm = point, Graph = Course }) { PageMm = new(210, 297) });
        Assert.DoesNotContain(new SliceFigure(panels).Draw(canvas).Texts, t => t.Text.StartsWith("Crosshair", StringComparison.Ordinal));
    }

    [Fact]
    public void Values_that_the_caller_read_at_the_crosshair_are_told_instead_of_the_drawn_nodes()
    {
        var slice = SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => 1e-5) with { Unit = Unit.Parse("V"), Quantity = Quantity.ElectricPotential };
        var overlay = SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => 14.45) with { Kind = MapKind.Statistic, Quantity = new("t"), Unit = Unit.One };
        string Told(double? value, double? over)
        {
            using var canvas = new SKNWayCanvas(300, 300);
            var options = new SliceOptions { CrosshairMm = new Point3(0.2, 0.3, 0), CrosshairValue = value, CrosshairOverlayValue = over };
            return new SliceFigure([new(slice) { Overlay = overlay }], options).Draw(canvas).Texts.Single(t => t.Text.StartsWith("Crosshair", StringComparison.Ordinal)).Text;
        }

        Assert.EndsWith("electric potential: 12 µV; t: 25.6", Told(1.2e-5, 25.6), StringComparison.Ordinal);
        Assert.EndsWith("electric potential: 10 µV; t: 14.45", Told(null, null), StringComparison.Ordinal);
        Assert.EndsWith("electric potential: none; t: 25.6", Told(double.NaN, 25.6), StringComparison.Ordinal);
    }

    [Fact]
    public void A_mosaic_has_all_its_slices_at_one_scale()
    {
        SlicePanel[] panels = [.. Enumerable.Range(0, 11).Select(k => new SlicePanel(SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => p.X, centre: new(0, 0, 4 * k))))];
        var figure = new SliceFigure(panels, new() { Columns = 4, WidthMm = 150 });
        using var canvas = new SKNWayCanvas(300, 300);
        Assert.Equal(11, figure.Draw(canvas).Texts.Count(t => t.Text.StartsWith("axial, z = ", StringComparison.Ordinal)));
        FigureReading.AssertTextsOnPage(figure, Colophon.None);
        FigureReading.AssertTextsApart(figure, Colophon.None);
    }

    [Fact]
    public void Greys_reach_over_the_window_asked_for_then_the_sources_then_the_bulk_of_the_values()
    {
        var outlier = SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => p is { X: > 19, Y: > 14 } ? 1e6 : p.X);
        var bulk = new SliceFigure([new(outlier)]).Scale!;
        Assert.InRange(bulk.Low, -19.5, -18.5);
        Assert.InRange(bulk.High, 18.5, 19.5);
        Assert.True(bulk.ExceedsHigh);
        var stated = outlier with { Window = (40, 80), Unit = Unit.Parse("HU"), Quantity = new("CT number") };
        Assert.Equal((0, 80), Limits(new SliceFigure([new(stated)])));
        Assert.Equal((-1350, 150), Limits(new SliceFigure([new(stated)], new() { Window = (CtWindow.Find("lung").Centre, CtWindow.Find("lung").Width) })));
        Assert.Contains("centre −600, width 1500 HU", new SliceFigure([new(stated)], new() { Window = (-600, 1500) }).Notes[0], StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => CtWindow.Find("banana"));
        (double, double) Limits(SliceFigure figure) => (figure.Scale!.Low, figure.Scale.High);
    }

    [Fact]
    public void Regions_have_their_colours_and_names()
    {
        var slice = SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => 100);
        var regions = SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => p.X < 0 ? 0 : p.Y < 0 ? 1 : 5, 39, 29) with { Kind = MapKind.Label, Quantity = new("region") };
        var figure = new SliceFigure([new(slice) { Overlay = regions }], new() { LabelNames = new Dictionary<int, string> { [1] = "Cuneus", [5] = "Insula" }, Scale = ColourScale.Window((100, 100), Unit.Unknown, "x") });
        Assert.Null(figure.OverlayScale);
        using var canvas = new SKNWayCanvas(300, 300);
        var texts = figure.Draw(canvas).Texts;
        Assert.Contains(texts, t => t.Text == "Cuneus");
        Assert.Contains(texts, t => t.Text == "Insula");
        using var pixels = TopographicMapSample.Pixels(figure, 4);
        var middle = texts.Single(t => t.Text == "A").BoundsMm.MidX;
        var height = texts.Single(t => t.Text == "L").BoundsMm.MidY;
        Assert.Equal(LabelColours.Of(5), pixels.GetPixel((int)((middle + 15) * 4), (int)((height - 15) * 4)));
        Assert.Equal(LabelColours.Of(1), pixels.GetPixel((int)((middle + 15) * 4), (int)((height + 15) * 4)));
        Assert.Equal(new SKColor(128, 128, 128), pixels.GetPixel((int)((middle - 15) * 4), (int)((height + 15) * 4)));
    }

    [Fact]
    public void Maps_that_do_not_share_a_plane_are_not_laid_over_each_other()
    {
        var slice = SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => p.X);
        void Refused(ParameterMap overlay) => Assert.Throws<UnfitInputException>(() => new SliceFigure([new(slice) { Overlay = overlay }]));
        Refused(SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => p.X, frame: Frame.Mni));
        Refused(SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => p.X, centre: new(0, 0, 7)));
        Refused(SliceSample.Plane(new(1, 0, 0), new(0, 0, 1), p => p.X));
        Refused(slice with { Support = new GridSupport(10, 10, 12, Affine.Identity) { Frame = Frame.Scanner } });
        Assert.Throws<UnfitInputException>(() => new SliceFigure([]));
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".svg")]
    [InlineData(".pdf")]
    public void The_same_slices_give_the_same_bytes(string ending)
    {
        Figure Made() => new SliceFigure([new(SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => p.X * p.Y))], new() { CrosshairMm = default(Point3), Graph = Course, Convention = ViewConvention.Radiological, WidthMm = 50 });
        Assert.Equal(FigureFile.ToBytes(Made(), ending, Colophon.None), FigureFile.ToBytes(Made(), ending, Colophon.None));
    }
}
