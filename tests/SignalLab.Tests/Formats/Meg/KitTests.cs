using SignalLab.Formats;
using SignalLab.Formats.Kit;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Meg;

public sealed class KitFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new KitFormat();

    protected override IEnumerable<string> RealSamples => ["meg/kit/test_umd-raw.sqd", "meg/kit/test_mrk.sqd"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        foreach (var (name, bytes) in new[]
        {
            ("plain.con", KitSample.Make(400)),
            ("points.con", KitSample.Make(300, bits: 32, points: true)),
            ("epochs.sqd", KitSample.Make(60, epochs: 4)),
            ("old.sqd", KitSample.Make(100, version: (1, 2))),
            ("marker.mrk", KitSample.Make(5, isMarker: true)),
        })
        {
            var path = Path.Combine(scratch, name);
            File.WriteAllBytes(path, bytes);
            yield return path;
        }
    }
}

public sealed class KitTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("kit/test.sqd")]
    [InlineData("kit/test_umd-raw.sqd")]
    public void Real_recordings_agree_with_an_independent_reader(string name)
    {
        var oracle = new MegOracle(name);
        var recording = Assert.Single(new KitFormat().Open(SharedData.File("meg/" + name)).Recordings);

        // The reader adds a channel STI 014 that it makes of the analogue triggers; the file has none.
        var expected = oracle.Channels.Where(c => c.Name != "STI 014").ToList();
        Assert.Equal(expected.Select(c => c.Name), recording.Channels.Select(c => c.Label));
        Assert.All(expected.Zip(recording.Channels), p => Assert.Equal(p.First.Kind, p.Second.Kind switch { ChannelKind.Mag => "mag", ChannelKind.RefMeg => "ref_meg", ChannelKind.Misc => "misc", _ => "other" }));
        Assert.All(expected.Zip(recording.Channels), p => Assert.Equal(p.First.Unit == 112 ? Unit.Tesla : Unit.Volt, p.Second.Unit));
        Assert.All(expected.Zip(recording.Channels).Where(p => p.First.Kind != "misc"), p => Assert.Equal(p.First.Coil, p.Second.Sensor!.Coil!.CoilType));
        oracle.AssertAgrees(recording, n => recording.Channels.ToList().FindIndex(c => c.Label == n));
        Assert.Equal(oracle.Date, recording.Start);
        Assert.Equal("LP:200Hz N:60Hz", recording.Channels[0].Prefilter);
    }

    [Fact]
    public void Points_and_markers_beside_a_recording_join_sensors_and_head()
    {
        var oracle = new MegOracle("kit/test.sqd");
        var recording = Recordings.Open(SharedData.File("meg/kit/test.sqd"));
        oracle.AssertTransform(recording);
        oracle.AssertPoints(recording, 500);
    }

    [Fact]
    public void A_measurement_of_markers_gives_their_places()
    {
        var layout = Assert.Single(new KitFormat().Open(SharedData.File("meg/kit/test_mrk.sqd")).Layouts);
        Assert.Equal(["hpi_1", "hpi_2", "hpi_3", "hpi_4", "hpi_5"], layout.Sensors.Select(s => s.Name));
        Assert.Equal(Frame.Device, layout.Frame);
    }

    [Fact]
    public void Head_shapes_agree_with_an_independent_reader()
    {
        var expected = SharedData.Oracle("meg/oracles/io_other.json").GetProperty("files").GetProperty("kit/test.hsp");
        var layout = Assert.Single(KnownFormats.Open(SharedData.File("meg/kit/test.hsp")).Layouts);
        Assert.Equal(expected.GetProperty("n").GetInt32(), layout.Sensors.Count);
        Assert.All(expected.GetProperty("first3").EnumerateArray().Zip(layout.Sensors), p => Assert.Equal(
            new Point3(-p.First[1].GetDouble(), p.First[0].GetDouble(), p.First[2].GetDouble()), p.Second.PositionMetres));
    }

    [Fact]
    public void Numbers_are_scaled_by_converter_amplifier_and_sensitivity()
    {
        var recording = Open(KitSample.Make(100));
        double Step(double gain) => 10 / 4096.0 * gain;

        // 0x0c05: input gain 2, output gain 50.
        Assert.Equal(KitSample.Stored(0, 9) * Step(2e-9 / 100), recording.ReadAll(0)[9], 1e-22);
        Assert.Equal(KitSample.Stored(1, 9) * Step(-3e-9 / 100), recording.ReadAll(1)[9], 1e-22);
        Assert.Equal(KitSample.Stored(3, 9) * Step(1), recording.ReadAll(3)[9], 1e-12);
        Assert.Equal(["AG001", "MEG 002", "MEG 003", "TRIGGER 001", "Cz", "MISC 001"], recording.Channels.Select(c => c.Label));
        Assert.Equal([ChannelKind.Mag, ChannelKind.Mag, ChannelKind.RefMeg, ChannelKind.Stim, ChannelKind.Eeg, ChannelKind.Misc], recording.Channels.Select(c => c.Kind));
        Assert.Equal(new DateTime(2014, 5, 13, 16, 53, 20, DateTimeKind.Utc), recording.Start);
    }

    [Theory]
    [InlineData(10, 0x0c05, 100, "LP:200Hz")]
    [InlineData(50, 0x4523, 10, "HP:0.1Hz LP:500Hz N:50Hz")]
    [InlineData(100, 0x12053401, 100, "HP:1Hz LP:500Hz N:60Hz")]
    [InlineData(55, 0x4523, 10, "HP:0.1Hz LP:500Hz N:50Hz")]
    public void Amplifiers_are_unpacked_by_their_loop(int loop, int setting, double gain, string filters)
    {
        var remarks = new List<string>();
        Assert.Equal((gain, filters), KitAmplifier.Read(setting, loop, remarks));
        Assert.Equal(loop == 55 ? 1 : 0, remarks.Count);
    }

    [Fact]
    public void Points_inside_the_file_join_sensors_and_head_without_the_marker_that_was_not_measured()
    {
        var recording = Open(KitSample.Make(50, points: true));
        var transform = Assert.Single(recording.Transforms);
        Assert.Equal((Frame.Device, Frame.Head), (transform.From, transform.To));

        // KIT's x is our y: 2 cm to the back, 2 cm up.
        Assert.All(new Affine([1, 0, 0, 0, 0, 1, 0, -0.02, 0, 0, 1, 0.02]).ToArray().Zip(transform.Matrix.ToArray()), p => Assert.Equal(p.First, p.Second, 1e-9));
        Assert.Equal(0.11, recording.Channels[4].Sensor!.PositionMetres.Z, 1e-12);
        Assert.Equal(Frame.Head, recording.Channels[4].Frame);
        Assert.Equal(-0.02, Assert.Single(recording.HeadShape).X, 1e-12);
    }

    [Fact]
    public void Epochs_are_segments()
    {
        var recording = Open(KitSample.Make(50, epochs: 3));
        Assert.Equal(3, recording.Segments.Count);
        Assert.Equal(150, recording.Channels[0].SampleCount);
    }

    [Fact]
    public void Old_versions_are_read_for_known_systems_and_refused_for_others()
    {
        Assert.Equal(KitSample.Stored(3, 9) * 5 / 2048.0, Open(KitSample.Make(50, version: (1, 2))).ReadAll(3)[9], 1e-12);
        Assert.Equal(KitSample.Stored(3, 9) * 10 / 4096.0, Open(KitSample.Make(50, version: (2, 3))).ReadAll(3)[9], 1e-12);
        Assert.Contains("MEG Laboratory", Assert.Throws<UnfitInputException>(() => Open(KitSample.Make(50, version: (1, 2), system: 900))).Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private Recording Open(byte[] bytes)
    {
        var path = folder["made.con"];
        File.WriteAllBytes(path, bytes);
        return Recordings.Open(path);
    }
}
