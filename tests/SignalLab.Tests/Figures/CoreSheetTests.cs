using SignalLab.Figures;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class CoreSheetTests
{
    [Theory]
    [InlineData("Fp1", "Fp1")]
    [InlineData("EEG Fp1-Ref from the very long amplifier name 12", null)]
    [InlineData("𝒜𝒷𝒸𝒹ℯ𝒻ℊ𝒽𝒾𝒿𝓀𝓁𝓂𝓃ℴ𝓅𝓆𝓇𝓈𝓉𝓊𝓋𝓌𝓍𝓎𝓏", null)]
    [InlineData("", "")]
    public void An_elided_text_fits_its_place(string text, string? expected)
    {
        var shown = Sheet.Elide(text, 20, Style.Label);
        Assert.True(Sheet.Width(shown, Style.Label) <= 20);
        Assert.Equal(expected ?? shown, shown);
        Assert.Equal(expected is null, shown.Contains('…'));
    }

    [Fact]
    public void Wrapped_lines_hold_every_word_and_fit()
    {
        const string Text = "one two three four five six seven eight nine ten eleven twelve";
        var lines = Sheet.Wrap(Text, 30, Style.Label);
        Assert.Equal(Text, string.Join(' ', lines));
        Assert.All(lines, line => Assert.True(Sheet.Width(line, Style.Label) <= 30));
    }

    [Fact]
    public void Line_breaks_and_control_characters_from_a_file_become_one_space() =>
        Assert.Equal("a b c", Typeface.OneLine(" a\r\n\u0000b\u200b \u202e c\t"));

    [Fact]
    public void The_bundled_face_has_the_signs_of_the_field() =>
        Assert.True(Typeface.Regular.ContainsGlyphs("µ²³°±–−Δ×é√≤≥…→·αβσΩ∞≈") && Typeface.Bold.ContainsGlyphs("µ²³°±–−Δ×é√≤≥…→·αβσΩ∞≈"));

    [Fact]
    public void A_text_is_recorded_where_it_is_drawn()
    {
        using var bitmap = new SKBitmap(400, 400);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.Scale(10);
        var sheet = new Sheet(canvas);
        sheet.Text("Maximal", 20, 20, Style.Label with { TurnDegrees = -90, Across = Across.Centre, Upright = Upright.Middle });
        var bounds = Assert.Single(sheet.Texts).BoundsMm;
        Assert.Equal(20, bounds.MidY, 0.01);
        var dark = from y in Enumerable.Range(0, 400) from x in Enumerable.Range(0, 400) where bitmap.GetPixel(x, y).Red < 128 select new SKPoint(x / 10f, y / 10f);
        Assert.NotEmpty(dark);
        Assert.All(dark, p => Assert.True(SKRect.Inflate(bounds, 0.2f, 0.2f).Contains(p)));
        Assert.InRange(dark.Max(p => p.Y) - dark.Min(p => p.Y), 0.9 * bounds.Height, bounds.Height);
    }
}
