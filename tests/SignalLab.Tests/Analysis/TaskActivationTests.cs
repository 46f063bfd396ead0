using SignalLab.Analysis.Imaging;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis;

public sealed class TaskActivationTests
{
    [Fact]
    public void The_statistic_is_that_of_ordinary_least_squares()
    {
        double[] x = [0, 0, 1, 1, 0, 0, 1, 1, 0, 0];
        double[] y = [10.1, 9.8, 12.3, 12.0, 10.4, 10.2, 12.4, 12.6, 10.3, 10.6];
        var map = Series(y);
        Assert.Equal(Reference(y, x), map.ActivationBy(x).ReadFrame()[0], 1e-9);
    }

    [Fact]
    public void A_scaled_regressor_and_an_added_drift_change_nothing()
    {
        var (map, truth) = HeadPhantom.Fmri(2, 60);
        double[] course = [.. truth["time_course"]!.AsArray().Select(v => v!.GetValue<double>())];
        var t = map.ActivationBy(course).ReadFrame();
        var again = map.ActivationBy([.. course.Select((v, i) => (5 * v) + (0.3 * i) - 2)]).ReadFrame();
        Assert.All(t.Zip(again), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    [Fact]
    public void The_simulated_region_stands_out_where_it_was_put()
    {
        var (map, truth) = HeadPhantom.Fmri(1, 120);
        var t = map.ActivationBy([.. truth["time_course"]!.AsArray().Select(v => v!.GetValue<double>())]).ReadFrame();
        var grid = (GridSupport)map.Support;
        var best = Array.IndexOf(t, t.Max());
        var at = grid.ToMillimetres.Apply(new(best % grid.SizeX, best / grid.SizeX % grid.SizeY, best / grid.SizeX / grid.SizeY));
        Assert.True((at - new Point3(-38, -18, 48)).Norm < 18, $"peak at {at}");
        Assert.True(t.Max() > 6);
    }

    [Fact]
    public void A_regressor_that_does_not_vary_is_refused() =>
        Assert.Throws<UnfitInputException>(() => Series(new double[10]).ActivationBy(new double[10]));

    private static ParameterMap Series(double[] y) => new(Quantity.Intensity, Unit.One, new GridSupport(1, 1, 1, Affine.Identity), new MemoryValues(y, 1))
    {
        Axes = [Axis.Uniform(AxisKind.Time, Unit.Second, 0, 2, y.Length)],
    };

    // Normal equations of [1, i, x] solved by Cramer's rule: another way to the same number.
    private static double Reference(double[] y, double[] x)
    {
        var n = y.Length;
        double[][] columns = [[.. Enumerable.Repeat(1.0, n)], [.. Enumerable.Range(0, n).Select(i => (double)i)], x];
        double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();
        static double Det(Point3 a, Point3 b, Point3 c) => a.Dot(b.Cross(c));
        var (a, b, c) = (Row(0), Row(1), Row(2));
        Point3 Row(int i) => new(Dot(columns[i], columns[0]), Dot(columns[i], columns[1]), Dot(columns[i], columns[2]));
        var right = new Point3(Dot(columns[0], y), Dot(columns[1], y), Dot(columns[2], y));
        var det = Det(a, b, c);
        double[] beta = [Det(right, b, c) / det, Det(a, right, c) / det, Det(a, b, right) / det];
        var sse = Enumerable.Range(0, n).Sum(i => Math.Pow(y[i] - beta[0] - (beta[1] * i) - (beta[2] * x[i]), 2));
        var inverse33 = ((a.X * b.Y) - (a.Y * b.X)) / det;
        return beta[2] / Math.Sqrt(sse / (n - 3) * inverse33);
    }
}
