using SignalLab.Formats;
using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Electrodes;

public class PlaneLayoutContractTests() : ElectrodeContract(".lout", "-2 4 0 2\n1 0 0 0.1 0.1 MEG 001\n2 2 0 0.1 0.1 MEG 002\n3 1 1 0.1 0.1 MEG 003\n", "meg/layouts/Vectorview-all.lout", "meg/layouts/CTF275.lay")
{
    protected override IFormat Format => new PlaneLayout();
}

public class PolhemusShapeTests() : ElectrodeContract(".hsp", "3\t200\n//Shape file\n//Minor revision number\n2\n//Subject Name\n%N\tName\n////Shape code, number of digitized points\n0\t2\n//Position of fiducials X+, Y+, Y- on the subject\n%F\t0.1\t0\t0\n%F\t0\t0.08\t0\n%F\t0\t-0.08\t0\n//No of rows, no of columns; position of digitized points\n2\t3\n0.01 0.02 0.1\n0.05 0 0.09\n", "meg/kit/test.hsp")
{
    protected override IFormat Format => new PolhemusShape();
}

public sealed class PlaneLayoutTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Files => SharedData.Folder is { } root ? [.. Directory.GetFiles(Path.Combine(root, "meg", "layouts")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)] : [];

    [Theory]
    [InlineData("-2 4 0 2\n1 0 0 0.1 0.1 MEG 001\n2 2 0 0.1 0.1 MEG 002\n3 1 1 0.1 0.1 MEG 003\n")]
    [InlineData("1\t0\t0\t0.1\t0.1\tMEG 001\n2\t2\t0\t0.1\t0.1\tMEG 002\n3\t1\t1\t0.1\t0.1\tMEG 003\n4 9 9 1 1 SCALE\n")]
    public void Sensors_lie_around_the_middle_of_the_sheet_with_x_right_and_y_front(string text)
    {
        var path = folder["made.unknown"];
        File.WriteAllText(path, text);
        var study = KnownFormats.Open(path);
        var layout = Assert.Single(study.Layouts);
        var scale = 0.095 / Math.Sqrt(1.25);
        Assert.Equal(new Frame("sensor sheet"), layout.Frame);
        Assert.Equal(["MEG 001", "MEG 002", "MEG 003"], layout.Sensors.Select(s => s.Name));
        Assert.Equal(0, (layout.Sensors[1].PositionMetres - new Point3(scale, -0.5 * scale, 0)).Norm, 1e-12);
        Assert.Single(study.Remarks);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Real_layouts_hold_a_sensor_a_row(string name)
    {
        var path = SharedData.File("meg/layouts/" + name);
        var rows = File.ReadAllLines(path).Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length >= 6 && w[5] is not ("COMNT" or "SCALE")).ToList();
        var layout = Assert.Single(KnownFormats.Open(path).Layouts);
        Assert.Equal(rows.Select(w => string.Join(' ', w[5..])), layout.Sensors.Select(s => s.Name));
        Assert.Equal(0.095, layout.Sensors.Max(s => s.PositionMetres.Norm), 1e-12);
        Assert.All(layout.Sensors, s => Assert.Equal(0, s.PositionMetres.Z));
    }

    public void Dispose() => folder.Dispose();
}
