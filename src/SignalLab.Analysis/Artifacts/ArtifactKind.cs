namespace SignalLab.Analysis.Artifacts;

/// <summary>What is wrong with a channel or a stretch.</summary>
public enum ArtifactKind
{
    /// <summary>Samples are not finite numbers.</summary>
    Missing,

    /// <summary>The value does not change.</summary>
    Flat,

    /// <summary>The value rests on the largest or smallest it ever takes: the amplifier is saturated.</summary>
    Clipped,

    /// <summary>Larger or rougher than the other channels, or not what its neighbours predict.</summary>
    Noisy,

    /// <summary>Much smaller than the other channels: a dead or short-circuited electrode.</summary>
    Weak,

    /// <summary>Two electrodes joined by gel: one potential.</summary>
    Bridged,

    /// <summary>Mains hum as large as the signal.</summary>
    Mains,

    /// <summary>Light in which the pulse does not show: an optode that does not touch the scalp.</summary>
    Uncoupled,

    /// <summary>Eyelid closing and opening.</summary>
    Blink,

    /// <summary>Eyes turned to a side.</summary>
    HorizontalEyeMovement,

    /// <summary>Eyes turned up or down.</summary>
    VerticalEyeMovement,

    /// <summary>Muscle activity (EMG).</summary>
    Muscle,

    /// <summary>Slow large deflections of most channels at once: head or cable moved.</summary>
    Movement,

    /// <summary>A sudden step of one electrode that its neighbours do not see.</summary>
    ElectrodePop,
}

/// <summary>Names of <see cref="ArtifactKind"/> in tables and annotations.</summary>
public static class ArtifactKinds
{
    extension(ArtifactKind kind)
    {
        /// <summary>The kind in lower-case words.</summary>
        public string Text => kind switch
        {
            ArtifactKind.HorizontalEyeMovement => "eye movement horizontal",
            ArtifactKind.VerticalEyeMovement => "eye movement vertical",
            ArtifactKind.ElectrodePop => "electrode pop",
            _ => kind.ToString().ToLowerInvariant(),
        };
    }
}
