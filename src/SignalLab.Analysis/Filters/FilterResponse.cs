using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>What a filter does to each frequency.</summary>
/// <param name="FrequenciesHz">The frequencies.</param>
/// <param name="MagnitudeDb">Gain in decibel; −300 stands for nothing left.</param>
/// <param name="PhaseRadians">Phase shift, −π to π, negative for a delay.</param>
/// <param name="GroupDelaySeconds">Delay of a narrow band's envelope.</param>
public sealed record FilterResponse(IReadOnlyList<double> FrequenciesHz, IReadOnlyList<double> MagnitudeDb, IReadOnlyList<double> PhaseRadians, IReadOnlyList<double> GroupDelaySeconds)
{
    /// <summary>What comes out for a step from 0 to 1 at time 0, until it stands.</summary>
    public required StepResponse Step { get; init; }

    /// <summary>The response of filters in a row.</summary>
    /// <param name="designs">The filters.</param>
    /// <param name="frequenciesHz">Where it is wanted, 0 to half the rate.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="phase">Causal, or zero phase.</param>
    /// <exception cref="Model.UnfitInputException">A filter cannot be made at that rate.</exception>
    public static FilterResponse Of(IReadOnlyList<FilterDesign> designs, ReadOnlySpan<double> frequenciesHz, double rateHz, Phase phase)
    {
        ArgumentNullException.ThrowIfNull(designs);
        DigitalFilter[] filters = [.. designs.Select(d => d.For(rateHz))];
        var (magnitude, shift, delay) = (new double[frequenciesHz.Length], new double[frequenciesHz.Length], new double[frequenciesHz.Length]);
        for (var i = 0; i < frequenciesHz.Length; i++)
        {
            var angle = 2 * Math.PI * frequenciesHz[i] / rateHz;
            var turn = Complex.One;
            foreach (var filter in filters)
            {
                var gain = filter.At(angle);
                magnitude[i] += filter.Passes(phase) * 20 * Math.Log10(Math.Max(1e-15, gain.Magnitude));
                var delaySamples = filter.GroupDelayAt(angle);
                turn *= Turn(gain, phase, filter.Passes(phase), delaySamples * angle);
                delay[i] += phase == Phase.Zero ? 0 : delaySamples / rateHz;
            }

            magnitude[i] = Math.Max(-300, magnitude[i]);
            shift[i] = turn.Phase;
        }

        return new(frequenciesHz.ToArray(), magnitude, shift, delay) { Step = StepResponse.Of(filters, rateHz, phase) };
    }

    // Of zero phase a second pass leaves nothing, a delay shifted back leaves the sign: between the ripples of its stop band a finite filter turns over.
    private static Complex Turn(Complex gain, Phase phase, int passes, double delayRadians) => phase == Phase.Zero
        ? passes == 2 || (gain * Complex.FromPolarCoordinates(1, delayRadians)).Real >= 0 ? 1 : -1
        : gain / Math.Max(1e-300, gain.Magnitude);
}
