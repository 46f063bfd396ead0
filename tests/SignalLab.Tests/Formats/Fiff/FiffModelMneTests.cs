using System.Diagnostics;
using System.Text.Json;
using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

/// <summary>Forward solutions, source spaces, covariances, digitised points and annotations as MNE-Python writes them; skipped where it is not installed.</summary>
public sealed class FiffModelMneTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private const string Script = """
        import sys, json, warnings
        import numpy as np
        import mne
        warnings.simplefilter('ignore'); mne.set_log_level('error')
        folder = sys.argv[1] + '/'
        rng = np.random.RandomState(0)
        names = ['MEG %03d' % i for i in range(5)] + ['an electrode of a long name', 'EEG 002', 'EEG 003']
        info = mne.create_info(names, 100., ['mag'] * 3 + ['grad'] * 2 + ['eeg'] * 3)
        for i, ch in enumerate(info['chs']):
            z = rng.randn(3); z[2] = abs(z[2]); z /= np.linalg.norm(z)
            x = np.cross(z, [0, 0, 1]); x /= np.linalg.norm(x)
            ch['loc'][:3] = z * (0.12 if i < 5 else 0.09)
            if i < 5: ch['loc'][3:] = np.r_[x, np.cross(z, x), z]
            ch['coil_type'] = [3024, 3024, 3022, 3012, 3012, 1, 1, 1][i]
            ch['coord_frame'] = 1 if i < 5 else 4
        with info._unlock(): info['dev_head_t'] = mne.Transform('meg', 'head', mne.transforms.translation(0.001, 0.002, 0.003))
        info['bads'] = ['MEG 001']
        sphere = mne.make_sphere_model((0.003, 0.002, 0.001), 0.09)
        volume = mne.setup_volume_source_space(pos=40., sphere=(0, 0, 0, 0.08), sphere_units='m')
        rr = rng.randn(4, 3) * 0.02; nn = rng.randn(4, 3); nn /= np.linalg.norm(nn, axis=1, keepdims=True)
        discrete = mne.setup_volume_source_space(pos=dict(rr=rr, nn=nn))
        out = dict()
        for name, src in [('volume', volume), ('discrete', discrete)]:
            src.save(folder + name + '-src.fif')
            fwd = mne.make_forward_solution(info, None, src, sphere)
            mne.write_forward_solution(folder + name + '-fwd.fif', fwd)
            out[name] = dict(gains=fwd['sol']['data'].tolist(), names=fwd['sol']['row_names'],
                             spaces=[dict(rr=s['rr'].tolist(), nn=s['nn'].tolist(), used=s['vertno'].tolist(), frame=int(s['coord_frame']), shape=list(map(int, s.get('shape', [])))) for s in src])
        fixed = mne.convert_forward_solution(mne.read_forward_solution(folder + 'discrete-fwd.fif'), force_fixed=True, use_cps=False)
        mne.write_forward_solution(folder + 'fixed-fwd.fif', fixed)
        raw = mne.io.RawArray(rng.randn(8, 500) * 1e-12, info)
        cov = mne.compute_raw_covariance(raw, method='empirical'); cov.save(folder + 'full-cov.fif')
        ad = mne.make_ad_hoc_cov(info); ad.save(folder + 'diagonal-cov.fif')
        out['full'] = dict(names=cov.ch_names, nfree=cov['nfree'], data=cov.data.ravel().tolist())
        out['diagonal'] = dict(names=ad.ch_names, data=np.diag(ad.data if ad.data.ndim == 2 else np.diag(ad.data)).tolist())
        mne.channels.make_dig_montage(dict(Fp1=[0, .1, 0], Cz=[0, 0, .1]), nasion=[0, .1, -.01], lpa=[-.07, 0, 0], rpa=[.07, 0, 0], hsp=[[.01, .02, .09]], coord_frame='head').save(folder + 'x-dig.fif', overwrite=True)
        mne.Annotations([1., 2.5], [.5, 0], ['one:two', 'Caf\xe9'], orig_time=1.6e9).save(folder + 'x-annot.fif', overwrite=True)
        mne.write_events(folder + 'x-eve.fif', np.array([[5, 0, 1], [9, 1, 2]]))
        print(json.dumps(out, default=lambda v: v.item()))
        """;

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void What_MNE_writes_is_read_number_for_number()
    {
        var mne = RunMne();
        foreach (var name in new[] { "volume", "discrete" })
        {
            var (theirs, fields) = (mne.GetProperty(name), Open(name + "-fwd.fif").LeadFields);
            Assert.Equal([5, 3], fields.Select(f => f.Kinds.Count));
            Assert.Equal(theirs.GetProperty("names").EnumerateArray().Select(n => n.GetString()!), fields.SelectMany(f => f.Sensors.Sensors.Select(s => s.Name)));
            Gains(theirs.GetProperty("gains"), fields);
            Assert.Equal(["MEG 001"], fields[0].BadChannels);
            Assert.Contains(fields[0].Transforms, t => t.From == Frame.Device && t.To == Frame.Head && Math.Abs(t.Matrix[2, 3] - 0.003) < 1e-9);
            var spaces = Open(name + "-src.fif").SourceSpaces;
            foreach (var (wanted, found) in theirs.GetProperty("spaces").EnumerateArray().Zip(spaces))
            {
                // A grid without an MRI is stored as single dipoles.
                Assert.Equal((SourceSpaceKind.Discrete, null), (found.Kind, found.Grid));
                Assert.Equal(wanted.GetProperty("used").EnumerateArray().Select(v => v.GetInt32()), found.Used);
                Points(wanted.GetProperty("rr"), found.PositionsMetres);
                Points(wanted.GetProperty("nn"), found.Normals);
                Assert.Equal(wanted.GetProperty("frame").GetInt32() == 5 ? Frame.Mri : Frame.Head, found.Frame);
            }
        }

        // A solution that was made fixed in memory is stored free, as it was computed.
        Gains(mne.GetProperty("discrete").GetProperty("gains"), Open("fixed-fwd.fif").LeadFields);
        Assert.All(Open("fixed-fwd.fif").LeadFields, f => Assert.False(f.IsFixed));
        var full = Open("full-cov.fif").NoiseCovariances[0];
        Assert.Equal(mne.GetProperty("full").GetProperty("names").EnumerateArray().Select(n => n.GetString()!), full.Channels);
        Assert.Equal(mne.GetProperty("full").GetProperty("nfree").GetInt32(), full.DegreesOfFreedom);
        Assert.Equal(mne.GetProperty("full").GetProperty("data").EnumerateArray().Select(v => v.GetDouble()), Enumerable.Range(0, full.Channels.Count * full.Channels.Count).Select(i => full[i / full.Channels.Count, i % full.Channels.Count]));
        var diagonal = Open("diagonal-cov.fif").NoiseCovariances[0];
        Assert.True(diagonal.IsDiagonal);
        Assert.Equal(mne.GetProperty("diagonal").GetProperty("data").EnumerateArray().Select(v => v.GetDouble()), Enumerable.Range(0, diagonal.Channels.Count).Select(i => diagonal[i, i]));
        var layout = Open("x-dig.fif").Layouts[0];
        Assert.Equal(["EEG 001", "EEG 002", "head 1"], layout.Sensors.Select(s => s.Name));
        Assert.Equal((Frame.Head, 3), (layout.Frame, layout.Fiducials.Count));
        var annotated = Open("x-annot.fif").Recordings[0];
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1.6e9), annotated.Start);
        Assert.Equal([(1.0, 0.5, "one:two"), (2.5, 0, "Café")], annotated.Annotations.Select(a => (a.OnsetSeconds, a.DurationSeconds, a.Text)));
        Assert.Equal([new TriggerEvent(5, 0, 1), new(9, 1, 2)], Open("x-eve.fif").Events);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static void Gains(JsonElement theirs, IReadOnlyList<LeadField> ours)
    {
        double[][] rows = [.. ours.SelectMany(f => Enumerable.Range(0, f.Kinds.Count).Select(f.Row))];
        Assert.Equal(theirs.GetArrayLength(), rows.Length);
        foreach (var (wanted, found) in theirs.EnumerateArray().Zip(rows))
        {
            SharedData.AssertClose([.. wanted.EnumerateArray().Select(v => v.GetDouble())], found, 1e-6);
        }
    }

    private static void Points(JsonElement theirs, IReadOnlyList<Point3> ours)
    {
        Assert.Equal(theirs.GetArrayLength(), ours.Count);
        foreach (var (wanted, found) in theirs.EnumerateArray().Zip(ours))
        {
            Assert.True((new Point3(wanted[0].GetDouble(), wanted[1].GetDouble(), wanted[2].GetDouble()) - found).Norm < 1e-6);
        }
    }

    private Study Open(string name) => new FiffFormat().Open(folder[name]);

    private JsonElement RunMne()
    {
        Assert.SkipUnless(File.Exists(Python), "MNE-Python is not at hand");
        File.WriteAllText(folder["write.py"], Script);
        using var process = Process.Start(new ProcessStartInfo(Python, [folder["write.py"], folder.Path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(errors.Result.Contains("No module named 'mne'", StringComparison.Ordinal), "MNE-Python is not at hand");
        Assert.True(process.ExitCode == 0, errors.Result);
        return JsonDocument.Parse(output).RootElement;
    }
}
