using System.Text.Json;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Writers;

/// <summary>Readers that share no line with ours open what we write: MNE-Python, biosig, and NumPy by the letter of WFDB's manual. Skipped by name where they are not installed.</summary>
public sealed class IndependentReaderTests : IDisposable
{
    private const string Mne = """
        import sys, json, warnings
        import mne
        warnings.simplefilter('ignore'); mne.set_log_level('error')
        path = sys.argv[1]
        raw = dict(edf=mne.io.read_raw_edf, bdf=mne.io.read_raw_bdf)[path[-3:]](path)
        print(json.dumps(dict(names=raw.ch_names, rate=raw.info['sfreq'], data=raw.get_data().ravel().tolist(), date=raw.info['meas_date'].timestamp(),
                              annotations=[[a['onset'], a['duration'], a['description']] for a in raw.annotations])))
        """;

    private const string Biosig = """
        import sys, json
        import biosig
        path = sys.argv[1]
        header = biosig.header(path)
        # biosig forgets a comma in what it says of BrainVision headers.
        labels = None if path.endswith('.vhdr') else [c['Label'] for c in json.loads(header)['CHANNEL']]
        events = None if labels is None else [[e['POS'], e['DUR'], e.get('Description')] for e in json.loads(header)['EVENT']]
        print(json.dumps(dict(labels=labels, events=events, data=biosig.data(path).tolist())))
        """;

