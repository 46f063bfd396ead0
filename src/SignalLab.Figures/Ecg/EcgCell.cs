using SkiaSharp;

namespace SignalLab.Figures.Ecg;

/// <summary>One lead over one stretch of time on the sheet.</summary>
/// <param name="Channel">Its channel, or <see cref="EcgLeadChoice.Absent"/>.</param>
/// <param name="Name">Its name.</param>
/// <param name="FromSeconds">First time.</param>
/// <param name="ToSeconds">Last time.</param>
/// <param name="Left">Left edge, mm.</param>
/// <param name="Width">Width, mm.</param>
/// <param name="Line">Line of consecutive time.</param>
/// <param name="Row">Row within the line.</param>
/// <param name="IsFirst">It begins its row.</param>
/// <param name="IsRhythm">It is the rhythm strip.</param>
internal sealed record EcgCell(int Channel, string Name, double FromSeconds, double ToSeconds, float Left, float Width, int Line, int Row, bool IsFirst, bool IsRhythm)
{
    /// <summary>A lead of Cabrera's order that is shown upside down.</summary>
    public bool IsTurned => Name.StartsWith('−');

    /// <summary>Its place, mm; known once all traces are.</summary>
    public SKRect Area { get; init; }

    /// <summary>Its base line, mm.</summary>
    public float BaselineMm { get; init; }

    /// <summary>Stretches of its trace: mm on the sheet across, mm below the base line along the height.</summary>
    public IReadOnlyList<SKPoint[]> Trace { get; init; } = [];

    /// <summary>How far the trace reaches above and below the base line, mm.</summary>
    public (float Up, float Down) Extent => Trace.Sum(s => s.Length) == 0 ? (0, 0) : (Math.Max(0, -Trace.SelectMany(s => s).Min(p => p.Y)), Math.Max(0, Trace.SelectMany(s => s).Max(p => p.Y)));
}
