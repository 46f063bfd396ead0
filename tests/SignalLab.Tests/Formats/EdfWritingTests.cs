using CsCheck;
using SignalLab.Formats;
using SignalLab.Formats.Edf;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class EdfWritingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again_within_half_a_step_and_a_second_copy_is_exact() =>
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Bool, Gen.Bool, Gen.Int[0, 9].Select(i => new[] { 1, 12.8, 100, 128, 200, 256, 500, 512, 1000, 2048 }[i]).Array[1, 5]).Sample(
            (seed, is24Bit, hasGaps, rates) =>
            {
                var kind = is24Bit ? EdfKind.Bdf : EdfKind.Edf;
                var recording = EdfRandomRecording.Make(seed, rates, hasGaps ? [(0, 5), (6.5, 10), (40, 5)] : [(0, 10)]);
                var first = Written(recording, kind, out _);
                AssertClose(recording, first);
                var second = Written(first, kind, out var remarks);
                Assert.Empty(remarks);
                for (var c = 0; c < rates.Length; c++)
                {
                    Assert.True(first.ReadAll(c).AsSpan().SequenceEqual(second.ReadAll(c)));
                }
            },
            iter: 25, threads: 1);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(2561)]
    public void Any_number_of_samples_is_kept_where_the_record_duration_can_print_it(int count)
    {
        var recording = new Recording([new Channel("Cz", ChannelKind.Eeg, Unit.Microvolt, 500, count)], new MemorySamples([[.. Enumerable.Range(0, count).Select(i => (double)i)]]));
        var copy = Written(recording, EdfKind.Edf, out var remarks);
        Assert.Empty(remarks);
        Assert.Equal(500, copy.Channels[0].RateHz);
        Assert.Equal(recording.ReadAll(0), copy.ReadAll(0));
    }

    [Fact]
    public void A_prime_number_of_samples_at_512_Hz_keeps_every_sample_and_remarks_the_rate()
    {
        var recording = new Recording([new Channel("Cz", ChannelKind.Eeg, Unit.Microvolt, 512, 2557)], new MemorySamples([new double[2557]]));
        var copy = Written(recording, EdfKind.Edf, out var remarks);
        Assert.Equal(2557, copy.Channels[0].SampleCount);
        Assert.Equal(512, copy.Channels[0].RateHz, 512e-7);
        Assert.Contains(remarks, r => r.Text.Contains("rounded", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_no_record_divides_the_segments_the_filling_is_marked_in_the_file()
    {
        var samples = Enumerable.Range(0, 1536).Select(i => (double)i).ToArray();
        var recording = new Recording([new Channel("Cz", ChannelKind.Eeg, Unit.Microvolt, 512, 1536)], new MemorySamples([samples]))
        {
            Segments = [new(0, 513 / 512.0), new(3, 1023 / 512.0)],
        };
        var copy = Written(recording, EdfKind.Edf, out var remarks);
        Assert.Equal(512, copy.Channels[0].RateHz);
        Assert.Equal(recording.Segments.Select(s => s.OnsetSeconds), copy.Segments.Select(s => s.OnsetSeconds));
        Assert.Contains(remarks, r => r.Text.Contains("filled", StringComparison.Ordinal));
        var runs = copy.Runs(0);
        Assert.Equal(samples[..513], copy.ReadAll(0)[..513]);
        Assert.Equal(samples[513..], copy.ReadAll(0).AsSpan((int)runs[1].FirstSample, 1023).ToArray());
        var padding = copy.Annotations.First(a => a.Text.StartsWith("Padding", StringComparison.Ordinal));
        Assert.Equal(513 / 512.0, padding.OnsetSeconds, 1e-9);
        Assert.Equal(copy.Segments[0].EndSeconds, padding.OnsetSeconds + padding.DurationSeconds, 1e-9);
    }

    [Fact]
    public void A_stale_scale_is_noticed_and_replaced()
    {
        var samples = Enumerable.Range(0, 100_000).Select(i => Math.Sin(i)).ToArray();
        samples.AsSpan(0, 90_000).Clear();
        var channel = new Channel("Cz", ChannelKind.Eeg, Unit.Microvolt, 100, samples.Length) { Calibration = new(0.5, 0, -100, 100, -50, 50) };
        var copy = Written(new Recording([channel], new MemorySamples([samples])), EdfKind.Edf, out var remarks);
        Assert.Contains(remarks, r => r.Text.Contains("new steps", StringComparison.Ordinal));
        Assert.Equal(samples[95_000], copy.ReadAll(0)[95_000], 2e-5);
    }

    [Theory]
    [InlineData(32_767, 0)]
    [InlineData(32_768, 1)]
    [InlineData(2_000_000, 1)]
    public void Integers_of_24_bits_keep_their_steps_in_16_bits_only_where_they_fit(int largest, int remarked)
    {
        var scale = new Calibration(0.5, 0, -8_388_608, 8_388_607, -4_194_304, 4_194_303.5);
        var original = new Recording(
            [new Channel("Cz", ChannelKind.Eeg, Unit.Microvolt, 100, 100) { Calibration = scale }],
            new MemorySamples([[.. Enumerable.Range(0, 100).Select(i => scale.Gain * (i == 50 ? largest : 3 * i))]]));
        var copy = Written(original, EdfKind.Edf, out var remarks);
        Assert.Equal(remarked, remarks.Count);
        AssertClose(original, copy);
    }

    [Fact]
    public void Scales_of_other_formats_are_kept_exactly_where_they_print()
    {
        // 200 steps per mV around a baseline of 1024: WFDB's way of saying it.
        var samples = Enumerable.Range(0, 720).Select(i => (i - 1024) / 200.0).ToArray();
        var channel = new Channel("MLII", ChannelKind.Ecg, Unit.Millivolt, 360, samples.Length) { Calibration = new(1 / 200.0, -1024 / 200.0, 0, 2047, -5.12, 5.115) };
        var copy = Written(new Recording([channel], new MemorySamples([samples])), EdfKind.Edf, out var remarks);
        Assert.Empty(remarks);
        SharedData.AssertClose(samples, copy.ReadAll(0), 1e-12);
    }

    [Fact]
    public void Tesla_are_stored_in_a_unit_that_eight_characters_can_hold()
    {
        var samples = Enumerable.Range(0, 1000).Select(i => 3e-13 * Math.Sin(i)).ToArray();
        var copy = Written(new Recording([new Channel("MEG1", ChannelKind.Mag, Unit.Tesla, 1000, 1000)], new MemorySamples([samples])), EdfKind.Bdf, out var remarks);
        Assert.Equal("fT", copy.Channels[0].Unit.Symbol);
        Assert.Contains(remarks, r => r.Text.Contains("fT instead of T", StringComparison.Ordinal));
        SharedData.AssertClose([.. samples.Select(s => s * 1e15)], copy.ReadAll(0), 1e-6);
    }

    [Fact]
    public void Constant_and_whole_numbered_channels_are_exact()
    {
        double[] status = [0, 255, 65280, 8323072];
        var recording = new Recording(
            [new Channel("Status", ChannelKind.Stim, Unit.Unknown, 4, 4), new Channel("flat", ChannelKind.Other, Unit.Microvolt, 4, 4)],
            new MemorySamples([status, [0.25, 0.25, 0.25, 0.25]]));
        var copy = Written(recording, EdfKind.Bdf, out _);
        Assert.Equal(status, copy.ReadAll(0));
        Assert.All(copy.ReadAll(1), v => Assert.Equal(0.25, v, 1e-6));
    }

    [Fact]
    public void What_the_format_cannot_hold_is_refused_in_one_line()
    {
        static Recording One(string label, Unit unit, params double[] samples) =>
            new([new Channel(label, ChannelKind.Eeg, unit, 4, samples.Length)], new MemorySamples([samples]));
        Refused(One("a label of more than sixteen", Unit.Microvolt, 1, 2));
        Refused(One("EDF Annotations", Unit.Microvolt, 1, 2));
        Refused(One("Cz", Unit.Parse("furlongs/fortnight"), 1, 2));
        Refused(One("Cz", Unit.Microvolt, 1, double.NaN));
        Refused(One("Cz", Unit.Parse("mmHg"), 0.5, 1e12));
        Refused(One("Cz", Unit.Microvolt, 1, 2) with { Annotations = [new(0, 0, "a\x14" + "b")] });
        Refused(One("Cz", Unit.Microvolt));
    }

    [Fact]
    public void Years_outside_the_two_digit_range_and_no_start_at_all_survive()
    {
        foreach (var start in new DateTime?[] { new DateTime(1969, 7, 20, 20, 17, 40), new DateTime(2091, 1, 2, 3, 4, 5).AddTicks(1234567), null })
        {
            var recording = EdfRandomRecording.Make(5, [100], (0, 2)) with { Start = start };
            Assert.Equal(start, Written(recording, EdfKind.Edf, out _).Start);
        }
    }

    [Fact]
    public void Many_annotations_in_one_record_spill_into_later_ones_in_order()
    {
        var annotations = Enumerable.Range(0, 500).Select(i => new Annotation(1.5, 0, $"event number {i}")).ToArray();
        var copy = Written(EdfRandomRecording.Make(6, [100], (0, 60)) with { Annotations = annotations }, EdfKind.Edf, out _);
        Assert.Equal(annotations, copy.Annotations);
    }

    [Fact]
    public void Writing_over_the_file_that_is_being_read_is_refused_and_leaves_it_whole()
    {
        var path = folder["self.edf"];
        EdfWriter.Write(EdfRandomRecording.Make(7, [100], (0, 5)), path);
        var before = File.ReadAllBytes(path);
        Assert.ThrowsAny<IOException>(() => EdfWriter.Write(Recordings.Open(path), path));
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    private static void AssertClose(Recording expected, Recording actual)
    {
        Assert.Equal(expected.Channels.Select(c => (c.Label, c.Unit, c.RateHz, c.SampleCount)), actual.Channels.Select(c => (c.Label, c.Unit, c.RateHz, c.SampleCount)));
        Assert.Equal(expected.Segments, actual.Segments);
        Assert.Equal(expected.Annotations, actual.Annotations);
        Assert.Equal(expected.Start, actual.Start);
        Assert.Equal((expected.Subject.Id, expected.Subject.Sex, expected.Subject.Name, expected.Subject.Birthdate), (actual.Subject.Id, actual.Subject.Sex, actual.Subject.Name, actual.Subject.Birthdate));
        for (var c = 0; c < expected.Channels.Count; c++)
        {
            var half = Math.Abs(actual.Channels[c].Calibration!.Gain) * 0.5000001;
            Assert.All(expected.ReadAll(c).Zip(actual.ReadAll(c)), p => Assert.True(Math.Abs(p.First - p.Second) <= half));
        }
    }

    private void Refused(Recording recording)
    {
        var e = Assert.Throws<UnfitInputException>(() => EdfWriter.Write(recording, folder["refused.edf"]));
        Assert.DoesNotContain('\n', e.Message);
    }

    private Recording Written(Recording recording, EdfKind kind, out IReadOnlyList<Loss> remarks)
    {
        var path = folder[$"{Directory.GetFiles(folder.Path).Length}.edf"];
        remarks = EdfWriter.Write(recording, path, kind);
        return Recordings.Open(path);
    }
}
