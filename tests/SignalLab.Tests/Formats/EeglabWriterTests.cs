using CsCheck;
using SignalLab.Formats;
using SignalLab.Formats.Eeglab;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class EeglabWriterTests : IDisposable
{
    private const string Script = """
        import sys, json, warnings
        import scipy.io
        import mne
        warnings.simplefilter('ignore'); mne.set_log_level('error')
        out = []
        for path in sys.argv[1:]:
            raw = mne.io.read_raw_eeglab(path)
            montage = raw.get_montage()
            mat = scipy.io.loadmat(path, squeeze_me=True, struct_as_record=False)['EEG']
            out.append(dict(names=raw.ch_names, rate=raw.info['sfreq'], data=raw.get_data().ravel().tolist(), fields=mat._fieldnames, T0=mat.etc.T0.tolist(), xmax=mat.xmax,
                            theta=[float(c.theta) for c in mat.chanlocs[:2]], radius=[float(c.radius) for c in mat.chanlocs[:2]],
                            positions=[montage.get_positions()['ch_pos'][k].tolist() for k in raw.ch_names[:2]],
                            annotations=[[a['onset'], a['duration'], a['description']] for a in raw.annotations]))
        print(json.dumps(out))
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(EeglabStorage.Automatic)]
    [InlineData(EeglabStorage.Beside)]
    public void Random_recordings_with_gaps_come_back_to_the_precision_of_32_bit_floats(EeglabStorage storage) =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 300].Array[1, 5], Gen.Int[1, 5000].Array[5], Gen.Int, Gen.Int[0, 3].Select(i => new[] { 128.0, 250, 300, 512.5 }[i]))
        .Sample((channels, counts, gaps, seed, rate) =>
        {
            var random = new Random(seed);
            double[][] samples = [.. Enumerable.Range(0, channels).Select(_ => Enumerable.Range(0, counts.Sum()).Select(_ => (random.NextDouble() - 0.5) * 200).ToArray())];
            var segments = new List<Segment>();
            for (var s = 0; s < counts.Length; s++)
            {
                segments.Add(new((s == 0 ? 0 : segments[^1].EndSeconds) + (s == 0 ? 0 : gaps[s] / rate), counts[s] / rate));
            }

            var original = new Recording([.. samples.Select((v, i) => new Channel($"E{i}", ChannelKind.Eeg, Unit.Microvolt, rate, v.Length))], new MemorySamples(samples))
            {
                Segments = segments,
                Start = new DateTime(2001, 2, 28, 23, 59, 59).AddTicks(10 * random.Next(1_000_000)),
                Subject = new Subject("S1"),
                Comments = ["one", "two", "reference: A1"],
            };
            original = original with
            {
                Annotations = [.. Enumerable.Range(0, 8).Select(_ => new Annotation(original.TimeOf(0, random.NextInt64(samples[0].Length)), random.Next(20) / rate, $"S{random.Next(256),3} é/仰卧")).OrderBy(a => a.OnsetSeconds)],
            };
            Assert.Equal(Aspect.Resolution, Assert.Single(EeglabWriter.Write(original, folder["copy.set"], storage)).Of);
            Assert.Equal(storage == EeglabStorage.Beside, File.Exists(folder["copy.fdt"]));
            var copy = Recordings.Open(folder["copy.set"]);
            Assert.Equal((original.Start, original.Subject.Id), (copy.Start, copy.Subject.Id));
            Assert.Equal(original.Comments, copy.Comments);
            Assert.Equal(original.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.SampleCount)), copy.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.SampleCount)));
            Assert.Equal(segments.Count, copy.Segments.Count);
            Assert.All(segments.Zip(copy.Segments), p => Assert.True(Math.Abs(p.First.OnsetSeconds - p.Second.OnsetSeconds) < 1e-9 && Math.Abs(p.First.DurationSeconds - p.Second.DurationSeconds) < 1e-9));
            var annotations = copy.Annotations.Where(a => a.Text != "boundary").ToArray();
            Assert.Equal(original.Annotations.Select(a => a.Text), annotations.Select(a => a.Text));
            Assert.All(original.Annotations.Zip(annotations), p => Assert.True(Math.Abs(p.First.OnsetSeconds - p.Second.OnsetSeconds) < 1e-9 && Math.Abs(p.First.DurationSeconds - p.Second.DurationSeconds) < 1e-9));
            for (var c = 0; c < channels; c++)
            {
                SharedData.AssertClose(original.ReadAll(c), copy.ReadAll(c), 2e-7);
            }

            EeglabWriter.Write(copy, folder["again.set"]);
            var again = Recordings.Open(folder["again.set"]);
            Assert.Equal(copy.Annotations.Select(a => a.Text), again.Annotations.Select(a => a.Text));
            Assert.Equal(copy.ReadAll(0), again.ReadAll(0));
        }, iter: 40, threads: 1);

    [Fact]
    public void Kinds_units_and_positions_come_back()
    {
        var original = Rich();
        var remarks = EeglabWriter.Write(original, folder["rich.set"]);
        var copy = Recordings.Open(folder["rich.set"]);
        Assert.Equal([ChannelKind.Eeg, ChannelKind.Eeg, ChannelKind.Eog, ChannelKind.Temp, ChannelKind.Misc, ChannelKind.Eeg], copy.Channels.Select(c => c.Kind));
        Assert.Equal(["uV", "uV", "uV", "degC", "mmHg", ""], copy.Channels.Select(c => c.Unit.Symbol));
        SharedData.AssertClose([.. original.ReadAll(1).Select(v => 1000 * v)], copy.ReadAll(1), 2e-7);
        SharedData.AssertClose(original.ReadAll(3), copy.ReadAll(3), 2e-7);

        // One scale for all: EEGLAB states no unit of length.
        var scale = copy.Channels[0].Sensor!.PositionMetres.Norm / original.Channels[0].Sensor!.PositionMetres.Norm;
        Assert.All(original.Channels.Zip(copy.Channels).Where(p => p.First.Sensor is not null), p => Assert.True(((scale * p.First.Sensor!.PositionMetres) - p.Second.Sensor!.PositionMetres).Norm < 1e-9));
        Assert.Equal((Frame.Head, 3), (copy.Channels[0].Frame!.Value, copy.Fiducials.Count));
        Assert.Null(copy.Channels[3].Sensor);
        Assert.Equal([0.5, 12.0], copy.Annotations.Where(a => a.Text != "boundary").Select(a => a.OnsetSeconds), (a, b) => Math.Abs(a - b) < 1e-9);
        string[] beginnings =
        [
            "1 annotations lie in a gap", "EEGLAB holds potentials", "EEGLAB has no type for channels of the kind pressure", "EEGLAB events state no channel", "Of the subject",
            "An EEGLAB dataset does not mark", "EEGLAB states no unit of length", "EEGLAB stores 32-bit floats",
        ];
        Assert.Equal(beginnings.Order(StringComparer.Ordinal), beginnings.Where(b => remarks.Any(r => r.Text.StartsWith(b, StringComparison.Ordinal))).Order(StringComparer.Ordinal));
        Assert.Equal(beginnings.Length, remarks.Count);
    }

    [Fact]
    public void Mne_and_scipy_read_what_we_write()
    {
        var rich = Rich() with { Segments = [new Segment(0, 15)], Annotations = [new(0.5, 0.25, "S  1 é"), new(12.34, 0, "go")] };
        EeglabWriter.Write(rich, folder["inside.set"]);
        EeglabWriter.Write(rich, folder["beside.set"], EeglabStorage.Beside);
        var mne = Python.Run("mne", Script, folder["inside.set"], folder["beside.set"]);
        foreach (var seen in mne.EnumerateArray())
        {
            Assert.Equal(rich.Channels.Select(c => c.Label), seen.GetProperty("names").EnumerateArray().Select(n => n.GetString()!));
            Assert.Equal((100, 14.99), (seen.GetProperty("rate").GetDouble(), seen.GetProperty("xmax").GetDouble()));
            Assert.Equal([(0.5, 0.25, "S  1 é"), (12.34, 0, "go")], seen.GetProperty("annotations").EnumerateArray().Select(a => (Math.Round(a[0].GetDouble(), 9), Math.Round(a[1].GetDouble(), 9), a[2].GetString()!)));
            Assert.Equal([2020, 2, 29, 23, 59, 58.25], seen.GetProperty("T0").EnumerateArray().Select(v => v.GetDouble()));
            double[] data = [.. seen.GetProperty("data").EnumerateArray().Select(v => v.GetDouble())];
            SharedData.AssertClose([.. rich.ReadAll(0).Select(v => v * 1e-6)], data.AsSpan(0, 1500), 2e-7);
            SharedData.AssertClose([.. rich.ReadAll(1).Select(v => v * 1e-3)], data.AsSpan(1500, 1500), 2e-7);

            Point3[] theirs = [.. seen.GetProperty("positions").EnumerateArray().Select(p => new Point3(p[0].GetDouble(), p[1].GetDouble(), p[2].GetDouble()))];
            Assert.All(rich.Channels.Zip(theirs), p => Assert.True((p.First.Sensor!.PositionMetres.Unit() - p.Second.Unit()).Norm < 1e-6, $"{p.First.Sensor.PositionMetres} {p.Second}"));

            // EEGLAB's polar coordinates: clockwise from the nose, 0.5 at the equator.
            var places = rich.Channels.Take(2).Select(c => c.Sensor!.PositionMetres).ToArray();
            Assert.All(places.Zip(seen.GetProperty("theta").EnumerateArray()), p => Assert.Equal(double.RadiansToDegrees(Math.Atan2(p.First.X, p.First.Y)), p.Second.GetDouble(), 1e-9));
            Assert.All(places.Zip(seen.GetProperty("radius").EnumerateArray()), p => Assert.Equal(Math.Acos(p.First.Z / p.First.Norm) / Math.PI, p.Second.GetDouble(), 1e-9));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_leaves_no_file()
    {
        var one = new Channel("a", ChannelKind.Eeg, Unit.Microvolt, 100, 2);
        var mixed = new Recording([one, one with { RateHz = 50 }], new MemorySamples([[1, 2], [1, 2]]));
        Assert.Throws<UnfitInputException>(() => EeglabWriter.Write(mixed, folder["x.set"]));
        var large = new Recording([one with { SampleCount = 600_000_000 }], new MemorySamples([[]]));
        Assert.Contains("2 GB", Assert.Throws<UnfitInputException>(() => EeglabWriter.Write(large, folder["x.set"], EeglabStorage.Inside)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => EeglabWriter.Write(mixed with { Channels = [one], Samples = new MemorySamples([[1]]) }, folder["x.set"]));
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    private static Recording Rich()
    {
        var random = new Random(5);
        double[][] samples = [.. Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 1500).Select(_ => (random.NextDouble() - 0.5) * 100).ToArray())];
        Channel Channel(string label, ChannelKind kind, string unit, Point3? place) => new(label, kind, Unit.Parse(unit), 100, 1500)
        {
            Sensor = place is { } p ? new Sensor(label, p) : null,
            Frame = place is null ? null : Frame.Head,
        };
        return new(
            [
                Channel("Fp1", ChannelKind.Eeg, "uV", new(-0.03, 0.08, 0.01)), Channel("Cz", ChannelKind.Eeg, "mV", new(0, 0.01, 0.1)), Channel("EOG", ChannelKind.Eog, "uV", new(0.03, 0.09, -0.02)) with { IsBad = true },
                Channel("T", ChannelKind.Temp, "degC", null), Channel("ABP", ChannelKind.Pressure, "mmHg", null), Channel("z-score", ChannelKind.Eeg, "", null),
            ],
            new MemorySamples(samples))
        {
            Segments = [new(0, 10), new(12, 5)],
            Annotations = [new(0.5, 0.25, "blink", "EOG"), new(11, 0, "in the gap")],
            Fiducials = [new("nasion", new(0, 0.1, 0)), new("lpa", new(-0.08, 0, 0)), new("rpa", new(0.08, 0, 0))],
            Start = new DateTime(2020, 2, 29, 23, 59, 58, 250),
            Subject = new Subject("P7", "F"),
        };
    }
}
