using System.Text.Json;
using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Montages;
using SignalLab.Formats;
using SignalLab.Model;
using SignalLab.Tests.Analysis.Filters;
using SignalLab.Tests.Analysis.Maps;

namespace SignalLab.Tests.Analysis.Montages;

public class CurrentSourceDensityTests
{
    private static JsonElement Oracle => SharedData.Oracle("eeg/oracles/dsp/topography_eegmmi.json");

    // MNE-Python 1.3 subtracts the fitted centre in the device frame from that in the head frame, which without coils is 0, and takes the fitted radius. The radius
    // is where its simplex stopped: the ratio of its values to ours of radius 1.
    [Fact]
    public void The_density_of_a_64_channel_cap_is_the_references_on_its_sphere()
    {
        var density = Cap().Montage(Montage.CurrentSourceDensityOf(new() { Sphere = new(default, 0.09553946666511533) }));
        foreach (var (expected, actual) in Pairs(density))
        {
            SharedData.AssertClose(expected, actual, 1e-9);
        }
    }

    [Fact]
    public void The_sphere_fitted_to_the_electrodes_is_the_references_to_where_its_simplex_stopped()
    {
        var density = Cap().Montage(Montage.CurrentSourceDensity);
        foreach (var (expected, actual) in Pairs(density))
        {
            SharedData.AssertClose(expected, actual, 1e-6);
        }
    }

    [Fact]
    public void The_fitted_centre_is_another_definition()
    {
        var cap = Cap();
        var (origin, fitted) = (cap.Montage(Montage.CurrentSourceDensity), cap.Montage(Montage.CurrentSourceDensityOf(new() { Centre = DensityCentre.FittedSphere })));
        Assert.Equal("0 0 0", origin.Provenance.Steps[^1].Parameters["sphere_centre_m"]);
        Assert.StartsWith("-0.00079", fitted.Provenance.Steps[^1].Parameters["sphere_centre_m"], StringComparison.Ordinal);
        Assert.NotEqual(origin.Of("C3")[0], fitted.Of("C3")[0], 1e-3);
        Assert.Equal("csd:fitted", fitted.Provenance.Steps[^1].Parameters["name"]);
    }

    // Values of an independent toolbox on a head of radius 1. They differ by one offset common to all electrodes (0.3 % of the density); beside it they are met to 0.06 %,
    // what electrodes kept with four decimals would do.
    [Fact]
    public void An_independent_toolbox_gives_the_same_density_but_for_a_small_common_offset()
    {
        var oracle = SharedData.Oracle("meg/oracles/stats.json").GetProperty("external_csd");
        var axes = oracle.GetProperty("pos").EnumerateArray().Select(FilterOracleTests.Numbers).ToArray();
        Point3[] directions = [.. Enumerable.Range(0, 64).Select(i => new Point3(axes[0][i], axes[1][i], axes[2][i]))];
        var weights = new SphericalSpline().CurrentDensityWeights(directions, 1);
        var (eeg, csd) = (Matrix(oracle.GetProperty("eeg")), Matrix(oracle.GetProperty("csd")));
        double[][] actual = [.. weights.Select(row => Enumerable.Range(0, 3).Select(t => row.Select((w, k) => w * eeg[k][t]).Sum()).ToArray())];
        SharedData.AssertClose([.. csd.SelectMany(r => r)], [.. actual.SelectMany(r => r)], 3e-3);
        SharedData.AssertClose(Centred(csd), Centred(actual), 6e-4);

        static double[] Centred(double[][] rows) => [.. rows.SelectMany(r => r.Select((v, t) => v - rows.Average(o => o[t])))];
    }

    [Fact]
    public void The_unit_is_the_potentials_per_square_metre_and_the_electrode_keeps_its_place()
    {
        var density = ScalpSample.Noise(ScalpSample.TenTwenty, 5).Montage(Montage.CurrentSourceDensity);
        Assert.All(density.Channels, c => Assert.Equal("uV/m2", c.Unit.Symbol));
        Assert.All(density.Channels, c => Assert.NotNull(c.Sensor));
        Assert.Equal(Quantity.CurrentSourceDensity, density.MapAt(0).Quantity);
        Assert.Equal("positive is a source", density.Provenance.Steps[^1].Parameters["sign"]);
    }

    [Fact]
    public void A_maximum_of_potential_is_a_source()
    {
        var bump = ScalpSample.Noise(ScalpSample.Cap, 1);
        var top = bump.Channels.Single(c => c.Label == "Cz").Sensor!.PositionMetres;
        bump = bump.With((c, _) => [Math.Exp(-Math.Pow((bump.Channels[c].Sensor!.PositionMetres - top).Norm / 0.05, 2))]);
        Assert.True(bump.Montage(Montage.CurrentSourceDensity).Of("Cz")[0] > 0);
    }

    [Fact]
    public void The_reference_does_not_matter()
    {
        var recording = ScalpSample.Noise(ScalpSample.Cap, 200);
        var expected = recording.Montage(Montage.CurrentSourceDensity).All();
        SharedData.AssertClose(expected, recording.Montage(Montage.Reference("Cz")).Montage(Montage.CurrentSourceDensity).All(), 1e-9);
        SharedData.AssertClose(expected, recording.Montage(Montage.AverageReference).Montage(Montage.CurrentSourceDensity).All(), 1e-9);
    }

    [Fact]
    public void A_head_that_is_turned_and_moved_has_the_same_density()
    {
        var recording = ScalpSample.Noise(ScalpSample.Cap, 50);
        var turned = recording with { Channels = [.. recording.Channels.Select(c => c with { Frame = Frame.Scanner, Sensor = c.Sensor! with { PositionMetres = Turn(c.Sensor.PositionMetres) } })], Fiducials = [] };
        var fitted = Montage.CurrentSourceDensityOf(new() { Centre = DensityCentre.FittedSphere });
        SharedData.AssertClose(recording.Montage(fitted).All(), turned.Montage(fitted).All(), 1e-9);
    }

