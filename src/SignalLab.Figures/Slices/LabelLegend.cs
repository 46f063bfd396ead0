using System.Globalization;
using SignalLab.Figures.Colour;
using SkiaSharp;

namespace SignalLab.Figures.Slices;

/// <summary>The key to a label map: a box of its colour and a name for every region that is seen.</summary>
internal sealed class LabelLegend
{
    private const float BoxMm = 2.4f;
    private const float GapMm = 1.2f;
    private const float MostNameMm = 42;

    // The largest region first.
    private readonly (int Label, string Name)[] rows;

    public LabelLegend(IEnumerable<SliceLayer> layers, IReadOnlyDictionary<int, string> names)
    {
        rows = [.. layers.SelectMany(l => l.Values.ToArray()).Where(double.IsFinite).Select(v => (int)Math.Round(v)).Where(v => v != 0)
            .CountBy(v => v).OrderByDescending(v => v.Value).ThenBy(v => v.Key)
            .Select(v => (v.Key, names.TryGetValue(v.Key, out var name) ? name : v.Key.ToString(CultureInfo.InvariantCulture)))];
    }

    public float WidthMm => BoxMm + GapMm + Math.Min(MostNameMm, rows.Select(r => Sheet.Width(r.Name, Style.Small)).Append(Sheet.Width("and 999 more", Style.Small)).Max());

    /// <summary>Draws as many rows as there is room for; the last says how many more there are.</summary>
    public void Draw(Sheet sheet, SKRect place)
    {
        var line = Style.Small.LineMm * 1.1f;
        var room = Math.Max(1, (int)(place.Height / line));
        var shown = rows.Length <= room ? rows.Length : room - 1;
        for (var n = 0; n < shown; n++)
        {
            var top = place.Top + (n * line);
            var box = SKRect.Create(place.Left, top, BoxMm, BoxMm);
            sheet.Fill(box, LabelColours.Of(rows[n].Label) ?? Style.Paper);
            sheet.Outline(box, Style.Ink, Style.HairMm);
            sheet.Text(Sheet.Elide(rows[n].Name, MostNameMm, Style.Small), box.Right + GapMm, box.MidY, Style.Small with { Upright = Upright.Middle });
        }

        if (shown < rows.Length)
        {
            sheet.Text(FormattableString.Invariant($"and {rows.Length - shown} more"), place.Left, place.Top + (shown * line), Style.Small with { Upright = Upright.Top });
        }
    }
}
