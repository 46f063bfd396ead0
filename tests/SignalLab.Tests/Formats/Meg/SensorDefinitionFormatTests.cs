using SignalLab.Formats;
using SignalLab.Formats.Kit;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Meg;

public class SensorDefinitionFormatTests : FormatContract
{
    private const string Text = "[Sensor Definition]\nChannel no.,Type,x,y,z,theta,phi,size,baseline\n,,[mm],[mm],[mm],[deg],[deg],[mm],[mm]\n"
        + "0,AxialGradioMeter,-101.52,-68.02,20.93,90,180,15.50,50.00\n1,RefMagnetoMeter,10,20,30,0,0,8,0\n2,PlanarThing,1,1,1,0,0,8,0\n3,Null Channel\n";

    protected override IFormat Format { get; } = new SensorDefinitionFormat();

    protected override IEnumerable<string> RealSamples => ["meg/kit/sns.txt"];

    protected override string Ending => ".txt";

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "sns.txt");
        File.WriteAllText(path, Text);
        return [path];
    }

    // A table without a count: the sensors before the cut are read.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var kept = cut.Layouts[0].Sensors.Count - 1;
        Assert.Equal(original.Layouts[0].Sensors.Take(kept), cut.Layouts[0].Sensors.Take(kept));
    }

    [Fact]
    public void Places_are_metres_and_axes_point_right_and_front()
    {
        using var folder = new TemporaryFolder();
        var study = KnownFormats.Open(Samples(folder.Path).Single());
        var layout = Assert.Single(study.Layouts);
        Assert.Equal(["MEG 001", "MEG 002"], layout.Sensors.Select(s => s.Name));
        var first = layout.Sensors[0];
        Assert.Equal(0, (first.PositionMetres - new Point3(0.06802, -0.10152, 0.02093)).Norm, 1e-12);
        Assert.Equal(0, (first.Coil!.Ez - new Point3(0, -1, 0)).Norm, 1e-12);
        Assert.Equal((Frame.Device, 6001, 6002), (layout.Frame, first.Coil.CoilType, layout.Sensors[1].Coil!.CoilType));
        Assert.Contains("PlanarThing", Assert.Single(study.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_definition_has_its_157_gradiometers_and_3_references() =>
        Assert.Equal([157, 3], KnownFormats.Open(SharedData.File("meg/kit/sns.txt")).Layouts[0].Sensors.GroupBy(s => s.Coil!.CoilType).OrderBy(g => g.Key).Select(g => g.Count()));

    // test.sqd is of another system: only the way of writing names is the same.
    [Fact]
    public void Sensors_have_the_names_that_a_recording_gives_them()
    {
        var recorded = KnownFormats.Open(SharedData.File("meg/kit/test.sqd")).Recordings[0].Channels.Where(c => c.Sensor?.Coil is not null).Select(c => c.Label).Take(157);
        Assert.Equal(recorded, KnownFormats.Open(SharedData.File("meg/kit/sns.txt")).Layouts[0].Sensors.Select(s => s.Name).Take(157));
    }

    [Theory]
    [InlineData("0,AxialGradioMeter,1,2,3,4,5,6")]
    [InlineData("0,AxialGradioMeter,1,2,x,4,5,6,7")]
    [InlineData("0,AxialGradioMeter,1e300,2,3,4,5,6,7")]
    [InlineData("9999999999,AxialGradioMeter,1,2,3,4,5,6,7")]
    [InlineData("0,Null Channel")]
    public void A_sensor_that_is_not_all_there_is_named(string row)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["bad.txt"], "[Sensor Definition]\n" + row + "\n");
        Assert.Throws<MalformedFileException>(() => KnownFormats.Open(folder["bad.txt"]));
    }
}
