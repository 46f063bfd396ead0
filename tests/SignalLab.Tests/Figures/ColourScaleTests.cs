using SignalLab.Figures;
using SignalLab.Figures.Colour;
using SignalLab.Model;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class ColourScaleTests
{
    [Fact]
    public void A_quantity_with_a_sign_has_limits_symmetric_about_zero_even_where_all_values_are_positive()
    {
        var scale = ColourScale.Fitting([1.2, 8.31, double.NaN], Unit.Microvolt, Quantity.ElectricPotential);
        Assert.Equal((-8.4, 8.4), (scale.Low, scale.High));
        Assert.Equal(scale.Map.At(0.5), scale.ColourOf(0));
        Assert.Null(scale.ColourOf(double.NaN));
    }

    [Fact]
    public void Power_begins_at_zero()
    {
        var scale = ColourScale.Fitting([0.3, 0.3], Unit.Parse("uV2/Hz"), Quantity.Power);
        Assert.Equal((0, 0.3), (scale.Low, scale.High));
        Assert.False(scale.Map.IsDiverging);
    }

    [Fact]
    public void Nothing_but_zeros_still_has_limits() => Assert.True(ColourScale.Symmetric([0, 0], Unit.Microvolt, "x").High > 0);

    [Theory]
    [InlineData(-2.0, true)]
    [InlineData(-1.9, false)]
    [InlineData(0.0, false)]
    [InlineData(1.999, false)]
    [InlineData(2.0, true)]
    public void A_threshold_counts_magnitude_on_a_diverging_scale(double value, bool drawn)
    {
        var scale = ColourScale.Symmetric([5], Unit.One, "z") with { Threshold = 2 };
        Assert.Equal(drawn, scale.ColourOf(value) is not null);
    }

    [Fact]
    public void A_window_reaches_from_centre_less_half_its_width()
    {
        var scale = ColourScale.Window((40, 80), Unit.Parse("HU"), "CT number");
        Assert.Equal((0, 80), (scale.Low, scale.High));
        Assert.Equal(SKColors.Black, scale.ColourOf(-1000));
        Assert.Equal(SKColors.White, scale.ColourOf(1000));
        Assert.Equal((true, false), (scale.Seeing([-3, 60]).ExceedsLow, scale.Seeing([-3, 60]).ExceedsHigh));
    }

    [Theory]
    [InlineData(-8.4, 8.4, 9)]
    [InlineData(0, 0.3, 5)]
    [InlineData(-1024, 3071, 9)]
    [InlineData(36.55, 37.1, 6)]
    [InlineData(0, 1e-13, 5)]
    [InlineData(-5, 1e7, 2)]
    public void Ticks_are_round_even_and_within_the_limits(double low, double high, int most)
    {
        var ticks = RoundTicks.Between(low, high, most);
        var step = RoundTicks.Step(low, high, most);
        Assert.InRange(ticks.Length, 1, most);
        Assert.All(ticks, t => Assert.InRange(t, low - (1e-9 * step), high + (1e-9 * step)));
        Assert.All(ticks, t => Assert.Equal(Math.Round(t / step), t / step, 1e-6));
        var lead = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9));
        Assert.Contains(Math.Round(lead, 6), new[] { 1.0, 2, 5 });
    }

    [Theory]
    [InlineData(0.3, 0.1, "0.3")]
    [InlineData(-2, 1, "−2")]
    [InlineData(20, 20, "20")]
    public void A_tick_has_the_decimals_of_its_step(double value, double step, string text) => Assert.Equal(text, RoundTicks.Text(value, step));

    [Theory]
    [InlineData("V", 8e-6, "uV")]
    [InlineData("uV", 0.3, "uV")]
    [InlineData("T", 3e-13, "fT")]
    [InlineData("T/m", 4e-12, "fT/cm")]
    [InlineData("V2/Hz", 2e-12, "uV2/Hz")]
    [InlineData("HU", 1000, "HU")]
    [InlineData("furlong", 3, "furlong")]
    public void Units_are_shown_as_the_field_writes_them(string unit, double largest, string shown) =>
        Assert.Equal(Unit.Parse(shown), DisplayUnit.For(Unit.Parse(unit), largest));

    [Fact]
    public void Numbers_beside_the_bar_stand_where_their_value_is_and_the_unit_is_named()
    {
        var scale = ColourScale.Symmetric([8.4], Unit.Microvolt, "electric potential") with { Threshold = 1.3 };
        using var canvas = new SKNWayCanvas(200, 200);
        var sheet = new Sheet(canvas);
        var place = new SKRect(10, 20, 30, 90);
        ColourBar.Draw(sheet, place, scale);
        Assert.Contains(sheet.Texts, t => t.Text == "electric potential (µV)");
        var numbers = sheet.Texts.Where(t => t.Text != "electric potential (µV)").ToArray();
        Assert.Contains(numbers, t => t.Text == "1.3");
        Assert.Contains(numbers, t => t.Text == "−1.3");
        Assert.All(numbers, t =>
        {
            var value = double.Parse(t.Text.Replace('−', '-'), System.Globalization.CultureInfo.InvariantCulture);
            var expected = 90 - ((value + 8.4) / 16.8 * 70);
            Assert.Equal(expected, t.BoundsMm.MidY, 0.35);
        });
        Assert.All(sheet.Texts, t => Assert.True(t.BoundsMm.Right <= place.Left + ColourBar.WidthMm(scale, 70) + 0.01));
    }

    [Fact]
    public void What_is_not_drawn_has_no_colour_on_the_bar()
    {
        var scale = ColourScale.Symmetric([10], Unit.One, "z") with { Threshold = 5 };
        using var surface = SKSurface.Create(new SKImageInfo(400, 1000));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Scale(10);
        ColourBar.Draw(new Sheet(surface.Canvas), new SKRect(5, 10, 25, 90), scale);
        using var image = surface.Snapshot();
        using var pixels = SKBitmap.FromImage(image);
        for (var y = 105; y < 895; y++)
        {
            var value = 10 - ((y + 0.5 - 100) / 800 * 20);
            var colour = pixels.GetPixel(70, y);
            var isGrey = Math.Abs(colour.Red - colour.Blue) < 12;
            if (Math.Abs(Math.Abs(value) - 5) > 0.1)
            {
                Assert.Equal(Math.Abs(value) < 5, isGrey);
            }
        }
    }
}
