namespace SignalLab.Model;

/// <summary>A map's values, read on demand. One frame holds a value for every location; frames run over the extra axes, the first axis fastest. Safe for many threads.</summary>
public interface IMapValues
{
    /// <summary>Number of frames (product of the extra axes' lengths, 1 without any).</summary>
    int FrameCount { get; }

    /// <summary>Reads consecutive locations of one frame.</summary>
    /// <param name="frame">Frame number.</param>
    /// <param name="first">First location.</param>
    /// <param name="into">Receives the values, in the map's unit.</param>
    void Read(int frame, long first, Span<double> into);
}

/// <summary>Values in memory.</summary>
/// <param name="values">All frames one after the other; kept, not copied.</param>
/// <param name="locations">Locations per frame.</param>
public sealed class MemoryValues(double[] values, long locations) : IMapValues
{
    /// <inheritdoc/>
    public int FrameCount => locations == 0 ? 0 : (int)(values.Length / locations);

    /// <inheritdoc/>
    public void Read(int frame, long first, Span<double> into)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + into.Length, locations, nameof(first));
        values.AsSpan((int)((frame * locations) + first), into.Length).CopyTo(into);
    }
}
