using SignalLab.Model;

namespace SignalLab.Formats;

/// <summary>What is lost where samples are stored as 32-bit floats.</summary>
internal static class SingleFloats
{
    // A significand of 24 bits tells integers of 24 bits from each other; with an offset a step is left for the sum.
    private const long MostSteps = 1 << 23;

    /// <summary>A loss where some channel is finer than 32-bit floats; none where every channel has integer steps of its own that stay apart.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="format">The format's name.</param>
    public static IEnumerable<Loss> LossOf(Recording recording, string format)
    {
        var finer = recording.Channels.Count(c => c.Calibration is not { } steps || (double)steps.DigitalMaximum - steps.DigitalMinimum > MostSteps
            || Math.Abs(steps.Offset) > MostSteps * Math.Abs(steps.Gain));
        if (finer > 0)
        {
            yield return new(Aspect.Resolution, FormattableString.Invariant($"{format} stores 32-bit floats: samples of {finer} of {recording.Channels.Count} channels are rounded, each by at most 6E-08 of itself."));
        }
    }
}
