using System.Text.Json;
using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Projections;
using SignalLab.Formats;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Maps;

public class SphericalSplineTests
{
    [Fact]
    public void Kernels_equal_the_reference()
    {
        var g = SharedData.Oracle("eeg/oracles/dsp/topography_eegmmi.json").GetProperty("g_function");
        var cosines = Numbers(g.GetProperty("cosang"));
        var actual = new double[cosines.Length];
        new SphericalSpline().G(cosines, actual);
        SharedData.AssertClose(Numbers(g.GetProperty("g")), actual, 1e-13);
        new SphericalSpline().H(cosines, actual);
        SharedData.AssertClose(Numbers(g.GetProperty("h")), actual, 1e-13);
        var calc = SharedData.Oracle("meg/oracles/splines.json").GetProperty("calc_g");
        cosines = Numbers(calc.GetProperty("cosang"));
        actual = new double[cosines.Length];
        new SphericalSpline().G(cosines, actual);
        SharedData.AssertClose(Numbers(calc.GetProperty("g")), actual, 0, 5.1e-11);
    }

    [Fact]
    public void Interpolation_matrices_equal_the_reference()
    {
        foreach (var matrix in SharedData.Oracle("meg/oracles/splines.json").GetProperty("matrices").EnumerateArray())
        {
            var weights = new SphericalSpline().InterpolationWeights(Points(matrix.GetProperty("pos_from")), Points(matrix.GetProperty("pos_to")));
            var row = 0;
            foreach (var expected in matrix.GetProperty("W").EnumerateArray())
            {
                // The positions are printed to seven digits.
                SharedData.AssertClose(Numbers(expected), [.. Enumerable.Range(0, weights.GetLength(1)).Select(i => weights[row, i])], 2e-6);
                row++;
            }
        }
    }

    [Fact]
    public void A_missing_channel_gets_the_weights_of_the_reference()
    {
        var oracle = SharedData.Oracle("eeg/oracles/dsp/topography_eegmmi.json");
        var places = oracle.GetProperty("positions_m").EnumerateObject().ToDictionary(p => p.Name, p => Point(p.Value));
        var expected = oracle.GetProperty("interpolate_C3").GetProperty("weights").EnumerateObject().ToList();
        var sphere = oracle.GetProperty("fitted_sphere");
        var centre = Point(sphere.GetProperty("centre"));
        var weights = new SphericalSpline().InterpolationWeights([.. expected.Select(e => places[e.Name] - centre)], [places["C3"] - centre]);
        SharedData.AssertClose([.. expected.Select(e => e.Value.GetDouble())], [.. Enumerable.Range(0, expected.Count).Select(i => weights[0, i])], 1e-8);

        var fitted = HeadSphere.Fit([.. places.Values]);
        Assert.True((fitted.CentreMetres - centre).Norm < 1e-6, $"{fitted.CentreMetres} for {centre}");
        Assert.Equal(sphere.GetProperty("radius").GetDouble(), fitted.RadiusMetres, 6);
    }

    [Fact]
    public void The_spline_passes_through_every_sensor_without_regularisation()
    {
        var directions = StandardLayouts.TenTen05.Sensors.Take(90).Select(s => s.PositionMetres.Unit()).ToArray();
        foreach (var stiffness in new[] { 2, 3, 4 })
        {
            var weights = new SphericalSpline(stiffness, 50, 0).InterpolationWeights(directions, directions);
            for (var i = 0; i < directions.Length; i++)
            {
                for (var j = 0; j < directions.Length; j++)
                {
                    Assert.Equal(i == j ? 1 : 0, weights[i, j], stiffness == 4 ? 1e-5 : 1e-8);
                }
            }
        }
    }

