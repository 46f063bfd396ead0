using SignalLab.Analysis.Spectra;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Spectra;

public class LombScargleTests
{
    private static readonly double[] Hz = [0.05, 0.1, 0.2, 0.25, 0.31, 0.4];

    private static (double[] Times, double[] Values) Uneven
    {
        get
        {
            var (times, values, now) = (new double[200], new double[200], 0.0);
            for (var i = 0; i < 200; i++)
            {
                now += 0.8 + (0.15 * (((long)i * i * 7919 % 1009) - 504) / 504.0);
                times[i] = now;
                values[i] = Math.Sin(2 * Math.PI * 0.25 * now) + (0.4 * (((((long)i * i * 6007) + (i * 31L)) % 997) - 498) / 498.0) + 3;
            }

            return (times, values);
        }
    }

    // scipy.signal.lombscargle(t, v − mean, 2πf, normalize=True), SciPy 1.10.1; floating mean: 1 − residual / total of a least-squares fit in NumPy.
    [Theory]
    [InlineData(false, 0.002271993327899635, 0.0009315251826419609, 0.003208515208912048, 0.8918361434759493, 0.0025560012986273295, 0.0009403761073770001)]
    [InlineData(true, 0.0022720187861091645, 0.0009316150212287377, 0.0032085430901028777, 0.8919053777080609, 0.002556401230458749, 0.0009406752385118233)]
    public void The_standard_scale_equals_SciPys_and_the_least_squares_fit(bool floating, params double[] expected)
    {
        var (times, values) = Uneven;
        var power = LombScargle.Power(times, values, Hz, new() { FloatingMean = floating });
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(expected[i], power[i], 1e-12);
        }
    }

    [Fact]
    public void A_floating_mean_needs_no_centring()
    {
        var (times, values) = Uneven;
        var centred = LombScargle.Power(times, values, Hz, new() { FloatingMean = true });
        var raw = LombScargle.Power(times, values, Hz, new() { FloatingMean = true, Centre = false });
        SharedData.AssertClose(centred, raw, 1e-10);
    }

    [Fact]
    public void For_even_times_the_density_is_the_periodogram()
    {
        var samples = Noise(400, 5);
        var periodogram = One(samples).Periodogram()[0].Density;
        double[] times = [.. Enumerable.Range(0, 400).Select(t => 1e4 + (t / 100.0))];
        double[] hz = [.. periodogram.Axis.Values.Skip(1).Take(199)];
        var density = LombScargle.Power(times, samples, hz, new() { Scale = LombScargleScale.Density });
        SharedData.AssertClose([.. periodogram.Values.Skip(1).Take(199)], density, 1e-8);
    }

    [Fact]
    public void Missing_values_are_passed_over_and_too_few_give_none()
    {
        var (times, values) = Uneven;
        var expected = LombScargle.Power(times, values, Hz);
        double[] more = [.. times[..50], 41, .. times[50..]];
        SharedData.AssertClose(expected, LombScargle.Power(more, [.. values[..50], double.NaN, .. values[50..]], Hz), 1e-12);
        Assert.All(LombScargle.Power([1, 2], [3, 4], Hz), v => Assert.True(double.IsNaN(v)));
        Assert.All(LombScargle.Power([1, 2, 3, 4], [5, 5, 5, 5], Hz), v => Assert.Equal(0, v));
        Assert.Equal([0.05, 0.1, 0.15], LombScargle.Frequencies(10, 0.15, 2).Values, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Throws<UnfitInputException>(() => LombScargle.Frequencies(10, 0.01, 2));
        Assert.Throws<UnfitInputException>(() => LombScargle.Frequencies(0, 1));
    }
}
