using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>Complex Morlet wavelets: a Gaussian of n / (2πf) s over a complex wave without mean, cut at five standard deviations, of energy 2.</summary>
/// <remarks>Source: Tallon-Baudry et al., J. Neurosci. 17 (1997) 722–734; the term that takes the mean away: Kronland-Martinet, Morlet and Grossmann, Int. J. Pattern Recogn. Artif. Intell. 1 (1987) 273–302.</remarks>
public sealed class MorletWavelets
{
    private const double Cut = 5;

    private readonly double[][] re;
    private readonly double[][] im;

    /// <summary>Wavelets at one rate.</summary>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="frequenciesHz">Their frequencies, above 0 and up to half the rate.</param>
    /// <param name="cycles">Their numbers of cycles, one for all or one each.</param>
    /// <exception cref="UnfitInputException">A frequency or a number of cycles does not fit.</exception>
    public MorletWavelets(double rateHz, IReadOnlyList<double> frequenciesHz, IReadOnlyList<double> cycles)
    {
        ArgumentNullException.ThrowIfNull(frequenciesHz);
        ArgumentNullException.ThrowIfNull(cycles);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rateHz);
        if (frequenciesHz.Count == 0 || (cycles.Count != 1 && cycles.Count != frequenciesHz.Count))
        {
            throw new UnfitInputException($"{frequenciesHz.Count} frequencies and {cycles.Count} numbers of cycles do not go together: give one number of cycles for all, or one each.");
        }

        (RateHz, FrequenciesHz) = (rateHz, [.. frequenciesHz]);
        (re, im) = (new double[frequenciesHz.Count][], new double[frequenciesHz.Count][]);
        for (var i = 0; i < re.Length; i++)
        {
            (re[i], im[i]) = Wavelet(rateHz, frequenciesHz[i], cycles[cycles.Count == 1 ? 0 : i]);
        }
    }

    /// <summary>Sampling rate.</summary>
    public double RateHz { get; }

    /// <summary>Their frequencies.</summary>
    public IReadOnlyList<double> FrequenciesHz { get; }

    /// <summary>Samples of the longest wavelet on each side of its middle.</summary>
    public int Reach => re.Max(w => w.Length / 2);

    /// <summary>One wavelet.</summary>
    /// <param name="frequency">Number of its frequency.</param>
    /// <returns>Real and imaginary parts, an odd number of samples with time 0 in the middle.</returns>
    public (IReadOnlyList<double> Re, IReadOnlyList<double> Im) this[int frequency] => (re[frequency], im[frequency]);

    private static (double[] Re, double[] Im) Wavelet(double rateHz, double hz, double cycles)
    {
        if (!(hz > 0 && hz <= rateHz / 2 && cycles > 0 && double.IsFinite(cycles)))
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"A wavelet of {cycles} cycles at {hz} Hz is not possible at {rateHz} samples/s: choose frequencies above 0 and up to {rateHz / 2} Hz, and cycles above 0."));
        }

        var deviation = cycles / (2 * Math.PI * hz);
        var side = Math.Ceiling(Cut * deviation / (1 / rateHz)) - 1;
        if (!(side < 1 << 24))
        {
            throw new UnfitInputException(FormattableString.Invariant($"A wavelet of {cycles} cycles at {hz} Hz lasts {2 * Cut * deviation} s: choose fewer cycles or a higher frequency."));
        }

        var half = Math.Max(0, (int)side);
        var (re, im) = (new double[(2 * half) + 1], new double[(2 * half) + 1]);
        var mean = Math.Exp(-2 * Math.Pow(Math.PI * hz * deviation, 2));
        var energy = 0.0;
        for (var s = -half; s <= half; s++)
        {
            var time = s * (1 / rateHz);
            var (sin, cos) = Math.SinCos(2 * Math.PI * hz * time);
            var bell = Math.Exp(-time * time / (2 * deviation * deviation));
            (re[s + half], im[s + half]) = ((cos - mean) * bell, sin * bell);
            energy += (re[s + half] * re[s + half]) + (im[s + half] * im[s + half]);
        }

        var scale = Math.Sqrt(2 / energy);
        for (var s = 0; s < re.Length; s++)
        {
            (re[s], im[s]) = (re[s] * scale, im[s] * scale);
        }

        return (re, im);
    }
}
