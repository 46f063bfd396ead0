using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>A causal filter for signals that arrive block by block: the state is kept, so that blocks of any size give what the whole would give.</summary>
/// <remarks>Equals <see cref="Phase.Forward"/> over the whole stretch bit for bit for a recursive filter, to rounding for a finite one. A missing value comes out as missing and is an end: what follows starts from rest. Not for several threads at once.</remarks>
public sealed class StreamingFilter
{
    private readonly IStreamingStage stage;

    /// <summary>A filter at rest.</summary>
    /// <param name="design">The filter.</param>
    /// <param name="rateHz">Sampling rate of all channels.</param>
    /// <param name="channels">Number of channels.</param>
    /// <exception cref="UnfitInputException">The filter cannot be made at that rate.</exception>
    public StreamingFilter(FilterDesign design, double rateHz, int channels)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        (ChannelCount, stage) = (channels, design.For(rateHz).Stream(channels));
    }

    /// <summary>Number of channels.</summary>
    public int ChannelCount { get; }

    /// <summary>Filters the next samples in place.</summary>
    /// <param name="samples">Channel after channel, equally many samples of each, any number of them.</param>
    /// <exception cref="ArgumentException">The number of values is no multiple of the number of channels.</exception>
    public void Process(Span<double> samples)
    {
        if (samples.Length % ChannelCount != 0)
        {
            throw new ArgumentException($"{samples.Length} values are no whole number of samples of {ChannelCount} channels.", nameof(samples));
        }

        if (!samples.IsEmpty)
        {
            stage.Process(samples, samples.Length / ChannelCount);
        }
    }

    /// <summary>Puts the filter at rest, as at the start of a stretch: after a gap.</summary>
    public void Reset() => stage.Reset();
}

/// <summary>One filter with its state for each channel.</summary>
internal interface IStreamingStage
{
    /// <summary>Filters in place.</summary>
    /// <param name="samples">Channel after channel.</param>
    /// <param name="count">Samples of each.</param>
    void Process(Span<double> samples, int count);

    /// <summary>Forgets all that was.</summary>
    void Reset();
}
