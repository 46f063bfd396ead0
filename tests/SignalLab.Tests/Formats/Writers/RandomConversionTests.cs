using CsCheck;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Writers;

/// <summary>Random recordings through every writer: read again they are equal to the format's resolution, and what differs was told.</summary>
public sealed class RandomConversionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int written;

    public static IEnumerable<TheoryDataRow<string>> Endings => KnownWriters.Endings.Select(e => new TheoryDataRow<string>(e));

    [Theory]
    [MemberData(nameof(Endings))]
    public void Random_recordings_come_back_to_the_formats_resolution_or_say_what_is_lost(string ending) => Gen.Int[0, 1_000_000].Sample(
        seed =>
        {
            var recording = RandomRecording.Of(seed);
            Assert.Empty(WrittenCopy.Faults(ending == ".snirf" ? Lit(recording) : recording, folder[$"copy{++written}{ending}"]));
        },
        iter: 60, threads: 1);

    [Theory]
    [MemberData(nameof(Endings))]
    public void Writing_reads_blocks_of_bounded_size(string ending)
    {
        // More than any writer takes at once.
        const int channels = 4;
        var (count, bound) = ending switch { ".edf" or ".bdf" => (1_200_000, 1 << 22), ".parquet" => (600_000, 1 << 21), _ => (100_000, 1 << 18) };
        var source = new CountingSource(channels, count);
        var recording = new Recording([.. Enumerable.Range(0, channels).Select(c => new Channel($"S1_D1 {760 + c}", ChannelKind.Nirs, Unit.Volt, 100, count) { Light = new("S1", "D1", 760 + c), Calibration = new(1, 0, 0, 255, 0, 255) })], source);
        KnownWriters.Write([recording], folder["long" + ending]);
        Assert.True(source.Largest <= bound && source.Largest < channels * (long)count, $"{source.Largest} values at once");
    }

    [Theory]
    [InlineData(".vhdr")]
    [InlineData(".set")]
    [InlineData(".fif")]
    [InlineData(".hea")]
    [InlineData(".snirf")]
    [InlineData(".parquet")]
    public void A_source_that_fails_leaves_no_file(string ending)
    {
        var recording = Lit(new Recording([new Channel("Cz", ChannelKind.Eeg, Unit.Microvolt, 100, 1000)], new MemorySamples([new double[10]])));
        Assert.ThrowsAny<Exception>(() => KnownWriters.Write([recording], folder["broken" + ending]));
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    // The same as light between optodes.
    private static Recording Lit(Recording recording) => recording with
    {
        Channels = [.. recording.Channels.Select((c, i) => c with { Label = $"S{i + 1}_D1 760", Kind = ChannelKind.Nirs, Light = new($"S{i + 1}", "D1", 760), Sensor = null, Frame = null })],
        Annotations = [.. recording.Annotations.Select(a => a with { Channel = null })],
    };

    private sealed class CountingSource(int channels, int count) : ISampleSource
    {
        public long Largest { get; private set; }

        public int ChannelCount => channels;

        public long Count(int channel) => count;

        public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

        public void Read(ReadOnlySpan<int> wanted, long first, int length, Span<double> into)
        {
            Largest = Math.Max(Largest, (long)wanted.Length * length);
            for (var w = 0; w < wanted.Length; w++)
            {
                for (var i = 0; i < length; i++)
                {
                    into[(w * length) + i] = (first + i) & 255;
                }
            }
        }
    }
}
