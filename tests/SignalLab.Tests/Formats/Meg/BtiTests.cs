using SignalLab.Formats;
using SignalLab.Formats.Bti;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Meg;

public sealed class BtiFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new BtiFormat();

    protected override IEnumerable<string> RealSamples => ["meg/bti/test_pdf_linux"];

    // The configuration of a system is read whole.
    protected override double OpeningShare => 2;

    protected override IEnumerable<string> Samples(string scratch)
    {
        yield return BtiSample.Write(Path.Combine(scratch, "a"), 1, 500);
        yield return BtiSample.Write(Path.Combine(scratch, "b"), 2, 100, 50);
        yield return BtiSample.Write(Path.Combine(scratch, "c"), 3, 100);
        yield return BtiSample.Write(Path.Combine(scratch, "d"), 4, 100);
    }

    protected override IEnumerable<string> Companions(string sample) => Directory.GetFiles(Path.GetDirectoryName(sample)!).Where(f => f != sample);
}

public sealed class BtiTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void The_real_recording_agrees_with_an_independent_reader()
    {
        var oracle = new MegOracle("bti/test_pdf_linux");
        var recording = Assert.Single(new BtiFormat().Open(SharedData.File("meg/bti/test_pdf_linux")).Recordings);

        // The reader sorts the channels (field sensors by number, others by configured name) and names them anew.
        var byName = recording.Channels.Select((c, i) => (c, i)).OrderBy(p => p.c.Kind == ChannelKind.Mag ? int.Parse(p.c.Label[1..], System.Globalization.CultureInfo.InvariantCulture) : 1000).ToList();
        var field = byName.Where(p => p.c.Kind == ChannelKind.Mag).Select(p => p.i).ToList();
        int IndexOf(string name) => name switch
        {
            "STI 014" => recording.Channels.ToList().FindIndex(c => c.Label == "TRIGGER"),
            "STI 013" => recording.Channels.ToList().FindIndex(c => c.Label == "RESPONSE"),
            _ when name.StartsWith("MEG ", StringComparison.Ordinal) => field[int.Parse(name[4..], System.Globalization.CultureInfo.InvariantCulture) - 1],
            _ => -1,
        };
        Assert.Equal(oracle.Channels.Count, recording.Channels.Count);
        Assert.Equal(oracle.Channels.Count(c => c.Kind == "mag"), field.Count);
        Assert.Equal(oracle.Channels.Where(c => c.Kind == "ref_meg").Select(c => c.Coil).Order(), recording.Channels.Where(c => c.Kind == ChannelKind.RefMeg).Select(c => c.Sensor!.Coil!.CoilType).Order());
        Assert.Equal(oracle.Channels.Count(c => c.Unit == 201), recording.Channels.Count(c => c.Unit.Equals(Unit.TeslaPerMetre)));
        oracle.AssertAgrees(recording, IndexOf);
        oracle.AssertTransform(recording);
        oracle.AssertPoints(recording, 3560);
        Assert.Equal(oracle.Date, recording.Start);
        Assert.Equal("HP:0.1Hz", recording.Channels[field[0]].Prefilter);
        Assert.Equal(50, recording.LineFrequencyHz);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_kind_of_number_is_scaled_by_its_rule(int format)
    {
        var recording = Recordings.Open(BtiSample.Write(folder.Path, format, 40));
        Assert.Equal(["TRIGGER", "A2", "A1", "GxxA", "GyxA", "MxA", "Cz", "X1", "S1", "UACurrent", "SUM"], recording.Channels.Select(c => c.Label));
        var step = format <= 2 ? (double)2e-14f / 2 : 2;
        Assert.Equal(BtiSample.Stored(1, 7) * step, recording.ReadAll(1)[7], 1e-9 * step);
        Assert.Equal(200, recording.CommonRateHz!.Value, 1e-5);
        Assert.Equal("HP:0.1Hz HP:1Hz LP:40Hz", recording.Channels[1].Prefilter);
        Assert.Equal(new DateTime(2014, 5, 13, 16, 53, 20, DateTimeKind.Utc), recording.Start);
    }

    [Fact]
    public void Sensors_move_from_head_coordinates_through_the_dewar_to_the_device()
    {
        var recording = Recordings.Open(BtiSample.Write(folder.Path, 1, 40));

        // Dewar to head: 10 cm up. The sensor at (1, 2, 10) cm of the head is at (1, 2, 0) of the dewar; x right, y front, 2 cm forward, 11 cm up.
        var sensor = recording.Channels[1].Sensor!;
        Assert.Equal(new Point3(-0.02, 0.03, 0.11), new Point3(Math.Round(sensor.PositionMetres.X, 12), Math.Round(sensor.PositionMetres.Y, 12), Math.Round(sensor.PositionMetres.Z, 12)));
        Assert.Equal([4001, 4001, 4004, 4005, 4003], recording.Channels.Skip(1).Take(5).Select(c => c.Sensor!.Coil!.CoilType));
        var head = recording.Transforms.Single(t => t.From == Frame.Device).Matrix.Apply(sensor.PositionMetres);
        Assert.Equal(0, (head - new Point3(-0.02, 0.01, 0.1)).Norm, 1e-12);
        Assert.Equal(0.12, recording.Channels[6].Sensor!.PositionMetres.Z, 1e-12);
        Assert.Equal(2, recording.HeadShape.Count);
    }

    [Fact]
    public void Epochs_are_segments()
    {
        var recording = Recordings.Open(BtiSample.Write(folder.Path, 1, 100, 50));
        Assert.Equal([100, 50], recording.Runs(0).Select(r => r.Count));
        Assert.Contains(recording.Remarks, r => r.Contains("2 epochs", StringComparison.Ordinal));
    }

    [Fact]
    public void A_recording_without_its_configuration_is_refused_and_one_without_head_shape_is_read()
    {
        var path = BtiSample.Write(folder.Path, 1, 40);
        File.Delete(folder["hs_file"]);
        var recording = Recordings.Open(path);
        Assert.Empty(recording.Transforms);
        Assert.NotNull(recording.Channels[1].Sensor);
        File.Delete(folder["config"]);
        Assert.Contains("\"config\"", Assert.Throws<MalformedFileException>(() => Recordings.Open(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();
}
