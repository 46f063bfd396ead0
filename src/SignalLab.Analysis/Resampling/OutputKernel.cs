namespace SignalLab.Analysis.Resampling;

/// <summary>How samples of the new rate follow from samples of the old one. Samples count from 0 at the first of a stretch in both rates; both stand at one time.</summary>
internal abstract class OutputKernel
{
    /// <summary>Old samples that one new sample is made of.</summary>
    public abstract int Width { get; }

    /// <summary>The kernel between two rates: a bank of exact phases where their ratio is a fraction, an interpolated bank otherwise.</summary>
    /// <param name="fromHz">Old rate.</param>
    /// <param name="toHz">New rate.</param>
    /// <param name="options">The low-pass.</param>
    public static OutputKernel Between(double fromHz, double toHz, ResamplingOptions options) =>
        RateRatio.Of(fromHz, toHz) is { } ratio && PolyphaseBank.Fits(ratio, options) ? new PolyphaseBank(ratio, options) : new InterpolatedBank(fromHz / toHz, options);

    /// <summary>First old sample (perhaps before the stretch) that a new sample is made of; it never falls from one to the next.</summary>
    /// <param name="output">The new sample.</param>
    public abstract long FirstInput(long output);

    /// <summary>Computes consecutive new samples.</summary>
    /// <param name="samples">Old samples.</param>
    /// <param name="firstSample">Which one the first of them is.</param>
    /// <param name="firstOutput">Which new sample the first result is.</param>
    /// <param name="into">Receives the new samples.</param>
    public abstract void Apply(ReadOnlySpan<double> samples, long firstSample, long firstOutput, Span<double> into);
}
