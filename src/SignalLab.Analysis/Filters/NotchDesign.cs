using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>See <see cref="FilterDesign.Notches"/>: a section for each multiple of a frequency.</summary>
/// <remarks>Source: Orfanidis, Introduction to Signal Processing, eq. 11.3.19.</remarks>
internal sealed record NotchDesign : RecursiveDesign
{
    public NotchDesign(double frequencyHz, int count, double quality)
    {
        if (!(frequencyHz > 0 && double.IsFinite(frequencyHz) && quality > 0 && double.IsFinite(quality)))
        {
            throw new UnfitInputException(FormattableString.Invariant($"A notch at {frequencyHz} Hz with quality {quality} is not possible: both must be above 0."));
        }

        if (count is < 1 or > 100)
        {
            throw new UnfitInputException(FormattableString.Invariant($"{count} notches are not possible: choose 1 to 100."));
        }

        (FrequencyHz, Count, Quality) = (frequencyHz, count, quality);
    }

    public double FrequencyHz { get; }

    public int Count { get; }

    public double Quality { get; }

    public override double HighestHz => Count * FrequencyHz;

    public override IReadOnlyList<double> CutoffsHz => [.. Enumerable.Range(1, Count).Select(i => i * FrequencyHz)];

    internal override string Prefilter => string.Join(" ", CutoffsHz.Select(f => FormattableString.Invariant($"N:{f}Hz")));

    internal override ProcessingStep Step(Phase phase)
    {
        var (quality, passes) = (("q", (object?)Quality), ("phase", (object?)phase.ToString().ToLowerInvariant()));
        return Count == 1
            ? ProcessingStep.Of("notch", ("frequency_hz", FrequencyHz), quality, passes)
            : ProcessingStep.Of("notches", ("frequency_hz", FrequencyHz), ("count", Count), quality, passes);
    }

    private protected override BiquadCascade Build(double rateHz) => new([.. CutoffsHz.Select(f => Section(2 * Math.PI * f / rateHz))]);

    private protected override IEnumerable<(double FrequencyHz, double Gain)> Landmarks(double rateHz) => [(0, 1), (rateHz / 2, 1)];

    private Biquad Section(double angle)
    {
        var gain = 1 / (1 + Math.Tan(angle / Quality / 2));
        var cosine = -2 * Math.Cos(angle) * gain;
        return new(gain, cosine, gain, cosine, (2 * gain) - 1);
    }
}
