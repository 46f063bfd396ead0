using SignalLab.Formats;
using SignalLab.Formats.Snirf;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Snirf;

public sealed class SnirfWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Light_paths_positions_landmarks_stimuli_and_tags_come_back()
    {
        var original = Rich();
        Assert.Empty(KnownWriters.Write([original], folder["rich.snirf"]));
        var copy = Recordings.Open(folder["rich.snirf"]);
        Assert.Equal(original.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.SampleCount, c.Frame)), copy.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.SampleCount, c.Frame)));
        Assert.Equal(original.Channels.Select(c => c.Light!.WavelengthNm), copy.Channels.Select(c => c.Light!.WavelengthNm));
        Assert.All(original.Channels.Zip(copy.Channels), p => Assert.True((p.First.Light!.DetectorMetres!.Value - p.Second.Light!.DetectorMetres!.Value).Norm < 1e-12));
        Assert.All(original.Fiducials.Zip(copy.Fiducials), p => Assert.True(p.First.Name == p.Second.Name && (p.First.PositionMetres - p.Second.PositionMetres).Norm < 1e-12));
        Assert.Equal(original.Annotations, copy.Annotations);
        Assert.Equal((original.Start, original.Start!.Value.Kind, original.Subject), (copy.Start, copy.Start!.Value.Kind, copy.Subject));
        Assert.Equal(original.Comments, copy.Comments);
        Assert.All(Enumerable.Range(0, original.Channels.Count), c => Assert.Equal(original.ReadAll(c), copy.ReadAll(c)));
    }

    [Fact]
    public void Gaps_are_told_by_the_times_and_more_rows_than_a_piece_keep_their_order()
    {
        double[][] samples = [.. Enumerable.Range(0, 4).Select(c => Enumerable.Range(0, 100_000).Select(i => (c * 1e6) + i).ToArray())];
        var original = Of(samples, 50) with { Segments = [new(0, 700), new(1000.5, 1300)] };
        SnirfWriter.Write(original, folder["long.snirf"]);
        var copy = Recordings.Open(folder["long.snirf"]);
        Assert.Equal(original.Segments.Select(s => (s.OnsetSeconds, s.DurationSeconds)), copy.Segments.Select(s => (Math.Round(s.OnsetSeconds, 9), Math.Round(s.DurationSeconds, 9))));
        Assert.All(Enumerable.Range(0, 4), c => Assert.Equal(samples[c], copy.ReadAll(c)));
    }

    [Theory]
    [InlineData("S1_D1 hbo", null, "umol/L")]
    [InlineData("S1_D1 hbr", null, "umol/L")]
    [InlineData("S1_D1 760", 760.0, "OD")]
    [InlineData("S1_D1 760.5", 760.5, "V")]
    [InlineData("S2_D7 850 AC", 850.0, "V")]
    [InlineData("S2_D7 850 phase", 850.0, "rad")]
    [InlineData("S2_D7 850 BFi", 850.0, "")]
    public void Every_kind_of_light_keeps_its_name_and_unit(string label, double? nanometres, string unit)
    {
        var path = label.Split(' ')[0].Split('_');
        var channel = new Channel(label, ChannelKind.Nirs, Unit.Parse(unit), 10, 3) { Light = new(path[0], path[1], nanometres) };
        SnirfWriter.Write(new Recording([channel], new MemorySamples([[1, 2, 3]])), folder["one.snirf"]);
        var copy = Assert.Single(Recordings.Open(folder["one.snirf"]).Channels);
        Assert.Equal((channel.Label, channel.Unit, channel.Light.WavelengthNm), (copy.Label, copy.Unit, copy.Light!.WavelengthNm));
    }

    [Fact]
    public void Channels_that_are_no_light_become_auxiliary_signals_of_their_own_rate()
    {
        var light = Rich();
        var both = new Recording([.. light.Channels.Take(2), new Channel("heart", ChannelKind.Ecg, Unit.Millivolt, 40, 400)], new MemorySamples([light.ReadAll(0), light.ReadAll(1), [.. Enumerable.Range(0, 400).Select(i => (double)i)]]));
        var loss = Assert.Single(SnirfWriter.Write(both, folder["both.snirf"]));
        Assert.Contains("1 of 3 channels", loss.Text, StringComparison.Ordinal);
        var heart = KnownFormats.Open(folder["both.snirf"]).Recordings[1];
        Assert.Equal(("heart", "mV", 40.0, 400L), (heart.Channels[0].Label, heart.Channels[0].Unit.Symbol, heart.Channels[0].RateHz, heart.Channels[0].SampleCount));
        Assert.Equal(both.ReadAll(2), heart.ReadAll(0));
    }

    [Fact]
    public void A_recording_without_light_or_without_samples_is_refused()
    {
        var eeg = new Recording([new Channel("Cz", ChannelKind.Eeg, Unit.Microvolt, 100, 2)], new MemorySamples([[1, 2]]));
        Assert.Contains("no such channel", Assert.Throws<UnfitInputException>(() => SnirfWriter.Write(eeg, folder["x.snirf"])).Message, StringComparison.Ordinal);
        Assert.Contains("no samples", Assert.Throws<UnfitInputException>(() => SnirfWriter.Write(Of([[]], 10), folder["x.snirf"])).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void Mne_reads_what_we_write()
    {
        var original = Rich();
        SnirfWriter.Write(original, folder["rich.snirf"]);
        var seen = Python.Run("mne h5py", Script, folder["rich.snirf"]);
        Assert.Equal(original.Channels.Select(c => c.Label), seen.GetProperty("names").EnumerateArray().Select(n => n.GetString()));
        Assert.Equal(10, seen.GetProperty("rate").GetDouble(), 1e-9);
        Assert.Equal((original.Start!.Value - DateTime.UnixEpoch).TotalSeconds, seen.GetProperty("date").GetDouble());
        SharedData.AssertClose([.. original.Channels.SelectMany((_, c) => original.ReadAll(c))], seen.GetProperty("data").Doubles(), 1e-15);
        Assert.Equal(original.Annotations.Select(a => (a.OnsetSeconds, a.Text)).Order(), seen.GetProperty("annotations").EnumerateArray().Select(a => (a[0].GetDouble(), a[1].GetString()!)).Order());
        var path = original.Channels[2].Light!;
        SharedData.AssertClose(
            [path.SourceMetres!.Value.X, path.SourceMetres.Value.Y, path.SourceMetres.Value.Z, path.DetectorMetres!.Value.X, path.DetectorMetres.Value.Y, path.DetectorMetres.Value.Z],
            seen.GetProperty("optodes").Doubles(), 1e-9);
        Assert.Equal((4, "P7", 2), (seen.GetProperty("frame").GetInt32(), seen.GetProperty("subject").GetString(), seen.GetProperty("sex").GetInt32()));
        Assert.Equal([.. original.Fiducials.SelectMany(f => new[] { f.PositionMetres.X, f.PositionMetres.Y, f.PositionMetres.Z })], seen.GetProperty("landmarks").Doubles(), (double a, double b) => Math.Abs(a - b) < 1e-7);

        // The specification asks for scalars; HDF5 sees them as such.
        Assert.Equal(["1.1", "m", "s", "Hz"], seen.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
    }

    private const string Script = """
        import sys, json, warnings
        import h5py, mne
        warnings.simplefilter('ignore'); mne.set_log_level('error')
        raw = mne.io.read_raw_snirf(sys.argv[1])
        with h5py.File(sys.argv[1], 'r') as f:
            tags = [f['formatVersion'][()].decode()] + [f['nirs/metaDataTags/' + n][()].decode() for n in ('LengthUnit', 'TimeUnit', 'FrequencyUnit')]
        points = raw.get_montage().get_positions()
        print(json.dumps(dict(names=raw.ch_names, rate=float(raw.info['sfreq']), date=raw.info['meas_date'].timestamp(), data=raw.get_data().ravel().tolist(), tags=tags,
                              annotations=[[a['onset'], a['description']] for a in raw.annotations], optodes=raw.info['chs'][2]['loc'][3:9].tolist(), frame=int(raw.info['chs'][2]['coord_frame']),
                              subject=raw.info['subject_info']['first_name'], sex=raw.info['subject_info']['sex'],
                              landmarks=[float(v) for n in ('nasion', 'lpa', 'rpa') for v in points[n]])))
        """;

    private static Recording Rich()
    {
        var random = new Random(3);
        (string Source, string Detector, double Nm)[] paths = [("S1", "D1", 760), ("S1", "D1", 850), ("S2", "D1", 760), ("S2", "D1", 850)];
        double[][] samples = [.. paths.Select(_ => Enumerable.Range(0, 100).Select(_ => random.NextDouble()).ToArray())];
        Point3[] sources = [new(0.01, 0.08, 0.05), new(-0.02, 0.07, 0.06)];
        var detector = new Point3(0.03, 0.06, 0.07);
        return new(
            [.. paths.Select(p => Lit(p.Source, p.Detector, p.Nm, 100, 10) is var c && sources[p.Source == "S1" ? 0 : 1] is var s
                ? c with { Light = c.Light! with { SourceMetres = s, DetectorMetres = detector }, Sensor = new(c.Label, 0.5 * (s + detector)), Frame = Frame.Head } : c)],
            new MemorySamples(samples))
        {
            Start = new DateTime(2024, 5, 6, 7, 8, 9, DateTimeKind.Utc),
            Subject = new Subject("P7", "F") { Birthdate = new DateOnly(1985, 12, 10) },
            Annotations = [new(0.5, 2, "tap é"), new(3.25, 0, "rest"), new(5, 1, "tap é")],
            Fiducials = [new("nasion", new(0, 0.1, 0)), new("lpa", new(-0.08, 0, 0)), new("rpa", new(0.08, 0, 0))],
            Comments = ["ManufacturerName: Ours", "Model: one"],
        };
    }

    private static Channel Lit(string source, string detector, double nanometres, long count, double rate) =>
        new(FormattableString.Invariant($"{source}_{detector} {nanometres}"), ChannelKind.Nirs, Unit.Volt, rate, count) { Light = new(source, detector, nanometres) };

    private static Recording Of(double[][] samples, double rate) =>
        new([.. samples.Select((s, i) => Lit(FormattableString.Invariant($"S{i + 1}"), "D1", 760, s.Length, rate))], new MemorySamples(samples));
}
