using System.Globalization;
using SkiaSharp;

namespace SignalLab.Figures.Colour;

/// <summary>A way from 0 to 1 through colours that rises or falls evenly in lightness, so that the eye reads values and invents no edges.</summary>
public sealed class ColourMap
{
    private const int Steps = 256;
    private static readonly ILookup<string, (double Position, SKColor Colour)> Published = ReadPublished();

    private readonly SKColor[] table;

    private ColourMap(string name, bool isDiverging, Func<double, SKColor> colourAt)
    {
        Name = name;
        IsDiverging = isDiverging;
        table = [.. Enumerable.Range(0, Steps + 1).Select(i => colourAt((double)i / Steps))];
    }

    /// <summary>For quantities without a natural middle: dark blue to yellow.</summary>
    public static ColourMap Viridis { get; } = Interpolated("viridis");

    /// <summary>For heat and emission: black through red to light yellow.</summary>
    public static ColourMap Inferno { get; } = Interpolated("inferno");

    /// <summary>Black body: black, red, yellow, white.</summary>
    public static ColourMap Hot { get; } = Interpolated("hot");

    /// <summary>For positive values over a grey anatomy: dark red to light yellow, never black or white.</summary>
    public static ColourMap HotOverlay { get; } = Hot.Between(0.2, 0.82);

    /// <summary>For signed values: blue, white at the middle, red; both arms equally dark at equal distance, distinct to the colour blind.</summary>
    public static ColourMap BlueWhiteRed { get; } = SymmetricInLightness("RdBu");

    /// <summary>For signed values over a grey anatomy: cyan to dark blue, dark red to yellow; the strongest values are the brightest, both arms equally so.</summary>
    public static ColourMap ColdHot { get; } = new("cold-hot", true, t => t < 0.5 ? Cold(HotOverlay.At(1 - (2 * t))) : HotOverlay.At((2 * t) - 1));

    /// <summary>Black to white, for anatomy.</summary>
    public static ColourMap Grey { get; } = new("grey", false, t => new(Level(t), Level(t), Level(t)));

    /// <summary>White to black, for emission images and where a source asks for inverted greys.</summary>
    public static ColourMap InvertedGrey { get; } = Grey.Reversed();

    /// <summary>The map's name, as figures state it.</summary>
    public string Name { get; }

    /// <summary>True where the middle has a meaning: zero.</summary>
    public bool IsDiverging { get; }

    /// <summary>The colour at a position.</summary>
    /// <param name="position">0 (lowest) … 1 (highest); clamped.</param>
    public SKColor At(double position) => table[(int)Math.Round(Math.Clamp(position, 0, 1) * Steps)];

    /// <summary>The same colours from last to first.</summary>
    public ColourMap Reversed() => new($"{Name}, reversed", IsDiverging, t => At(1 - t));

    /// <summary>A part of the way, stretched to the whole.</summary>
    /// <param name="from">Position that becomes 0.</param>
    /// <param name="to">Position that becomes 1.</param>
    public ColourMap Between(double from, double to) => new(Name, false, t => At(from + (t * (to - from))));

    internal static IEnumerable<SKColor> ColoursOf(string name) => Published[name].Select(c => c.Colour);

    private static ColourMap Interpolated(string name)
    {
        var controls = Published[name].ToArray();
        return new(name, false, t =>
        {
            var last = Math.Max(1, Array.FindIndex(controls, c => c.Position >= t));
            var (from, to) = (controls[last - 1], controls[last]);
            var part = (t - from.Position) / (to.Position - from.Position);
            return new(Mix(from.Colour.Red, to.Colour.Red, part), Mix(from.Colour.Green, to.Colour.Green, part), Mix(from.Colour.Blue, to.Colour.Blue, part));
        });
    }

    /// <summary>The published colours interpolated in CIELAB, each mirrored pair at its mean lightness and the middle neutral: +x and −x weigh the same.</summary>
    private static ColourMap SymmetricInLightness(string name)
    {
        var published = Published[name].Select(c => Lab.Of(c.Colour)).ToArray();
        var controls = published.Select((c, i) => c with { L = (c.L + published[^(i + 1)].L) / 2 }).ToArray();
        return new("blue-white-red", true, t =>
        {
            var at = t * (controls.Length - 1);
            var from = Math.Min((int)at, controls.Length - 2);
            return Lab.Between(controls[from], controls[from + 1], at - from).ToColour();
        });
    }

    /// <summary>The strongest blue to cyan that is as light as a warm colour: bluer where dark, as the warm ones are redder.</summary>
    private static SKColor Cold(SKColor warm)
    {
        var lightness = Lab.Of(warm).L;
        var hue = (295 - (95 * Math.Clamp((lightness - 25) / 70, 0, 1))) * Math.PI / 180;
        Lab At(double chroma) => new(lightness, chroma * Math.Cos(hue), chroma * Math.Sin(hue));
        var (inside, outside) = (0.0, 130.0);
        while (outside - inside > 0.1)
        {
            var middle = (inside + outside) / 2;
            (inside, outside) = At(middle).IsDisplayable ? (middle, outside) : (inside, middle);
        }

        return At(inside).ToColour();
    }

    private static byte Level(double t) => (byte)Math.Round(255 * t);

    private static byte Mix(byte from, byte to, double part) => (byte)Math.Round(from + (part * (to - from)));

    private static ILookup<string, (double Position, SKColor Colour)> ReadPublished()
    {
        using var stream = typeof(ColourMap).Assembly.GetManifestResourceStream("SignalLab.Figures.Colour.colours.tsv")
            ?? throw new InvalidOperationException("The table of colours is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#').Skip(1)
            .Select(line => line.Split('\t'))
            .ToLookup(row => row[0], row => (double.Parse(row[1], CultureInfo.InvariantCulture), SKColor.Parse(row[2])));
    }
}
