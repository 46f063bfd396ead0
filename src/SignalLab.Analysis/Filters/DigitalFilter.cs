using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>Filters channels of a piece of signal in place.</summary>
/// <param name="samples">Channel after channel, each <paramref name="length"/> samples.</param>
/// <param name="channels">Number of channels.</param>
/// <param name="length">Samples a channel, the margins around the wanted ones included.</param>
/// <param name="from">First sample wanted; the others are left as they were or half done.</param>
/// <param name="count">Samples wanted.</param>
/// <param name="edges">Whether the piece reaches the ends of its stretch.</param>
internal delegate void PieceFilter(double[] samples, int channels, int length, int from, int count, Edges edges);

/// <summary>A filter at one sampling rate: recursive (<see cref="BiquadCascade"/>) or finite.</summary>
public abstract class DigitalFilter
{
    private protected DigitalFilter()
    {
    }

    /// <summary>Samples that a zero-phase filter adds at each end, mirrored through the end sample.</summary>
    public abstract int PadLength { get; }

    /// <summary>Samples after which a wrong beginning no longer shows.</summary>
    public abstract int Margin { get; }

    /// <summary>The complex gain of one pass at an angle of the unit circle.</summary>
    /// <param name="radiansPerSample">2π · frequency / rate.</param>
    public abstract Complex At(double radiansPerSample);

    /// <summary>Delay of a narrow band's envelope in one pass, in samples.</summary>
    /// <param name="radiansPerSample">2π · frequency / rate.</param>
    public abstract double GroupDelayAt(double radiansPerSample);

    /// <summary>How often the gain acts: a recursive filter reaches zero phase by a second pass, a symmetric finite one by shifting its delay back.</summary>
    internal abstract int Passes(Phase phase);

    /// <summary>Samples before and after a wanted one that decide it.</summary>
    internal abstract (int Before, int After) Reach(Phase phase);

    /// <summary>The filter as it runs over pieces of signal.</summary>
    internal abstract PieceFilter Over(Phase phase);

    /// <summary>The filter with a state for each channel, at rest.</summary>
    internal abstract IStreamingStage Stream(int channels);
}
