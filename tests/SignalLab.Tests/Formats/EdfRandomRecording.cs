using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>Recordings of random samples, for files that our own writer makes.</summary>
internal static class EdfRandomRecording
{
    /// <summary>Channels of several rates over the given segments, with annotations of every sort.</summary>
    public static Recording Make(int seed, IReadOnlyList<double> ratesHz, params (double Onset, double Duration)[] segments)
    {
        var random = new Random(seed);
        var stored = segments.Sum(s => s.Duration);
        var samples = new List<double[]>();
        var channels = new List<Channel>();
        for (var c = 0; c < ratesHz.Count; c++)
        {
            var values = new double[(int)Math.Round(stored * ratesHz[c])];
            var (level, size) = (random.NextDouble() * 100, Math.Pow(10, random.Next(-1, 3)));
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = level + (size * ((2 * random.NextDouble()) - 1));
            }

            samples.Add(values);
            channels.Add(new Channel(c % 2 == 0 ? $"EEG C{c + 1}" : "dup", c % 2 == 0 ? ChannelKind.Eeg : ChannelKind.Other, c % 3 == 1 ? Unit.Parse("degC") : Unit.Microvolt, ratesHz[c], values.Length)
            {
                Transducer = "AgAgCl",
                Prefilter = "HP:0.1Hz",
            });
        }

        var end = segments[^1].Onset + segments[^1].Duration;
        return new Recording(channels, new MemorySamples(samples))
        {
            Segments = [.. segments.Select(s => new Segment(s.Onset, s.Duration))],
            Start = new DateTime(2019, 4, 3, 16, 0, 16).AddTicks(random.Next(10_000_000)),
            Subject = new Subject("P-7", "F") { Name = "Ada L", Birthdate = new DateOnly(1985, 6, 25) },
            Annotations =
            [
                new(0, 0, "Recording starts"),
                new(0.1 * end, 0.25, "spike é 仰卧"),
                new(0.1 * end, 0, "+1.140000"),
                new(0.1 * end, 1.5, "Limb movement", "EEG C1"),
                .. Enumerable.Range(0, 40).Select(i => new Annotation(Math.Round(0.5 * end, 3), 0, $"burst {i}")),
                new(0.3 * end, 0, "earlier, yet listed later"),
                new(end + 5, 0, "after the end"),
            ],
        };
    }
}
