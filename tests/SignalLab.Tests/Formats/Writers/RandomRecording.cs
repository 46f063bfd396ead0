using SignalLab.Model;

namespace SignalLab.Tests.Formats.Writers;

/// <summary>Recordings of every sort, from a seed: odd rates, gaps, labels of any script, extreme values, many annotations, no samples at all.</summary>
internal static class RandomRecording
{
    private static readonly double[] Rates = [1, 12.8, 100, 250, 256, 599.88, 1000, 2048, 1 / 3.0];
    private static readonly string[] Labels = ["Fp1", "Fp2", "Cz", "EEG é", "仰卧", "dup", "dup", "II", "C,z", "a \"quoted\"", "time_s", "x[y]"];
    private static readonly string[] Texts = ["QRS", "N", "Stimulus/S  1", "spike é 仰卧", "a, comma", "tab\tinside", "boundary", "@@odd", "x:y", ""];
    private static readonly string[] Units = ["uV", "mV", "V", "degC", "mmHg", "", "furlong", "T"];

    public static Recording Of(int seed)
    {
        var random = new Random(seed);
        var rate = Rates[random.Next(Rates.Length)];
        int[] counts = [.. Enumerable.Range(0, random.Next(5) == 0 ? 3 : 1).Select(_ => random.Next(8) == 0 ? random.Next(3) : random.Next(1, 400))];
        var total = counts.Sum();
        var segments = new List<Segment>();
        for (var s = 0; s < counts.Length; s++)
        {
            var gap = s == 0 ? 0 : (random.Next(2) == 0 ? random.Next(1, 5000) : random.NextDouble() * 100) / rate;
            segments.Add(new((s == 0 ? 0 : segments[^1].EndSeconds) + gap, counts[s] / rate));
        }

        // Time is counted from the first sample.
        segments.RemoveAll(s => s.DurationSeconds == 0);
        segments = [.. segments.Select(s => s with { OnsetSeconds = s.OnsetSeconds - segments[0].OnsetSeconds })];
        var (channels, samples) = (new List<Channel>(), new List<double[]>());
        foreach (var label in Enumerable.Range(0, random.Next(1, 6)).Select(_ => Labels[random.Next(Labels.Length)]).ToArray())
        {
            var steps = random.Next(2) == 0 ? new Calibration(0.25, 0, -32768, 32767, -8192, 8191.75) : null;
            var unit = Unit.Parse(Units[random.Next(random.Next(2) == 0 ? 1 : Units.Length)]);
            samples.Add([.. Enumerable.Range(0, total).Select(_ => Value(random, steps, seed % 3 == 0))]);
            channels.Add(new(label, random.Next(2) == 0 ? ChannelKind.Eeg : (ChannelKind)random.Next(21), unit, rate, total)
            {
                Calibration = steps,
                IsBad = random.Next(6) == 0,
                Sensor = random.Next(3) == 0 ? new Sensor(label, new(random.NextDouble() * 0.1, 0.05, 0.02)) : null,
                Prefilter = random.Next(3) == 0 ? "HP:0.1Hz" : "",
            });
        }

        channels = [.. channels.Select(c => c.Sensor is null ? c : c with { Frame = Frame.Head })];
        var end = segments.Count == 0 ? 0 : segments[^1].EndSeconds;
        return new(channels, new MemorySamples(samples))
        {
            Segments = segments,
            Start = random.Next(4) == 0 ? null : new DateTime(1985 + random.Next(50), 2, 28, 23, 59, 59).AddTicks(10 * random.Next(1_000_000)),
            Annotations = [.. Enumerable.Range(0, random.Next(3) == 0 ? random.Next(200) : random.Next(4)).Select(_ => new Annotation(
                (random.NextDouble() * (end + 2)) - 1, random.Next(2) == 0 ? 0 : random.NextDouble(), Texts[random.Next(Texts.Length)], random.Next(4) == 0 ? channels[0].Label : null))],
            Subject = random.Next(2) == 0 ? Subject.Unknown : new Subject("P 7", "F", 54.5) { Name = "Ada é L", Birthdate = random.Next(2) == 0 ? new DateOnly(1971, 3, 4) : null },
            Comments = random.Next(3) == 0 ? ["a comment", "two\nlines"] : [],
        };
    }

    private static double Value(Random random, Calibration? steps, bool isWild) => random.Next(isWild ? 40 : int.MaxValue) switch
    {
        0 => double.NaN,
        1 when steps is null => 1e6,
        2 => -0.0,
        _ => steps is { } s ? s.Gain * random.Next(-32768, 32768) : (random.NextDouble() - 0.5) * 200,
    };
}
