using SignalLab.Model;

namespace SignalLab.Tests.Formats.Fiff;

/// <summary>Random recordings with everything that FIFF can hold.</summary>
internal static class FiffSamples
{
    public static Recording Raw(int seed, int samples = 3000, double rateHz = 250)
    {
        var random = new Random(seed);
        Channel[] channels =
        [
            Coil(random, "MEG 0111", ChannelKind.Mag, Unit.Tesla, 3024) with { CompensationGrade = 3 },
            Coil(random, "MEG 0112", ChannelKind.Grad, Unit.TeslaPerMetre, 3012) with { IsBad = true, CompensationGrade = 3 },
            Coil(random, "BG1-2908", ChannelKind.RefMeg, Unit.Tesla, 5002), Electrode(random, "Fp1"), Electrode(random, "an electrode: µ, of a long name"),
            new("EOG 061", ChannelKind.Eog, Unit.Volt, 1, 1), new("STI 014", ChannelKind.Stim, Unit.One, 1, 1), new("Temp", ChannelKind.Temp, Unit.Parse("Cel"), 1, 1),
        ];
        channels = [.. channels.Select(c => c with { RateHz = rateHz, SampleCount = samples, Prefilter = c.Kind == ChannelKind.Stim ? "" : "HP:0.1Hz LP:100Hz" })];
        double[][] values = [.. channels.Select(c => Enumerable.Range(0, samples).Select(t => c.Kind == ChannelKind.Stim ? random.Next(1 << 16) : Scale(c.Kind) * (random.NextDouble() - 0.5)).ToArray())];
        return new(channels, new MemorySamples(values))
        {
            Start = new DateTime(2024, 2, 29, 13, 5, 7, DateTimeKind.Utc).AddMicroseconds(123456),
            Annotations = [new(0.5, 2, "bad: muscle"), new(3.25, 0, "Café", "Fp1"), new(-1, 0, "before")],
            Subject = new("P7", "F") { Name = "Ada B. Doe", Birthdate = new(1985, 12, 10) },
            Fiducials = [new("lpa", new(-0.071, 0, 0)), new("nasion", new(0, 0.102, 0)), new("rpa", new(0.075, 0, 0))],
            HeadShape = [new(0.01, 0.02, 0.12), new(-0.03, 0.05, 0.09)],
            Transforms = [new(Frame.Device, Frame.Head, Affine.FromColumns(new(0.8, 0.6, 0), new(-0.6, 0.8, 0), new(0, 0, 1), new(0.001, -0.005, 0.045)))],
            Projectors =
            [
                new("PCA-v1", ["MEG 0111", "BG1-2908"], [[0.6, 0.8], [0.8, -0.6]], false),
                new("Average EEG reference", ["Fp1", "an electrode: µ, of a long name"], [[Math.Sqrt(0.5), Math.Sqrt(0.5)]], true),
            ],
            Compensations = [new("G1BR", 1, new(["MEG 0111", "MEG 0112"], ["BG1-2908"], [[0.25], [-1.5]])), new("G3BR", 3, new(["MEG 0112"], ["BG1-2908"], [[2]]))],
            LineFrequencyHz = 50,
        };
    }

    public static Recording WithGaps(int seed)
    {
        var raw = Raw(seed);
        return raw with { Segments = [new(0, 4), new(4 + (997 / 250.0), 5), new(60, 3)] };
    }

    public static IReadOnlyList<Recording> Evoked(int seed) =>
    [
        Average(seed, "left", 41, (-0.2, 0), Raw(seed + 9, 175).Samples),
        Average(seed + 1, "right × 0.5", 17, null, null),
        Average(seed + 2, "right × 0.5 (standard error)", 17, null, null),
    ];

    private static Recording Average(int seed, string name, double count, (double, double)? baseline, ISampleSource? error) =>
        Raw(seed, 175) with { Channels = Raw(0, 175).Channels, Annotations = [], Evoked = new(name, count, -50 / 250.0, baseline, error) };

    private static Channel Coil(Random random, string name, ChannelKind kind, Unit unit, int type)
    {
        var z = new Point3(random.NextDouble(), random.NextDouble() - 0.5, random.NextDouble() - 0.5).Unit();
        var x = z.Cross(new(0, 0, 1)).Unit();
        return new(name, kind, unit, 1, 1) { Sensor = new(name, new(0.1 * random.NextDouble(), 0.05, -0.02), new Coil(type, x, z.Cross(x), z)), Frame = Frame.Device };
    }

    private static Channel Electrode(Random random, string name) =>
        new(name, ChannelKind.Eeg, Unit.Volt, 1, 1) { Sensor = new(name, new(0.08 * random.NextDouble(), -0.03, 0.06)), Frame = Frame.Head };

    private static double Scale(ChannelKind kind) => kind switch
    {
        ChannelKind.Mag or ChannelKind.RefMeg => 1e-12,
        ChannelKind.Grad => 1e-10,
        ChannelKind.Temp => 40,
        _ => 1e-4,
    };
}