    [Fact]
    public void Every_row_of_weights_sums_to_one()
    {
        var directions = StandardLayouts.TenTen05.Sensors.Take(80).Select(s => s.PositionMetres).ToArray();
        var weights = new SphericalSpline().InterpolationWeights(directions.AsSpan(0, 60), directions.AsSpan(60));
        for (var row = 0; row < 20; row++)
        {
            Assert.Equal(1, Enumerable.Range(0, 60).Sum(i => weights[row, i]), 1e-10);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_low_spherical_harmonic_is_reproduced_between_the_sensors(int stiffness)
    {
        var (known, wanted) = (Spiral(200, 0), Spiral(61, 0.5));
        var weights = new SphericalSpline(stiffness, 50, 0).InterpolationWeights(known, wanted);
        foreach (var harmonic in new Func<Point3, double>[] { p => p.X, p => (3 * p.Z * p.Z) - 1, p => p.X * p.Y })
        {
            for (var row = 0; row < wanted.Length; row++)
            {
                var value = Enumerable.Range(0, known.Length).Sum(i => weights[row, i] * harmonic(known[i]));
                Assert.Equal(harmonic(wanted[row]), value, stiffness == 2 ? 5e-3 : 1e-5);
            }
        }
    }

    [Fact]
    public void Leave_one_out_errors_equal_splines_made_without_each_sensor()
    {
        var directions = StandardLayouts.TenTen05.Sensors.Take(30).Select(s => s.PositionMetres).ToArray();
        var random = new Random(7);
        var values = directions.Select(_ => random.NextDouble()).ToArray();
        var spline = new SphericalSpline();
        var errors = spline.LeaveOneOutErrors(directions, values);
        for (var i = 0; i < directions.Length; i++)
        {
            Point3[] others = [.. directions.Where((_, k) => k != i)];
            double[] rest = [.. values.Where((_, k) => k != i)];
            var weights = spline.InterpolationWeights(others, [directions[i]]);
            Assert.Equal(values[i] - Enumerable.Range(0, rest.Length).Sum(k => weights[0, k] * rest[k]), errors[i], 1e-8);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Leave_one_out_errors_of_a_real_average_equal_the_reference(int index)
    {
        // Every seventh sample, average reference over the good electrodes, directions from the head sphere's centre.
        var oracle = SharedData.Oracle("meg/oracles/splines.json").GetProperty("leave_one_out")[index];
        var recording = Recordings.Open(SharedData.File("meg/fif/test-ave.fif.gz"), index == 0 ? 0 : 2).BaselineCorrected(null, 0);
        int[] chosen = [.. recording.Located(ChannelKind.Eeg).Where(c => recording.Channels[c].Label != "EEG 053")];
        var centre = HeadSphere.Of(recording, ChannelKind.Eeg).CentreMetres;
        Point3[] directions = [.. chosen.Select(c => recording.Channels[c].Sensor!.PositionMetres - centre)];
        var samples = chosen.Select(recording.ReadAll).ToArray();
        var factor = recording.Channels[chosen[0]].Unit.To(Unit.Microvolt).Factor;
        var squares = new List<double>();
        for (var t = 0; t < samples[0].Length; t += 7)
        {
            var mean = samples.Average(s => s[t]);
            squares.AddRange(new SphericalSpline().LeaveOneOutErrors(directions, [.. samples.Select(s => factor * (s[t] - mean))]).Select(e => e * e));
        }

        Assert.Equal(oracle.GetProperty("methods").GetProperty("mne_default_m4_n50_lambda1e-5").GetProperty("rmse_uV").GetDouble(), Math.Sqrt(squares.Average()), 2e-5);
    }

    [Fact]
    public void A_sphere_is_found_again_from_points_on_it()
    {
        var truth = new HeadSphere(new(0.01, -0.02, 0.045), 0.088);
        var found = HeadSphere.Fit([.. Spiral(50, 0).Select(p => truth.CentreMetres + (truth.RadiusMetres * p))]);
        Assert.True((found.CentreMetres - truth.CentreMetres).Norm < 1e-12);
        Assert.Equal(truth.RadiusMetres, found.RadiusMetres, 12);
        Assert.Throws<UnfitInputException>(() => HeadSphere.Fit([new(0, 0, 0), new(1, 0, 0), new(0, 1, 0), new(1, 1, 0), new(2, 1, 0)]));
    }

    /// <summary>Points spread evenly over the unit sphere on a golden spiral.</summary>
    internal static Point3[] Spiral(int count, double turn) => [.. Enumerable.Range(0, count).Select(i =>
    {
        var z = 1 - (((2 * i) + 1.0) / count);
        var (sin, cos) = Math.SinCos((i * Math.PI * (3 - Math.Sqrt(5))) + turn);
        var flat = Math.Sqrt(1 - (z * z));
        return new Point3(flat * cos, flat * sin, z);
    })];

    internal static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())];

    internal static Point3 Point(JsonElement p) => new(p[0].GetDouble(), p[1].GetDouble(), p[2].GetDouble());

    private static Point3[] Points(JsonElement array) => [.. array.EnumerateArray().Select(Point)];
}
