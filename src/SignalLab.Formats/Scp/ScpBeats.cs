namespace SignalLab.Formats.Scp;

/// <summary>A beat of section 4, in samples from 1: where a reference beat of a type was subtracted, its fiducial point, and the protected area around the QRS.</summary>
internal readonly record struct ScpBeat(int Type, long First, long Fiducial, long Last, long ProtectedFirst, long ProtectedLast);

/// <summary>Section 4: the reference beat's fiducial point and the beats.</summary>
/// <param name="LengthMs">Length of the reference beat.</param>
/// <param name="Fiducial">Its fiducial point, in samples from 1.</param>
/// <param name="Beats">The beats in order.</param>
/// <remarks>Source: EN 1064:2005+A1:2007, 5.7.</remarks>
internal sealed record ScpBeats(int LengthMs, int Fiducial, IReadOnlyList<ScpBeat> Beats)
{
    private const int BeatBytes = 14;
    private const int AreaBytes = 8;

    public static ScpBeats Of(ScpSection section)
    {
        var count = section.U16(4, "number of beats");
        var areas = 6L + (BeatBytes * (long)count);
        var hasAreas = section.Length >= areas + (AreaBytes * (long)count);
        var beats = new ScpBeat[count];
        for (var i = 0; i < count; i++)
        {
            var (at, area) = (6 + (BeatBytes * (long)i), areas + (AreaBytes * (long)i));
            beats[i] = new(
                section.U16(at, "beat type"), section.U32(at + 2, "first sample of a beat"), section.U32(at + 6, "fiducial point of a beat"), section.U32(at + 10, "last sample of a beat"),
                hasAreas ? section.U32(area, "protected area") : 0, hasAreas ? section.U32(area + 4, "protected area") : 0);
        }

        return new(section.U16(0, "length of the reference beat"), section.U16(2, "fiducial point"), beats);
    }

    /// <summary>The protected areas inside a lead, in order and apart, as 0-based samples of that lead with the end excluded.</summary>
    public IReadOnlyList<(long From, long To)> ProtectedIn(ScpLead lead)
    {
        var areas = new List<(long From, long To)>();
        foreach (var beat in Beats.Where(b => b.ProtectedFirst > 0 && b.ProtectedLast >= b.ProtectedFirst).OrderBy(b => b.ProtectedFirst))
        {
            var from = Math.Max(beat.ProtectedFirst, lead.First) - lead.First;
            var to = Math.Min(beat.ProtectedLast, lead.Last) - lead.First + 1;
            from = areas.Count > 0 ? Math.Max(from, areas[^1].To) : from;
            if (from < to)
            {
                areas.Add((from, to));
            }
        }

        return areas;
    }
}
