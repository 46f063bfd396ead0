namespace SignalLab.Figures.Ecg;

/// <summary>Where the base lines of a group of rows stand: evenly where every trace keeps to its row, else so that none leaves the paper or, while there is room, meets its neighbour.</summary>
internal static class EcgRows
{
    private const float RimMm = 0.5f;

    /// <summary>Places base lines.</summary>
    /// <param name="top">Upper edge of the group, mm.</param>
    /// <param name="height">Height of the group, mm.</param>
    /// <param name="extents">Of each row, how far its traces reach above and below the base line, mm.</param>
    /// <param name="leastMm">Least distance of base lines where there is room for it: calibration pulses do not meet then.</param>
    /// <returns>One base line a row, mm.</returns>
    public static float[] BaselinesOf(float top, float height, IReadOnlyList<(float Up, float Down)> extents, float leastMm)
    {
        var placed = Placed(top, height, extents);
        var count = placed.Length;
        if (placed[0] + ((count - 1) * leastMm) > placed[^1])
        {
            return placed;
        }

        for (var i = 1; i < count; i++)
        {
            placed[i] = MathF.Max(placed[i], placed[i - 1] + leastMm);
        }

        placed[^1] = MathF.Min(placed[^1], MathF.Max(top + height - extents[^1].Down - RimMm, placed[0] + ((count - 1) * leastMm)));
        for (var i = count - 2; i > 0; i--)
        {
            placed[i] = MathF.Min(placed[i], placed[i + 1] - leastMm);
        }

        return placed;
    }

    private static float[] Placed(float top, float height, IReadOnlyList<(float Up, float Down)> extents)
    {
        var count = extents.Count;
        var slot = height / count;
        var even = Enumerable.Range(0, count).Select(i => top + ((i + 0.5f) * slot)).ToArray();
        if (extents.All(e => MathF.Max(e.Up, e.Down) <= (slot / 2) - RimMm))
        {
            return even;
        }

        var need = extents.Sum(e => e.Up + e.Down + (2 * RimMm));
        if (need <= height)
        {
            var (free, y, placed) = ((height - need) / count, top, new float[count]);
            for (var i = 0; i < count; i++)
            {
                placed[i] = y + (free / 2) + RimMm + extents[i].Up;
                y += free + (2 * RimMm) + extents[i].Up + extents[i].Down;
            }

            return placed;
        }

        // Rows share the paper, as on paper: the first and the last keep to it.
        var first = MathF.Max(even[0], MathF.Min(top + extents[0].Up + RimMm, top + (height * 0.6f)));
        var last = MathF.Min(even[^1], MathF.Max(top + height - extents[^1].Down - RimMm, top + (height * 0.4f)));
        return count == 1 || first > last ? even : [.. Enumerable.Range(0, count).Select(i => first + ((last - first) * i / (count - 1)))];
    }
}
