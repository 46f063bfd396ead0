using SignalLab.Formats.Meg;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Meg;

public class RigidFitTests
{
    private static readonly Point3[] Points = [new(0.07, 0.01, 0.02), new(-0.07, 0.02, 0), new(0.01, 0.1, 0.05), new(0, -0.02, 0.12)];

    [Fact]
    public void A_turn_and_a_move_are_found_again()
    {
        var (c, s) = (Math.Cos(0.7), Math.Sin(0.7));
        var known = new Affine([c, -s, 0, 0.01, s * 0.6, c * 0.6, -0.8, 0.02, s * 0.8, c * 0.8, 0.6, -0.03]);
        var fit = RigidFit.Between(Points, [.. Points.Select(known.Apply)])!.Value;
        Assert.True(fit.LargestResidual < 1e-15);
        Assert.All(known.ToArray().Zip(fit.Matrix.ToArray()), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Fact]
    public void Points_on_a_line_or_too_few_fit_nothing()
    {
        Assert.Null(RigidFit.Between(Points[..2], Points[..2]));
        Point3[] line = [new(0, 0, 0), new(0.1, 0, 0), new(0.2, 0, 0)];
        Assert.Null(RigidFit.Between(line, line));
        Assert.Null(RigidFit.Between([.. Points[..2], new(double.NaN, 0, 0)], Points[..3]));
    }
}
