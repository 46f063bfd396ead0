namespace SignalLab.Analysis.Resampling;

/// <summary>Takes the nearest old sample: codes of a trigger channel are not numbers to be smoothed.</summary>
/// <param name="step">Old samples from one new sample to the next.</param>
internal sealed class NearestSample(double step) : OutputKernel
{
    public override int Width => 1;

    public override long FirstInput(long output) => (long)Math.Round(output * step, MidpointRounding.AwayFromZero);

    public override void Apply(ReadOnlySpan<double> samples, long firstSample, long firstOutput, Span<double> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = samples[(int)(FirstInput(firstOutput + i) - firstSample)];
        }
    }
}
