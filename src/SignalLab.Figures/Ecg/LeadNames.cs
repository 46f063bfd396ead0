using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>Finds a place for each lead's name near the beginning of its trace where no trace runs.</summary>
/// <param name="paper">The ruled paper.</param>
/// <param name="traces">Stretches of all traces, in mm.</param>
internal sealed class LeadNames(SKRect paper, IEnumerable<SKPoint[]> traces)
{
    /// <summary>White space around a name.</summary>
    public const float RimMm = 0.4f;

    private const float HeightMm = 3.8f;
    private const float StepMm = 0.5f;
    private const float FarthestMm = 30;

    private readonly SKPoint[][] traces = [.. traces];
    private readonly List<SKRect> taken = [];

    /// <summary>The free place nearest to the usual one: above the trace's beginning, else higher, lower, or farther right in the row.</summary>
    /// <param name="cell">The trace's cell.</param>
    /// <param name="baselineMm">Its base line.</param>
    /// <param name="widthMm">Width of the name.</param>
    /// <returns>The name's box with its rim; the usual one where the whole row is full.</returns>
    public SKRect Place(SKRect cell, float baselineMm, float widthMm)
    {
        var (top, bottom) = (MathF.Max(paper.Top, cell.Top) + RimMm, MathF.Min(paper.Bottom, cell.Bottom) - RimMm - HeightMm);
        bottom = MathF.Max(top, bottom);
        var usual = Math.Clamp(baselineMm - MathF.Min(cell.Height * 0.38f, 12) - (HeightMm / 2), top, bottom);
        var box = SKRect.Create(cell.Left + 1 - RimMm, usual, widthMm + (2 * RimMm), HeightMm);
        var most = MathF.Max(0, MathF.Min(FarthestMm, cell.Width - widthMm - 2));
        var best = Candidates(box, top, bottom, most).FirstOrDefault(IsFree, box);
        taken.Add(best);
        return best;
    }

    private static IEnumerable<SKRect> Candidates(SKRect box, float top, float bottom, float most)
    {
        for (var right = 0f; right <= most; right += 2 * StepMm)
        {
            for (var y = box.Top; y >= top; y -= StepMm)
            {
                yield return SKRect.Create(box.Left + right, y, box.Width, box.Height);
            }

            for (var y = box.Top + StepMm; y <= bottom; y += StepMm)
            {
                yield return SKRect.Create(box.Left + right, y, box.Width, box.Height);
            }
        }
    }

    private bool IsFree(SKRect box) => !taken.Any(t => t.IntersectsWith(box)) && !traces.Any(t => Crosses(t, box));

    // A line between samples counts as the rectangle around it: at 0.05 mm a sample that is the line.
    private static bool Crosses(SKPoint[] trace, SKRect box)
    {
        for (var i = 0; i < trace.Length; i++)
        {
            var (a, b) = (trace[Math.Max(0, i - 1)], trace[i]);
            if (a.X > box.Right)
            {
                return false;
            }

            if (b.X >= box.Left && MathF.Min(a.Y, b.Y) <= box.Bottom && MathF.Max(a.Y, b.Y) >= box.Top)
            {
                return true;
            }
        }

        return false;
    }
}
