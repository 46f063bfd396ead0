using SignalLab.Analysis.Fourier;

namespace SignalLab.Tests.Analysis.Fourier;

public class FourierTests
{
    private const double Epsilon = 2.220446049250313e-16;

    [Fact]
    public void Every_length_to_512_is_within_4_epsilon_log_n_of_the_exact_transform()
    {
        for (var n = 1; n <= 512; n++)
        {
            var samples = Noise(n, n);
            var plan = RealFft.Plan(n);
            var (re, im) = (new double[plan.BinCount], new double[plan.BinCount]);
            plan.Forward(samples, re, im);
            var (exactRe, exactIm) = ExactDft.Of(samples);
            AssertRelative([.. exactRe, .. exactIm], [.. re, .. im], n, "real");

            // The complex plan of the same length, on the same values turned by i so that both parts matter.
            var (x, y) = (Array.ConvertAll(samples, v => 0.6 * v), Array.ConvertAll(samples, v => 0.8 * v));
            ComplexFft.Plan(n).Forward(x, y, x, y);
            var bins = plan.BinCount;
            double[] wanted = [.. exactRe.Select((v, k) => (0.6 * v) - (0.8 * exactIm[k])), .. exactRe.Select((v, k) => (0.8 * v) + (0.6 * exactIm[k]))];
            AssertRelative(wanted, [.. x[..bins], .. y[..bins]], n, "complex");
        }
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(3 * 5 * 7 * 4096)]
    [InlineData(100_003)]
    [InlineData(59_049)]
    public void Long_transforms_keep_the_energy_and_come_back(int n)
    {
        var samples = Noise(n, 5);
        var plan = RealFft.Plan(n);
        var (re, im, back) = (new double[plan.BinCount], new double[plan.BinCount], new double[n]);
        plan.Forward(samples, re, im);
        var energy = 0.0;
        for (var k = 0; k < re.Length; k++)
        {
            energy += (k == 0 || 2 * k == n ? 1 : 2) * ((re[k] * re[k]) + (im[k] * im[k]));
        }

        var expected = samples.Sum(v => v * v) * n;
        Assert.Equal(1, energy / expected, 1e-13);
        plan.Inverse(re, im, back);
        AssertRelative(samples, back, n, "inverse");
    }

    [Fact]
    public void Every_length_comes_back_from_its_spectrum()
    {
        for (var n = 1; n <= 300; n++)
        {
            var (x, y) = (Noise(n, n), Noise(n, n + 1));
            var (re, im) = (new double[n], new double[n]);
            ComplexFft.Plan(n).Forward(x, y, re, im);
            ComplexFft.Plan(n).Inverse(re, im, re, im);
            AssertRelative([.. x, .. y], [.. re, .. im], n, "complex inverse");
            var plan = RealFft.Plan(n);
            (re, im) = (new double[plan.BinCount], new double[plan.BinCount]);
            plan.Forward(x, re, im);
            plan.Inverse(re, im, y);
            AssertRelative(x, y, n, "real inverse");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    [InlineData(101)]
    [InlineData(256)]
    public void Transforms_side_by_side_are_those_of_each(int n)
    {
        const int batch = 11;
        var each = Enumerable.Range(0, batch).Select(b => Noise(n, b)).ToArray();
        var together = new double[n * batch];
        for (var i = 0; i < together.Length; i++)
        {
            together[i] = each[i % batch][i / batch];
        }

        var plan = RealFft.Plan(n);
        var (re, im, back) = (new double[plan.BinCount * batch], new double[plan.BinCount * batch], new double[n * batch]);
        plan.Forward(together, re, im, batch);
        plan.Inverse(re, im, back, batch);
        AssertRelative(together, back, n, "batch");
        var (oneRe, oneIm) = (new double[plan.BinCount], new double[plan.BinCount]);
        for (var b = 0; b < batch; b++)
        {
            plan.Forward(each[b], oneRe, oneIm);
            AssertRelative(
                [.. oneRe, .. oneIm],
                [.. oneRe.Select((_, k) => re[(k * batch) + b]), .. oneIm.Select((_, k) => im[(k * batch) + b])],
                n,
                "one of a batch");
        }
    }

    [Fact]
    public void A_transform_allocates_nothing()
    {
        foreach (var n in new[] { 512, 1000, 101 })
        {
            var plan = RealFft.Plan(n);
            var (samples, re, im) = (new double[n], new double[plan.BinCount], new double[plan.BinCount]);
            plan.Forward(samples, re, im);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                plan.Forward(samples, re, im);
                plan.Inverse(re, im, samples);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Many_threads_share_one_plan() => Parallel.For(0, 200, i =>
    {
        var n = 200 + (i % 20);
        var samples = Noise(n, i);
        var plan = RealFft.Plan(n);
        var (re, im, back) = (new double[plan.BinCount], new double[plan.BinCount], new double[n]);
        plan.Forward(samples, re, im);
        plan.Inverse(re, im, back);
        AssertRelative(samples, back, n, "thread");
    });

    [Fact]
    public void Spans_of_wrong_length_are_a_programmers_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ComplexFft.Plan(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => RealFft.Plan(8).Forward(new double[8], new double[4], new double[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ComplexFft.Plan(8).Forward(new double[8], new double[8], new double[8], new double[8], 2));
    }

    private static double[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }

    private static void AssertRelative(double[] expected, double[] actual, int n, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var error = Math.Sqrt(expected.Zip(actual, (e, a) => (e - a) * (e - a)).Sum() / expected.Sum(e => e * e));
        var allowed = 4 * Epsilon * Math.Max(1, Math.Log2(n));
        Assert.True(error <= allowed, FormattableString.Invariant($"{what}, n = {n}: error {error:E2} > {allowed:E2}"));
    }
}
