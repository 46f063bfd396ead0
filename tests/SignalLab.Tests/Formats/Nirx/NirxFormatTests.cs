using System.Globalization;
using SignalLab.Formats;
using SignalLab.Formats.Nirx;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Nirx;

public sealed class NirxFormatTests : FormatContract
{
    private const string Header = "[GeneralInfo]\nFileName=\"made\"\nDate=\"mer. 2 déc. 2020\"\nTime=\"17:02:25.700\"\nDevice=\"NIRSport 8x8\"\nNIRStar=\"15.3\"\nSubject=1\n\n[ImagingParameters]\nSources=2\nDetectors=2\nWavelengths=\"760\t850\"\nSamplingRate=10.5\n\n"
        + "[Markers]\nEvents=\"#\n1.90\t3\t20\n#\"\n\n[DataStructure]\nS-D-Key=\"1-1:1,1-2:2,2-1:3,2-2:4,\"\nS-D-Mask=\"#\n0\t1\n1\t1\n#\"\n";

    private readonly TemporaryFolder made = new();

    protected override IFormat Format { get; } = new NirxFormat();

    protected override string Ending => ".hdr";

    protected override IEnumerable<string> RealSamples => ["eeg/nirx/nirx_15_3_wo_saturation/NIRS-2020-12-02_018.hdr"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        yield return Write(scratch);
    }

    protected override IEnumerable<string> Companions(string sample) => Directory.EnumerateFiles(Path.GetDirectoryName(sample)!, Path.GetFileNameWithoutExtension(sample) + "*").Where(f => f != sample);

    // The header states no number of samples and most of its lines are of no consequence.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        var (whole, part) = (original.Recordings[0], cut.Recordings[0]);
        Assert.All(part.Channels.Select((c, i) => (c.Label, Values: part.ReadAll(i))), p => Assert.True(whole.Channels.All(c => c.Label != p.Label) || whole.ReadAll(ReaderOracle.IndexOf(whole, p.Label)).SequenceEqual(p.Values)));
    }

    [Fact]
    public void The_mask_chooses_pairs_and_each_has_every_wavelength()
    {
        var recording = KnownFormats.Open(Path.GetDirectoryName(Write(made.Path))!).Recordings[0];
        Assert.Equal(["S1_D2 760", "S1_D2 850", "S2_D1 760", "S2_D1 850", "S2_D2 760", "S2_D2 850"], recording.Channels.Select(c => c.Label));
        Assert.Equal([1.2, 1.2, 1.2], recording.ReadAll(0)[..3].Select((v, i) => Math.Round(v - i, 9)));
        Assert.Equal(2.4, recording.ReadAll(5)[0], 12);
        Assert.Equal(new DateTime(2020, 12, 2, 17, 2, 25, 700), recording.Start);
        Assert.Equal(("5", 20 / 10.5), (recording.Annotations[0].Text, recording.Annotations[0].OnsetSeconds));
    }

    [Fact]
    public void Without_an_event_file_the_headers_events_count()
    {
        var path = Write(made.Path);
        File.Delete(Path.ChangeExtension(path, ".evt"));
        Assert.Equal(("3", 20 / 10.5), (Recordings.Open(path).Annotations[0].Text, Recordings.Open(path).Annotations[0].OnsetSeconds));
    }

    [Fact]
    public void A_real_recording_reads_as_mne_reads_it()
    {
        var oracle = SharedData.Oracle("eeg/oracles/nirx__nirx_15_3_wo_saturation__NIRS-2020-12-02_018.hdr.json");
        var recording = Recordings.Open(Path.GetDirectoryName(SharedData.File("eeg/nirx/nirx_15_3_wo_saturation/NIRS-2020-12-02_018.hdr"))!);
        Assert.Equal(ReaderOracle.Names(oracle), recording.Channels.Select(c => c.Label));
        Assert.Equal((oracle.GetProperty("sfreq").GetDouble(), oracle.GetProperty("n_times").GetInt64()), (recording.CommonRateHz!.Value, recording.Channels[0].SampleCount));

        // The reference writes codes as decimal fractions and gives events a length of 1 s, which the file does not.
        Assert.Equal(
            oracle.GetProperty("annotations").EnumerateArray().Select(a => (Math.Round(a.GetProperty("onset").GetDouble(), 5), a.GetProperty("text").GetString())),
            recording.Annotations.Select(a => (Math.Round(a.OnsetSeconds, 5), (string?)(a.Text + ".0"))));
        Assert.Equal(DateTime.Parse(oracle.GetProperty("meas_date").GetString()![..23], CultureInfo.InvariantCulture), recording.Start);
        Assert.All(recording.Channels, c => Assert.InRange(c.Light!.SeparationMetres!.Value, 0.02, 0.045));
        foreach (var channel in oracle.GetProperty("samples_si").EnumerateObject())
        {
            ReaderOracle.AssertSamples(channel.Value, recording.ReadAll(ReaderOracle.IndexOf(recording, channel.Name)));
        }
    }

    private static string Write(string folder)
    {
        var path = Path.Combine(folder, "made.hdr");
        File.WriteAllText(path, Header);
        foreach (var w in (int[])[1, 2])
        {
            File.WriteAllLines(Path.Combine(folder, $"made.wl{w}"), Enumerable.Range(0, 60).Select(i => string.Join(' ', Enumerable.Range(1, 4).Select(c => (i + w + (c * 0.1 * w) - (w == 2 ? 0.4 : 0)).ToString("0.0000000", CultureInfo.InvariantCulture)))));
        }

        File.WriteAllText(Path.Combine(folder, "made.evt"), "20\t1\t0\t1\t0\t0\t0\t0\t0\n");
        return path;
    }
}
