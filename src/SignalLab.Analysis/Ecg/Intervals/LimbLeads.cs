namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>Any two limb leads give all six. Source: Einthoven's law and Goldberger's leads; AHA/ACC/HRS 2007, part I, Circulation 115:1306.</summary>
internal static class LimbLeads
{
    // Each lead from I and II.
    private static readonly (string Name, double One, double Two)[] Rows =
    [
        ("I", 1, 0), ("II", 0, 1), ("III", -1, 1), ("aVR", -0.5, -0.5), ("aVL", 1, -0.5), ("aVF", -0.5, 1),
    ];

    /// <summary>Names of the six.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Rows.Select(r => r.Name)];

    /// <summary>How a lead is made of two others.</summary>
    /// <param name="name">The lead wanted.</param>
    /// <param name="held">Names of leads that are there.</param>
    /// <returns>Two leads with their weights; null where fewer than two limb leads are there or the name is none of theirs.</returns>
    public static (string First, double FirstWeight, string Second, double SecondWeight)? From(string name, IReadOnlyCollection<string> held)
    {
        var wanted = Rows.FirstOrDefault(r => r.Name == name);
        var there = Rows.Where(r => held.Contains(r.Name)).Take(2).ToArray();
        if (wanted.Name is null || there.Length < 2)
        {
            return null;
        }

        var (a, b) = (there[0], there[1]);
        var determinant = (a.One * b.Two) - (a.Two * b.One);
        return (a.Name, ((wanted.One * b.Two) - (wanted.Two * b.One)) / determinant, b.Name, ((wanted.Two * a.One) - (wanted.One * a.Two)) / determinant);
    }
}
