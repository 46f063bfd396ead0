using System.Numerics;
using CsCheck;
using SignalLab.Analysis.Filters;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Filters;

/// <summary>Chebyshev, elliptic and Bessel filters against SciPy 1.10.1 (<c>signal.cheby1, cheby2, ellip, bessel</c> with <c>fs=500, output='sos'</c>) and against what defines them.</summary>
public class PrototypeDesignTests
{
    private const double RateHz = 500;

    [Fact]
    public void A_Chebyshev_band_pass_has_SciPys_sections() => AssertSections(
        FilterDesign.Chebyshev1(FilterBand.Bandpass(8, 70), 5, 0.7),
        [
            [0.0009480256833646405, 0.001896051366729281, 0.0009480256833646405, -1.3611846462024193, 0.7163041564670127],
            [1, 2, 1, -1.6818791779071345, 0.7634405120609828],
            [1, 0, -1, -1.1961026081714503, 0.8819286842409297],
            [1, -2, 1, -1.908818037950875, 0.927449219319985],
            [1, -2, 1, -1.9739153541776897, 0.983869886288574],
        ]);

    [Fact]
    public void An_inverse_Chebyshev_low_pass_has_SciPys_sections() => AssertSections(
        FilterDesign.Chebyshev2(FilterBand.Lowpass(40), 5, 45),
        [
            [0.005624762570665034, 0.005624762570665034, 0, -0.7016278874648294, 0],
            [1, -1.3590532626515315, 1, -1.5321117916420772, 0.6154570415787564],
            [1, -1.7282702694945162, 1, -1.7823640070031337, 0.8611509423044613],
        ]);

    [Fact]
    public void An_elliptic_high_pass_has_SciPys_sections() => AssertSections(
        FilterDesign.Elliptic(FilterBand.Highpass(1.5), 6, 0.7, 45),
        [
            [0.8963331554961852, -1.7926383162082675, 0.8963331554961852, -1.9509867826252398, 0.9523232756466369],
            [1, -1.9998253248993239, 1, -1.9922163353674744, 0.9926859854881683],
            [1, -1.999745377115284, 1, -1.9983905972283518, 0.9987433451188122],
        ]);

    [Fact]
    public void A_steep_elliptic_low_pass_has_SciPys_sections() => AssertSections(
        FilterDesign.Elliptic(FilterBand.Lowpass(40), 15, 0.7, 45),
        [
            [0.006489851406188335, 0.006489851406188335, 0, -0.8338699839070265, 0],
            [1, -1.7345963606599073, 1, -1.7464635215660962, 0.9782191726102687],
            [1, -1.7524159708539397, 1, -1.7525374280656814, 0.999917757802542],
        ],
        [0, 3, 7]);

    [Fact]
    public void A_Bessel_band_stop_of_order_20_has_SciPys_sections() => AssertSections(
        FilterDesign.Bessel(FilterBand.Bandstop(45, 56), 20),
        [
            [0.35966008714426423, -0.5806605320321649, 0.3596600871442642, -1.4942079892793574, 0.8577288282644253],
            [1, -1.6144703090150079, 1, -1.5696784922184799, 0.8920891750498575],
            [1, -1.6144703090150079, 1, -1.655665709245111, 0.9768736253759845],
        ],
        [0, 9, 19]);

    [Fact]
    public void Every_order_of_every_family_keeps_the_gains_that_define_it()
    {
        for (var order = 1; order <= 20; order++)
        {
            foreach (var band in new[] { FilterBand.Lowpass(60), FilterBand.Highpass(60), FilterBand.Bandpass(40, 90), FilterBand.Bandstop(40, 90) })
            {
                AssertGains(FilterDesign.Butterworth(band, order), band, 10 * Math.Log10(2), double.PositiveInfinity);
                AssertGains(FilterDesign.Chebyshev1(band, order, 0.5), band, 0.5, 0.5);
                AssertGains(FilterDesign.Chebyshev2(band, order, 50), band, 50, double.PositiveInfinity, 50);
                if (order <= 10)
                {
                    AssertGains(FilterDesign.Elliptic(band, order, 0.5, 50), band, 0.5, 0.5);
                }
            }
        }
    }

    [Fact]
    public void A_Bessel_filter_delays_all_that_it_passes_alike_and_does_not_overshoot()
    {
        for (var order = 3; order <= 20; order++)
        {
            var response = FilterDesign.Bessel(FilterBand.Lowpass(5), order).Response([0.2, 0.5, 1, 2], RateHz);
            Assert.All(response.GroupDelaySeconds, d => Assert.Equal(response.GroupDelaySeconds[0], d, 0.01 * response.GroupDelaySeconds[0]));
            Assert.InRange(response.Step.Values.Max(), 0.99, 1.01);
        }

        Assert.True(FilterDesign.Butterworth(FilterBand.Lowpass(5), 6).Response([1], RateHz).Step.Values.Max() > 1.1);
    }

