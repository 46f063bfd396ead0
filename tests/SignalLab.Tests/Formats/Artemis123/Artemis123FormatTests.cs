using System.Buffers.Binary;
using System.Globalization;
using SignalLab.Formats;
using SignalLab.Formats.Artemis123;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Artemis123;

public class Artemis123ContractTests : FormatContract
{
    protected override IFormat Format { get; } = new Artemis123Format();

    protected override string Ending => ".bin";

    protected override IEnumerable<string> Companions(string sample) => [Path.ChangeExtension(sample, ".txt")];

    protected override IEnumerable<string> Samples(string scratch) => [Artemis123FormatTests.Write(scratch)];
}

public sealed class Artemis123FormatTests : IDisposable
{
    private const int Count = 250;

    private static readonly (string Name, string Scale, string Lock)[] Channels =
        [("MEG_001", "4.5", "FALSE"), ("MEG_002", "-2", "TRUE"), ("REF_001", "10", "FALSE"), ("REF_007", "20", "FALSE"), ("REF_018", "0", "FALSE"), ("REF_013", "1", "FALSE"), ("TRG_001", "0.001", "FALSE"), ("AUX_002", "0.5", "FALSE")];

    private readonly TemporaryFolder folder = new();

    /// <summary>A recording of eight channels; the number of channel c at sample t is c + t / 100.</summary>
    public static string Write(string folder, string stem = "Artemis_Data_2017-04-04-15h-44m-22s_rest", int stated = Count, Func<string, string>? change = null)
    {
        var path = Path.Combine(folder, stem + ".bin");
        var bytes = new byte[4 * Count * Channels.Length];
        for (var i = 0; i < Count * Channels.Length; i++)
        {
            BinaryPrimitives.WriteSingleBigEndian(bytes.AsSpan(4 * i), (i % Channels.Length) + (i / Channels.Length / 100f));
        }

        File.WriteAllBytes(path, bytes);
        string[] lines =
        [
            "<start main header>", "Header Version\t1", "Subject ID\t0013", "Project Name\tfirst words", "Purpose\tresearch", "Notes\t", "DAQ Sample Rate\t1000.000", "Temporal Filter Active?\tFALSE", "Decimation Active?\tFALSE",
            "Spatial Filter Active?\tFALSE", "<end main header>", "", "<start per channel header>", "DAQ Map\tScaling\tFLL Gain\tFLL Mode\tFLL HighPass\tFLL AutoReset\tFLL ResetLock",
            .. Channels.Select(c => $"{c.Name}\t{c.Scale}\t1\tC\t0\tTRUE\t{c.Lock}"), "<end per channel header>", "<start comments>", "the child slept", "<end comments>", "<start length>",
            stated.ToString(CultureInfo.InvariantCulture), "<end length>", "<start filtering history>", "<end filtering history>",
        ];
        var text = string.Join("\r\n", lines) + "\r\n";
        File.WriteAllText(Path.ChangeExtension(path, ".txt"), change?.Invoke(text) ?? text);
        return path;
    }

    [Theory]
    [InlineData(".bin")]
    [InlineData(".txt")]
    public void Either_file_opens_the_recording(string ending)
    {
        var recording = Recordings.Open(Path.ChangeExtension(Write(folder.Path, "any"), ending));
        Assert.Equal(Channels.Select(c => c.Name), recording.Channels.Select(c => c.Label));
        Assert.Equal((1000.0, (long)Count), (recording.CommonRateHz!.Value, recording.Channels[0].SampleCount));
        Assert.Equal(
            [ChannelKind.Mag, ChannelKind.Mag, ChannelKind.RefMeg, ChannelKind.RefMeg, ChannelKind.Misc, ChannelKind.Misc, ChannelKind.Stim, ChannelKind.Misc], recording.Channels.Select(c => c.Kind));
        Assert.Equal(["fT", "fT", "fT", "fT", "?", "V", "V", "V"], recording.Channels.Select(c => c.Unit.IsKnown ? c.Unit.Symbol : "?"));
        Assert.Equal(["MEG_002", "REF_018", "REF_013"], recording.Channels.Where(c => c.IsBad).Select(c => c.Label));
        Assert.Equal(Enumerable.Range(0, Count).Select(t => (1 + (t / 100f)) * -2.0), recording.ReadAll(1));
        Assert.Equal(4 + (1 / 100f), recording.ReadAll(4)[1]);
        Assert.Equal("0013", recording.Subject.Id);
        Assert.Equal(["Project Name: first words", "Purpose: research", "the child slept"], recording.Comments);
        Assert.Null(recording.Start);
    }

