using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>What a filter does to each frequency.</summary>
/// <param name="FrequenciesHz">The frequencies.</param>
/// <param name="MagnitudeDb">Gain in decibel; −300 stands for nothing left.</param>
/// <param name="PhaseRadians">Phase shift, −π to π, negative for a delay.</param>
/// <param name="GroupDelaySeconds">Delay of a narrow band's envelope.</param>
public sealed record FilterResponse(IReadOnlyList<double> FrequenciesHz, IReadOnlyList<double> MagnitudeDb, IReadOnlyList<double> PhaseRadians, IReadOnlyList<double> GroupDelaySeconds)
{
    internal static FilterResponse Of(BiquadCascade cascade, ReadOnlySpan<double> frequenciesHz, double rateHz, Phase phase)
    {
        var (magnitude, shift, delay) = (new double[frequenciesHz.Length], new double[frequenciesHz.Length], new double[frequenciesHz.Length]);
        var passes = phase == Phase.Zero ? 2 : 1;
        for (var i = 0; i < frequenciesHz.Length; i++)
        {
            var angle = 2 * Math.PI * frequenciesHz[i] / rateHz;
            var gain = Complex.One;
            foreach (var section in cascade.Sections)
            {
                gain *= section.At(angle);
                delay[i] += section.GroupDelayAt(angle) / rateHz;
            }

            magnitude[i] = Math.Max(-300, passes * 20 * Math.Log10(Math.Max(1e-15, gain.Magnitude)));
            shift[i] = gain.Phase;
        }

        return phase == Phase.Zero
            ? new(frequenciesHz.ToArray(), magnitude, new double[shift.Length], new double[delay.Length])
            : new(frequenciesHz.ToArray(), magnitude, shift, delay);
    }
}
