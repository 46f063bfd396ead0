using CsCheck;
using SignalLab.Analysis.Selection;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Selection;

public class CroppingTests
{
    [Fact]
    public void Cropping_at_the_time_of_sample_k_begins_with_sample_k_at_any_rate() =>
        Gen.Select(Gen.Double[0.1, 5000], Gen.Int[0, 9_999]).Sample((rate, k) =>
        {
            var recording = Ramp(rate, 10_000);
            var cropped = recording.Crop(recording.TimeOf(0, k));
            Assert.Equal(k, cropped.ReadAll(0)[0]);
            Assert.Equal(10_000 - k, cropped.Channels[0].SampleCount);
        });

    [Fact]
    public void Pieces_laid_end_to_end_are_the_whole() =>
        Gen.Select(Gen.Double[1, 2000], Gen.Double[0, 1], Gen.Double[0, 1]).Sample((rate, a, b) =>
        {
            var recording = Ramp(rate, 5000);
            var (from, to) = (Math.Min(a, b) * recording.DurationSeconds, Math.Max(a, b) * recording.DurationSeconds);
            double[][] pieces = [Values(recording, 0, from), Values(recording, from, to), Values(recording, to, null)];
            Assert.Equal(recording.ReadAll(0), pieces.SelectMany(p => p));
        });

    [Fact]
    public void Gaps_stay_and_every_sample_keeps_its_real_time()
    {
        var recording = Ramp(100, 1000) with { Segments = [new(0, 3), new(7.25, 2), new(20, 5)] };
        var cropped = recording.Crop(1.5, 22);

        Assert.Equal([new(0, 1.5), new(5.75, 2), new(18.5, 2)], cropped.Segments);
        var values = cropped.ReadAll(0);
        Assert.Equal(550, values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(recording.TimeOf(0, (long)values[i]), cropped.TimeOf(0, i) + 1.5, 9);
        }
    }

    [Fact]
    public void Cropping_from_inside_a_gap_starts_at_the_next_segment()
    {
        var recording = Ramp(100, 500) with { Segments = [new(0, 3), new(7.25, 2)], Start = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc) };
        var cropped = recording.Crop(5);

        Assert.Equal(300, cropped.ReadAll(0)[0]);
        Assert.Equal([new(0, 2)], cropped.Segments);
        Assert.Equal(new DateTime(2020, 1, 1, 0, 0, 7, 250, DateTimeKind.Utc), cropped.Start);
    }

    [Fact]
    public void Annotations_count_from_the_new_first_sample_and_lose_nothing_of_their_length()
    {
        var recording = Ramp(100, 1000) with
        {
            Annotations = [new(0.5, 0, "before"), new(1, 3, "reaches in"), new(2, 0, "first"), new(4.5, 9, "reaches out"), new(5, 0, "end")],
        };

        Assert.Equal([new(-1, 3, "reaches in"), new(0, 0, "first"), new(2.5, 9, "reaches out")], recording.Crop(2, 5).Annotations);
    }

    [Fact]
    public void An_evoked_keeps_its_latencies()
    {
        var recording = Ramp(1000, 700) with { Evoked = new Evoked("left", 40, -0.2, null, Ramp(1000, 700).Samples) };
        var cropped = recording.Crop(0.3, 0.4);

        Assert.Equal(0.1, cropped.Evoked!.FirstLatencySeconds, 12);
        Assert.Equal(cropped.ReadAll(0)[99], Last(cropped.Evoked.StandardError!));
    }

    [Fact]
    public void A_slow_channel_starts_with_its_nearest_sample_and_a_remark_says_so()
    {
        var recording = new Recording(
            [new("fast", ChannelKind.Eeg, Unit.Microvolt, 100, 1000), new("slow", ChannelKind.Resp, Unit.One, 1, 10)],
            new MemorySamples([Count(1000), Count(10)]));

        Assert.Equal(Count(10)[3..8], recording.Crop(2.7, 7.6).ReadAll(1));
        Assert.Contains("slow", Assert.Single(recording.Crop(2.7, 7.6).Remarks), StringComparison.Ordinal);
        Assert.Empty(recording.Crop(2, 7).Remarks);
    }

    [Fact]
    public void Cropping_counted_in_samples_takes_exactly_those()
    {
        var recording = Ramp(599.88, 2000);

        Assert.Equal(Count(2000)[777..877], recording.CropSamples(777, 100).ReadAll(0));
        Assert.Throws<UnfitInputException>(() => recording.CropSamples(1950, 51));
        Assert.Throws<UnfitInputException>(() => recording.CropSamples(-1, 5));
    }

    [Fact]
    public void A_stretch_without_samples_is_refused()
    {
        var recording = Ramp(100, 500) with { Segments = [new(0, 3), new(7, 2)] };

        Assert.Throws<UnfitInputException>(() => recording.Crop(3, 7));
        Assert.Throws<UnfitInputException>(() => recording.Crop(2, 1));
        Assert.Throws<UnfitInputException>(() => recording.Crop(9));
        Assert.Throws<UnfitInputException>(() => recording.Crop(double.NaN));
    }

    [Fact]
    public void Reading_past_the_stretch_is_an_argument_error()
    {
        var cropped = Ramp(100, 500).Crop(1, 2);

        Assert.Throws<ArgumentOutOfRangeException>(() => cropped.Samples.Read(0, 99, new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cropped.Samples.Read([0], 99, 2, new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cropped.Samples.Read(0, -1, new double[1]));
    }

    private static double[] Values(Recording recording, double from, double? to)
    {
        try
        {
            return recording.Crop(from, to).ReadAll(0);
        }
        catch (UnfitInputException)
        {
            return [];
        }
    }

    private static double Last(ISampleSource samples)
    {
        Span<double> one = [0];
        samples.Read(0, samples.Count(0) - 1, one);
        return one[0];
    }

    private static double[] Count(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];

    private static Recording Ramp(double rateHz, int count) =>
        new([new Channel("Cz", ChannelKind.Eeg, Unit.Microvolt, rateHz, count)], new MemorySamples([Count(count)]));
}
