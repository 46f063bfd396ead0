using SignalLab.Analysis.Sources;
using SignalLab.Model;
using SignalLab.Tests.Analysis.Maps;

namespace SignalLab.Tests.Analysis.Sources;

public class ConcentricShellsTests
{
    private static readonly Point3[] Electrodes = [new Point3(0.3, 0.5, 0.8).Unit(), new Point3(-0.9, 0.1, -0.2).Unit(), new Point3(0, 0.1, 1).Unit(), new(0, 0, 1)];

    public static TheoryData<double, double, double> Places => new() { { 0, 0, 0 }, { 0.1, -0.2, 0.3 }, { 0.5, 0.4, 0.6 }, { 0, 0, 0.95 } };

    // The gradient, with respect to the dipole's place, of the potential of a current source inside a sphere: Σ (2n+1)/n rⁿ P(n) = 2/d − 2 + ln(2 / (1 − r·e + d)).
    [Theory]
    [MemberData(nameof(Places))]
    public void One_shell_has_the_potential_of_the_closed_form(double x, double y, double z)
    {
        const double radius = 0.09, sigma = 0.33;
        var (place, moment) = (new Point3(x, y, z), new Point3(1e-8, -2e-8, 3e-8));
        double[] expected = [.. Electrodes.Select(e =>
        {
            var (apart, distance) = (e - place, (e - place).Norm);
            var gradient = (2 / (distance * distance * distance) * apart) + (1 / (1 - e.Dot(place) + distance) * (e + (1 / distance * apart)));
            return moment.Dot(gradient) / (4 * Math.PI * sigma * radius * radius);
        })];
        SharedData.AssertClose(expected, Potentials(new ConcentricShells([radius], [sigma]), radius * place, moment), 1e-11);
        SharedData.AssertClose(expected, Potentials(new ConcentricShells([0.0899, 0.08995, radius], [sigma, sigma, sigma]), radius * place, moment), 1e-11);
    }

    // Each degree's boundary conditions solved as a linear system with NumPy, 119 terms.
    [Fact]
    public void Three_shells_have_the_potential_that_solves_the_boundary_conditions()
    {
        var head = new ConcentricShells([0.081, 0.0855, 0.09], [0.33, 0.0042, 0.33]);
        var values = Potentials(head, new(0.02, -0.03, 0.05), new(1e-8, 2e-8, -1e-8));
        Assert.Equal(1.1105041861902658e-06, values[0], 1e-16);
        Assert.Equal(-1.25521523170722e-08, values[1], 1e-16);
        Assert.Equal(2.9976663483739943e-06, Potentials(head, new(0, 0, 0.07), new(0, 0, 1e-8))[2], 1e-16);
    }

    [Fact]
    public void A_skull_smears_and_a_turned_head_is_the_same()
    {
        var (bare, head) = (new ConcentricShells([0.09], [0.33]), new ConcentricShells([0.078, 0.083, 0.09], [0.33, 0.0042, 0.33]));
        var (dipole, moment) = (new Point3(0, 0, 0.06), new Point3(0, 0, 1e-8));
        Assert.True(Potentials(head, dipole, moment)[3] < 0.3 * Potentials(bare, dipole, moment)[3]);
        var turned = new double[1];
        head.Potentials(new(0.06, 0, 0), new(1e-8, 0, 0), [new(1, 0, 0)], turned);
        Assert.Equal(Potentials(head, dipole, moment)[3], turned[0], 1e-18);
    }

    [Fact]
    public void Shells_that_do_not_grow_and_dipoles_outside_the_innermost_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConcentricShells([0.09, 0.08], [1, 1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConcentricShells([0.08, 0.09], [1, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Potentials(new ConcentricShells([0.08, 0.09], [1, 1]), new(0, 0, 0.08), new(1, 0, 0)));
    }

    // Expected weights: the same layer, shells and formula with NumPy's pinv(rcond = 1e-6) on the lead field, every degree solved as a linear system.
    [Fact]
    public void The_weights_of_infinity_are_those_of_the_pseudo_inverse()
    {
        var oracle = SharedData.Oracle("eeg/oracles/dsp/topography_eegmmi.json");
        var centre = SphericalSplineTests.Numbers(oracle.GetProperty("fitted_sphere").GetProperty("centre"));
        Point3[] directions = [.. oracle.GetProperty("names").EnumerateArray().Select(n =>
        {
            var p = SphericalSplineTests.Numbers(oracle.GetProperty("positions_m").GetProperty(n.GetString()!));
            return (new Point3(p[0], p[1], p[2]) - new Point3(centre[0], centre[1], centre[2])).Unit();
        })];
        var weights = InfinityReference.Weights(directions);
        Assert.Equal(1, weights.Sum(), 1e-12);
        SharedData.AssertClose([0.013914181522960672, 0.011774059534612769, 0.011736731539821858, 0.011699857323116292, 0.01206384736598858, 0.01201135309011403], weights.AsSpan(0, 6), 1e-9);
    }

    private static double[] Potentials(ConcentricShells head, Point3 dipole, Point3 moment)
    {
        var into = new double[Electrodes.Length];
        head.Potentials(dipole, moment, Electrodes, into);
        return into;
    }
}
