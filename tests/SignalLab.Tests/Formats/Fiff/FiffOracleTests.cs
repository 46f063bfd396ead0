using System.Globalization;
using System.Text.Json;
using SignalLab.Analysis.Projections;
using SignalLab.Formats.Fiff;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

/// <summary>What an independent reader (MNE-Python 1.3) says of the real files.</summary>
public class FiffOracleTests
{
    public static TheoryData<string> RawFiles => Entries("meg/oracles/io_raw.json");

    public static TheoryData<string> EvokedFiles => Entries("meg/oracles/io_evoked.json");

    [Theory]
    [MemberData(nameof(RawFiles))]
    public void Raw_recordings_agree_with_an_independent_reader(string name)
    {
        var expected = SharedData.Oracle("meg/oracles/io_raw.json").GetProperty("files").GetProperty(name);
        var study = new FiffFormat().Open(SharedData.File("meg/" + name));
        var recording = Assert.Single(study.Recordings);

        AssertInformation(expected, recording);
        Assert.All(recording.Channels, c => Assert.Equal(expected.GetProperty("n_times").GetInt64(), c.SampleCount));
        Assert.Equal(expected.GetProperty("duration_s").GetDouble(), recording.DurationSeconds, 1e-8);
        Assert.Equal(expected.GetProperty("annotations").GetArrayLength(), recording.Annotations.Count);
        var date = Date(expected.GetProperty("meas_date"));
        var first = expected.GetProperty("first_samp").GetInt32() / expected.GetProperty("sfreq").GetDouble();
        Assert.True(Math.Abs((recording.Start!.Value - date!.Value).TotalSeconds - first) < 1e-5);
        Assert.Equal(DateTimeKind.Utc, recording.Start.Value.Kind);
        AssertSamples(expected, recording, expected.GetProperty("orig_format").GetString() == "single" ? 1e-6 : 1e-9);
    }

    [Theory]
    [MemberData(nameof(EvokedFiles))]
    public void Averages_agree_with_an_independent_reader(string name)
    {
        var expected = SharedData.Oracle("meg/oracles/io_evoked.json").GetProperty("files").GetProperty(name);
        var study = new FiffFormat().Open(SharedData.File("meg/" + name));
        var conditions = expected.GetProperty("conditions");

        Assert.Equal(conditions.GetArrayLength(), study.Recordings.Count);
        foreach (var (condition, stored) in conditions.EnumerateArray().Zip(study.Recordings))
        {
            // The reference applied the projectors that came with the file.
            var recording = stored.ApplyProjectors();
            AssertInformation(expected.GetProperty("info"), recording);
            Assert.Equal(Date(expected.GetProperty("info").GetProperty("meas_date")), recording.Start);
            Assert.Equal(condition.GetProperty("comment").GetString(), recording.Evoked!.Condition);
            Assert.Equal(condition.GetProperty("nave").GetInt32(), recording.Evoked.AverageCount);
            Assert.Equal(condition.GetProperty("first").GetInt32(), recording.Evoked.FirstLatencySeconds * recording.CommonRateHz!.Value, 1e-9);
            Assert.Equal(condition.GetProperty("n_times").GetInt32(), recording.Channels[0].SampleCount);
            Assert.Equal(
                condition.GetProperty("baseline") is { ValueKind: JsonValueKind.Array } b ? (b[0].GetDouble(), b[1].GetDouble()) : null,
                recording.Evoked.Baseline);
            AssertSamples(condition, recording, 1e-6);
            foreach (var peak in condition.GetProperty("peaks").EnumerateObject())
            {
                var channel = IndexOf(recording, peak.Value[0].GetString()!);
                var sample = (int)Math.Round((peak.Value[1].GetDouble() - recording.Evoked.FirstLatencySeconds) * recording.CommonRateHz!.Value);
                Assert.Equal(1, recording.ReadAll(channel)[sample] / peak.Value[2].GetDouble(), 1e-6);
            }
        }
    }

    private static void AssertInformation(JsonElement expected, Recording recording)
    {
        Assert.Equal(expected.GetProperty("sfreq").GetDouble(), recording.CommonRateHz!.Value, 1e-5);
        Assert.Equal(expected.GetProperty("nchan").GetInt32(), recording.Channels.Count);
        Assert.Equal(expected.GetProperty("bads").EnumerateArray().Select(b => b.GetString()!).Order(), recording.Channels.Where(c => c.IsBad).Select(c => c.Label).Order());
        Assert.Equal(expected.GetProperty("line_freq") is { ValueKind: JsonValueKind.Number } line ? line.GetDouble() : null, recording.LineFrequencyHz);
        foreach (var (channel, found) in expected.GetProperty("channels").EnumerateArray().Zip(recording.Channels))
        {
            Assert.Equal(channel[0].GetString(), found.Label);
            Assert.Equal(Kinds[channel[1].GetString()!], found.Kind);
            Assert.Equal(channel[4].GetInt32() switch { 107 => "V", 112 => "T", 201 => "T/m", _ => "?" }, found.Unit.Symbol);
            Assert.Equal(channel[3].GetInt32() & 0xffff, found.Sensor?.Coil?.CoilType ?? channel[3].GetInt32());
            Assert.Equal(found.Sensor is null ? null : channel[5].GetInt32() == 1 ? Frame.Device : Frame.Head, found.Frame);
        }

        foreach (var location in expected.GetProperty("loc").EnumerateObject())
        {
            AssertLocation([.. location.Value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())], recording.Channels[IndexOf(recording, location.Name)]);
        }

