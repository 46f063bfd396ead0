using SignalLab.Analysis.Maps;
using SignalLab.Formats;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Maps;

/// <summary>Clough-Tocher maps against MNE-Python's, at the same physical points.</summary>
public class TopographyOracleTests
{
    [Fact]
    public void Projected_electrodes_equal_the_reference()
    {
        var oracle = SharedData.Oracle("eeg/oracles/dsp/topomap_image_eegmmi.json");
        var plan = TopographyPlan.For(Eegmmi());
        foreach (var place in oracle.GetProperty("pos2d_m").EnumerateObject())
        {
            var actual = plan.PlaneSensors.Find(place.Name)!.PositionMetres;
            Assert.Equal(place.Value[0].GetDouble(), actual.X, 1e-7);
            Assert.Equal(place.Value[1].GetDouble(), actual.Y, 1e-7);
        }

        var extent = SphericalSplineTests.Numbers(oracle.GetProperty("extent"));
        var (first, last) = (plan.Support.ToMillimetres.Apply(default), plan.Support.ToMillimetres.Apply(new(63, 63, 0)));
        SharedData.AssertClose(extent, [first.X / 1e3, last.X / 1e3, first.Y / 1e3, last.Y / 1e3], 1e-6);
    }

    [Theory]
    [InlineData(0, 0.024492609943038042, 3e-5)]
    [InlineData(1, 0.030707455460067277, 1e-4)]
    [InlineData(2, 0.03077947769908545, 2e-4)]
    [InlineData(0, null, 0.002)]
    [InlineData(1, null, 0.007)]
    [InlineData(2, null, 0.012)]
    public void Images_equal_the_reference_and_exactly_so_with_its_distance_of_sensors(int index, double? distance, double tolerance)
    {
        var oracle = SharedData.Oracle("meg/oracles/topomap.json").GetProperty("maps")[index];
        var (sphere, isLocal) = (SphericalSplineTests.Numbers(oracle.GetProperty("sphere")), oracle.GetProperty("extrapolate").GetString() == "local");
        var names = oracle.GetProperty("names").EnumerateArray().Select(n => n.GetString()!).ToList();
        var flat = oracle.GetProperty("pos2d").EnumerateArray().Select(p => SphericalSplineTests.Numbers(p)).ToList();
        var head = new HeadSphere(new(sphere[0], sphere[1], sphere[2]), sphere[3]);
        var coil = isLocal ? new Coil(3024, new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)) : null;

        // The reference prints the plane, not the space: places on the head sphere that project to those points.
        Sensor[] sensors = [.. names.Zip(flat, (n, p) =>
            new Sensor(n, head.CentreMetres + (2 * head.RadiusMetres * PlaneProjection.Direction(p[0] - sphere[0], p[1] - sphere[1], 2 * head.RadiusMetres)), coil))];
        var layout = new SensorLayout(isLocal ? Frame.Device : Frame.Head, sensors, [], "reference");
        var map = TopographicMap.Of(layout, SphericalSplineTests.Numbers(oracle.GetProperty("values")), Unit.Microvolt, new TopographyOptions { Method = TopographyMethod.CloughTocher, Sphere = head, SensorDistanceMetres = distance });
        var (grid, values) = ((GridSupport)map.Grid.Support, map.Grid.ReadFrame());
        var expected = SphericalSplineTests.Numbers(oracle.GetProperty("grid_row_major_y_then_x"));
        var extent = SphericalSplineTests.Numbers(oracle.GetProperty("extent"));
        var corner = 1e-3 * grid.ToMillimetres.Apply(default);
        Assert.Equal(extent[0], corner.X + sphere[0], 1e-6);
        Assert.Equal(extent[2], corner.Y + sphere[1], 1e-6);
        var drawn = Enumerable.Range(0, values.Length).Where(i => map.Grid.Mask![i]).ToArray();
        Assert.True(drawn.Length > 2500);
        Assert.All(drawn, i => Assert.True(double.IsFinite(expected[i])));
        var worst = drawn.Max(i => Math.Abs(values[i] - expected[i]));
        var rms = Math.Sqrt(drawn.Average(i => expected[i] * expected[i]));
        Assert.True(worst < tolerance * rms, FormattableString.Invariant($"{worst / rms}"));
    }

    [Theory]
    [InlineData(0.02398285106540863, 1e-6)]
    [InlineData(null, 1e-4)]
    public void The_image_of_an_edf_recording_placed_by_names_equals_the_reference(double? distance, double tolerance)
    {
        var oracle = SharedData.Oracle("eeg/oracles/dsp/topomap_image_eegmmi.json");
        var recording = Recordings.Open(SharedData.File("eeg/edf/eegmmi_64ch_motor.edf")).WithLayout(StandardLayouts.TenTen05);
        var options = new TopographyOptions { Method = TopographyMethod.CloughTocher, Reference = TopographyReference.Average, SensorDistanceMetres = distance };
        var map = recording.TopographyAt(oracle.GetProperty("sample").GetInt32() / recording.Channels[0].RateHz, ChannelKind.Eeg, options);
        var (values, factor) = (map.Grid.ReadFrame(), map.Grid.Unit.To(Unit.Microvolt).Factor);
        var nodes = oracle.GetProperty("grid_rows_cols").EnumerateArray().Select(n => n.GetInt32()).ToArray();
        double[] expected = [.. oracle.GetProperty("image_uV").EnumerateArray().SelectMany(SphericalSplineTests.Numbers)];
        SharedData.AssertClose(expected, [.. nodes.SelectMany(row => nodes.Select(column => factor * values[(64 * row) + column]))], tolerance);
    }

    private static SensorLayout Eegmmi()
    {
        var names = SharedData.Oracle("eeg/oracles/dsp/topography_eegmmi.json").GetProperty("names").EnumerateArray().Select(n => n.GetString()!);
        return StandardLayouts.TenTen05 with { Sensors = [.. names.Select(n => StandardLayouts.TenTen05.Find(n)!)] };
    }
}
