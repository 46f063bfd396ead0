using SignalLab.Model;

namespace SignalLab.Analysis.Filters;

/// <summary>See <see cref="FilterDesign.FirNotch"/>.</summary>
internal sealed record FirNotchDesign : FiniteDesign
{
    private const double WidthPart = 1 / 200.0;
    private const double TransitionHz = 0.5;

    public FirNotchDesign(IReadOnlyList<double> frequenciesHz)
    {
        ArgumentNullException.ThrowIfNull(frequenciesHz);
        if (frequenciesHz.Count == 0 || frequenciesHz.Any(f => !(f > 0 && double.IsFinite(f))))
        {
            throw new UnfitInputException("A notch needs frequencies above 0 Hz.");
        }

        CutoffsHz = [.. frequenciesHz.Distinct().Order()];
    }

    public override IReadOnlyList<double> CutoffsHz { get; }

    public override double HighestHz => CutoffsHz[^1];

    internal override string Prefilter => string.Join(" ", CutoffsHz.Select(f => FormattableString.Invariant($"N:{f}Hz")));

    internal override ProcessingStep Step(Phase phase) => ProcessingStep.Of(
        "notch", ("frequencies_hz", string.Join(",", CutoffsHz.Select(f => FormattableString.Invariant($"{f}")))), ("design", "fir"), ("window", "hamming"), ("phase", phase.ToString().ToLowerInvariant()));

    private protected override IReadOnlyList<Transition> Transitions(double rateHz) =>
    [
        .. CutoffsHz.SelectMany(f => new Transition[]
        {
            new(f - (f * WidthPart / 2) - TransitionHz, f - (f * WidthPart / 2), false),
            new(f + (f * WidthPart / 2), f + (f * WidthPart / 2) + TransitionHz, true),
        }),
    ];

    private protected override double[] Taps(IReadOnlyList<Transition> transitions, double rateHz)
    {
        var factor = FirWindows.LengthFactor(FirWindow.Hamming);
        var count = Odd(Math.Ceiling(factor / TransitionHz * rateHz), rateHz);
        var each = Math.Min(count, Odd(Math.Round(factor / (TransitionHz / rateHz)), rateHz));
        return SincTaps.Of(transitions, count, rateHz, _ => FirWindows.Weights(FirWindow.Hamming, each));
    }
}
