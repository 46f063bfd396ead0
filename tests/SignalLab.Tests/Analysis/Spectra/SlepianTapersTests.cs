using SignalLab.Analysis.Spectra;

namespace SignalLab.Tests.Analysis.Spectra;

public class SlepianTapersTests
{
    // scipy.signal.windows.dpss(n, nw, k, sym=False, return_ratios=True), SciPy 1.10.1: weights at 0, 1, n/4, n/2 and n − 1.
    [Theory]
    [InlineData(5, 1.5, 3, 0, 0.999544434717692, 0.1329448709959633, 0.37656498596981974, 0.37656498596981974, 0.5835447477421214, 0.37656498596981974)]
    [InlineData(5, 1.5, 3, 1, 0.9791745667698948, 0.36936475106520456, 0.5414804240761459, 0.5414804240761459, 0.2652708634826988, -0.5414804240761459)]
    [InlineData(5, 1.5, 3, 2, 0.7554987000781545, 0.5881286780513311, 0.25494658594275504, 0.25494658594275504, -0.2985077827624051, 0.25494658594275504)]
    [InlineData(64, 2.5, 4, 0, 0.9999972746158915, 0.0012121270695435724, 0.002205664702310725, 0.08763028998750173, 0.21749350079407614, 0.00220566470231074)]
    [InlineData(64, 2.5, 4, 3, 0.9524167523785974, 0.0995833213304007, 0.11984823219204045, 0.03178580505260754, 0, -0.11984823219204051)]
    [InlineData(101, 4, 7, 1, 0.9999999735650156, 0.0001419678452178438, 0.00030825561537571583, 0.10606387888067428, 0.009323010757651346, -0.0003082556153757135)]
    [InlineData(101, 4, 7, 6, 0.9369727945324328, 0.10856598885390344, 0.1284023765455823, -0.09498558187430735, -0.09042259783711805, 0.12840237654558187)]
    [InlineData(5800, 29, 57, 56, 0.8740880235765522, 0.041677881054134655, 0.042466968551722946, 0.003818627100685976, 0.009757216574982349, 0.0424669685517313)]
    public void Tapers_and_concentrations_equal_SciPys(int n, double nw, int count, int k, double concentration, double w0, double w1, double quarter, double half, double last)
    {
        var tapers = SlepianTapers.Of(n, nw, count);
        Assert.Equal(concentration, tapers.Concentrations[k], 1e-12);
        var w = tapers[k];
        double[] expected = [w0, w1, quarter, half, last];
        double[] actual = [w[0], w[1], w[n / 4], w[n / 2], w[n - 1]];
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-12);
        }
    }

    [Theory]
    [InlineData(2, 0.9, 2)]
    [InlineData(3, 1, 3)]
    [InlineData(17, 8, 17)]
    [InlineData(128, 3.5, 12)]
    [InlineData(1001, 40, 90)]
    [InlineData(20000, 500, 12)]
    public void Tapers_are_orthonormal_alternate_in_symmetry_and_lose_concentration(int n, double nw, int count)
    {
        var tapers = SlepianTapers.Of(n, nw, count, isSymmetric: true);
        for (var a = 0; a < count; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var product = 0.0;
                for (var t = 0; t < n; t++)
                {
                    product += tapers[a][t] * tapers[b][t];
                }

                Assert.Equal(a == b ? 1 : 0, product, 1e-11);
            }

            for (var t = 0; t < n; t++)
            {
                Assert.Equal(a % 2 == 0 ? tapers[a][t] : -tapers[a][t], tapers[a][n - 1 - t], 1e-10);
            }

            Assert.True(a == 0 || tapers.Concentrations[a] <= tapers.Concentrations[a - 1] + 1e-12);
        }
    }

    [Fact]
    public void The_concentration_is_the_energy_inside_the_band()
    {
        var (n, nw) = (60, 2.0);
        var tapers = SlepianTapers.Of(n, nw, 5, isSymmetric: true);
        for (var k = 0; k < tapers.Count; k++)
        {
            var inside = 0.0;
            for (var s = 0; s < n; s++)
            {
                for (var t = 0; t < n; t++)
                {
                    inside += tapers[k][s] * tapers[k][t] * (s == t ? 2 * nw / n : Math.Sin(2 * Math.PI * nw / n * (s - t)) / (Math.PI * (s - t)));
                }
            }

            Assert.Equal(inside, tapers.Concentrations[k], 1e-13);
        }
    }

    [Fact]
    public void A_quarter_of_a_million_samples_keep_their_digits()
    {
        var tapers = SlepianTapers.Of(1 << 18, 4, 7, isSymmetric: true);
        var small = SlepianTapers.Of(4096, 4, 7, isSymmetric: true);
        for (var k = 0; k < 7; k++)
        {
            // The concentration at a fixed NW hardly depends on the length once that is long.
            Assert.Equal(small.Concentrations[k], tapers.Concentrations[k], 1e-6);
            var product = 0.0;
            for (var t = 0; t < tapers.Length; t++)
            {
                product += tapers[k][t] * tapers[(k + 2) % 7][t];
            }

            Assert.Equal(0, product, 1e-12);
        }
    }

    [Fact]
    public void Tapers_that_leak_are_left_out_but_never_all()
    {
        Assert.Equal(3, SlepianTapers.Of(500, 2, 4).Above(0.9).Count);
        Assert.Equal(1, SlepianTapers.Of(500, 0.5, 1).Above(0.9).Count);
        Assert.Equal([1.0], SlepianTapers.Of(1, 0.3, 1)[0].ToArray());
    }

    [Fact]
    public void What_no_taper_can_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SlepianTapers.Of(0, 0.1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SlepianTapers.Of(10, 5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SlepianTapers.Of(10, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SlepianTapers.Of(10, 2, 11));
    }
}
