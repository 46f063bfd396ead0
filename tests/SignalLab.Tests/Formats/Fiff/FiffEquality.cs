using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

/// <summary>Equality of a written copy: all that FIFF can hold, samples within the precision of 32-bit floats.</summary>
internal static class FiffEquality
{
    public static void AssertSame(Study expected, Study actual)
    {
        Assert.Equal(expected.Recordings.Count, actual.Recordings.Count);
        foreach (var (a, b) in expected.Recordings.Zip(actual.Recordings))
        {
            AssertSame(a, b);
        }
    }

    public static void AssertSame(Recording a, Recording b)
    {
        Assert.Equal(a.Channels.Select(Seen), b.Channels.Select(Seen));
        Assert.Equal(a.Segments.Count, b.Segments.Count);
        Assert.All(a.Segments.Zip(b.Segments), s => Assert.True(Math.Abs(s.First.OnsetSeconds - s.Second.OnsetSeconds) + Math.Abs(s.First.DurationSeconds - s.Second.DurationSeconds) < 1e-9));
        Assert.Equal(a.Annotations.Select(n => (n.Text, n.Channel, Math.Round(n.OnsetSeconds, 9), Math.Round(n.DurationSeconds, 9))), b.Annotations.Select(n => (n.Text, n.Channel, Math.Round(n.OnsetSeconds, 9), Math.Round(n.DurationSeconds, 9))));

        // Dates are kept to the microsecond.
        Assert.True(Math.Abs(((a.Start ?? DateTime.UnixEpoch) - (b.Start ?? DateTime.UnixEpoch)).Ticks) < 10 && a.Start.HasValue == b.Start.HasValue);
        Assert.Equal((a.Subject.Id, a.Subject.Sex, a.Subject.Name, a.Subject.Birthdate), (b.Subject.Id, b.Subject.Sex, b.Subject.Name, b.Subject.Birthdate));
        Assert.Equal(a.LineFrequencyHz, b.LineFrequencyHz);
        AssertNear(a.Fiducials.Select(f => f.PositionMetres), b.Fiducials.Select(f => f.PositionMetres));
        Assert.Equal(a.Fiducials.Select(f => f.Name), b.Fiducials.Select(f => f.Name));
        AssertNear(a.HeadShape, b.HeadShape);
        foreach (var (x, y) in a.Channels.Zip(b.Channels).Where(p => p.First.Sensor is not null))
        {
            AssertNear([x.Sensor!.PositionMetres], [y.Sensor!.PositionMetres]);
            Assert.Equal(x.Sensor.Coil?.CoilType, y.Sensor.Coil?.CoilType);
            AssertNear(Axes(x.Sensor), Axes(y.Sensor));
        }

        Assert.Equal(a.Transforms.Select(t => (t.From, t.To)), b.Transforms.Select(t => (t.From, t.To)));
        Assert.All(a.Transforms.Zip(b.Transforms).SelectMany(t => t.First.Matrix.ToArray().Zip(t.Second.Matrix.ToArray())), p => Assert.Equal(p.First, p.Second, 1e-7));
        Assert.Equal(a.Projectors.Select(p => (p.Name, p.IsActive, string.Join(';', p.Channels))), b.Projectors.Select(p => (p.Name, p.IsActive, string.Join(';', p.Channels))));
        Assert.All(a.Projectors.Zip(b.Projectors).SelectMany(p => p.First.Vectors.Zip(p.Second.Vectors)).SelectMany(v => v.First.Zip(v.Second)), p => Assert.Equal(p.First, p.Second, 1e-7));
        Assert.Equal(a.Compensations.Select(c => (c.Name, c.Grade, string.Join(';', c.Coefficients.Rows), string.Join(';', c.Coefficients.Columns))), b.Compensations.Select(c => (c.Name, c.Grade, string.Join(';', c.Coefficients.Rows), string.Join(';', c.Coefficients.Columns))));
        foreach (var (x, y) in a.Compensations.Zip(b.Compensations))
        {
            AssertNear([.. x.Coefficients.Values.SelectMany(v => v)], [.. y.Coefficients.Values.SelectMany(v => v)]);
        }

        Assert.Equal(
            a.Evoked is { } e ? (e.Condition, e.AverageCount, (float)e.FirstLatencySeconds, (float?)e.Baseline?.From, (float?)e.Baseline?.To, e.StandardError is null) : default,
            b.Evoked is { } f ? (f.Condition, f.AverageCount, (float)f.FirstLatencySeconds, (float?)f.Baseline?.From, (float?)f.Baseline?.To, f.StandardError is null) : default);
        for (var c = 0; c < a.Channels.Count; c++)
        {
            AssertNear(a.ReadAll(c), b.ReadAll(c));
            if (a.Evoked?.StandardError is { } error)
            {
                AssertNear((a with { Samples = error }).ReadAll(c), (b with { Samples = b.Evoked!.StandardError! }).ReadAll(c));
            }
        }
    }

    private static (string Label, ChannelKind Kind, Unit Unit, double RateHz, long SampleCount, bool IsBad, int? Grade, Frame? Frame, string Prefilter) Seen(Channel c) =>
        (c.Label, c.Kind, c.Unit, c.RateHz, c.SampleCount, c.IsBad, c.CompensationGrade, c.Frame, c.Prefilter);

    private static IEnumerable<Point3> Axes(Sensor sensor) => sensor.Coil is { } coil ? [coil.Ex, coil.Ey, coil.Ez] : [];

    private static void AssertNear(IEnumerable<Point3> expected, IEnumerable<Point3> actual)
    {
        Assert.Equal(expected.Count(), actual.Count());
        Assert.All(expected.Zip(actual), p => Assert.True((p.First - p.Second).Norm < 1e-7));
    }

    // 24-bit mantissa: half a unit in the last place is 6e-8 of the value.
    private static void AssertNear(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 6e-8 * Math.Abs(expected[i]) || expected[i].Equals(actual[i]), FormattableString.Invariant($"{i}: {expected[i]:R} {actual[i]:R}"));
        }
    }
}
