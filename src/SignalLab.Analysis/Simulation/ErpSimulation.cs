using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Analysis.Simulation;

/// <summary>An oddball recording: 32 electrodes, a trigger channel, and two responses whose latencies and sizes are known.</summary>
public static class ErpSimulation
{
    /// <summary>Sampling rate in Hz.</summary>
    public const double RateHz = 250;

    private const double NegativeSeconds = 0.1;
    private const double PositiveSeconds = 0.3;
    private const int StandardCode = 1;
    private const int TargetCode = 2;

    // Angles of the ideal 10-20 positions on a sphere: from the vertex, and counter-clockwise from the right ear.
    // Source: Oostenveld and Praamstra 2001, Clin Neurophysiol 112:713, spherical 10-20 positions.
    private static readonly (string Name, double FromVertexDeg, double AzimuthDeg)[] Electrodes =
    [
        ("Fp1", 92, 108), ("Fp2", 92, 72), ("AF3", 74, 113), ("AF4", 74, 67), ("F7", 92, 144), ("F3", 60, 129), ("Fz", 46, 90), ("F4", 60, 51), ("F8", 92, 36),
        ("FC5", 71, 159), ("FC1", 32, 135), ("FC2", 32, 45), ("FC6", 71, 21), ("T7", 92, 180), ("C3", 46, 180), ("Cz", 0, 0), ("C4", 46, 0), ("T8", 92, 0),
        ("CP5", 71, 201), ("CP1", 32, 225), ("CP2", 32, 315), ("CP6", 71, 339), ("P7", 92, 216), ("P3", 60, 231), ("Pz", 46, 270), ("P4", 60, 309), ("P8", 92, 324),
        ("PO3", 74, 247), ("PO4", 74, 293), ("O1", 92, 252), ("Oz", 92, 270), ("O2", 92, 288),
    ];

    /// <summary>Simulates one recording.</summary>
    /// <param name="seed">Same seed, same samples.</param>
    /// <param name="durationSeconds">Length; an event about every 1.1 s, one in four a target.</param>
    /// <returns>The recording in µV, with an annotation and a trigger an event, and its truth.</returns>
    public static Simulated<Recording> Create(int seed, double durationSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(durationSeconds, 3);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(durationSeconds, 4 * 3600.0);
        var noise = new SeededNoise(seed);
        var count = (int)Math.Round(durationSeconds * RateHz);
        var places = Array.ConvertAll(Electrodes, e => Place(e.FromVertexDeg, e.AzimuthDeg));
        var samples = Background(noise, places, count);
        var trigger = new double[count];
        var events = Events(noise, count);
        var (front, back) = (Array.ConvertAll(places, p => Nearness(p, Place(40, 90))), Array.ConvertAll(places, p => Nearness(p, Place(50, 270))));
        foreach (var (sample, isTarget) in events)
        {
            Array.Fill(trigger, isTarget ? TargetCode : StandardCode, sample, Math.Min(5, count - sample));
            for (var i = 0; i < RateHz && sample + i < count; i++)
            {
                var t = i / RateHz;
                var early = NegativeMicrovolts * Simulation.Bump(t, NegativeSeconds, 0.06, 0.08);
                var late = (isTarget ? TargetMicrovolts : StandardMicrovolts) * Simulation.Bump(t, PositiveSeconds, 0.14, 0.26);
                for (var c = 0; c < places.Length; c++)
                {
                    samples[c][sample + i] += (early * front[c]) + (late * back[c]);
                }
            }
        }

        var calibration = Simulation.Digitise(samples, 0.1);
        var recording = new Recording(
            [
                .. Electrodes.Select((e, i) => new Channel(e.Name, ChannelKind.Eeg, Unit.Microvolt, RateHz, count) { Transducer = "simulated", Calibration = calibration }),
                new Channel("STI", ChannelKind.Stim, Unit.One, RateHz, count) { Transducer = "simulated", Calibration = new Calibration(1, 0, short.MinValue, short.MaxValue, short.MinValue, short.MaxValue) },
            ],
            new MemorySamples([.. samples, trigger]))
        {
            Start = new DateTime(2024, 3, 1, 9, 30, 0),
            Subject = new Subject("SIM-ERP", "M", 28),
            Annotations = [.. events.Select(e => new Annotation(e.Sample / RateHz, 0, e.IsTarget ? "target" : "standard"))],
            Provenance = Simulation.Provenance("erp", seed, durationSeconds),
        };
        return new(recording, new JsonObject
        {
            ["kind"] = "erp",
            ["seed"] = seed,
            ["rate_hz"] = RateHz,
            ["standard_onset_s"] = Simulation.Json(events.Where(e => !e.IsTarget).Select(e => e.Sample / RateHz)),
            ["target_onset_s"] = Simulation.Json(events.Where(e => e.IsTarget).Select(e => e.Sample / RateHz)),
            ["n1_latency_s"] = NegativeSeconds,
            ["p3_latency_s"] = PositiveSeconds,
            ["n1_uV"] = Amplitudes(front, NegativeMicrovolts),
            ["p3_target_uV"] = Amplitudes(back, TargetMicrovolts),
            ["p3_standard_uV"] = Amplitudes(back, StandardMicrovolts),
        });
    }

    private const double NegativeMicrovolts = -5;
    private const double TargetMicrovolts = 10;
    private const double StandardMicrovolts = 3;

    private static JsonObject Amplitudes(double[] weights, double microvolts) =>
        new(weights.Select((w, c) => KeyValuePair.Create(Electrodes[c].Name, (JsonNode?)Math.Round(w * microvolts, 9))));

    private static List<(int Sample, bool IsTarget)> Events(SeededNoise noise, int count) =>
        [.. noise.Times(1, 0.9, 1.3, (count / RateHz) - 1).Select(t => ((int)Math.Round(t * RateHz), noise.Uniform(0, 1) < 0.25))];

    // Eight independent sources spread over the scalp, so that neighbours are alike, and a little noise of each electrode.
    private static double[][] Background(SeededNoise noise, Point3[] places, int count)
    {
        var samples = places.Select(_ => new double[count]).ToArray();
        for (var s = 0; s < 8; s++)
        {
            var source = noise.Pink(count, RateHz);
            var place = Place(Math.Acos(noise.Uniform(-0.1, 1)) * 180 / Math.PI, noise.Uniform(0, 360));
            for (var c = 0; c < places.Length; c++)
            {
                var weight = 2.5 * Math.Exp(-(places[c] - place).Dot(places[c] - place) / 0.72);
                for (var i = 0; i < count; i++)
                {
                    samples[c][i] += weight * source[i];
                }
            }
        }

        foreach (var channel in samples)
        {
            foreach (ref var value in channel.AsSpan())
            {
                value += noise.Normal();
            }
        }

        return samples;
    }

    private static double Nearness(Point3 a, Point3 b) => Math.Exp(-(a - b).Dot(a - b) / 0.6);

    private static Point3 Place(double fromVertexDeg, double azimuthDeg)
    {
        var (sinV, cosV) = Math.SinCos(fromVertexDeg * Math.PI / 180);
        var (sinA, cosA) = Math.SinCos(azimuthDeg * Math.PI / 180);
        return new(sinV * cosA, sinV * sinA, cosV);
    }
}
