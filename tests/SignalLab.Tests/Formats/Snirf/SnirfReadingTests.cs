using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Snirf;

public sealed class SnirfReadingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int written;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Channels_have_their_light_path_and_lie_halfway()
    {
        var recording = Open(SnirfSample.Run(SnirfSample.Times(100, 10), SnirfSample.Noise(300))).Recordings[0];
        Assert.Equal(["S1_D1 760", "S1_D1 850", "S1_D2 760"], recording.Channels.Select(c => c.Label));
        Assert.All(recording.Channels, c => Assert.Equal((ChannelKind.Nirs, "V", 10.0, 100L), (c.Kind, c.Unit.Symbol, c.RateHz, c.SampleCount)));
        Assert.Equal(850, recording.Channels[1].Light!.WavelengthNm);
        Assert.Equal(0.03, recording.Channels[0].Light!.SeparationMetres!.Value, 12);
        Assert.Equal(0.025, recording.Channels[0].Sensor!.PositionMetres.Z, 12);
        Assert.Equal(0.015, recording.Channels[2].Sensor!.PositionMetres.X, 12);
        Assert.Equal(new DateTime(2024, 5, 6, 7, 8, 9, 500, DateTimeKind.Utc), recording.Start);
        Assert.Equal("S03", recording.Subject.Id);
    }

    [Fact]
    public void Stimuli_count_from_the_first_sample_and_keep_their_duration()
    {
        var recording = Open(SnirfSample.Run(SnirfSample.Times(100, 10, 0.25), SnirfSample.Noise(300))).Recordings[0];
        Assert.Equal([("tap", 0.25, 0.0), ("tap", 0.75, 5)], recording.Annotations.Select(a => (a.Text, a.OnsetSeconds, a.DurationSeconds)));
    }

    [Fact]
    public void A_pause_in_the_times_is_a_gap()
    {
        var recording = Open(SnirfSample.Run([.. SnirfSample.Times(60, 10), .. SnirfSample.Times(40, 10, 8)], SnirfSample.Noise(300))).Recordings[0];
        Assert.Equal([new Segment(0, 6), new Segment(8, 4)], recording.Segments);
    }

    [Fact]
    public void Start_and_step_in_milliseconds_give_the_same_as_times_in_seconds()
    {
        var noise = SnirfSample.Noise(300);
        var (steady, vector) = (Open(SnirfSample.Run([0, 100], noise, timeUnit: "ms", isArrays: true)).Recordings[0], Open(SnirfSample.Run(SnirfSample.Times(100, 10), noise)).Recordings[0]);
        Assert.Equal(vector.Channels.Select(c => (c.Label, c.RateHz)), steady.Channels.Select(c => (c.Label, c.RateHz)));
        Assert.Equal(vector.ReadAll(2), steady.ReadAll(2));
        Assert.Equal(noise.Where((_, i) => i % 3 == 2), vector.ReadAll(2));
    }

    [Fact]
    public void An_auxiliary_signal_is_a_recording_of_its_own_clock()
    {
        var study = Open(SnirfSample.Run(SnirfSample.Times(100, 10), SnirfSample.Noise(300)));
        var heart = study.Recordings[1];
        Assert.Equal(("heart", "mV", 20.0, 200L), (heart.Channels[0].Label, heart.Channels[0].Unit.Symbol, heart.Channels[0].RateHz, heart.Channels[0].SampleCount));
        Assert.Equal([3, 4], heart.ReadAll(0)[3..5]);
        Assert.Equal(2, heart.Annotations.Count);
    }

    [Fact]
    public void A_column_without_a_source_is_refused()
    {
        var run = SnirfSample.Run(SnirfSample.Times(100, 10), SnirfSample.Noise(300));
        ((PureHDF.H5Group)run["data1"]).Remove("measurementList3");
        Assert.Throws<MalformedFileException>(() => Open(run));
    }

    [Fact]
    public void A_file_that_nobody_refers_to_any_more_is_given_back()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self/fd"), "the system does not list open files");
        OpenAndForget(20);
        for (var turn = 0; turn < 10 && OpenFiles() > 0; turn++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(0, OpenFiles());
    }

    [Fact]
    public void Times_that_do_not_match_the_samples_are_refused() =>
        Assert.Throws<MalformedFileException>(() => Open(SnirfSample.Run(SnirfSample.Times(99, 10), SnirfSample.Noise(300))));

    private Study Open(PureHDF.H5Group run) => KnownFormats.Open(SnirfSample.Write(folder[$"made {++written}.snirf"], run));

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private void OpenAndForget(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Open(SnirfSample.Run(SnirfSample.Times(100, 10), SnirfSample.Noise(300)));
        }
    }

    private int OpenFiles() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(f => new FileInfo(f).LinkTarget?.StartsWith(folder.Path, StringComparison.Ordinal) == true);
}
