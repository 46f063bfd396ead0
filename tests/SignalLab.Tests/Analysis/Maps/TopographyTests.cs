using SignalLab.Analysis.Maps;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Maps;

/// <summary>What every topographic map keeps to, whatever its method.</summary>
public class TopographyTests
{
    private static readonly string[] TwentyOne = ["Fp1", "Fpz", "Fp2", "F7", "F3", "Fz", "F4", "F8", "T7", "C3", "Cz", "C4", "T8", "P7", "P3", "Pz", "P4", "P8", "O1", "Oz", "O2"];

    private static readonly SensorLayout Cap = StandardLayouts.TenTen05 with { Sensors = [.. TwentyOne.Select(n => StandardLayouts.TenTen05.Find(n)!)] };

    public static TheoryData<TopographyMethod, TopographyExtrapolation> Kinds => new MatrixTheoryData<TopographyMethod, TopographyExtrapolation>(
        Enum.GetValues<TopographyMethod>(), [TopographyExtrapolation.Head, TopographyExtrapolation.Local]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_constant_map_stays_constant(TopographyMethod method, TopographyExtrapolation extrapolation)
    {
        var map = Map([.. TwentyOne.Select(_ => 12.5)], method, extrapolation);
        Assert.All(Drawn(map), n => Assert.Equal(12.5, n.Value, 1e-8));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_value_at_the_left_ear_appears_left_and_one_at_the_nose_above(TopographyMethod method, TopographyExtrapolation extrapolation)
    {
        var left = Drawn(Map([.. TwentyOne.Select(n => n == "T7" ? 1.0 : 0)], method, extrapolation)).MaxBy(n => n.Value);
        Assert.True(left.X < -0.5 && Math.Abs(left.Y) < 0.4, $"{left}");
        var front = Drawn(Map([.. TwentyOne.Select(n => n == "Fpz" ? 1.0 : 0)], method, extrapolation)).MaxBy(n => n.Value);
        Assert.True(front.Y > 0.5 && Math.Abs(front.X) < 0.4, $"{front}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_map_meets_the_values_at_the_sensors(TopographyMethod method, TopographyExtrapolation extrapolation)
    {
        var random = new Random(11);
        double[] values = [.. TwentyOne.Select(_ => random.NextDouble() - 0.5)];
        var plan = TopographyPlan.For(Cap, new TopographyOptions { Method = method, Extrapolation = extrapolation });
        Assert.All(plan.AtSensors(values).Zip(values), p => Assert.Equal(p.Second, p.First, 1e-7));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_map_is_linear_in_its_values_and_free_of_their_unit(TopographyMethod method, TopographyExtrapolation extrapolation)
    {
        var random = new Random(12);
        double[] values = [.. TwentyOne.Select(_ => random.NextDouble())];
        var (microvolts, volts) = (Drawn(Map(values, method, extrapolation)), Drawn(Map([.. values.Select(v => v * 1e-6)], method, extrapolation)));
        Assert.All(microvolts.Zip(volts), p => Assert.Equal(p.First.Value, 1e6 * p.Second.Value, 1e-9));
    }

    [Theory]
    [InlineData(TopographyMethod.Spline)]
    [InlineData(TopographyMethod.CloughTocher)]
    [InlineData(TopographyMethod.Nearest)]
    public void The_leave_one_out_error_is_that_of_maps_made_without_each_sensor(TopographyMethod method)
    {
        var random = new Random(14);
        double[] values = [.. TwentyOne.Select(_ => random.NextDouble())];
        var options = new TopographyOptions { Method = method, Sphere = HeadSphere.Default };
        var errors = TopographyPlan.For(Cap, options).LeaveOneOutErrors(values);
        var map = new ParameterMap(Quantity.ElectricPotential, Unit.Microvolt, new SensorSupport(Cap), new MemoryValues(values, values.Length));
        Assert.Equal(Math.Sqrt(errors.Average(e => e * e)), map.LeaveOneOutError(options), 1e-12);
        Assert.All(errors, e => Assert.InRange(Math.Abs(e), 1e-9, 3));
        Assert.All(TopographyPlan.For(Cap, options).LeaveOneOutErrors([.. values.Select(_ => 7.0)]), e => Assert.Equal(0, e, 1e-7));
    }

    [Fact]
    public void The_mirrored_cap_gives_the_mirrored_map()
    {
        var symmetric = Cap with { Sensors = [.. Cap.Sensors.Select(s => s with { PositionMetres = s.Name[^1] == 'z' ? s.PositionMetres with { X = 0 } : s.PositionMetres })] };
        var mirrored = symmetric with { Sensors = [.. symmetric.Sensors.Select(s => s with { PositionMetres = s.PositionMetres with { X = -s.PositionMetres.X } })] };
        var random = new Random(13);
        double[] values = [.. TwentyOne.Select(_ => random.NextDouble())];
        var (a, b) = (TopographicMap.Of(symmetric, values, Unit.Microvolt).Grid.ReadFrame(), TopographicMap.Of(mirrored, values, Unit.Microvolt).Grid.ReadFrame());
        for (var node = 0; node < a.Length; node++)
        {
            Assert.Equal(a[node], b[(node / 64 * 64) + 63 - (node % 64)], 1e-9);
        }
    }

    [Theory]
    [InlineData(TopographyMethod.Spline)]
    [InlineData(TopographyMethod.CloughTocher)]
    public void A_smooth_field_is_reproduced_between_dense_sensors(TopographyMethod method)
    {
        Point3[] directions = [.. SphericalSplineTests.Spiral(400, 0).Where(p => p.Z > -0.3)];
        var layout = new SensorLayout(Frame.Head, [.. directions.Select((p, i) => new Sensor($"E{i}", 0.095 * p))], [], "spiral");
        var map = TopographicMap.Of(layout, [.. directions.Select(p => p.X + (2 * p.Y * p.Z))], Unit.Microvolt, new TopographyOptions { Method = method, GridSize = 40 });
        foreach (var (x, y, value) in Drawn(map).Where(n => double.Hypot(n.X, n.Y) < 1))
        {
            var (sin, cos) = Math.SinCos(double.Hypot(x, y) * Math.PI / 2);
            var p = new Point3(sin * x / double.Hypot(x, y), sin * y / double.Hypot(x, y), cos);
            Assert.Equal(p.X + (2 * p.Y * p.Z), value, method == TopographyMethod.Spline ? 0.01 : 0.03);
        }
    }

    [Fact]
    public void Average_reference_takes_the_mean_of_the_sensors_away()
    {
        double[] values = [.. TwentyOne.Select((_, i) => (double)i)];
        var map = TopographicMap.Of(Cap, values, Unit.Microvolt, new TopographyOptions { Reference = TopographyReference.Average });
        Assert.Equal(0, map.SensorValues.Sum(), 1e-12);
        Assert.Equal(-10, map.SensorValues[0], 1e-12);
    }

    [Fact]
    public void Excluded_sensors_have_no_part_even_where_they_hold_no_number()
    {
        double[] values = [.. TwentyOne.Select(n => n == "T7" ? double.NaN : 1)];
        Assert.Throws<UnfitInputException>(() => TopographicMap.Of(Cap, values, Unit.Microvolt));
        var map = TopographicMap.Of(Cap, values, Unit.Microvolt, new TopographyOptions { Exclude = ["EEG T3-Ref"] });
        Assert.Equal(20, map.PlaneSensors.Sensors.Count);
        Assert.DoesNotContain(map.PlaneSensors.Sensors, s => s.Name == "T7");
    }

    [Fact]
    public void Gradiometer_pairs_are_joined_by_their_root_mean_square_and_single_ones_left_out()
    {
        var random = new Random(3);
        var places = Enumerable.Range(0, 12).Select(_ => new Point3(random.NextDouble() - 0.5, random.NextDouble() - 0.5, 0.5)).ToArray();
        var coil = new Coil(3012, new(1, 0, 0), new(0, 1, 0), new(0, 0, 1));
        Sensor[] coils = [.. places.SelectMany((p, i) => new[] { new Sensor($"MEG {i:00}12", 0.2 * p, coil), new Sensor($"MEG {i:00}13", 0.2 * p, coil) }).SkipLast(1)];
        double[] values = [.. coils.Select((_, i) => i % 2 == 0 ? 3.0 : 4.0)];
        var map = new ParameterMap(Quantity.MagneticGradient, Unit.TeslaPerMetre, new SensorSupport(new(Frame.Device, coils, [], "")), new MemoryValues(values, coils.Length)).ToTopography();
        Assert.Equal(11, map.SensorValues.Count);
        Assert.Equal("MEG 001x", map.PlaneSensors.Sensors[0].Name);
        Assert.All(map.SensorValues, v => Assert.Equal(Math.Sqrt(12.5), v, 1e-12));
    }

    [Fact]
    public void What_has_no_map_is_refused_with_a_reason()
    {
        var coil = new Coil(3024, new(1, 0, 0), new(0, 1, 0), new(0, 0, 1));
        Assert.Throws<UnfitInputException>(() => TopographyPlan.For(Cap with { Sensors = [.. Cap.Sensors, new Sensor("MEG", new(0.1, 0, 0.1), coil)] }));
        Assert.Throws<UnfitInputException>(() => TopographyPlan.For(Cap with { Sensors = [.. Cap.Sensors, Cap.Sensors[0] with { Name = "again" }] }));
        Assert.Throws<UnfitInputException>(() => TopographyPlan.For(Cap with { Sensors = [Cap.Sensors[0]] }));
        Assert.Throws<UnfitInputException>(() => TopographyPlan.For(Cap with { Sensors = [.. Cap.Sensors.Take(3)] }, new TopographyOptions { Method = TopographyMethod.CloughTocher }));
        var volume = new ParameterMap(Quantity.Intensity, Unit.One, new GridSupport(1, 1, 1, Affine.Identity), new MemoryValues([0], 1));
        Assert.Throws<UnfitInputException>(() => volume.ToTopography());
    }

    [Fact]
    public void The_map_says_how_it_was_made_and_holds_nothing_outside_its_mask()
    {
        var map = Map([.. TwentyOne.Select((_, i) => (double)i)], TopographyMethod.Spline, TopographyExtrapolation.Head);
        Assert.Contains("method=Spline", map.Grid.Provenance.Steps[^1].ToString(), StringComparison.Ordinal);
        var (values, mask) = (map.Grid.ReadFrame(), map.Grid.Mask!);
        Assert.All(values.Zip(mask), p => Assert.Equal(p.Second, double.IsFinite(p.First)));
        Assert.Equal(Topography.Plane, map.Grid.Support.Frame);
        Assert.Equal(0.095, map.HeadRadiusMetres);
    }

    [Fact]
    public void A_second_map_of_one_plan_allocates_its_own_values_only()
    {
        var plan = TopographyPlan.For(Cap);
        var (values, grid) = (new double[TwentyOne.Length], new double[plan.Support.Count]);
        plan.Interpolate(values, grid);
        var before = GC.GetAllocatedBytesForCurrentThread();
        plan.Interpolate(values, grid);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1000);
    }

    private static Topography Map(double[] values, TopographyMethod method, TopographyExtrapolation extrapolation) =>
        TopographicMap.Of(Cap, values, Unit.Microvolt, new TopographyOptions { Method = method, Extrapolation = extrapolation });

    // Drawn nodes in units of the head's radius.
    internal static List<(double X, double Y, double Value)> Drawn(Topography map)
    {
        var (grid, values) = ((GridSupport)map.Grid.Support, map.Grid.ReadFrame());
        return [.. Enumerable.Range(0, values.Length).Where(i => map.Grid.Mask![i]).Select(i =>
        {
            var place = 1e-3 / map.HeadRadiusMetres * grid.ToMillimetres.Apply(new(i % grid.SizeX, i / grid.SizeX, 0));
            return (place.X, place.Y, values[i]);
        })];
    }
}
