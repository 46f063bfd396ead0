using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Meg;

/// <summary>What an independent reader (MNE-Python 1.3) says of a recording, and the rules it is compared by.</summary>
internal sealed class MegOracle(string name)
{
    private readonly JsonElement expected = SharedData.Oracle("meg/oracles/io_raw.json").GetProperty("files").GetProperty(name);

    /// <summary>Names, kinds, coil types, units as FIFF numbers, in the reader's order.</summary>
    public IReadOnlyList<(string Name, string Kind, int Coil, int Unit)> Channels =>
        [.. expected.GetProperty("channels").EnumerateArray().Select(c => (c[0].GetString()!, c[1].GetString()!, c[3].GetInt32() & 0xffff, c[4].GetInt32()))];

    public long SampleCount => expected.GetProperty("n_times").GetInt64();

    public double RateHz => expected.GetProperty("sfreq").GetDouble();

    public string[] Bad => [.. expected.GetProperty("bads").EnumerateArray().Select(b => b.GetString()!).Order()];

    public DateTime Date => DateTime.Parse(expected.GetProperty("meas_date").GetString()!, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);

    /// <summary>Rate, counts, samples, places and the transform to the head.</summary>
    /// <param name="recording">What was read.</param>
    /// <param name="indexOf">Its channel of a name of the reader.</param>
    public void AssertAgrees(Recording recording, Func<string, int> indexOf)
    {
        Assert.Equal(RateHz, recording.CommonRateHz!.Value, 1e-5);
        Assert.All(recording.Channels, c => Assert.Equal(SampleCount, c.SampleCount));
        Assert.Equal(expected.GetProperty("duration_s").GetDouble(), recording.DurationSeconds, 1e-7);
        Assert.Equal(expected.GetProperty("annotations").GetArrayLength(), recording.Annotations.Count);
        foreach (var (channel, location) in expected.GetProperty("loc").EnumerateObject().Select(l => (l.Name, l.Value)).Where(l => indexOf(l.Name) >= 0))
        {
            AssertPlace([.. location.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())], recording.Channels[indexOf(channel)]);
        }

        var middle = expected.GetProperty("middle_index").GetInt32();
        foreach (var channel in expected.GetProperty("samples_si").EnumerateObject().Where(c => indexOf(c.Name) >= 0))
        {
            var values = recording.ReadAll(indexOf(channel.Name));
            foreach (var (part, from) in new[] { ("first", 0), ("middle", middle), ("last", values.Length - 8) })
            {
                double[] reference = [.. channel.Value.GetProperty(part).EnumerateArray().Select(v => v.GetDouble())];
                SharedData.AssertClose(reference, values.AsSpan(from, reference.Length), 1e-8, 0.5 * Math.Pow(10, Math.Floor(Math.Log10(Math.Max(1e-300, reference.Max(Math.Abs)))) - 8));
            }

            Assert.Equal(channel.Value.GetProperty("mean").GetDouble(), values.Average(), 1e-8 * values.Max(Math.Abs));
        }
    }

    public void AssertTransform(Recording recording)
    {
        var found = recording.Transforms.Single(t => t.From == Frame.Device && t.To == Frame.Head);
        Assert.All(expected.GetProperty("dev_head_t").EnumerateArray().SelectMany(r => r.EnumerateArray()).Zip(found.Matrix.ToArray()), p => Assert.Equal(p.First.GetDouble(), p.Second, 1e-6));
    }

    public void AssertPoints(Recording recording, int headShape)
    {
        Assert.Equal(3, recording.Fiducials.Count);
        Assert.Equal(headShape, recording.HeadShape.Count);
        Point3[] all = [.. recording.Fiducials.Select(f => f.PositionMetres), .. recording.HeadShape];
        Assert.All(expected.GetProperty("dig_first6").EnumerateArray().Where(p => p[0].GetInt32() is 1 or 4), p => Assert.Contains(
            all, q => new[] { q.X, q.Y, q.Z }.Zip(p[2].EnumerateArray()).All(pair => Math.Abs(pair.First - pair.Second.GetDouble()) < 1e-6)));
    }

    private static void AssertPlace(double[] place, Channel channel)
    {
        if (channel.Sensor is not { Coil: { } coil } sensor)
        {
            Assert.True(channel.Kind is not (ChannelKind.Mag or ChannelKind.Grad or ChannelKind.RefMeg), channel.Label);
            return;
        }

        double[] found = [sensor.PositionMetres.X, sensor.PositionMetres.Y, sensor.PositionMetres.Z, .. new[] { coil.Ex, coil.Ey, coil.Ez }.SelectMany(a => new[] { a.X, a.Y, a.Z })];
        Assert.All(place.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-6));
    }
}
