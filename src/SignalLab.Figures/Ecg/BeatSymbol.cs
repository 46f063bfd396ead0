using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>How beats of a class are drawn: a colour and a shape, so that they are told apart without colour too.</summary>
/// <param name="Letter">The class.</param>
/// <param name="Name">Its name in a key.</param>
/// <param name="Colour">Its colour.</param>
internal sealed record BeatSymbol(string Letter, string Name, SKColor Colour)
{
    /// <summary>In the order of a key.</summary>
    public static readonly IReadOnlyList<BeatSymbol> All =
    [
        new("N", "N normal", new SKColor(0x40, 0x40, 0x40)), new("S", "S supraventricular", Style.Series[0]), new("V", "V ventricular", Style.Series[1]),
        new("F", "F fusion", Style.Series[3]), new("Q", "Q paced, unclassified", Style.Series[2]),
        new("", "beat", Style.Ink),
    ];

    /// <summary>The symbol of a class; an unknown one is drawn as Q.</summary>
    public static BeatSymbol Of(string letter) => All.FirstOrDefault(s => s.Letter == letter) ?? All[^2];

    /// <summary>Draws the symbol.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="x">Centre, mm.</param>
    /// <param name="y">Centre, mm.</param>
    /// <param name="radiusMm">Half its size.</param>
    public void Draw(Sheet sheet, float x, float y, float radiusMm)
    {
        using var path = new SKPath();
        var r = radiusMm;
        switch (Letter)
        {
            case "S":
                path.AddPoly([new(x, y - (1.3f * r)), new(x + (1.2f * r), y + r), new(x - (1.2f * r), y + r)]);
                break;
            case "V":
                path.AddRect(new SKRect(x - r, y - r, x + r, y + r));
                break;
            case "F":
                path.AddPoly([new(x, y - (1.4f * r)), new(x + (1.4f * r), y), new(x, y + (1.4f * r)), new(x - (1.4f * r), y)]);
                break;
            case "Q":
                path.AddPoly([new(x - (1.2f * r), y - r), new(x + (1.2f * r), y - r), new(x, y + (1.3f * r))]);
                break;
            default:
                path.AddCircle(x, y, r);
                break;
        }

        sheet.Fill(path, Colour);
    }

    /// <summary>A key of the classes that occur, with their counts.</summary>
    public static void DrawKey(Sheet sheet, float left, float top, IReadOnlyDictionary<string, int> counts)
    {
        var y = top;
        foreach (var symbol in All.Where(s => counts.GetValueOrDefault(s.Letter) > 0))
        {
            symbol.Draw(sheet, left + 1, y, 0.8f);
            sheet.Text(symbol.Name, left + 3, y, Style.Small with { Upright = Upright.Middle });
            sheet.Text(FormattableString.Invariant($"{counts[symbol.Letter]}"), left + 3, y + 3, Style.Small with { Upright = Upright.Middle, Colour = Style.Muted });
            y += 7;
        }
    }
}
