using SignalLab.Figures.Colour;
using SkiaSharp;

namespace SignalLab.Tests.Figures;

public sealed class ColourMapTests
{
    public static TheoryData<string> Sequential => ["viridis", "inferno", "hot", "overlay", "grey"];

    public static TheoryData<string> Diverging => ["blue-white-red", "cold-hot"];

    [Theory]
    [MemberData(nameof(Sequential))]
    public void A_sequential_map_grows_lighter_all_the_way(string name)
    {
        var lightness = Lightness(Named(name));
        for (var n = 1; n < lightness.Length; n++)
        {
            // A byte's rounding moves the lightness of a dark colour by up to a third.
            Assert.True(lightness[n] > lightness[n - 1] - 0.35, $"{name} falls at {n}: {lightness[n - 1]:0.00} to {lightness[n]:0.00}");
        }

        Assert.True(lightness[^1] - lightness[0] > 60);
    }

    [Theory]
    [MemberData(nameof(Diverging))]
    public void A_diverging_map_weighs_both_signs_the_same(string name)
    {
        var lightness = Lightness(Named(name));
        Assert.All(Enumerable.Range(0, lightness.Length / 2), n => Assert.Equal(lightness[n], lightness[^(n + 1)], 1.5));
    }

    [Fact]
    public void Zero_is_white_between_blue_and_red()
    {
        var map = ColourMap.BlueWhiteRed;
        Assert.Equal(new SKColor(0xf7, 0xf7, 0xf7), map.At(0.5));
        Assert.True(map.At(0.2).Blue > map.At(0.2).Red + 60);
        Assert.True(map.At(0.8).Red > map.At(0.8).Blue + 60);
    }

    [Fact]
    public void Published_ends_are_kept()
    {
        Assert.Equal(SKColor.Parse("440154"), ColourMap.Viridis.At(0));
        Assert.Equal(SKColor.Parse("fde725"), ColourMap.Viridis.At(1));
        Assert.Equal(Lab.Of(SKColor.Parse("21918c")).L, Lab.Of(ColourMap.Viridis.At(128.0 / 255)).L, 0.5);
        Assert.Equal(SKColor.Parse("fcffa4"), ColourMap.Inferno.At(7));
        Assert.Equal(SKColors.White, ColourMap.InvertedGrey.At(-1));
    }

    [Fact]
    public void The_diverging_map_stays_two_hues_without_the_red_cones()
    {
        // Source: Viénot, Brettel, Mollon 1999, Color Res. Appl. 24:243-252: deuteranopes see (R + G) mixed; blue against the mixture remains.
        var (cold, warm) = (ColourMap.BlueWhiteRed.At(0.15), ColourMap.BlueWhiteRed.At(0.85));
        Assert.True(cold.Blue > (0.3 * cold.Red) + (0.7 * cold.Green) + 40);
        Assert.True(warm.Blue < (0.3 * warm.Red) + (0.7 * warm.Green) + 20);
    }

    [Fact]
    public void Neighbouring_labels_are_told_apart_and_the_background_has_no_colour()
    {
        Assert.Null(LabelColours.Of(0));
        for (var label = 1; label < 200; label++)
        {
            var (a, b) = (Lab.Of(LabelColours.Of(label)!.Value), Lab.Of(LabelColours.Of(label + 1)!.Value));
            var apart = Math.Sqrt(Math.Pow(a.L - b.L, 2) + Math.Pow(a.A - b.A, 2) + Math.Pow(a.B - b.B, 2));
            Assert.True(apart > 20, $"{label} and {label + 1} are {apart:0.0} apart");
        }
    }

    [Fact]
    public void Lightness_is_that_of_the_standard()
    {
        // Source: Lindbloom's CIE colour calculator, sRGB under D65.
        Assert.Equal(53.24, Lab.Of(SKColors.Red).L, 0.02);
        Assert.Equal(80.09, Lab.Of(SKColors.Red).A, 0.02);
        Assert.Equal(67.20, Lab.Of(SKColors.Red).B, 0.02);
        Assert.Equal(new SKColor(12, 200, 99), Lab.Of(new SKColor(12, 200, 99)).ToColour());
    }

    private static double[] Lightness(ColourMap map) => [.. Enumerable.Range(0, 257).Select(n => Lab.Of(map.At(n / 256.0)).L)];

    private static ColourMap Named(string name) => name switch
    {
        "viridis" => ColourMap.Viridis,
        "inferno" => ColourMap.Inferno,
        "hot" => ColourMap.Hot,
        "overlay" => ColourMap.HotOverlay,
        "grey" => ColourMap.Grey,
        "cold-hot" => ColourMap.ColdHot,
        _ => ColourMap.BlueWhiteRed,
    };
}
