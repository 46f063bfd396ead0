using SignalLab.Figures.Maps;
using SignalLab.Figures.Slices;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class SliceOrientationTests
{
    public static TheoryData<int, int, ViewConvention> EveryStorage()
    {
        var data = new TheoryData<int, int, ViewConvention>();
        foreach (var convention in Enum.GetValues<ViewConvention>())
        {
            for (var i = 0; i < 6; i++)
            {
                for (var j = 0; j < 6; j++)
                {
                    if (i % 3 != j % 3)
                    {
                        data.Add(i, j, convention);
                    }
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryStorage))]
    public void However_a_plane_is_stored_its_letters_are_true_and_the_picture_is_the_same(int i, int j, ViewConvention convention)
    {
        // A bright spot at the right, front and upper corner; darkness falls away from it.
        var spot = new Point3(9, 7, 8);
        var (along, across) = (Axis(i), Axis(j));
        var plane = SliceSample.Plane(along, across, p => Math.Exp(-Square(Within(p - spot, along, across)) / 50), 30, 30);
        var figure = new SliceFigure([new(plane)], new() { Convention = convention, WidthMm = 26 });
        var neurological = convention == ViewConvention.Neurological;
        var expected = (i % 3, j % 3) switch
        {
            (2, 1) or (1, 2) => neurological ? ("P", "A", "S", "I") : ("A", "P", "S", "I"),
            (0, 2) or (2, 0) => neurological ? ("L", "R", "S", "I") : ("R", "L", "S", "I"),
            _ => neurological ? ("L", "R", "A", "P") : ("R", "L", "A", "P"),
        };
        Assert.Equal(expected, figure.Sides[0]);

        using var canvas = new SKNWayCanvas(200, 200);
        var texts = figure.Draw(canvas).Texts;
        SKRect Place(string letter) => texts.Single(t => t.Text == letter).BoundsMm;
        Assert.True(Place(expected.Item1).MidX < Place(expected.Item2).MidX);
        Assert.True(Place(expected.Item3).MidY < Place(expected.Item4).MidY);

        // The spot is on the sides that the letters of right, front and up stand on.
        using var pixels = TopographicMapSample.Pixels(figure, 8);
        var (x, y) = Brightest(pixels, Place(expected.Item1).Right + 1, Place(expected.Item3).Bottom + 1, Place(expected.Item2).Left - 1, Place(expected.Item4).Top - 1, 8);
        var middle = Place(expected.Item3).MidX;
        Assert.Equal("RA".Contains(expected.Item2, StringComparison.Ordinal), x > middle + 1);
        Assert.True(y < Place(expected.Item1).MidY - 1);
    }

    [Fact]
    public void An_oblique_direction_has_two_letters()
    {
        var (c, s) = (Math.Cos(0.6), Math.Sin(0.6));
        var figure = new SliceFigure([new(SliceSample.Plane(new(1, 0, 0), new(0, c, s), p => p.X))]);
        Assert.Equal(("L", "R", "AS", "PI"), figure.Sides[0]);
        Assert.Contains(Captions(figure), t => t.StartsWith("oblique axial", StringComparison.Ordinal));
    }

    [Fact]
    public void The_caption_names_the_plane_and_where_it_lies()
    {
        var figure = new SliceFigure([
            new(SliceSample.Plane(new(2, 0, 0), new(0, 2, 0), p => p.X, centre: new(3, 4, -5.5))),
            new(SliceSample.Plane(new(0, -2, 0), new(0, 0, 2), p => p.Y, centre: new(12.25, 0, 0)))]);
        Assert.Contains("axial, z = −5.5 mm", Captions(figure));
        Assert.Contains(Captions(figure), t => t is "sagittal, x = 12.2 mm" or "sagittal, x = 12.3 mm");
    }

    [Fact]
    public void A_frame_without_sides_gets_no_letters_and_says_so()
    {
        var figure = new SliceFigure([new(SliceSample.Plane(new(1, 0, 0), new(0, 1, 0), p => p.X, frame: Frame.Detector))]);
        Assert.Equal(("", "", "", ""), figure.Sides[0]);
        Assert.Contains("does not say which side is left", figure.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_slice_keeps_the_proportions_of_its_millimetres()
    {
        // 40 nodes of 1 mm by 30 of 3 mm, the middle third bright: 13.3 by 30 mm.
        var plane = SliceSample.Plane(new(1, 0, 0), new(0, 3, 0), p => Math.Abs(p.X) < 10 && Math.Abs(p.Y) < 30 ? 1 : 0);
        using var pixels = TopographicMapSample.Pixels(new SliceFigure([new(plane)], new() { Scale = SignalLab.Figures.Colour.ColourScale.Window((0.5, 1), Unit.Unknown, "x", SignalLab.Figures.Colour.ColourMap.Hot.Between(0, 0.375)) }), 8);
        var (left, right, top, bottom) = (int.MaxValue, 0, int.MaxValue, 0);
        for (var y = 0; y < pixels.Height; y++)
        {
            for (var x = 0; x < pixels.Width * 3 / 4; x++)
            {
                if (pixels.GetPixel(x, y) is { Red: > 128, Green: < 60, Blue: < 60 })
                {
                    (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
                }
            }
        }

        Assert.Equal(3, (bottom - top + 1.0) / (right - left + 1), 0.03);
    }

    private static IEnumerable<string> Captions(SliceFigure figure)
    {
        using var canvas = new SKNWayCanvas(300, 300);
        return [.. figure.Draw(canvas).Texts.Select(t => t.Text)];
    }

    private static Point3 Axis(int n) => (n < 3 ? 1.5 : -1.5) * (n % 3) switch { 0 => new(1, 0, 0), 1 => new Point3(0, 1, 0), _ => new(0, 0, 1) };

    private static Point3 Within(Point3 p, Point3 i, Point3 j) => (p.Dot(i.Unit()) * i.Unit()) + (p.Dot(j.Unit()) * j.Unit());

    private static double Square(Point3 p) => p.Dot(p);

    private static (float X, float Y) Brightest(SKBitmap pixels, float left, float top, float right, float bottom, float perMm)
    {
        var best = (X: 0f, Y: 0f, Level: -1);
        for (var y = (int)(top * perMm); y < bottom * perMm; y++)
        {
            for (var x = (int)(left * perMm); x < right * perMm; x++)
            {
                if (pixels.GetPixel(x, y) is var c && c.Red == c.Blue && c.Red is < 250 && c.Red > best.Level)
                {
                    best = (x / perMm, y / perMm, c.Red);
                }
            }
        }

        return (best.X, best.Y);
    }
}