    [Fact]
    public void The_theta_series_and_the_means_agree_on_elliptic_functions()
    {
        // K(1/√2) = Γ(1/4)² / (4·√π); sn, cn and dn of a third of it from Abramowitz and Stegun's identities.
        var modulus = EllipticModulus.Of(Math.Sqrt(0.5));
        Assert.Equal(1.8540746773013719, modulus.QuarterPeriod, 14);
        Assert.Equal(-Math.PI, modulus.LogNome, 14);
        Gen.Select(Gen.Double[-30, -0.5], Gen.Double[0, 1]).Sample(
            (logNome, part) =>
            {
                var m = EllipticModulus.OfLogNome(logNome);
                Assert.Equal(1, (m.K * m.K) + (m.K1 * m.K1), 13);
                var u = part * m.QuarterPeriod;
                var (s, c, d) = m.Jacobi(u);
                Assert.Equal(1, (s * s) + (c * c), 12);
                Assert.Equal(1, (d * d) + (m.K * m.K * s * s), 12);
                // Near a whole quarter period sn / cn grows without bound and carries cn's rounding.
                Assert.Equal(u, m.Integral(s / Math.Max(c, 1e-300)), 1e-9 * Math.Max(1, u) / Math.Clamp(c, 1e-6, 1));
            },
            iter: 300, threads: 1);
    }

    [Fact]
    public void Response_of_a_real_filter_is_its_sections_product()
    {
        var cascade = FilterDesign.Elliptic(FilterBand.Bandpass(8, 70), 5).For(RateHz);
        var product = cascade.Sections.ToArray().Aggregate(Complex.One, (g, s) => g * s.At(0.3));
        Assert.Equal(product, cascade.At(0.3));
    }

    [Theory]
    [InlineData(0, 40, 4)]
    [InlineData(-1, 40, 4)]
    [InlineData(double.NaN, 40, 4)]
    [InlineData(3, 3, 4)]
    [InlineData(3, 2, 4)]
    [InlineData(1, double.PositiveInfinity, 4)]
    [InlineData(1, 40, 0)]
    [InlineData(1, 40, 21)]
    public void An_unrealisable_elliptic_filter_is_refused_in_one_sentence(double rippleDb, double attenuationDb, int order) =>
        Assert.DoesNotContain('\n', Assert.Throws<UnfitInputException>(() => FilterDesign.Elliptic(FilterBand.Lowpass(40), order, rippleDb, attenuationDb)).Message);

    [Fact]
    public void Ripples_and_attenuations_out_of_range_are_refused()
    {
        Assert.Throws<UnfitInputException>(() => FilterDesign.Chebyshev1(FilterBand.Lowpass(40), 4, 0));
        Assert.Throws<UnfitInputException>(() => FilterDesign.Chebyshev2(FilterBand.Lowpass(40), 4, 0));
        Assert.Throws<UnfitInputException>(() => FilterDesign.Bessel(FilterBand.Lowpass(40), 21));
    }

    [Fact]
    public void A_filter_that_double_precision_does_not_hold_is_refused()
    {
        var refusal = Assert.Throws<UnfitInputException>(() => FilterDesign.Chebyshev1(FilterBand.Lowpass(0.001), 8, 3).For(5000));
        Assert.Contains("loses its precision", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Harmonics_are_taken_out_together()
    {
        var response = FilterDesign.Notches(50, 4).Response([50, 100, 150, 200, 75], RateHz);
        Assert.All(response.MagnitudeDb.Take(4), db => Assert.True(db < -200));
        Assert.InRange(response.MagnitudeDb[4], -0.1, 0);
        Assert.Throws<UnfitInputException>(() => FilterDesign.Notches(50, 5).For(RateHz));
        Assert.Throws<UnfitInputException>(() => FilterDesign.Notches(50, 0));
        Assert.Equal(FilterDesign.Notch(50), FilterDesign.Notches(50, 1));
    }

    [Fact]
    public void A_smoothing_time_constant_lets_a_step_through_to_63_percent()
    {
        var step = FilterDesign.SmoothingTimeConstant(0.1).Response([1], 10_000).Step;
        var at = step.TimesSeconds.Select((t, i) => (t, i)).MinBy(p => Math.Abs(p.t - 0.1)).i;
        Assert.Equal(1 - Math.Exp(-1), step.Values[at], 1e-3);
    }

    private static void AssertGains(FilterDesign design, FilterBand band, double edgeDb, double deepestDb, double stopDb = 0)
    {
        foreach (var edge in new[] { band.LowHz, band.HighHz }.OfType<double>())
        {
            Assert.Equal(-edgeDb, design.Response([edge], RateHz).MagnitudeDb[0], 1e-6);
        }

        double[] inside = [.. Enumerable.Range(0, 2501).Select(i => i * 0.1)];
        var gains = design.Response(inside, RateHz).MagnitudeDb;
        for (var i = 0; i < inside.Length; i++)
        {
            var within = (inside[i] > (band.LowHz ?? -1) && inside[i] < (band.HighHz ?? 1e9)) != band.IsStop;
            Assert.True(gains[i] < 1e-6, $"{design} at {inside[i]} Hz: {gains[i]} dB");
            Assert.True(within ? gains[i] > -deepestDb - 1e-6 : gains[i] < -stopDb + 1e-6, $"{design} at {inside[i]} Hz: {gains[i]} dB");
        }
    }

    private static void AssertSections(RecursiveDesign design, double[][] expected, int[]? which = null)
    {
        var sections = design.For(RateHz).Sections.ToArray();
        which ??= [.. Enumerable.Range(0, sections.Length)];
        Assert.Equal(expected.Length, which.Length);
        for (var i = 0; i < which.Length; i++)
        {
            var s = sections[which[i]];
            var scale = which[i] == 0 ? expected[i][0] : 1;
            SharedData.AssertClose([expected[i][0] / scale, expected[i][1] / scale, expected[i][2] / scale], [s.B0 / scale, s.B1 / scale, s.B2 / scale], 1e-10);
            SharedData.AssertClose(expected[i].AsSpan(3), [s.A1, s.A2], 1e-11);
        }
    }
}
