using SkiaSharp;

namespace SignalLab.Figures.Colour;

/// <summary>Colours that tell regions apart: the first seven for the colour blind too, then hues a golden angle apart, so that neighbouring numbers differ.</summary>
/// <remarks>Source: M. Okabe, K. Ito 2008, Color Universal Design.</remarks>
public static class LabelColours
{
    private const double GoldenAngle = 2.399963229728653;
    private static readonly SKColor[] First = [.. ColourMap.ColoursOf("labels")];

    /// <summary>A region's colour, the same in every figure.</summary>
    /// <param name="label">The region's number; 0 is background and has no colour.</param>
    /// <returns>The colour, or null for the background.</returns>
    public static SKColor? Of(int label)
    {
        if (label == 0)
        {
            return null;
        }

        var index = Math.Abs((long)label) - 1;
        if (label > 0 && index < First.Length)
        {
            return First[index];
        }

        var hue = index * GoldenAngle;
        var lightness = 50 + (12 * (index % 3));
        return new Lab(lightness, 55 * Math.Cos(hue), 55 * Math.Sin(hue)).ToColour();
    }
}
