using CsCheck;
using SignalLab.Formats;
using SignalLab.Formats.BrainVision;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.BrainVision;

public sealed class BrainVisionWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Samples_on_their_own_steps_are_copied_bit_for_bit_as_16_bit_integers() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 60], Gen.Double[1e-6, 1000], Gen.Double[0.5, 30_000]).SelectMany((channels, count, gain, rate) =>
            Gen.Int[short.MinValue, short.MaxValue].Array[channels * count].Select(stored => (count, gain, rate, stored)))
        .Sample(c =>
        {
            double[][] samples = [.. c.stored.Chunk(c.count).Select(v => v.Select(x => x * c.gain).ToArray())];
            var original = Of(samples, c.rate, new Calibration(c.gain, 0, short.MinValue, short.MaxValue, 0, 0));
            Assert.Empty(BrainVisionWriter.Write(original, folder["copy.vhdr"]));
            var copy = Recordings.Open(folder["copy.vhdr"]);
            Assert.Equal(2 * c.stored.Length, new FileInfo(folder["copy.eeg"]).Length);
            for (var i = 0; i < samples.Length; i++)
            {
                Assert.Equal(samples[i], copy.ReadAll(i));
                Assert.Equal(c.rate, copy.Channels[i].RateHz, 1e-12 * c.rate);
            }
        }, iter: 60, threads: 1);

    [Fact]
    public void Random_recordings_with_gaps_come_back_to_the_precision_of_32_bit_floats() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 300].Array[1, 5], Gen.Int[0, 5000].Array[5], Gen.Int, Gen.Int[0, 4].Select(i => new[] { 128.0, 250, 256, 300, 1000 }[i]))
        .Sample((channels, counts, gaps, seed, rate) =>
        {
            var random = new Random(seed);
            double[][] samples = [.. Enumerable.Range(0, channels).Select(_ => Enumerable.Range(0, counts.Sum()).Select(_ => (random.NextDouble() - 0.5) * 200).ToArray())];
            var segments = new List<Segment>();
            for (var s = 0; s < counts.Length; s++)
            {
                segments.Add(new((s == 0 ? 0 : segments[^1].EndSeconds) + (s == 0 ? 0 : gaps[s] / rate), counts[s] / rate));
            }

            var original = Of(samples, rate, null) with
            {
                Segments = segments,
                Start = new DateTime(2001 + (Math.Abs(seed % 50)), 2, 28, 23, 59, 59).AddTicks(10 * random.Next(1_000_000)),
            };
            original = original with { Annotations = [.. Enumerable.Range(0, 10).Select(_ => Marker(original, random)).OrderBy(a => a.OnsetSeconds)] };
            Assert.Equal(Aspect.Resolution, Assert.Single(BrainVisionWriter.Write(original, folder["copy.vhdr"])).Of);
            var copy = Recordings.Open(folder["copy.vhdr"]);
            Assert.Equal(original.Start, copy.Start);
            Assert.Equal(original.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.SampleCount)), copy.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.SampleCount)));
            Assert.Equal(segments.Count, copy.Segments.Count);
            Assert.All(segments.Zip(copy.Segments), p => Assert.Equal((p.First.OnsetSeconds, p.First.DurationSeconds), (p.Second.OnsetSeconds, p.Second.DurationSeconds), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-6 && Math.Abs(a.Item2 - b.Item2) < 1e-9));
            var annotations = copy.Annotations.Where(a => a.Text != "New Segment/").ToArray();
            Assert.Equal(original.Annotations.Select(a => (a.Text, a.Channel)), annotations.Select(a => (a.Text, a.Channel)));
            Assert.All(original.Annotations.Zip(annotations), p => Assert.True(Math.Abs(p.First.OnsetSeconds - p.Second.OnsetSeconds) < 1e-6 && Math.Abs(p.First.DurationSeconds - p.Second.DurationSeconds) < 1e-9));
            for (var c = 0; c < channels; c++)
            {
                SharedData.AssertClose(original.ReadAll(c), copy.ReadAll(c), 2e-7);
            }
        }, iter: 60, threads: 1);

    [Fact]
    public void A_copy_of_a_copy_is_the_same()
    {
        var original = Rich();
        BrainVisionWriter.Write(original, folder["one.vhdr"]);
        var first = Recordings.Open(folder["one.vhdr"]);
        BrainVisionWriter.Write(first, folder["two.vhdr"]);
        var second = Recordings.Open(folder["two.vhdr"]);
        Assert.Equal(first.Annotations, second.Annotations);
        Assert.Equal(first.Segments, second.Segments);
        Assert.Equal(first.Comments, second.Comments);
        Assert.Equal(first.Channels.Select(c => (c.Label, c.Unit, c.Sensor)), second.Channels.Select(c => (c.Label, c.Unit, c.Sensor)), (a, b) => a.Label == b.Label && a.Unit.Equals(b.Unit) && Near(a.Sensor, b.Sensor));
    }

    [Fact]
    public void Names_units_positions_comments_and_texts_come_back()
    {
        var original = Rich();
        var remarks = BrainVisionWriter.Write(original, folder["rich.vhdr"]);
        var copy = Recordings.Open(folder["rich.vhdr"]);
        Assert.Equal(original.Channels.Select(c => (c.Label, c.Unit)), copy.Channels.Select(c => (c.Label, c.Unit)));
        Assert.Equal(["a comment, with a comma", "- [Channel Infos]"], copy.Comments);
        Assert.All(original.Channels.Zip(copy.Channels), p => Assert.True(Near(p.First.Sensor, p.Second.Sensor)));
        Assert.Equal(
            ["New Segment/", "Comment/spike é 仰卧", "Stimulus/S  1, left", "New Segment/", "Response/R  1"], copy.Annotations.Select(a => a.Text));
        Assert.Equal((2.5, "C,z"), (copy.Annotations[2].DurationSeconds, copy.Annotations[2].Channel));

        // In the gap and before the start: moved to the sample that follows.
        Assert.Equal([0.0, 0, 1, 25, 25], copy.Annotations.Select(a => a.OnsetSeconds));
        Assert.Contains(remarks, r => r.Text.StartsWith("1 annotations have no type", StringComparison.Ordinal));
        Assert.Contains(remarks, r => r.Text.StartsWith("2 annotations lie in a gap", StringComparison.Ordinal));
        Assert.Contains(remarks, r => r.Text.Contains("1 January 1970", StringComparison.Ordinal));
        Assert.Contains(remarks, r => r.Text.Contains("subject", StringComparison.Ordinal));
        Assert.Contains(remarks, r => r.Text.Contains("bad", StringComparison.Ordinal));
    }

    [Fact]
    public void An_average_stays_one()
    {
        var original = Of([[1, 2, 3, 4]], 100, null) with { Evoked = new("avg", 17, -0.02), Annotations = [] };
        BrainVisionWriter.Write(original, folder["avg.vhdr"]);
        var evoked = Recordings.Open(folder["avg.vhdr"]).Evoked!;
        Assert.Equal(("avg", 17.0, -0.02), (evoked.Condition, evoked.AverageCount, evoked.FirstLatencySeconds));
    }

    [Fact]
    public void A_sample_off_its_steps_or_beyond_16_bits_makes_floats_of_all()
    {
        var steps = new Calibration(0.5, 0, short.MinValue, short.MaxValue, 0, 0);
        foreach (var odd in new[] { 0.7, 20_000, double.NaN })
        {
            BrainVisionWriter.Write(Of([[1, odd, 2.5]], 100, steps), folder["f.vhdr"]);
            Assert.Equal(12, new FileInfo(folder["f.eeg"]).Length);
            SharedData.AssertClose([1, 2.5], [.. Recordings.Open(folder["f.vhdr"]).ReadAll(0).Where((_, i) => i != 1)], 0);
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_leaves_no_file()
    {
        var two = Of([[1, 2]], 100, null);
        var mixed = two with { Channels = [two.Channels[0], two.Channels[0] with { RateHz = 50 }], Samples = new MemorySamples([[1, 2], [1, 2]]) };
        Assert.Contains("one rate", Assert.Throws<UnfitInputException>(() => BrainVisionWriter.Write(mixed, folder["x.vhdr"])).Message, StringComparison.Ordinal);
        var late = two with { Channels = [two.Channels[0], two.Channels[0] with { Segments = [new Segment(0.5, 0.02)] }], Samples = new MemorySamples([[1, 2], [1, 2]]) };
        Assert.Throws<UnfitInputException>(() => BrainVisionWriter.Write(late, folder["x.vhdr"]));
        Assert.Throws<UnfitInputException>(() => SignalLab.Formats.Eeglab.EeglabWriter.Write(late, folder["x.set"]));
        Assert.Throws<UnfitInputException>(() => BrainVisionWriter.Write(two with { Channels = [], Samples = new MemorySamples([]) }, folder["x.vhdr"]));
        Assert.ThrowsAny<Exception>(() => BrainVisionWriter.Write(two with { Samples = new MemorySamples([[1]]) }, folder["x.vhdr"]));
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    /// <summary>A recording with everything that the format can and some that it cannot hold.</summary>
    internal static Recording Rich()
    {
        var random = new Random(5);
        double[][] samples = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 1500).Select(_ => (random.NextDouble() - 0.5) * 100).ToArray())];
        Channel Channel(string label, ChannelKind kind, string unit, Point3? place) => new(label, kind, Unit.Parse(unit), 100, 1500)
        {
            Sensor = place is { } p ? new Sensor(label, p) : null,
            Frame = place is null ? null : Frame.Electrodes,
        };
        return new(
            [
                Channel("Fp1", ChannelKind.Eeg, "uV", new(-0.03, 0.08, 0.01)), Channel("C,z", ChannelKind.Eeg, "mV", new(0, 0, 0.1)),
                Channel("Temp", ChannelKind.Temp, "degC", null), Channel("left ear", ChannelKind.Misc, "", null) with { IsBad = true },
            ],
            new MemorySamples(samples))
        {
            Segments = [new(0, 10), new(25, 5)],
            Annotations = [new(-3, 0, "spike é 仰卧"), new(1, 2.5, "Stimulus/S  1, left", "C,z"), new(17, 0, "Response/R  1")],
            Comments = ["a comment, with a comma", "[Channel Infos]"],
            Subject = new Subject("P7"),
        };
    }

    private static bool Near(Sensor? a, Sensor? b) => a is null || b is null ? a is null && b is null : (a.PositionMetres - b.PositionMetres).Norm < 1e-8;

    private static Annotation Marker(Recording recording, Random random)
    {
        var sample = random.NextInt64(recording.Channels[0].SampleCount);
        var channel = random.Next(-1, recording.Channels.Count);
        return new(recording.TimeOf(0, sample), random.Next(20) / recording.Channels[0].RateHz, $"Stimulus/S{random.Next(256),3}", channel < 0 ? null : recording.Channels[channel].Label);
    }

    private static Recording Of(double[][] samples, double rate, Calibration? calibration) => new(
        [.. samples.Select((s, i) => new Channel($"E{i}", ChannelKind.Eeg, Unit.Microvolt, rate, s.Length) { Calibration = calibration })], new MemorySamples(samples));
}
