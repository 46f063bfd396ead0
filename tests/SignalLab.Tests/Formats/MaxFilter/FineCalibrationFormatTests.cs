using SignalLab.Formats;
using SignalLab.Formats.MaxFilter;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.MaxFilter;

public class FineCalibrationFormatTests : FormatContract
{
    private const string Text = """
        113	-0.1066 0.0464 -0.0604 -0.0127 0.0057 -0.999903 -0.186801 -0.982403 -0.0033 -0.981487 0.190546 0.016294 -0.000907
        112	-0.1066 0.0464 -0.0604 -0.186801 -0.982403 -0.0033 0.0127 -0.0057 0.999903 -0.981487 0.190546 0.016294 -0.002896 0.01 0.02
        2111	-0.1066 0.0464 -0.0604 -0.0127 0.0057 -0.999903 -0.186801 -0.982403 -0.0033 -0.981487 0.190546 0.016294 0.99135

        """;

    protected override IFormat Format { get; } = new FineCalibrationFormat();

    protected override IEnumerable<string> RealSamples => ["meg/sss/sss_cal_3053.dat"];

    protected override string Ending => ".dat";

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "sss_cal.dat");
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
    public void Sensors_have_names_places_and_axes()
    {
        using var folder = new TemporaryFolder();
        var layout = Assert.Single(KnownFormats.Open(Samples(folder.Path).Single()).Layouts);
        Assert.Equal(["MEG0113", "MEG0112", "MEG2111"], layout.Sensors.Select(s => s.Name));
        Assert.Equal((Frame.Device, new Point3(-0.1066, 0.0464, -0.0604), new Point3(-0.981487, 0.190546, 0.016294)), (layout.Frame, layout.Sensors[0].PositionMetres, layout.Sensors[0].Coil!.Ez));
    }

    // Made with MNE-Python 1.3, read_fine_calibration.
    [Fact]
    public void A_real_calibration_has_every_sensor()
    {
        var layout = Assert.Single(KnownFormats.Open(SharedData.File("meg/sss/sss_cal_3053.dat")).Layouts);
        Assert.Equal(306, layout.Sensors.Count);
        Assert.Equal("MEG2643", layout.Sensors[304].Name);
    }
}
