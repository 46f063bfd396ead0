using SkiaSharp;

namespace SignalLab.Figures.Graphs;

/// <summary>Marks over a stretch of time with their texts in lanes above it, none over another.</summary>
internal sealed class EventLanes
{
    /// <summary>Height of a lane.</summary>
    public const float LaneMm = 3.2f;

    /// <summary>A graph has this many lanes at most; further texts are counted, not drawn.</summary>
    public const int MostLanes = 6;

    private const float LongestTextMm = 45;
    private static readonly TextStyle Words = Style.Small;

    private readonly List<(float X, int Lane, string Text, SKColor Colour)> texts = [];

    /// <summary>Places texts from left to right.</summary>
    /// <param name="events">Position in mm from the left edge, words and colour, in order of position.</param>
    /// <param name="widthMm">Width of the lanes.</param>
    /// <param name="most">Lanes at most.</param>
    public EventLanes(IEnumerable<(float X, string Text, SKColor Colour)> events, float widthMm, int most = MostLanes)
    {
        var taken = new float[most].AsSpan();
        taken.Fill(float.NegativeInfinity);
        foreach (var (x, text, colour) in events)
        {
            var words = Sheet.Elide(text, LongestTextMm, Words);
            var width = Sheet.Width(words, Words);
            if (words.Length == 0)
            {
                continue;
            }

            // A text that would leave the right edge ends there.
            var left = MathF.Max(0, MathF.Min(x, widthMm - width - 0.8f));
            var lane = LaneFor(taken, left);
            if (lane < 0)
            {
                Hidden++;
                continue;
            }

            taken[lane] = left + width + 1.6f;
            Count = Math.Max(Count, lane + 1);
            texts.Add((left, lane, words, colour));
        }
    }

    /// <summary>Lanes used.</summary>
    public int Count { get; }

    /// <summary>Texts that found no place.</summary>
    public int Hidden { get; }

    /// <summary>Height of all lanes.</summary>
    public float HeightMm => Count == 0 ? 0 : (Count * LaneMm) + 0.8f;

    /// <summary>Draws the texts, each on a patch of paper so that no mark strikes it through.</summary>
    /// <param name="sheet">The sheet.</param>
    /// <param name="left">Left edge of the lanes.</param>
    /// <param name="top">Top edge of the lanes.</param>
    public void Draw(Sheet sheet, float left, float top)
    {
        foreach (var (x, lane, text, colour) in texts)
        {
            var y = top + (lane * LaneMm);
            sheet.Fill(SKRect.Create(left + x + 0.3f, y, Sheet.Width(text, Words) + 0.8f, LaneMm - 0.2f), Style.Paper);
            sheet.Text(text, left + x + 0.7f, y + (LaneMm / 2), Words with { Upright = Upright.Middle, Colour = colour });
        }
    }

    /// <summary>Places of the marks, thinned to what can be told apart.</summary>
    public static IEnumerable<float> Thinned(IEnumerable<float> positions, float apartMm = 0.4f)
    {
        var before = float.NegativeInfinity;
        foreach (var x in positions.Order())
        {
            if (x - before >= apartMm)
            {
                yield return before = x;
            }
        }
    }

    // Below every text that still runs, its mark crosses none; else any free lane.
    private static int LaneFor(ReadOnlySpan<float> taken, float x)
    {
        var lowest = -1;
        var free = -1;
        for (var lane = taken.Length - 1; lane >= 0; lane--)
        {
            if (taken[lane] > x)
            {
                lowest = Math.Max(lowest, lane);
            }
            else
            {
                free = lane;
            }
        }

        return lowest + 1 < taken.Length ? lowest + 1 : free;
    }
}
