using SignalLab.Analysis.Fourier;

namespace SignalLab.Tests.Analysis.Fourier;

public class FourierTests
{
    private const double Epsilon = 2.220446049250313e-16;
    private const double SingleEpsilon = 1.1920928955078125e-7;

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

    [Fact]
    public void Every_length_to_512_in_single_precision_is_within_4_of_its_epsilons_log_n()
    {
        for (var n = 1; n <= 512; n++)
        {
            var samples = Array.ConvertAll(Noise(n, n), v => (float)v);
            var plan = RealFft.Plan(n);
            var (re, im, back) = (new float[plan.BinCount], new float[plan.BinCount], new float[n]);
            plan.Forward(samples, re, im);
            var (exactRe, exactIm) = ExactDft.Of(Array.ConvertAll(samples, v => (double)v));
            AssertRelative([.. exactRe, .. exactIm], Doubles([.. re, .. im]), n, "real", SingleEpsilon);
            plan.Inverse(re, im, back);
            AssertRelative(Doubles(samples), Doubles(back), n, "inverse", SingleEpsilon);

            var (x, y) = (Array.ConvertAll(samples, v => 0.5f * v), Array.ConvertAll(samples, v => 2 * v));
            ComplexFft.Plan(n).Forward(x, y, x, y);
            var bins = plan.BinCount;
            double[] wanted = [.. exactRe.Select((v, k) => (0.5 * v) - (2 * exactIm[k])), .. exactRe.Select((v, k) => (2 * v) + (0.5 * exactIm[k]))];
            AssertRelative(wanted, Doubles([.. x[..bins], .. y[..bins]]), n, "complex", SingleEpsilon);
        }
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(1 << 15)]
    [InlineData(5000)]
    [InlineData(3 * 3 * 5 * 7 * 11 * 13)]
    [InlineData(46_337)]
    public void Chosen_bins_of_long_transforms_are_those_of_the_definition(int n)
    {
        var samples = Array.ConvertAll(Noise(n, 3), v => (double)(float)v);
        int[] bins = [0, 1, 2, 3, n / 7, n / 5, n / 3, (n / 2) - 1, n / 2];
        var (exactRe, exactIm) = ExactDft.Of(samples, bins);
        var plan = RealFft.Plan(n);
        var (re, im) = (new double[plan.BinCount], new double[plan.BinCount]);
        plan.Forward(samples, re, im);
        AssertRelative([.. exactRe, .. exactIm], [.. bins.Select(k => re[k]), .. bins.Select(k => im[k])], n, "double");
        var (single, singleRe, singleIm) = (Array.ConvertAll(samples, v => (float)v), new float[plan.BinCount], new float[plan.BinCount]);
        plan.Forward(single, singleRe, singleIm);
        AssertRelative([.. exactRe, .. exactIm], Doubles([.. bins.Select(k => singleRe[k]), .. bins.Select(k => singleIm[k])]), n, "single", SingleEpsilon);
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(15)]
    [InlineData(101)]
    [InlineData(128)]
    [InlineData(1000)]
    [InlineData(16_384)]
    public void Rows_are_the_transforms_of_each(int n)
    {
        const int count = 21;
        var rows = Array.ConvertAll(Noise(n * count, n), v => (float)v);
        var plan = RealFft.Plan(n);
        var bins = plan.BinCount;
        var (re, im, back) = (new double[bins * count], new double[bins * count], new double[n * count]);
        plan.ForwardRows(Doubles(rows), re, im, count);
        plan.InverseRows(re, im, back, count);
        AssertRelative(Doubles(rows), back, n, "rows and back");
        var (singleRe, singleIm, single) = (new float[bins * count], new float[bins * count], new float[n * count]);
        plan.ForwardRows(rows, singleRe, singleIm, count);
        plan.InverseRows(singleRe, singleIm, single, count);
        AssertRelative(Doubles(rows), Doubles(single), n, "single rows and back", SingleEpsilon);
        var (x, y) = (Doubles(rows), Array.ConvertAll(Doubles(rows), v => -0.25 * v));
        ComplexFft.Plan(n).ForwardRows(x, y, x, y, count);
        var (oneRe, oneIm) = (new double[bins], new double[bins]);
        for (var b = 0; b < count; b++)
        {
            plan.Forward(Doubles(rows[(b * n)..((b + 1) * n)]), oneRe, oneIm);
            AssertRelative([.. oneRe, .. oneIm], [.. re[(b * bins)..((b + 1) * bins)], .. im[(b * bins)..((b + 1) * bins)]], n, "one row");
            AssertRelative([.. oneRe, .. oneIm], Doubles([.. singleRe[(b * bins)..((b + 1) * bins)], .. singleIm[(b * bins)..((b + 1) * bins)]]), n, "one single row", SingleEpsilon);
            AssertRelative([.. oneRe.Zip(oneIm, (r, i) => r + (0.25 * i))], x[(b * n)..((b * n) + bins)], n, "one complex row");
        }

        ComplexFft.Plan(n).InverseRows(x, y, x, y, count);
        AssertRelative(Doubles(rows), x, n, "complex rows and back");
    }

    [Fact]
    public void A_missing_value_spoils_its_own_transform_alone()
    {
        foreach (var n in new[] { 27, 64, 101 })
        {
            const int count = 19;
            var rows = Noise(n * count, n);
            rows[(3 * n) + 5] = double.NaN;
            var plan = RealFft.Plan(n);
            var (re, im) = (new double[plan.BinCount * count], new double[plan.BinCount * count]);
            plan.ForwardRows(rows, re, im, count);
            Assert.Equal([3], Enumerable.Range(0, count).Where(b => double.IsNaN(re[b * plan.BinCount])));
        }
    }

    [Fact]
    public void A_transform_allocates_nothing()
    {
        foreach (var n in new[] { 512, 1000, 101, 27, 16_384 })
        {
            const int count = 17;
            var plan = RealFft.Plan(n);
            var complex = ComplexFft.Plan(n);
            var (samples, re, im) = (new double[n], new double[plan.BinCount], new double[plan.BinCount]);
            var (rows, rowsRe, rowsIm) = (new float[n * count], new float[plan.BinCount * count], new float[plan.BinCount * count]);
            var imaginary = new float[n * count];
            var before = 0L;
            for (var i = 0; i < 4; i++)
            {
                // The first turn gives the thread its workspace.
                before = i == 1 ? GC.GetAllocatedBytesForCurrentThread() : before;
                plan.Forward(samples, re, im);
                plan.Inverse(re, im, samples);
                plan.ForwardRows(rows, rowsRe, rowsIm, count);
                plan.Inverse(rowsRe, rowsIm, rows, count);
                complex.Forward(rows, imaginary, rows, imaginary, count);
                complex.InverseRows(rows, imaginary, rows, imaginary, count);
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

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, v => (double)v);

    private static void AssertRelative(double[] expected, double[] actual, int n, string what, double epsilon = Epsilon)
    {
        Assert.Equal(expected.Length, actual.Length);
        var error = Math.Sqrt(expected.Zip(actual, (e, a) => (e - a) * (e - a)).Sum() / Math.Max(expected.Sum(e => e * e), double.Epsilon));
        var allowed = 4 * epsilon * Math.Max(1, Math.Log2(n));
        Assert.True(error <= allowed, FormattableString.Invariant($"{what}, n = {n}: error {error:E2} > {allowed:E2}"));
    }
}
