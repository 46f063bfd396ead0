using SignalLab.Figures;
using SignalLab.Figures.Colour;
using SignalLab.Figures.Slices;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class SlicePlaneImageTests
{
    [Fact]
    public void A_colour_picture_is_drawn_in_its_colours_first_row_on_top()
    {
        var picture = SliceSample.Picture(20, 10, (i, j) => (i < 10 ? 255 : 0, j < 5 ? 200 : 0, 40));
        var figure = new PlaneImageFigure(picture, new() { WidthMm = 40 });
        Assert.Null(figure.Scale);
        using var pixels = TopographicMapSample.Pixels(figure, 10);
        SKColor At(double x, double y) => pixels.GetPixel((int)((5 + x) * 10), (int)((5 + y) * 10));
        Assert.Equal(new SKColor(255, 200, 40), At(10, 5));
        Assert.Equal(new SKColor(0, 200, 40), At(30, 5));
        Assert.Equal(new SKColor(255, 0, 40), At(10, 15));
    }

    [Fact]
    public void Where_the_source_asks_for_it_low_is_white()
    {
        var image = SliceSample.Plane(new(0.2, 0, 0), new(0, 0.2, 0), p => p.X, frame: Frame.Detector) with { LowIsWhite = true, Modality = "DX" };
        var figure = new PlaneImageFigure(image);
        Assert.Equal(SKColors.White, figure.Scale!.ColourOf(-100));
        Assert.Equal(SKColors.Black, figure.Scale.ColourOf(100));
        Assert.Equal(SKColors.Black, new PlaneImageFigure(image with { LowIsWhite = false }).Scale!.ColourOf(-100));
    }

    [Fact]
    public void A_scale_bar_is_as_long_as_it_says_and_absent_where_no_distance_is_known()
    {
        var image = SliceSample.Plane(new(0.5, 0, 0), new(0, 0.5, 0), p => p.X, 200, 100, frame: Frame.Detector);
        var figure = new PlaneImageFigure(image, new() { WidthMm = 80 });
        var bar = FigureReading.Polylines(FigureFile.ToBytes(figure, ".svg", Colophon.None), ".svg").Where(l => l.Length == 2 && l[0].Y == l[1].Y).MaxBy(l => l[1].X - l[0].X)!;
        using var canvas = new SKNWayCanvas(300, 300);
        Assert.Contains(figure.Draw(canvas).Texts, t => t.Text == "20 mm");
        Assert.Equal(16, bar[1].X - bar[0].X, 0.01);

        var unstated = new PlaneImageFigure(SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => p.X, frame: Frame.Detector));
        Assert.DoesNotContain(unstated.Draw(canvas).Texts, t => t.Text.EndsWith(" mm", StringComparison.Ordinal));
        Assert.Contains("no scale bar", unstated.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_thermogram_has_degrees_and_a_stiffness_map_its_own_colours()
    {
        var warm = SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => 30 + (p.X / 5), frame: Frame.Detector) with { Unit = Unit.Parse("degC"), Quantity = new("temperature") };
        var figure = new PlaneImageFigure(warm);
        Assert.Same(ColourMap.Inferno, figure.Scale!.Map);
        using var canvas = new SKNWayCanvas(300, 300);
        Assert.Contains(figure.Draw(canvas).Texts, t => t.Text == "temperature (°C)");
        Assert.Same(ColourMap.Viridis, new PlaneImageFigure(warm with { Unit = Unit.Parse("kPa") }).Scale!.Map);
        FigureReading.AssertTextsOnPage(figure, Colophon.None);
        FigureReading.AssertTextsApart(figure, Colophon.None);
    }

    [Fact]
    public void A_strip_of_few_rows_still_has_room_for_its_colour_bar() =>
        FigureReading.AssertTextsApart(new PlaneImageFigure(SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => p.X, 300, 3, frame: Frame.Detector)), Colophon.None);
}
