using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>The one-sided power spectral density of a channel.</summary>
/// <param name="Channel">Index of the channel in its recording.</param>
/// <param name="Density">Density over frequency, from 0 to half the rate in equal steps; NaN where every segment had missing values.</param>
/// <param name="PowerUnit">Unit of power, the square of the channel's.</param>
/// <param name="SegmentCount">How many segments were averaged.</param>
public sealed record Spectrum(int Channel, Series Density, Unit PowerUnit, int SegmentCount)
{
    /// <summary>Power in a band: trapezoids over the bins from one end to the other, both included.</summary>
    /// <param name="band">The band.</param>
    /// <returns>Power in <see cref="PowerUnit"/>.</returns>
    /// <exception cref="UnfitInputException">The spectrum does not reach so high, or has fewer than two bins in the band.</exception>
    public double Power(FrequencyBand band)
    {
        ArgumentNullException.ThrowIfNull(band);
        var (first, last) = Bins(band.LowHz, band.HighHz, band.Name);
        var (frequencies, density) = (Density.Axis.Values, Density.Values);
        var sum = 0.0;
        for (var k = first; k < last; k++)
        {
            sum += (frequencies[k + 1] - frequencies[k]) * (density[k] + density[k + 1]) / 2;
        }

        return sum;
    }

    /// <summary>Power in several bands, absolute and as parts of their sum.</summary>
    /// <param name="bands">The bands.</param>
    /// <exception cref="UnfitInputException">A band does not fit the spectrum.</exception>
    public IReadOnlyList<BandPower> Powers(IReadOnlyList<FrequencyBand> bands)
    {
        ArgumentNullException.ThrowIfNull(bands);
        double[] absolute = [.. bands.Select(Power)];
        var total = absolute.Sum();
        return [.. bands.Select((b, i) => new BandPower(b, absolute[i], absolute[i] / total))];
    }

    /// <summary>The spectral edge: the first frequency up to which the bins hold a part of the power between two frequencies.</summary>
    /// <param name="part">The part, 0…1: 0.95 for the spectral edge, 0.5 for the median frequency.</param>
    /// <param name="lowHz">From where power counts.</param>
    /// <param name="highHz">To where power counts.</param>
    /// <returns>Frequency in Hz, NaN where there is no power.</returns>
    /// <exception cref="UnfitInputException">The range does not fit the spectrum.</exception>
    public double EdgeHz(double part = 0.95, double lowHz = 0.5, double highHz = 30)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(part);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, 1);
        var (first, last) = Bins(lowHz, highHz, "range");
        var total = 0.0;
        for (var k = first; k <= last; k++)
        {
            total += Density.Values[k];
        }

        var sum = 0.0;
        for (var k = first; k <= last && total > 0; k++)
        {
            sum += Density.Values[k];
            if (sum >= part * total)
            {
                return Density.Axis.Values[k];
            }
        }

        return double.NaN;
    }

    /// <summary>The frequency that halves the power between two frequencies.</summary>
    /// <param name="lowHz">From where power counts.</param>
    /// <param name="highHz">To where power counts.</param>
    /// <exception cref="UnfitInputException">The range does not fit the spectrum.</exception>
    public double MedianHz(double lowHz = 0.5, double highHz = 30) => EdgeHz(0.5, lowHz, highHz);

    /// <summary>The bin of a band with the highest density.</summary>
    /// <param name="band">The band, alpha for the peak alpha frequency.</param>
    /// <returns>Frequency in Hz, NaN where there is no power.</returns>
    /// <exception cref="UnfitInputException">The band does not fit the spectrum.</exception>
    public double PeakHz(FrequencyBand band)
    {
        ArgumentNullException.ThrowIfNull(band);
        var (first, last) = Bins(band.LowHz, band.HighHz, band.Name);
        var (best, at) = (0.0, double.NaN);
        for (var k = first; k <= last; k++)
        {
            if (Density.Values[k] > best)
            {
                (best, at) = (Density.Values[k], Density.Axis.Values[k]);
            }
        }

        return at;
    }

    /// <summary>The peak of a band between its bins: the top of a parabola through the logarithms of the highest bin and its neighbours.</summary>
    /// <param name="band">The band, alpha for the peak alpha frequency.</param>
    /// <returns>Frequency in Hz; the bin itself where the highest one lies at an end of the band, NaN where there is no power.</returns>
    /// <exception cref="UnfitInputException">The band does not fit the spectrum.</exception>
    /// <remarks>Source: Gasior and Gonzalez, AIP Conf. Proc. 732 (2004) 276–285.</remarks>
    public double InterpolatedPeakHz(FrequencyBand band)
    {
        ArgumentNullException.ThrowIfNull(band);
        var (first, last) = Bins(band.LowHz, band.HighHz, band.Name);
        var (frequencies, density) = (Density.Axis.Values, Density.Values);
        var top = first;
        for (var k = first; k <= last; k++)
        {
            top = density[k] > density[top] ? k : top;
        }

        if (!(density[top] > 0))
        {
            return double.NaN;
        }

        if (top == first || top == last || !(density[top - 1] > 0 && density[top + 1] > 0))
        {
            return frequencies[top];
        }

        var (below, at, above) = (Math.Log(density[top - 1]), Math.Log(density[top]), Math.Log(density[top + 1]));
        var bend = below - (2 * at) + above;
        return frequencies[top] + (bend < 0 ? (frequencies[top + 1] - frequencies[top]) * (below - above) / (2 * bend) : 0);
    }

    /// <summary>The centre of gravity of a band: the mean frequency, weighted by density.</summary>
    /// <param name="band">The band, alpha for the alpha frequency that needs no single peak.</param>
    /// <returns>Frequency in Hz, NaN where there is no power.</returns>
    /// <exception cref="UnfitInputException">The band does not fit the spectrum.</exception>
    /// <remarks>Source: Klimesch, Brain Res. Rev. 29 (1999) 169–195.</remarks>
    public double CentreOfGravityHz(FrequencyBand band)
    {
        ArgumentNullException.ThrowIfNull(band);
        var (first, last) = Bins(band.LowHz, band.HighHz, band.Name);
        var (weighted, total) = (0.0, 0.0);
        for (var k = first; k <= last; k++)
        {
            weighted += Density.Values[k] * Density.Axis.Values[k];
            total += Density.Values[k];
        }

        return total > 0 ? weighted / total : double.NaN;
    }

    internal (int First, int Last) Bins(double lowHz, double highHz, string name)
    {
        var frequencies = Density.Axis.Values;
        var step = frequencies.Count > 1 ? frequencies[1] : double.PositiveInfinity;
        // A millionth of a bin for ends that are bins but for rounding.
        var first = (int)Math.Max(0, Math.Ceiling((lowHz / step) - 1e-6));
        var last = (int)Math.Min(int.MaxValue, Math.Floor((highHz / step) + 1e-6));
        if (last >= frequencies.Count && !(highHz <= frequencies[^1] + (1e-6 * step)))
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"The {name} band {lowHz}-{highHz} Hz reaches beyond the spectrum of '{Density.Name}', which ends at {frequencies[^1]} Hz: choose a lower band."));
        }

        last = Math.Min(last, frequencies.Count - 1);
        return last > first
            ? (first, last)
            : throw new UnfitInputException(FormattableString.Invariant(
                $"The {name} band {lowHz}-{highHz} Hz holds fewer than two bins of {step} Hz: choose longer segments or a wider band."));
    }
}
