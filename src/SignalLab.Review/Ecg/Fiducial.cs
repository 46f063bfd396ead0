using SignalLab.Analysis.Ecg;

namespace SignalLab.Review.Ecg;

/// <summary>One kind of mark of a beat's waves, by the name that pages and annotations use.</summary>
/// <param name="Name">Its name, for example <c>qrs_on</c>.</param>
/// <param name="Of">Reads it.</param>
/// <param name="With">Puts it elsewhere, or takes it out.</param>
internal sealed record Fiducial(string Name, Func<WaveMarks, long?> Of, Func<WaveMarks, long?, WaveMarks> With)
{
    /// <summary>Those that a reader may move, in order of time.</summary>
    public static IReadOnlyList<Fiducial> Movable { get; } =
    [
        new("p_on", m => m.POn, (m, s) => m with { POn = s }),
        new("p_off", m => m.POff, (m, s) => m with { POff = s }),
        new("qrs_on", m => m.QrsOn, (m, s) => m with { QrsOn = s }),
        new("qrs_off", m => m.QrsOff, (m, s) => m with { QrsOff = s }),
        new("t_peak", m => m.T, (m, s) => m with { T = s }),
        new("t_off", m => m.TOff, (m, s) => m with { TOff = s }),
    ];

    /// <summary>All, in the order in which pages get them.</summary>
    public static IReadOnlyList<(string Name, Func<WaveMarks, long?> Of)> All { get; } =
    [
        ("p_on", m => m.POn), ("p_peak", m => m.P), ("p_off", m => m.POff), ("qrs_on", m => m.QrsOn), ("r", m => m.R), ("qrs_off", m => m.QrsOff),
        ("t_on", m => m.TOn), ("t_peak", m => m.T), ("t_off", m => m.TOff), ("t_tangent", m => m.TOffByTangent), ("t_threshold", m => m.TOffByThreshold),
    ];

    /// <summary>The mark of that name, or null.</summary>
    /// <param name="name">The name.</param>
    public static Fiducial? Find(string name) => Movable.FirstOrDefault(f => f.Name == name);

    /// <summary>True where the marks that are there follow one another in time.</summary>
    /// <param name="marks">The marks.</param>
    public static bool InOrder(WaveMarks marks)
    {
        long[] there = [.. Movable.Select(f => f.Of(marks)).OfType<long>()];
        return there.Zip(there.Skip(1), (a, b) => a < b || a == b).All(inOrder => inOrder);
    }
}
