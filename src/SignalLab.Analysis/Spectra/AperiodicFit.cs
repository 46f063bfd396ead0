using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>The part of a spectrum without peaks, log10 S(f) = offset − log10(knee + f^exponent).</summary>
/// <param name="Offset">Logarithm (base 10) of the density at 1 Hz where the knee is 0.</param>
/// <param name="Exponent">Slope in the log-log plot, positive where power falls: 1 for 1/f.</param>
/// <param name="Knee">The knee, 0 where none was fitted; it bends at knee^(1 / exponent) Hz.</param>
/// <param name="OffsetError">Standard error of the offset.</param>
/// <param name="ExponentError">Standard error of the exponent.</param>
/// <param name="KneeError">Standard error of the knee, 0 where none was fitted.</param>
/// <param name="RSquared">Part of the variation of log10 S, over the bins that were fitted, that the fit explains.</param>
/// <param name="MeanAbsoluteError">Mean distance of log10 S from the fit over those bins.</param>
/// <param name="FittedBins">Bins fitted: those without peaks.</param>
/// <param name="Bins">Bins in the range.</param>
public sealed record AperiodicComponent(
    double Offset, double Exponent, double Knee, double OffsetError, double ExponentError, double KneeError, double RSquared, double MeanAbsoluteError, int FittedBins, int Bins)
{
    /// <summary>The fitted density at a frequency, in the spectrum's unit.</summary>
    /// <param name="frequencyHz">Frequency, above 0.</param>
    public double DensityAt(double frequencyHz) => Math.Pow(10, Offset) / (Knee + Math.Pow(frequencyHz, Exponent));
}

/// <summary>Fits the aperiodic part of spectra: a first fit through the lower half of the bins, then all bins that do not stand out above it.</summary>
/// <remarks>
/// Source: Donoghue et al., Nat. Neurosci. 23 (2020) 1655–1665: the model and a first fit that peaks do not bend. Standard errors take bins as independent;
/// tapers and overlap tie neighbours, which makes them somewhat too small.
/// </remarks>
public static class AperiodicFit
{
    private const double PeakDeviations = 2.5;
    private const double NormalPerMedian = 1.4826;
    private const int MostRounds = 20;

    extension(Spectrum spectrum)
    {
        /// <summary>Fits the aperiodic part between two frequencies.</summary>
        /// <param name="lowHz">Lowest frequency, above 0.</param>
        /// <param name="highHz">Highest frequency; keep the mains out.</param>
        /// <param name="hasKnee">Fit a knee too.</param>
        /// <returns>The fit; all NaN where a bin in the range has no power.</returns>
        /// <exception cref="UnfitInputException">The range does not fit the spectrum or has fewer than ten bins.</exception>
        public AperiodicComponent Aperiodic(double lowHz, double highHz, bool hasKnee = false)
        {
            ArgumentNullException.ThrowIfNull(spectrum);
            var (first, last) = spectrum.Bins(lowHz, highHz, "aperiodic");
            first += spectrum.Density.Axis.Values[first] > 0 ? 0 : 1;
            if (last - first < 9)
            {
                throw new UnfitInputException(FormattableString.Invariant(
                    $"From {lowHz} to {highHz} Hz the spectrum of '{spectrum.Density.Name}' has {last - first + 1} bins above 0 Hz: an aperiodic fit needs ten, choose longer segments or a wider range."));
            }

            var range = Enumerable.Range(first, last - first + 1);
            return Fit([.. range.Select(k => spectrum.Density.Axis.Values[k])], [.. range.Select(k => spectrum.Density.Values[k])], hasKnee);
        }
    }

    /// <summary>Fits the aperiodic part of densities.</summary>
    /// <param name="frequenciesHz">Frequencies, above 0.</param>
    /// <param name="density">Densities.</param>
    /// <param name="hasKnee">Fit a knee too.</param>
    /// <returns>The fit; all NaN where a density is not above 0.</returns>
    public static AperiodicComponent Fit(double[] frequenciesHz, double[] density, bool hasKnee = false)
    {
        ArgumentNullException.ThrowIfNull(frequenciesHz);
        ArgumentNullException.ThrowIfNull(density);
        ArgumentOutOfRangeException.ThrowIfNotEqual(density.Length, frequenciesHz.Length);
        var bins = density.Length;
        if (!Array.TrueForAll(density, v => v > 0 && double.IsFinite(v)))
        {
            return new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 0, bins);
        }

        var y = Array.ConvertAll(density, Math.Log10);
        var model = new AperiodicModel(frequenciesHz, y, hasKnee);
        bool[] kept = [.. Enumerable.Repeat(true, bins)];
        var fit = model.Fit(kept);

        // What lies below a fit through everything has no peaks, and gives the slope; its level comes from the bins around it.
        kept = Array.ConvertAll(model.Residuals(fit), r => r <= 0);
        fit = model.Fit(kept.Count(k => k) > 5 ? kept : [.. Enumerable.Repeat(true, bins)]);
        fit[0] += Median(model.Residuals(fit));
        for (var round = 0; round < MostRounds; round++)
        {
            var residuals = model.Residuals(fit);
            var deviation = NormalPerMedian * Median(Array.ConvertAll(residuals, Math.Abs));
            var next = Array.ConvertAll(residuals, r => r <= (PeakDeviations * deviation) + 1e-12);
            var isSettled = next.AsSpan().SequenceEqual(kept);
            (kept, fit) = (next, model.Fit(next));
            if (isSettled)
            {
                break;
            }
        }

        return model.Describe(fit, kept);
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
