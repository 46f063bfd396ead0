namespace SignalLab.Analysis.Artifacts;

/// <summary>Which channels should see what a channel sees.</summary>
internal static class Neighbourhood
{
    private const int Nearest = 4;
    private const int Others = 12;

    /// <summary>For each track the four nearest of its kind; without positions as many others of its kind as twelve, spread over them.</summary>
    public static int[][] Of(Track[] tracks) => [.. tracks.Select((t, i) =>
    {
        int[] alike = [.. Enumerable.Range(0, tracks.Length).Where(o => o != i && tracks[o].Kind == t.Kind)];
        int[] placed = t.Direction is null ? [] : [.. alike.Where(o => tracks[o].Direction is not null)];
        return placed.Length >= Nearest
            ? [.. placed.OrderByDescending(o => tracks[o].Direction!.Value.Dot(t.Direction!.Value)).Take(Nearest)]
            : Spread(alike);
    })];

    /// <summary>What the neighbours see: the second largest of four values, the fourth largest of twelve, as some may be bridged or noisy; 0 without neighbours.</summary>
    public static double Seen(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[Math.Min(values.Length - 1, values.Length * 2 / 3)];
    }

    private static int[] Spread(int[] alike) => alike.Length <= Others ? alike : [.. Enumerable.Range(0, Others).Select(k => alike[k * alike.Length / Others])];
}
