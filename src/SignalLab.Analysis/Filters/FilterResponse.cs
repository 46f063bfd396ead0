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
                turn *= gain / Math.Max(1e-300, gain.Magnitude);
                delay[i] += filter.GroupDelayAt(angle) / rateHz;
            }

            magnitude[i] = Math.Max(-300, magnitude[i]);
            shift[i] = turn.Phase;
        }

        return phase == Phase.Zero
            ? new(frequenciesHz.ToArray(), magnitude, new double[shift.Length], new double[delay.Length]) { Step = StepResponse.Of(filters, rateHz, phase) }
            : new(frequenciesHz.ToArray(), magnitude, shift, delay) { Step = StepResponse.Of(filters, rateHz, phase) };
    }
}
