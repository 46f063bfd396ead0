namespace SignalLab.Analysis.Ecg;

/// <summary>
/// Where one beat's waves begin, peak and end, in one lead or over all of them (the global ones). Sample indices counted like those of the recording's
/// channels; null where the wave is absent or cannot be told from noise.
/// </summary>
/// <remarks>Names: IEC 60601-2-25:2011, annex; the CSE working party 1985, "Recommendations for measurement standards in quantitative electrocardiography".</remarks>
public sealed record WaveMarks
{
    /// <summary>Nothing found.</summary>
    public static WaveMarks None { get; } = new();

    /// <summary>Onset of the P wave.</summary>
    public long? POn { get; init; }

    /// <summary>Peak of the P wave, the larger one of a biphasic wave.</summary>
    public long? P { get; init; }

    /// <summary>End of the P wave.</summary>
    public long? POff { get; init; }

    /// <summary>Onset of the QRS complex.</summary>
    public long? QrsOn { get; init; }

    /// <summary>Main deflection of the QRS complex.</summary>
    public long? R { get; init; }

    /// <summary>End of the QRS complex (the J point).</summary>
    public long? QrsOff { get; init; }

    /// <summary>Onset of the T wave.</summary>
    public long? TOn { get; init; }

    /// <summary>Peak of the T wave, the larger one of a biphasic wave.</summary>
    public long? T { get; init; }

    /// <summary>End of the T wave, by the method that the delineation prefers.</summary>
    public long? TOff { get; init; }

    /// <summary>End of the T wave where the tangent at its steepest last slope meets the baseline.</summary>
    public long? TOffByTangent { get; init; }

    /// <summary>End of the T wave where its last slope has fallen below a share of its steepest.</summary>
    public long? TOffByThreshold { get; init; }

    /// <summary>How sure the P wave's marks are, 0…1; 0 where there is none.</summary>
    public double PConfidence { get; init; }

    /// <summary>How sure the QRS complex's marks are, 0…1.</summary>
    public double QrsConfidence { get; init; }

    /// <summary>How sure the T wave's marks are, 0…1; 0 where there is none.</summary>
    public double TConfidence { get; init; }

    /// <summary>The same marks counted from another sample; those that fall outside a stretch are left out.</summary>
    /// <param name="by">Added to every index.</param>
    /// <param name="count">Samples of the stretch.</param>
    public WaveMarks Moved(long by, long count)
    {
        long? At(long? mark) => mark + by is { } moved && moved >= 0 && moved < count ? moved : null;
        return this with
        {
            POn = At(POn),
            P = At(P),
            POff = At(POff),
            QrsOn = At(QrsOn),
            R = At(R),
            QrsOff = At(QrsOff),
            TOn = At(TOn),
            T = At(T),
            TOff = At(TOff),
            TOffByTangent = At(TOffByTangent),
            TOffByThreshold = At(TOffByThreshold),
        };
    }
}
