using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

/// <summary>Raw recordings that are written as several files.</summary>
public sealed class FiffSplitTests : IDisposable
{
    // 8 channels of 4 bytes: 400 samples a file and a rest.
    private const long FileBytes = 12_930;

    private readonly TemporaryFolder folder = new();

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false, "long_raw.fif", "long_raw-1.fif")]
    [InlineData(true, "long_raw.fif", "long_raw-1.fif")]
    [InlineData(true, "long.x.fif.gz", "long.x-1.fif.gz")]
    public void What_does_not_fit_one_file_goes_on_in_others_that_are_read_as_one(bool hasGaps, string name, string second)
    {
        var recording = hasGaps ? FiffSamples.WithGaps(31) : FiffSamples.Raw(31);
        FiffWriter.WriteRaw(recording, folder[name], FileBytes);
        Assert.Equal(8, Directory.GetFiles(folder.Path).Length);
        Assert.True(File.Exists(folder[second]));
        FiffEquality.AssertSame(recording, FiffBuilder.Open(folder[name]));
    }

    [Fact]
    public void A_later_file_opened_alone_has_its_own_times_and_says_what_it_continues()
    {
        var recording = FiffSamples.Raw(32);
        FiffWriter.WriteRaw(recording, folder["long_raw.fif"], FileBytes);
        var last = FiffBuilder.Open(folder["long_raw-7.fif"]);
        Assert.Equal(3000 - (7 * 400), last.Channels[0].SampleCount);
        Assert.Equal(recording.Start!.Value.AddMilliseconds(7 * 400 * 4), last.Start!.Value, TimeSpan.FromMicroseconds(1));
        Assert.Contains(last.Remarks, r => r.Contains("Continues 'long_raw-6.fif'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_cannot_hold_one_sample_is_refused() =>
        Assert.Throws<UnfitInputException>(() => FiffWriter.WriteRaw(FiffSamples.Raw(33), folder["x_raw.fif"], 20));
}
