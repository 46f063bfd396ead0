using SkiaSharp;

namespace SignalLab.Figures.Animation;

/// <summary>At most 255 colours for all frames of an animation, by median cut, and the nearest of them for any colour.</summary>
internal sealed class GifPalette
{
    private readonly SKColor[] colours;
    private readonly Dictionary<int, byte> nearest = [];

    private GifPalette(SKColor[] colours) => this.colours = colours;

    public IReadOnlyList<SKColor> Colours => colours;

    /// <summary>Colours that serve these frames; colours are counted at 5 bits a channel.</summary>
    public static GifPalette Of(IEnumerable<SKBitmap> frames)
    {
        var counts = new Dictionary<int, (long N, long R, long G, long B)>();
        foreach (var frame in frames)
        {
            foreach (var p in frame.Pixels)
            {
                var key = Key(p);
                var c = counts.GetValueOrDefault(key);
                counts[key] = (c.N + 1, c.R + p.Red, c.G + p.Green, c.B + p.Blue);
            }
        }

        var boxes = new List<List<KeyValuePair<int, (long N, long R, long G, long B)>>> { counts.ToList() };
        while (boxes.Count < 255)
        {
            var widest = boxes.Where(b => b.Count > 1).MaxBy(b => Spread(b).Width * Math.Sqrt(b.Sum(e => (double)e.Value.N)));
            if (widest is null)
            {
                break;
            }

            var shift = Spread(widest).Shift;
            var ordered = widest.OrderBy(e => (e.Key >> shift) & 31).ThenBy(e => e.Key).ToList();
            boxes.Remove(widest);
            boxes.Add(ordered[..(ordered.Count / 2)]);
            boxes.Add(ordered[(ordered.Count / 2)..]);
        }

        return new([.. boxes.Where(b => b.Count > 0).Select(Mean)]);
    }

    /// <summary>Index of the nearest colour.</summary>
    public byte Nearest(SKColor colour)
    {
        var key = Key(colour);
        if (!nearest.TryGetValue(key, out var index))
        {
            var best = int.MaxValue;
            for (var i = 0; i < colours.Length; i++)
            {
                var (r, g, b) = (colours[i].Red - colour.Red, colours[i].Green - colour.Green, colours[i].Blue - colour.Blue);
                var distance = (2 * r * r) + (4 * g * g) + (3 * b * b);
                if (distance < best)
                {
                    (best, index) = (distance, (byte)i);
                }
            }

            nearest[key] = index;
        }

        return index;
    }

    private static int Key(SKColor c) => ((c.Red >> 3) << 10) | ((c.Green >> 3) << 5) | (c.Blue >> 3);

    private static (int Width, int Shift) Spread(List<KeyValuePair<int, (long N, long R, long G, long B)>> box) =>
        new[] { 10, 5, 0 }.Select(shift => (box.Max(e => (e.Key >> shift) & 31) - box.Min(e => (e.Key >> shift) & 31), shift)).MaxBy(s => s.Item1);

    private static SKColor Mean(List<KeyValuePair<int, (long N, long R, long G, long B)>> box)
    {
        var n = box.Sum(e => e.Value.N);
        return new((byte)(box.Sum(e => e.Value.R) / n), (byte)(box.Sum(e => e.Value.G) / n), (byte)(box.Sum(e => e.Value.B) / n));
    }
}