    // header(5), signal(5), annot(5): fields by position, samples and annotations bit by bit.
    private const string Wfdb = """
        import sys, json
        import numpy as np
        base = sys.argv[1]
        lines = [l.split() for l in open(base + '.hea', encoding='utf-8') if l.strip() and l[0] != '#']
        count, rate, frames = int(lines[0][1]), float(lines[0][2]), int(lines[0][3])
        code = int(lines[1][1])
        b = np.fromfile(base + '.dat', np.uint8).astype(np.int64)
        if code == 16:
            v = b[0::2] | b[1::2] << 8; v = np.where(v > 32767, v - 65536, v)
        elif code == 24:
            v = b[0::3] | b[1::3] << 8 | b[2::3] << 16; v = np.where(v > 8388607, v - 16777216, v)
        elif code == 212:
            b = np.append(b, [0] * (-len(b) % 3)); first = b[0::3] | (b[1::3] & 15) << 8; second = b[2::3] | (b[1::3] >> 4) << 8
            v = np.stack([first, second], 1).ravel(); v = np.where(v > 2047, v - 4096, v)
        v = v[:count * frames].reshape(frames, count)
        gains = [f[2].split('/')[0] for f in lines[1:1 + count]]
        data = [((v[:, i] - int(g.split('(')[1][:-1])) / float(g.split('(')[0])).tolist() for i, g in enumerate(gains)]
        sums = [int(np.int16((v[:, i].sum() & 65535) - (65536 if v[:, i].sum() & 32768 else 0))) == int(lines[1 + i][6]) and int(lines[1 + i][5]) == int(v[0, i]) for i in range(count)]
        a = np.fromfile(base + '.atr', np.uint8).tolist(); at = time = 0; notes = []
        while True:
            word = a[at] | a[at + 1] << 8; at += 2; kind, n = word >> 10, word & 1023
            if word == 0: break
            if kind == 59:
                high, low = a[at] | a[at + 1] << 8, a[at + 2] | a[at + 3] << 8; at += 4
                time += (high << 16 | low) - (1 << 32 if high & 32768 else 0)
            elif kind == 63:
                notes[-1][2] = bytes(a[at:at + n]).decode(); at += n + (n & 1)
            elif kind < 50:
                time += n; notes.append([time, kind, ''])
        print(json.dumps(dict(code=code, rate=rate, names=[' '.join(f[8:]) for f in lines[1:1 + count]], data=data, sums=sums, notes=notes)))
        """;

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData(".edf")]
    [InlineData(".bdf")]
    public void Mne_reads_our_edf_and_bdf(string ending)
    {
        var original = Potentials();
        KnownWriters.Write([original], folder["ours" + ending]);
        var seen = Python.Run("mne", Mne, folder["ours" + ending]);
        AssertSeen(original, seen.GetProperty("names"), seen.GetProperty("rate").GetDouble(), seen.GetProperty("data").Doubles(), 1e-6);
        Assert.Equal((original.Start!.Value - DateTime.UnixEpoch).TotalSeconds, seen.GetProperty("date").GetDouble(), 1);
        Assert.Equal(
            original.Annotations.Select(a => (a.OnsetSeconds, a.DurationSeconds, a.Text)),
            seen.GetProperty("annotations").EnumerateArray().Select(a => (Math.Round(a[0].GetDouble(), 6), Math.Round(a[1].GetDouble(), 6), a[2].GetString()!)));
    }

    [Theory]
    [InlineData(".edf")]
    [InlineData(".bdf")]
    [InlineData(".vhdr")]
    public void Biosig_reads_our_edf_bdf_and_brainvision(string ending)
    {
        // biosig's own text is ASCII, and of an empty transducer it prints what lies behind it in memory.
        var plain = Potentials();
        var original = plain with { Channels = [.. plain.Channels.Select(c => c with { Transducer = "AgAgCl" })], Annotations = [new(0.5, 1.25, "spike"), new(3, 0, "S  1")] };
        KnownWriters.Write([original], folder["ours" + ending]);
        var seen = Python.Run("biosig", Biosig, folder["ours" + ending]);
        var rows = seen.GetProperty("data").EnumerateArray().Select(r => r.Doubles()).ToArray();
        Assert.Equal(original.Channels[0].SampleCount, rows.Length);
        for (var c = 0; c < original.Channels.Count; c++)
        {
            SharedData.AssertClose(original.ReadAll(c), [.. rows.Select(r => r[c])], 1e-5);
        }

        if (ending != ".vhdr")
        {
            Assert.Equal(original.Channels.Select(c => c.Label), seen.GetProperty("labels").EnumerateArray().Take(3).Select(l => l.GetString()));
            Assert.Equal(
                original.Annotations.Select(a => (a.OnsetSeconds, a.DurationSeconds, a.Text)),
                seen.GetProperty("events").EnumerateArray().Select(e => (Math.Round(e[0].GetDouble(), 2), Math.Round(e[1].GetDouble(), 2), e[2].GetString()!)));
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(212)]
    public void The_manual_alone_is_enough_to_read_our_wfdb_records(int code)
    {
        var largest = code switch { 16 => 32767, 24 => 8388607, _ => 2047 };
        var random = new Random(code);
        var steps = new Calibration(0.005, 0.5, -largest, largest, 0, 0);
        double[][] samples = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 1001).Select(_ => (random.Next(-largest, largest) * 0.005) + 0.5).ToArray())];
        var original = new Recording([.. samples.Select((s, i) => new Channel($"lead {i}", ChannelKind.Ecg, Unit.Millivolt, 360, s.Length) { Calibration = steps })], new MemorySamples(samples))
        {
            Annotations = [new(0.5, 0, "N"), new(1, 0, "V"), new(2.5, 0, "+ (AFIB"), new(2.75, 0, "lead off é"), new(400, 0, "N")],
        };
        SignalLab.Formats.Wfdb.WfdbWriter.Write(original, folder["ours.hea"], (SignalLab.Formats.Wfdb.WfdbStorage)code);
        var seen = Python.Run("numpy", Wfdb, folder["ours"]);
        Assert.Equal((code, 360.0), (seen.GetProperty("code").GetInt32(), seen.GetProperty("rate").GetDouble()));
        Assert.Equal(original.Channels.Select(c => c.Label), seen.GetProperty("names").EnumerateArray().Select(n => n.GetString()));
        Assert.All(samples.Zip(seen.GetProperty("data").EnumerateArray()), p => SharedData.AssertClose(p.First, p.Second.Doubles(), 1e-12));
        Assert.All(seen.GetProperty("sums").EnumerateArray(), s => Assert.True(s.GetBoolean()));
        Assert.Equal(
            [(180, 1, ""), (360, 5, ""), (900, 28, "(AFIB"), (990, 22, "lead off é"), (144_000, 1, "")],
            seen.GetProperty("notes").EnumerateArray().Select(n => (n[0].GetInt32(), n[1].GetInt32(), n[2].GetString()!)));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static void AssertSeen(Recording original, JsonElement names, double rate, double[] volts, double tolerance)
    {
        Assert.Equal(original.Channels.Select(c => c.Label), names.EnumerateArray().Select(n => n.GetString()));
        Assert.Equal(original.CommonRateHz!.Value, rate, 1e-9);
        var count = (int)original.Channels[0].SampleCount;
        for (var c = 0; c < original.Channels.Count; c++)
        {
            var factor = original.Channels[c].Unit.To(Unit.Volt).Factor;
            SharedData.AssertClose([.. original.ReadAll(c).Select(v => v * factor)], volts.AsSpan(c * count, count), tolerance);
        }
    }

    // On steps of its own: 0.1 uV of 16 bits.
    private static Recording Potentials()
    {
        var random = new Random(11);
        double[][] samples = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 2560).Select(_ => random.Next(-32768, 32768) * 0.1).ToArray())];
        var steps = new Calibration(0.1, 0, short.MinValue, short.MaxValue, -3276.8, 3276.7);
        return new([.. new[] { "Fp1", "Cz", "O2" }.Select(l => new Channel(l, ChannelKind.Eeg, Unit.Microvolt, 256, 2560) { Calibration = steps })], new MemorySamples(samples))
        {
            Start = new DateTime(2021, 3, 4, 5, 6, 7),
            Annotations = [new(0.5, 1.25, "spike é 仰卧"), new(3, 0, "S  1"), new(9.75, 0.125, "end, of it")],
            Subject = new Subject("P7", "F"),
        };
    }
}