    [Fact]
    public void A_bad_electrode_takes_no_part_and_a_remark_names_it()
    {
        var recording = ScalpSample.Noise(ScalpSample.Cap, 50).Bad("C3");
        var density = recording.Montage(Montage.CurrentSourceDensity);
        Assert.DoesNotContain(density.Channels, c => c.Label == "C3");
        Assert.Contains("C3", Assert.Single(density.Remarks), StringComparison.Ordinal);
        var changed = recording.With((c, x) => recording.Channels[c].IsBad ? [.. x.Select(_ => double.NaN)] : x);
        Assert.Equal(density.All(), changed.Montage(Montage.CurrentSourceDensity).All());
    }

    [Fact]
    public void A_missing_value_leaves_the_other_samples_alone()
    {
        var recording = ScalpSample.Noise(ScalpSample.TenTwenty, 50);
        var holed = recording.With((c, x) => c == 3 ? [.. x[..7], double.NaN, .. x[8..]] : x);
        var (whole, part) = (recording.Montage(Montage.CurrentSourceDensity).Of("O1"), holed.Montage(Montage.CurrentSourceDensity).Of("O1"));
        Assert.True(double.IsNaN(part[7]));
        Assert.Equal(whole[..7], part[..7]);
        Assert.Equal(whole[8..], part[8..]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(700, 33)]
    [InlineData(20_001, 5003)]
    public void A_block_is_bit_for_bit_the_same_samples_of_a_whole_read(int samples, int block)
    {
        var density = ScalpSample.Noise(ScalpSample.Cap, samples).Montage(Montage.CurrentSourceDensity);
        var (whole, first) = (FilterPropertyTests.Read(density, 0, samples), samples / 3);
        var part = FilterPropertyTests.Read(density, first, Math.Min(block, samples - first));
        var count = part.Length / density.Channels.Count;
        for (var c = 0; c < density.Channels.Count; c++)
        {
            Assert.True(whole.AsSpan((c * samples) + first, count).SequenceEqual(part.AsSpan(c * count, count)));
        }

        // A file is read in blocks, not in its own arrays, and some of the rows only.
        int[] some = [5, 2, 40, 7, 11];
        var fromFile = new double[some.Length * samples];
        (density with { Samples = (ScalpSample.Noise(ScalpSample.Cap, samples) is var r ? r with { Samples = new CountingCopy(r.Samples) } : r).Montage(Montage.CurrentSourceDensity).Samples })
            .Samples.Read(some, 0, samples, fromFile);
        for (var i = 0; i < some.Length; i++)
        {
            Assert.True(whole.AsSpan(some[i] * samples, samples).SequenceEqual(fromFile.AsSpan(i * samples, samples)));
        }
    }

    [Fact]
    public void A_place_that_is_not_known_is_named()
    {
        var recording = ScalpSample.Noise(ScalpSample.TenTwenty + " E201 E202", 5);
        var message = Assert.Throws<UnfitInputException>(() => recording.Montage(Montage.CurrentSourceDensity)).Message;
        Assert.Contains("E201, E202", message, StringComparison.Ordinal);
        Assert.Equal(19, recording.Bad("E201", "E202").Montage(Montage.CurrentSourceDensity).Channels.Count);
    }

    [Fact]
    public void Three_electrodes_or_two_at_one_place_are_refused()
    {
        Assert.Throws<UnfitInputException>(() => ScalpSample.Noise("Cz C3 C4", 5).Montage(Montage.CurrentSourceDensity));
        Assert.Contains("T7", Assert.Throws<UnfitInputException>(() => ScalpSample.Noise("Cz C3 C4 Fz Pz T3 T7", 5).Montage(Montage.CurrentSourceDensity)).Message, StringComparison.Ordinal);
    }

    internal static Recording Cap()
    {
        var oracle = Oracle;
        var sensors = oracle.GetProperty("positions_m").EnumerateObject().Select(p => SphericalSplineTests.Numbers(p.Value) is var v ? new Sensor(p.Name, new(v[0], v[1], v[2])) : null!).ToList();
        return Recordings.Open(SharedData.File("eeg/edf/eegmmi_64ch_motor.edf")).WithLayout(new SensorLayout(Frame.Head, sensors, [], "positions of the reference"));
    }

    internal static HeadSphere Sphere(JsonElement oracle) => SphericalSplineTests.Numbers(oracle.GetProperty("fitted_sphere").GetProperty("centre")) is var c
        ? new(new(c[0], c[1], c[2]), oracle.GetProperty("fitted_sphere").GetProperty("radius").GetDouble())
        : null!;

    private static IEnumerable<(double[] Expected, double[] Actual)> Pairs(Recording density)
    {
        var oracle = Oracle.GetProperty("csd");
        foreach (var site in oracle.GetProperty("values").EnumerateObject())
        {
            var samples = density.Of(site.Name);
            var volts = density.Channels[0].Unit.To(Unit.Parse("V/m2")).Factor;
            yield return (FilterOracleTests.Numbers(site.Value), [.. oracle.GetProperty("sample_index").EnumerateArray().Select(i => volts * samples[i.GetInt32()])]);
        }
    }

    private static double[][] Matrix(JsonElement rows) => [.. rows.EnumerateArray().Select(FilterOracleTests.Numbers)];

    private static Point3 Turn(Point3 p) => new(p.Z + 0.3, (0.6 * p.X) - (0.8 * p.Y), (-0.8 * p.X) - (0.6 * p.Y));
}