    // Figures of MNE-Python 1.3's table of this device's coils (Artemis123_mneLoc.csv).
    [Fact]
    public void Coils_lie_where_the_device_has_them()
    {
        var recording = Recordings.Open(Write(folder.Path));
        var coil = recording.Channels[1].Sensor!;
        Near(new(0, 0.0458751948625, 0.0912406117153), coil.PositionMetres);
        Near(new(1, 0, 0), coil.Coil!.Ex);
        Near(new(0, 0.955282042035, -0.295696161906), coil.Coil.Ey);
        Near(new(0, 0.295696161906, 0.955282042035), coil.Coil.Ez);
        Assert.Equal([7501, 7501, 7502, 7503], recording.Channels.Take(4).Select(c => c.Sensor!.Coil!.CoilType));
        Assert.All(recording.Channels.Take(4), c => Assert.Equal(Frame.Device, c.Frame));
        Assert.All(recording.Channels.Skip(4), c => Assert.Null(c.Sensor));
    }

    [Fact]
    public void The_start_is_in_the_name_that_the_scanner_gave() =>
        Assert.Equal(new DateTime(2017, 4, 4, 15, 44, 0), Recordings.Open(Write(folder.Path, "Artemis_Data_2017-04-04-15h-44m_rest")).Start);

    [Fact]
    public void Digitised_points_come_to_lie_in_the_head_frame()
    {
        var path = Write(folder.Path);
        File.WriteAllText(Path.ChangeExtension(path, ".pos"), "5\nnasion 10 0 0\nleft 0 7 0\nright 0 -7 0\nHPI1 1 1 1\n12 3 0 9\n");
        var recording = Recordings.Open(path);
        Near(new(0, 0.1, 0), recording.Fiducials.Single(f => f.Name == "nasion").PositionMetres);
        Near(new(0.07, 0, 0), recording.Fiducials.Single(f => f.Name == "rpa").PositionMetres);
        Near(new(0, 0.03, 0.09), Assert.Single(recording.HeadShape));
    }

    [Theory]
    [InlineData("DAQ Sample Rate\t1000.000", "DAQ Sample Rate\t-1")]
    [InlineData("MEG_001\t4.5", "MEG_001\tmuch")]
    [InlineData("250\r\n", "251\r\n")]
    [InlineData("250\r\n", "999999999999999999\r\n")]
    public void A_header_that_does_not_fit_is_refused(string from, string to) =>
        Assert.Throws<MalformedFileException>(() => Recordings.Open(Write(folder.Path, change: t => t.Replace(from, to, StringComparison.Ordinal))));

    [Fact]
    public void Fewer_samples_than_stored_and_filters_are_told()
    {
        var recording = Recordings.Open(Write(folder.Path, stated: 200, change: t => t.Replace("Spatial Filter Active?\tFALSE", "Spatial Filter Active?\tTRUE", StringComparison.Ordinal)));
        Assert.Equal(200, recording.Channels[0].SampleCount);
        Assert.Contains(recording.Remarks, r => r.Contains("states 200 samples", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.Contains("Spatial Filter", StringComparison.Ordinal));
    }

    [Fact]
    public void A_partner_that_is_missing_is_named()
    {
        var path = Write(folder.Path);
        File.Delete(Path.ChangeExtension(path, ".txt"));
        Assert.Equal("header", Assert.Throws<MalformedFileException>(() => new Artemis123Format().Open(path)).Field);
    }

    public void Dispose() => folder.Dispose();

    private static void Near(Point3 expected, Point3 actual) => Assert.True((expected - actual).Norm < 1e-6, $"{actual}");
}