        AssertTransform(expected.GetProperty("dev_head_t"), recording);
        foreach (var (projector, found) in expected.GetProperty("projs").EnumerateArray().Zip(recording.Projectors, (a, b) => (a, b)))
        {
            Assert.Equal((projector.GetProperty("desc").GetString(), projector.GetProperty("active").GetBoolean()), (found.Name, found.IsActive));
            Assert.Equal((projector.GetProperty("nrow").GetInt32(), projector.GetProperty("ncol").GetInt32()), (found.Vectors.Count, found.Channels.Count));
            Assert.All(projector.GetProperty("first8").EnumerateArray().Zip(found.Vectors[0]), p => Assert.Equal(p.First.GetDouble(), p.Second, 1e-7));
        }

        Assert.Equal(expected.GetProperty("projs").GetArrayLength(), recording.Projectors.Count);
        if (expected.TryGetProperty("dig_first6", out var points))
        {
            Point3[] all = [.. recording.Fiducials.Select(f => f.PositionMetres), .. recording.HeadShape];
            Assert.Equal(points.EnumerateArray().Count(p => p[0].GetInt32() == 1), recording.Fiducials.Count);
            Assert.True(all.Length <= expected.GetProperty("n_dig").GetInt32());
            Assert.All(points.EnumerateArray().Where(p => p[0].GetInt32() is 1 or 4), p => Assert.Contains(
                all, q => new[] { q.X, q.Y, q.Z }.Zip(p[2].EnumerateArray()).All(pair => Math.Abs(pair.First - pair.Second.GetDouble()) < 1e-6)));
        }
    }

    private static void AssertLocation(double[] expected, Channel channel)
    {
        if (channel.Sensor is not { } sensor)
        {
            Assert.True(channel.Kind is not (ChannelKind.Mag or ChannelKind.Grad or ChannelKind.RefMeg), channel.Label);
            Assert.True(channel.Kind != ChannelKind.Eeg || expected[..3].All(v => v == 0 || double.IsNaN(v)));
            return;
        }

        double[] found = [sensor.PositionMetres.X, sensor.PositionMetres.Y, sensor.PositionMetres.Z];
        if (sensor.Coil is { } coil)
        {
            found = [.. found, .. new[] { coil.Ex, coil.Ey, coil.Ez }.SelectMany(a => new[] { a.X, a.Y, a.Z })];
        }

        Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-6));
    }

    private static void AssertTransform(JsonElement expected, Recording recording)
    {
        var found = recording.Transforms.FirstOrDefault(t => t.From == Frame.Device && t.To == Frame.Head);
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(found);
            return;
        }

        Assert.All(expected.EnumerateArray().SelectMany(r => r.EnumerateArray()).Zip(found!.Matrix.ToArray()), p => Assert.Equal(p.First.GetDouble(), p.Second, 1e-7));
    }

    private static void AssertSamples(JsonElement expected, Recording recording, double tolerance)
    {
        var middle = expected.GetProperty("middle_index").GetInt32();
        foreach (var channel in expected.GetProperty("samples_si").EnumerateObject())
        {
            var values = recording.ReadAll(IndexOf(recording, channel.Name));
            foreach (var (name, from) in new[] { ("first", 0), ("middle", middle), ("last", values.Length - 8) })
            {
                double[] reference = [.. channel.Value.GetProperty(name).EnumerateArray().Select(v => v.GetDouble())];

                // The reference prints 9 significant digits.
                var halfLastDigit = 0.5 * Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1e-300, reference.Max(Math.Abs)))) - 8);
                SharedData.AssertClose(reference, values.AsSpan(from, reference.Length), tolerance, halfLastDigit);
            }

            Assert.Equal(channel.Value.GetProperty("mean").GetDouble(), values.Average(), 1e-8 * values.Max(Math.Abs));
        }
    }

    private static readonly Dictionary<string, ChannelKind> Kinds = new()
    {
        ["mag"] = ChannelKind.Mag,
        ["grad"] = ChannelKind.Grad,
        ["ref_meg"] = ChannelKind.RefMeg,
        ["eeg"] = ChannelKind.Eeg,
        ["eog"] = ChannelKind.Eog,
        ["ecg"] = ChannelKind.Ecg,
        ["emg"] = ChannelKind.Emg,
        ["stim"] = ChannelKind.Stim,
        ["misc"] = ChannelKind.Misc,
    };

    private static int IndexOf(Recording recording, string label) => Enumerable.Range(0, recording.Channels.Count).First(c => recording.Channels[c].Label == label);

    private static DateTime? Date(JsonElement text) =>
        text.GetString() is "None" or null ? null : DateTime.Parse(text.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    private static TheoryData<string> Entries(string oracle)
    {
        var data = new TheoryData<string>();
        if (SharedData.Folder is not null)
        {
            foreach (var file in SharedData.Oracle(oracle).GetProperty("files").EnumerateObject().Where(f => f.Name.Contains(".fif", StringComparison.Ordinal)))
            {
                data.Add(file.Name);
            }
        }

        return data;
    }
}
