using SignalLab.Analysis.Components;

namespace SignalLab.Tests.Analysis.Components;

public class KernelTests
{
    [Fact]
    public void Tanh_and_its_sums_meet_the_library_to_rounding()
    {
        double[] values = [.. Enumerable.Range(0, 2000).Select(i => (i - 1000) * 0.0301), 0, -0.0, 1e-9, -1e300, 700, -21, 19.9, 20.1];
        var tanh = (double[])values.Clone();
        var (slope, value) = LogCosh.Tanh(tanh);

        Assert.All(values.Zip(tanh), p => Assert.Equal(Math.Tanh(p.First), p.Second, 4e-16));
        Assert.Equal(values.Sum(v => 1 - (Math.Tanh(v) * Math.Tanh(v))), slope, 1e-11);
        double[] small = [.. values.Where(v => Math.Abs(v) < 600).Take(1996)];
        Assert.Equal(small.Sum(v => Math.Log(Math.Cosh(v))), LogCosh.Tanh(small.ToArray()).Value, 1e-9);
    }

    [Theory]
    [InlineData(4, 4, 4)]
    [InlineData(8, 12, 20)]
    [InlineData(20, 20, 256)]
    [InlineData(12, 5, 36)]
    public void Blocked_products_equal_the_sums_they_stand_for(int rows, int inner, int width)
    {
        var random = new Random(3);
        double[] Some(int n) => [.. Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5)];
        var (weights, tile, product) = (Some(rows * inner), Some(inner * width), new double[rows * width]);
        TileProduct.Multiply(weights, rows, inner, tile, width, product);
        for (var i = 0; i < rows; i++)
        {
            for (var s = 0; s < width; s++)
            {
                Assert.Equal(Enumerable.Range(0, inner).Sum(k => weights[(i * inner) + k] * tile[(k * width) + s]), product[(i * width) + s], 1e-13);
            }
        }

        var columns = TileProduct.Padded(inner);
        var (right, outer) = (Some(columns * width), Enumerable.Repeat(1.0, rows * columns).ToArray());
        TileProduct.AddOuter(product, rows, right, columns, width, outer);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                Assert.Equal(1 + Enumerable.Range(0, width).Sum(s => product[(i * width) + s] * right[(j * width) + s]), outer[(i * columns) + j], 1e-12);
            }
        }
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused_before_memory_is_touched()
    {
        Assert.Throws<ArgumentException>(() => TileProduct.Multiply(new double[15], 4, 4, new double[16], 4, new double[16]));
        Assert.Throws<ArgumentException>(() => TileProduct.AddOuter(new double[16], 4, new double[16], 4, 4, new double[15]));
        Assert.Throws<ArgumentException>(() => TileProduct.Multiply(new double[99], 3, 4, new double[99], 4, new double[99]));
    }
}
