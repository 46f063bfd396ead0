using SignalLab.Analysis.Maps;
using SignalLab.Analysis.Projections;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Maps;

/// <summary>Maps of a real averaged recording, from the file to the picture, against MNE-Python's.</summary>
public class RecordingTopographyTests
{
    public static TheoryData<int, ChannelKind, string> Maps => new() { { 0, ChannelKind.Eeg, "uV" }, { 1, ChannelKind.Mag, "fT" }, { 2, ChannelKind.Grad, "fT/cm" } };

    [Theory]
    [MemberData(nameof(Maps))]
    public void Places_values_and_image_equal_the_reference(int index, ChannelKind kind, string unit)
    {
        var oracle = SharedData.Oracle("meg/oracles/topomap.json").GetProperty("maps")[index];
        var recording = Recordings.Open(SharedData.File("meg/fif/test-ave.fif.gz")).ApplyProjectors().BaselineCorrected(null, 0);
        var sphere = SphericalSplineTests.Numbers(oracle.GetProperty("sphere"));
        var fitted = HeadSphere.Of(recording, kind);
        Assert.True((fitted.CentreMetres - new Point3(sphere[0], sphere[1], sphere[2])).Norm < 2e-6, $"{fitted}");
        Assert.Equal(sphere[3], fitted.RadiusMetres, 2e-6);

        var latency = oracle.GetProperty("latency_s").GetDouble();
        var map = recording.TopographyAt(latency - recording.Evoked!.FirstLatencySeconds, kind, new TopographyOptions { Method = TopographyMethod.CloughTocher, Exclude = ["MEG 2443", "EEG 053"] });
        Assert.Equal(oracle.GetProperty("names").EnumerateArray().Select(n => n.GetString()), map.PlaneSensors.Sensors.Select(s => s.Name));
        var places = oracle.GetProperty("pos2d").EnumerateArray().Select(p => SphericalSplineTests.Numbers(p)).ToArray();
        Assert.All(places.Zip(map.PlaneSensors.Sensors), p => Assert.True(
            double.Hypot(p.First[0] - sphere[0] - p.Second.PositionMetres.X, p.First[1] - sphere[1] - p.Second.PositionMetres.Y) < 5e-6, $"{p.Second} {p.First[0]} {p.First[1]}"));
        var factor = map.Grid.Unit.To(Unit.Parse(unit)).Factor;
        SharedData.AssertClose(SphericalSplineTests.Numbers(oracle.GetProperty("values")), [.. map.SensorValues.Select(v => v * factor)], 2e-5);

        var (expected, values) = (SphericalSplineTests.Numbers(oracle.GetProperty("grid_row_major_y_then_x")), map.Grid.ReadFrame());
        int[] drawn = [.. Enumerable.Range(0, values.Length).Where(i => map.Grid.Mask![i])];
        SharedData.AssertClose([.. drawn.Select(i => expected[i])], [.. drawn.Select(i => values[i] * factor)], 0.015);
    }
}
