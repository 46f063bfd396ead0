using SignalLab.Analysis.Spectra;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Spectra;

public class AperiodicFitTests
{
    private static readonly double[] Hz = [.. Enumerable.Range(2, 79).Select(k => k / 2.0)];

    [Theory]
    [InlineData(1.3, 0.7, 0)]
    [InlineData(-2, 2.4, 0)]
    [InlineData(1.3, 1.9, 80)]
    public void An_exact_power_law_is_found_with_and_without_peaks(double offset, double exponent, double knee)
    {
        double Law(double f) => Math.Pow(10, offset) / (knee + Math.Pow(f, exponent));
        double Peak(double f) => Math.Pow(10, 0.9 * Math.Exp(-(f - 10) * (f - 10) / 2)) * Math.Pow(10, 0.5 * Math.Exp(-(f - 21) * (f - 21) / 8));
        var plain = AperiodicFit.Fit(Hz, [.. Hz.Select(Law)], knee > 0);
        Assert.Equal(offset, plain.Offset, 1e-6);
        Assert.Equal(exponent, plain.Exponent, 1e-6);
        Assert.Equal(knee, plain.Knee, 1e-4 * Math.Max(1, knee));
        Assert.Equal(1, plain.RSquared, 1e-9);
        Assert.Equal(Law(7), plain.DensityAt(7), 1e-6 * Law(7));
        var peaked = AperiodicFit.Fit(Hz, [.. Hz.Select(f => Law(f) * Peak(f))], knee > 0);
        Assert.Equal(exponent, peaked.Exponent, knee > 0 ? 0.05 : 0.01);
        Assert.True(peaked.FittedBins < peaked.Bins);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_exponent_of_simulated_noise_lies_within_its_errors(double exponent)
    {
        // Sums of waves with power 1/f^k and random phases: the truth is known, the estimate is not smooth.
        var (errors, misses) = (0.0, 0);
        for (var seed = 1; seed <= 20; seed++)
        {
            var spectrum = One(Coloured(20_000, exponent, seed)).Welch(new() { SegmentSeconds = 4 })[0];
            var fit = spectrum.Aperiodic(2, 45);
            errors += fit.Exponent - exponent;
            misses += Math.Abs(fit.Exponent - exponent) > 4 * fit.ExponentError ? 1 : 0;
            Assert.InRange(fit.ExponentError, 0.002, 0.05);
            Assert.InRange(fit.RSquared, 0.5, 1);
            Assert.InRange(fit.MeanAbsoluteError, 0.001, 0.1);
        }

        Assert.Equal(0, errors / 20, 0.02);
        Assert.InRange(misses, 0, 2);
    }

    [Fact]
    public void What_cannot_be_fitted_is_refused_or_has_no_number()
    {
        var spectrum = One(Noise(1000, 1)).Welch()[0];
        Assert.Throws<UnfitInputException>(() => spectrum.Aperiodic(1, 60));
        Assert.Throws<UnfitInputException>(() => spectrum.Aperiodic(1, 4));
        Assert.Equal(90, spectrum.Aperiodic(0, 45).Bins);
        var flat = One(new double[1000]).Welch()[0].Aperiodic(1, 40);
        Assert.True(double.IsNaN(flat.Exponent) && double.IsNaN(flat.Offset) && flat.FittedBins == 0);
    }

    [Fact]
    public void The_alpha_peak_is_found_between_bins_and_by_its_centre()
    {
        double[] samples = [.. Enumerable.Range(0, 20_000).Select(t => Math.Sin(2 * Math.PI * 10.17 * t / 100))];
        var spectrum = One(samples).Welch()[0];
        Assert.Equal(10, spectrum.PeakHz(FrequencyBand.Alpha));
        Assert.Equal(10.17, spectrum.InterpolatedPeakHz(FrequencyBand.Alpha), 0.02);
        Assert.Equal(10.17, spectrum.CentreOfGravityHz(FrequencyBand.Alpha), 0.01);
        Assert.True(double.IsNaN(One(new double[500]).Welch()[0].InterpolatedPeakHz(FrequencyBand.Alpha)));
        Assert.True(double.IsNaN(One(new double[500]).Welch()[0].CentreOfGravityHz(FrequencyBand.Alpha)));
        // A band whose highest bin is its end holds no peak of its own.
        Assert.Equal(9, spectrum.InterpolatedPeakHz(FrequencyBand.Of("low", 7, 9)));
    }

    private static double[] Coloured(int count, double exponent, int seed)
    {
        var plan = SignalLab.Analysis.Fourier.RealFft.Plan(count);
        var (re, im, samples) = (new double[plan.BinCount], new double[plan.BinCount], Noise(count, seed));
        plan.Forward(samples, re, im);
        for (var k = 0; k < re.Length; k++)
        {
            var gain = k == 0 ? 0 : Math.Pow(k * 100.0 / count, -exponent / 2);
            (re[k], im[k]) = (re[k] * gain, im[k] * gain);
        }

        plan.Inverse(re, im, samples);
        return samples;
    }
}
