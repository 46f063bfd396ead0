using System.Text.Json;
using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

/// <summary>MNE-Python reads what we write, and we read what it writes; skipped where it is not installed.</summary>
public sealed class FiffMneTests : IDisposable
{
    // Prints what MNE sees of our files and writes files of its own: split, with skips, annotated, without date.
    private const string Script = """
        import sys, json, warnings
        import numpy as np
        import mne
        warnings.simplefilter('ignore'); mne.set_log_level('error')
        folder = sys.argv[1] + '/'
        def seen(info, data):
            t = info['dev_head_t']
            return dict(names=info['ch_names'], types=[mne.channel_type(info, i) for i in range(len(info['chs']))],
                        bads=info['bads'], coil=[int(c['coil_type']) for c in info['chs']],
                        loc=[[None if np.isnan(v) else float(v) for v in c['loc']] for c in info['chs']],
                        trans=None if t is None else t['trans'].ravel().tolist(), line=info['line_freq'], lowpass=info['lowpass'], highpass=info['highpass'],
                        projs=[[p['desc'], bool(p['active']), p['data']['col_names'], p['data']['data'].ravel().tolist()] for p in info['projs']],
                        comps=[[c['kind'], c['data']['row_names'], c['data']['col_names'], c['data']['data'].ravel().tolist()] for c in info['comps']],
                        date=info['meas_date'].timestamp() if info['meas_date'] else None, dig=len(info['dig'] or []), data=data.ravel().tolist(),
                        subject={k: (list(v) if isinstance(v, tuple) else v) for k, v in (info['subject_info'] or {}).items()})
        raw = mne.io.read_raw_fif(folder + 'ours_raw.fif')
        gaps = mne.io.read_raw_fif(folder + 'gaps_raw.fif')
        out = dict(raw=seen(raw.info, raw.get_data()), annotations=[[a['onset'] - raw.first_time, a['duration'], a['description'], list(a.get('ch_names', []))] for a in raw.annotations],
                   gaps=dict(n=gaps.n_times, skips=[[a['onset'], a['duration']] for a in gaps.annotations if a['description'] == 'BAD_ACQ_SKIP'], data=gaps.get_data().ravel().tolist()))
        parts = mne.io.read_raw_fif(folder + 'parts_raw.fif')
        out['parts'] = dict(files=len(parts.filenames), n=parts.n_times, data=parts.get_data().ravel().tolist(), annotations=[a['onset'] - parts.first_time for a in parts.annotations])
        out['evoked'] = [dict(seen(e.info, e.data), comment=e.comment, kind=e.kind, nave=e.nave, first=int(e.first), last=int(e.last), baseline=e.baseline)
                         for e in mne.read_evokeds(folder + 'ours-ave.fif', proj=False)]
        rng = np.random.RandomState(0)
        info = mne.create_info(['EEG 001', 'a very long channel name', 'STI 014', 'MEG 0111'], 250., ['eeg', 'eeg', 'stim', 'mag'])
        def write(name, n, first, date, annotations, **kwargs):
            r = mne.io.RawArray(rng.randn(4, n) * 1e-5, info, first_samp=first)
            r.set_meas_date(date); r.set_annotations(annotations)
            if date is not None: r.info['bads'] = ['a very long channel name']
            r.save(folder + name + '_raw.fif', **kwargs)
            out[name] = r.get_data()[:, -5000:].ravel().tolist()
        write('annotated', 5000, 1234, 1.6e9 + 0.25, mne.Annotations([1., 3., 8.], [.5, 0, 2], ['x:y', 'Caf\xe9', 'both'], ch_names=[[], ['EEG 001'], ['EEG 001', 'MEG 0111']]))
        write('undated', 1000, 1000, None, mne.Annotations([2.], [1.], ['here']))
        write('skipped', 5000, 0, 1.6e9, mne.Annotations([4.], [4.], ['BAD_ACQ_SKIP']), buffer_size_sec=1)
        write('split', 200000, 500, 1.6e9, mne.Annotations([100., 700.], [1., 1.], ['first', 'second']), split_size='2MB', buffer_size_sec=1, fmt='single')
        print(json.dumps(out, default=lambda v: v.item()))
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Both_read_what_the_other_writes()
    {
        var (raw, gaps, evoked) = (FiffSamples.Raw(21), FiffSamples.WithGaps(22), FiffSamples.Evoked(23));
        FiffWriter.WriteRaw(raw, folder["ours_raw.fif"]);
        FiffWriter.WriteRaw(gaps, folder["gaps_raw.fif"]);
        FiffWriter.WriteRaw(raw, folder["parts_raw.fif"], 30_000);
        FiffWriter.WriteEvoked(evoked, folder["ours-ave.fif"]);
        var mne = Python.Run("mne", Script, folder.Path);

        AssertSeen(raw, mne.GetProperty("raw"));
        Assert.Equal(
            raw.Annotations.Where(a => a.OnsetSeconds >= 0).Select(a => (a.OnsetSeconds, a.DurationSeconds, a.Text, a.Channel ?? "")),
            mne.GetProperty("annotations").EnumerateArray().Select(a => (Math.Round(a[0].GetDouble(), 6), Math.Round(a[1].GetDouble(), 6), a[2].GetString()!, string.Concat(a[3].EnumerateArray()))));
        AssertGaps(gaps, mne.GetProperty("gaps"));
        var parts = mne.GetProperty("parts");
        Assert.Equal((4, 3000), (parts.GetProperty("files").GetInt32(), parts.GetProperty("n").GetInt32()));
        Assert.Equal(mne.GetProperty("raw").GetProperty("data").EnumerateArray().Select(v => v.GetDouble()), parts.GetProperty("data").EnumerateArray().Select(v => v.GetDouble()));
        Assert.Equal(mne.GetProperty("annotations").EnumerateArray().Select(a => Math.Round(a[0].GetDouble(), 6)), parts.GetProperty("annotations").EnumerateArray().Select(a => Math.Round(a.GetDouble(), 6)));
        foreach (var (ours, theirs) in evoked.Zip(mne.GetProperty("evoked").EnumerateArray()))
        {
            AssertSeen(ours, theirs);
            var isError = theirs.GetProperty("kind").GetString() == "standard_error";
            Assert.Equal(ours.Evoked!.Condition, theirs.GetProperty("comment").GetString() + (isError ? " (standard error)" : ""));
            Assert.Equal((ours.Evoked.AverageCount, -50, 124), (theirs.GetProperty("nave").GetDouble(), theirs.GetProperty("first").GetInt32(), theirs.GetProperty("last").GetInt32()));
            Assert.Equal(ours.Evoked.Baseline is null, theirs.GetProperty("baseline").ValueKind == JsonValueKind.Null);
        }

        AssertTheirs(mne);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private void AssertTheirs(JsonElement mne)
    {
        var annotated = Theirs("annotated", mne);
        Assert.Equal(new DateTime(2020, 9, 13, 12, 26, 40, 250, DateTimeKind.Utc).AddSeconds(1234 / 250.0), annotated.Start);
        Assert.Equal(["a very long channel name"], annotated.Channels.Where(c => c.IsBad).Select(c => c.Label));
        Assert.Equal(
            [(1, 0.5, "x:y", null), (3, 0, "Café", "EEG 001"), (8, 2, "both", "EEG 001"), (8, 2, "both", "MEG 0111")],
            annotated.Annotations.Select(a => (Math.Round(a.OnsetSeconds, 5), Math.Round(a.DurationSeconds, 5), a.Text, a.Channel)));

        var undated = Theirs("undated", mne);
        Assert.Null(undated.Start);
        Assert.Equal(2, Assert.Single(undated.Annotations).OnsetSeconds, 1e-6);

        Assert.Equal([(0.0, 4.0), (8, 12)], Theirs("skipped", mne).Segments.Select(s => (s.OnsetSeconds, s.DurationSeconds)));

        var split = Theirs("split", mne);
        Assert.True(System.IO.File.Exists(folder["split_raw-1.fif"]));
        Assert.Single(split.Segments);
        Assert.Equal([100.0, 700], split.Annotations.Select(a => a.OnsetSeconds));
    }

    private Recording Theirs(string name, JsonElement mne)
    {
        var recording = new FiffFormat().Open(folder[name + "_raw.fif"]).Recordings[0];
        double[] all = [.. mne.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];
        var samples = all.Length / 4;
        var before = (int)Math.Round(recording.DurationSeconds * 250) - samples;
        for (var c = 0; c < 4; c++)
        {
            // The last samples, less those that lie in a gap.
            var kept = Enumerable.Range(0, samples).Where(t => recording.Segments.Any(s => before + t > (s.OnsetSeconds * 250) - 0.5 && before + t < (s.EndSeconds * 250) - 0.5)).Select(t => all[(c * samples) + t]).ToArray();
            SharedData.AssertClose(kept, recording.ReadAll(c).AsSpan(^kept.Length..), 1e-6);
        }

        return recording;
    }

    private static void AssertSeen(Recording ours, JsonElement theirs)
    {
        Assert.Equal(ours.Channels.Select(c => c.Label), theirs.GetProperty("names").EnumerateArray().Select(n => n.GetString()!));
        Assert.Equal(["mag", "grad", "ref_meg", "eeg", "eeg", "eog", "stim", "temperature"], theirs.GetProperty("types").EnumerateArray().Select(n => n.GetString()!));
        Assert.Equal(["MEG 0112"], theirs.GetProperty("bads").EnumerateArray().Select(n => n.GetString()!));
        Assert.Equal([3024 + (3 << 16), 3012 + (3 << 16), 5002, 1, 1, 0, 0, 0], theirs.GetProperty("coil").EnumerateArray().Select(n => n.GetInt32()));
        foreach (var (channel, loc) in ours.Channels.Zip(theirs.GetProperty("loc").EnumerateArray()).Where(p => p.First.Sensor is not null))
        {
            var sensor = channel.Sensor!;
            Point3[] points = [sensor.PositionMetres, .. sensor.Coil is { } coil ? [coil.Ex, coil.Ey, coil.Ez] : Array.Empty<Point3>()];
            Assert.All(points.SelectMany(p => new[] { p.X, p.Y, p.Z }).Zip(loc.EnumerateArray()), p => Assert.Equal(p.First, p.Second.GetDouble(), 1e-7));
        }

        Assert.All(ours.Transforms[0].Matrix.ToArray().Zip(theirs.GetProperty("trans").EnumerateArray()), p => Assert.Equal(p.First, p.Second.GetDouble(), 1e-7));
        Assert.Equal((50, 100), (theirs.GetProperty("line").GetDouble(), theirs.GetProperty("lowpass").GetDouble()));
        Assert.Equal(0.1, theirs.GetProperty("highpass").GetDouble(), 1e-7);
        Assert.Equal((ours.Start!.Value - DateTime.UnixEpoch).TotalSeconds, theirs.GetProperty("date").GetDouble(), 1e-6);
        Assert.Equal(3 + 2 + 2, theirs.GetProperty("dig").GetInt32());
        foreach (var (projector, theirProjector) in ours.Projectors.Zip(theirs.GetProperty("projs").EnumerateArray()))
        {
            Assert.Equal((projector.Name, projector.IsActive), (theirProjector[0].GetString(), theirProjector[1].GetBoolean()));
            Assert.Equal(projector.Channels, theirProjector[2].EnumerateArray().Select(n => n.GetString()!));
            Assert.All(projector.Vectors.SelectMany(v => v).Zip(theirProjector[3].EnumerateArray()), p => Assert.Equal(p.First, p.Second.GetDouble(), 1e-7));
        }

        foreach (var (compensation, theirCompensation) in ours.Compensations.Zip(theirs.GetProperty("comps").EnumerateArray(), (a, b) => (a, b)))
        {
            Assert.Equal(compensation.Grade, theirCompensation[0].GetInt32());
            Assert.Equal(compensation.Coefficients.Rows.Concat(compensation.Coefficients.Columns), theirCompensation[1].EnumerateArray().Concat(theirCompensation[2].EnumerateArray()).Select(n => n.GetString()!));
            Assert.Equal(compensation.Coefficients.Values.SelectMany(v => v), theirCompensation[3].EnumerateArray().Select(v => v.GetDouble()));
        }

        Assert.Equal(ours.Compensations.Count, theirs.GetProperty("comps").GetArrayLength());
        var subject = theirs.GetProperty("subject");
        Assert.Equal(("P7", 2, "[1985, 12, 10]"), (subject.GetProperty("his_id").GetString(), subject.GetProperty("sex").GetInt32(), subject.GetProperty("birthday").GetRawText()));
        double[] data = [.. theirs.GetProperty("data").EnumerateArray().Select(v => v.GetDouble())];
        var count = data.Length / ours.Channels.Count;
        for (var c = 0; c < ours.Channels.Count; c++)
        {
            SharedData.AssertClose(ours.ReadAll(c), data.AsSpan(c * count, count), 1e-6);
        }
    }

    // MNE fills gaps with zeros.
    private static void AssertGaps(Recording ours, JsonElement theirs)
    {
        var count = (int)Math.Round(ours.DurationSeconds * 250);
        Assert.Equal(count, theirs.GetProperty("n").GetInt32());
        Assert.Equal(
            [(4, 997 / 250.0), (4 + (997 / 250.0) + 5, 60 - (4 + (997 / 250.0) + 5))],
            theirs.GetProperty("skips").EnumerateArray().Select(s => (s[0].GetDouble(), s[1].GetDouble())).Select(s => (Math.Round(s.Item1, 9), Math.Round(s.Item2, 9))));
        double[] data = [.. theirs.GetProperty("data").EnumerateArray().Select(v => v.GetDouble())];
        var values = ours.ReadAll(3);
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i], data[(3 * count) + (int)Math.Round(ours.TimeOf(3, i) * 250)], 1e-11);
        }
    }
}
