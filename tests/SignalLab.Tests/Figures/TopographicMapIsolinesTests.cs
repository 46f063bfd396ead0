using CsCheck;
using SignalLab.Figures.Maps;

namespace SignalLab.Tests.Figures;

public sealed class TopographicMapIsolinesTests
{
    // No short fraction, so that no node lies on it and no two crossings fall together.
    private const double Level = 0.103141592653;

    [Fact]
    public void A_plane_has_straight_lines()
    {
        var values = Filled(12, 9, (i, j) => (2 * i) - (3 * j));
        var line = Assert.Single(Isolines.At(values, 12, 1.7));
        Assert.All(line, p => Assert.Equal(1.7, (2 * p.I) - (3 * p.J), 1e-12));
    }

    [Fact]
    public void A_hill_has_one_closed_line_around_its_top()
    {
        var values = Filled(31, 41, (i, j) => -Math.Sqrt(Math.Pow(i - 14.3, 2) + Math.Pow(j - 21.6, 2)));
        var line = Assert.Single(Isolines.At(values, 31, -9));
        Assert.Equal(line[0], line[^1]);
        Assert.All(line, p => Assert.Equal(9, Math.Sqrt(Math.Pow(p.I - 14.3, 2) + Math.Pow(p.J - 21.6, 2)), 0.02));
    }

    [Fact]
    public void A_saddle_is_cut_where_its_bilinear_middle_says()
    {
        // Corners (0,0) and (1,1) high; the saddle's value is 0.25 above the level, so the high corners hang together.
        double[] values = [1, -0.2, -0.2, 1];
        var lines = Isolines.At(values, 2, 0);
        Assert.Equal(2, lines.Count);
        Assert.All(lines, l => Assert.True(l.All(p => p.I - p.J > 0) || l.All(p => p.J - p.I > 0)));
        Assert.All(Isolines.At([1, -2.0, -2.0, 1], 2, 0), l => Assert.True(l.All(p => p.I + p.J < 1) || l.All(p => p.I + p.J > 1)));
    }

    [Fact]
    public void Every_point_lies_on_the_level_and_no_line_is_lost() =>
        Gen.Double[-1, 1].Array[30].Sample(values =>
        {
            var lines = Isolines.At(values, 6, Level);
            foreach (var (i, j) in lines.SelectMany(l => l))
            {
                Assert.Equal(Level, new PlaneValues(values, 6).Between(i, j), 1e-9);
            }

            // Each edge between nodes on two sides is crossed once; a closed line repeats its first point.
            var crossed = 0;
            for (var n = 0; n < 30; n++)
            {
                crossed += n % 6 < 5 && values[n] >= Level != values[n + 1] >= Level ? 1 : 0;
                crossed += n < 24 && values[n] >= Level != values[n + 6] >= Level ? 1 : 0;
            }

            Assert.Equal(crossed, lines.Sum(l => l.Count - (l[0] == l[^1] ? 1 : 0)));
        });

    [Fact]
    public void Where_there_is_no_value_there_is_no_line()
    {
        var values = Filled(8, 8, (i, j) => j < 3 ? double.NaN : i);
        Assert.All(Assert.Single(Isolines.At(values, 8, 3.5)), p => Assert.True(p.J >= 3));
    }

    private static double[] Filled(int sizeX, int sizeY, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, sizeX * sizeY).Select(n => value(n % sizeX, n / sizeX))];
}
