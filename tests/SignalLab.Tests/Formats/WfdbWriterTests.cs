using CsCheck;
using SignalLab.Formats;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class WfdbWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(WfdbStorage.Bits16, 16)]
    [InlineData(WfdbStorage.Bits24, 24)]
    [InlineData(WfdbStorage.Bits32, 32)]
    [InlineData(WfdbStorage.Bits12Packed, 12)]
    public void Samples_with_their_own_steps_are_copied_exactly(WfdbStorage storage, int bits) =>
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 50], Gen.Double[0.001, 100_000], Gen.Int[-5000, 5000]).SelectMany((channels, count, gain, baseline) =>
            Gen.Int[-(1 << (bits - 1)) + 1, (1 << (bits - 1)) - 1].Array[channels * count].Select(stored => (channels, count, gain, baseline, stored)))
        .Sample(c =>
        {
            var calibration = new Calibration(1 / c.gain, -c.baseline / c.gain, 0, 0, 0, 0);
            double[][] samples = [.. c.stored.Chunk(c.count).Select(v => v.Select(x => (x - c.baseline) / c.gain).ToArray())];
            var original = new Recording([.. samples.Select((_, i) => new Channel($"c{i}", ChannelKind.Ecg, Unit.Millivolt, 250, c.count) { Calibration = calibration })], new MemorySamples(samples));
            WfdbWriter.Write(original, folder["copy.hea"], storage);
            var copy = Recordings.Open(folder["copy.hea"]);
            for (var i = 0; i < samples.Length; i++)
            {
                SharedData.AssertClose(samples[i], copy.ReadAll(i), 1e-12);
                Assert.Equal(c.stored.Skip(i * c.count).Take(c.count), copy.ReadAll(i).Select(v => (int)Math.Round((v * c.gain) + c.baseline)));
            }
        }, iter: 40, threads: 1);

    [Fact]
    public void Checksum_and_initial_value_are_those_of_the_stored_samples()
    {
        var original = Of([("II", 250, [1, 2, double.NaN, 4])]) with { Segments = [new Segment(0, 4 / 250.0)] };
        WfdbWriter.Write(original with { Channels = [original.Channels[0] with { Calibration = new(0.001, 0, 0, 0, 0, 0) }] }, folder["r.hea"]);
        var signal = WfdbHeaderReader.Read(folder["r.hea"]).Signals[0];
        Assert.Equal((1000, (short)(1000 + 2000 - 32768 + 4000)), (signal.InitialValue, (short)signal.Checksum!.Value));
    }

    [Fact]
    public void A_zero_between_two_steps_keeps_its_place()
    {
        // The usual EDF range -32768…32767 over ±3276.7: physical zero lies half a step off.
        var gain = 6553.4 / 65535;
        double[] values = [.. new[] { -32768, -1, 0, 1, 32767 }.Select(d => (d * gain) + (gain / 2))];
        var original = Of([("II", 100, values)]);
        WfdbWriter.Write(original with { Channels = [original.Channels[0] with { Calibration = new(gain, gain / 2, -32768, 32767, -3276.7, 3276.7) }] }, folder["r.hea"]);
        SharedData.AssertClose(values, Recordings.Open(folder["r.hea"]).ReadAll(0), 1e-12);
    }

    [Fact]
    public void Computed_samples_lose_less_than_a_ten_thousandth_of_their_range()
    {
        double[] values = [.. Enumerable.Range(0, 5000).Select(i => 3 + (1.7 * Math.Sin(i * 0.01)))];
        WfdbWriter.Write(Of([("II", 500, values)]), folder["r.hea"]);
        Assert.All(values.Zip(Recordings.Open(folder["r.hea"]).ReadAll(0)), p => Assert.Equal(p.First, p.Second, 3.4e-4));
    }

    [Fact]
    public void Gaps_rates_annotations_start_and_subject_come_back()
    {
        var random = new Random(1);
        double[] Noise(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(-2000, 2000) / 200.0)];
        var original = Of([("II", 500, Noise(1500)), ("II", 250, Noise(750)), ("ABP", 125, Noise(375))]) with
        {
            Segments = [new(0, 2), new(3.6, 1)],
            Annotations = [new(0.1, 0, "+ (N"), new(0.5, 0, "QRS"), new(3.8, 0, "lead off")],
            Start = new DateTime(2020, 2, 29, 23, 59, 58, 250),
            Subject = new Subject("x", "F", 54.5),
            Remarks = ["a remark"],
            Comments = ["a comment"],
        };
        WfdbWriter.Write(original, folder["gaps.hea"]);
        var copy = Recordings.Open(folder["gaps.hea"]);
        Assert.Equal(original.Segments, copy.Segments);
        Assert.Equal(original.Channels.Select(c => (c.Label, c.RateHz, c.SampleCount)), copy.Channels.Select(c => (c.Label, c.RateHz, c.SampleCount)));
        Assert.Equal(original.Start, copy.Start);
        Assert.Equal(("F", 54.5), (copy.Subject.Sex, copy.Subject.AgeYears));
        Assert.Equal(["+ (N", "N", "\" lead off"], copy.Annotations.Select(a => a.Text));
        Assert.Equal(["a comment", "a remark"], copy.Comments);
        for (var c = 0; c < 3; c++)
        {
            Assert.All(original.ReadAll(c).Zip(copy.ReadAll(c)), p => Assert.Equal(p.First, p.Second, 1e-3));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_leaves_no_file()
    {
        var calibrated = Of([("II", 250, [1, 2, 3])]) is var r ? r with { Channels = [r.Channels[0] with { Calibration = new(0.0001, 0, 0, 0, 0, 0) }] } : null;
        Assert.Contains("'II'", Assert.Throws<UnfitInputException>(() => WfdbWriter.Write(calibrated!, folder["r.hea"], WfdbStorage.Bits12Packed)).Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => WfdbWriter.Write(Of([("II", Math.PI, [1]), ("V", Math.E, [1])]), folder["r.hea"]));
        Assert.Throws<UnfitInputException>(() => WfdbWriter.Write(calibrated!, folder["two words.hea"]));
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    private static Recording Of((string Label, double RateHz, double[] Samples)[] channels) => new(
        [.. channels.Select(c => new Channel(c.Label, ChannelKind.Ecg, Unit.Millivolt, c.RateHz, c.Samples.Length))], new MemorySamples([.. channels.Select(c => c.Samples)]));
}
