using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Analysis.Simulation;

/// <summary>A 19-channel 10-20 EEG with posterior alpha, blinks, muscle, mains and a left temporal spike focus.</summary>
public static class EegSimulation
{
    /// <summary>Sampling rate in Hz.</summary>
    public const double RateHz = 256;

    private const double AlphaHz = 10.2;
    private const double MainsHz = 50;

    // Angles of the ideal 10-20 positions on a sphere: from the vertex, and counter-clockwise from the right ear.
    // Source: Oostenveld and Praamstra 2001, Clin Neurophysiol 112:713, spherical 10-20 positions.
    private static readonly (string Name, double FromVertexDeg, double AzimuthDeg)[] Electrodes =
    [
        ("Fp1", 92, 108), ("Fp2", 92, 72), ("F7", 92, 144), ("F3", 60, 129), ("Fz", 46, 90), ("F4", 60, 51), ("F8", 92, 36),
        ("T7", 92, 180), ("C3", 46, 180), ("Cz", 0, 0), ("C4", 46, 0), ("T8", 92, 0),
        ("P7", 92, 216), ("P3", 60, 231), ("Pz", 46, 270), ("P4", 60, 309), ("P8", 92, 324), ("O1", 92, 252), ("O2", 92, 288),
    ];

    /// <summary>Simulates one recording.</summary>
    /// <param name="seed">Same seed, same samples.</param>
    /// <param name="durationSeconds">Recorded time, gaps excluded; at least 10 s with gaps.</param>
    /// <param name="gaps">Leave two true gaps (7.5 s and 120.25 s), as a discontinuous recording has.</param>
    /// <param name="artifacts">Add eye movements, movement, electrode pops, faulty channels and two EOG channels.</param>
    /// <returns>The recording in µV and its truth.</returns>
    public static Simulated<Recording> Create(int seed, double durationSeconds, bool gaps, bool artifacts = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(durationSeconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(durationSeconds, 4 * 3600.0);
        var noise = new SeededNoise(seed);
        var count = (int)Math.Round(durationSeconds * RateHz);
        var places = Array.ConvertAll(Electrodes, e => Place(e.FromVertexDeg, e.AzimuthDeg));
        var blinks = noise.Times(1, 3, 7, durationSeconds - 1);
        var spikes = noise.Times(2, 3.5, 8, durationSeconds - 1);
        var bursts = noise.Times(4, 9, 15, durationSeconds - 2);
        var samples = Background(noise, places, count);
        AddAlpha(noise, places, samples);
        AddEvents(samples, places, blinks, Place(100, 90), 0.45, 140, t => Simulation.Bump(t, 0, 0.12, 0.2));
        AddEvents(samples, places, spikes, Place(92, 180), 0.5, -95, SpikeAndWave);
        AddMuscle(noise, samples, places, bursts);
        AddMains(noise, samples);
        var added = artifacts ? EegArtifacts.Add(seed, [.. Electrodes.Select(e => e.Name)], places, samples, blinks) : null;
        samples = added is null ? samples : [.. samples, added.VerticalEog, added.HorizontalEog];
        var calibration = Simulation.Digitise(samples, 0.1);
        var segments = Segments(durationSeconds, gaps);
        var recording = new Recording(
            [.. Electrodes.Select(e => (e.Name, ChannelKind.Eeg)).Concat(artifacts ? [("VEOG", ChannelKind.Eog), ("HEOG", ChannelKind.Eog)] : [])
                .Select(c => new Channel(c.Name, c.Item2, Unit.Microvolt, RateHz, count) { Transducer = "simulated", Calibration = calibration })],
            new MemorySamples(samples))
        {
            Segments = segments,
            Start = new DateTime(2024, 3, 1, 9, 30, 0),
            Subject = new Subject("SIM-EEG", "F", 34),
            Annotations = [new(0, 0, "Eyes closed"), .. spikes.Where((_, i) => i % 2 == 0).Select(t => new Annotation(RealTime(segments, t), 0.07, "spike T7"))],
            Provenance = Simulation.Provenance("eeg", seed, durationSeconds),
        };
        var truth = Truth(seed, segments, blinks, spikes, bursts);
        added?.Tell(truth, t => RealTime(segments, t));
        return new(recording, truth);
    }

    private static JsonObject Truth(int seed, IReadOnlyList<Segment> segments, List<double> blinks, List<double> spikes, List<double> bursts) => new()
    {
        ["kind"] = "eeg",
        ["seed"] = seed,
        ["rate_hz"] = RateHz,
        ["segments"] = new JsonArray([.. segments.Select(s => (JsonNode)new JsonObject { ["onset_s"] = s.OnsetSeconds, ["duration_s"] = s.DurationSeconds })]),
        ["alpha_hz"] = AlphaHz,
        ["alpha_focus"] = "O1, O2",
        ["mains_hz"] = MainsHz,
        ["blink_peak_s"] = Simulation.Json(blinks.Select(t => RealTime(segments, t))),
        ["spike_focus"] = "T7",
        ["spike_peak_s"] = Simulation.Json(spikes.Select(t => RealTime(segments, t))),
        ["muscle_onset_s"] = Simulation.Json(bursts.Select(t => RealTime(segments, t))),
        ["muscle_duration_s"] = 1.2,
    };

    internal static Point3 Place(double fromVertexDeg, double azimuthDeg)
    {
        var (sinV, cosV) = Math.SinCos(fromVertexDeg * Math.PI / 180);
        var (sinA, cosA) = Math.SinCos(azimuthDeg * Math.PI / 180);
        return new(sinV * cosA, sinV * sinA, cosV);
    }

    internal static double Nearness(Point3 a, Point3 b, double width) => Math.Exp(-(a - b).Dot(a - b) / (2 * width * width));

    // Twelve independent sources spread over the scalp, so that neighbours are alike and far electrodes are not.
    private static double[][] Background(SeededNoise noise, Point3[] places, int count)
    {
        var samples = places.Select(_ => new double[count]).ToArray();
        for (var s = 0; s < 12; s++)
        {
            var place = Place(Math.Acos(noise.Uniform(-0.1, 1)) * 180 / Math.PI, noise.Uniform(0, 360));
            var source = noise.Pink(count, RateHz);
            for (var c = 0; c < places.Length; c++)
            {
                var weight = 9 * Nearness(places[c], place, 0.6);
                for (var i = 0; i < count; i++)
                {
                    samples[c][i] += (weight * source[i]) + (s == 0 ? 0.8 * noise.Normal() : 0);
                }
            }
        }

        return samples;
    }

    private static void AddAlpha(SeededNoise noise, Point3[] places, double[][] samples)
    {
        var (left, right) = (Place(95, 252), Place(95, 288));
        var envelope = noise.Pink(samples[0].Length, RateHz);
        var phase = 0.0;
        for (var i = 0; i < envelope.Length; i++)
        {
            phase += 2 * Math.PI * (AlphaHz + (0.1 * envelope[i])) / RateHz;
            var value = (26 + (4 * Math.Clamp(envelope[i], -2, 2))) * Math.Sin(phase);
            for (var c = 0; c < places.Length; c++)
            {
                samples[c][i] += value * (Nearness(places[c], left, 0.75) + (0.9 * Nearness(places[c], right, 0.75)));
            }
        }
    }

    private static double SpikeAndWave(double t) => Simulation.Bump(t, 0, 0.03, 0.04) - (0.45 * Simulation.Bump(t, 0.19, 0.15, 0.16));

    internal static void AddEvents(double[][] samples, Point3[] places, List<double> peaks, Point3 focus, double width, double microvolts, Func<double, double> shape)
    {
        foreach (var peak in peaks)
        {
            for (var i = Math.Max(0, (int)((peak - 0.5) * RateHz)); i < Math.Min(samples[0].Length, (int)((peak + 0.8) * RateHz)); i++)
            {
                var value = microvolts * shape((i / RateHz) - peak);
                for (var c = 0; c < places.Length; c++)
                {
                    samples[c][i] += value * Nearness(places[c], focus, width);
                }
            }
        }
    }

    private static void AddMuscle(SeededNoise noise, double[][] samples, Point3[] places, List<double> onsets)
    {
        foreach (var onset in onsets)
        {
            var side = noise.Uniform(0, 1) < 0.5 ? Place(100, 170) : Place(100, 10);
            for (var c = 0; c < places.Length; c++)
            {
                var weight = 28 * Nearness(places[c], side, 0.55);
                var before = 0.0;
                for (var i = (int)(onset * RateHz); i < Math.Min(samples[c].Length, (int)((onset + 1.2) * RateHz)); i++)
                {
                    var white = noise.Normal();
                    samples[c][i] += weight * Simulation.Bump(i / RateHz, onset + 0.6, 0.6, 0.6) * (white - before) / Math.Sqrt(2);
                    before = white;
                }
            }
        }
    }

    private static void AddMains(SeededNoise noise, double[][] samples)
    {
        foreach (var channel in samples)
        {
            var (amplitude, phase) = (noise.Uniform(1, 4), noise.Uniform(0, 0.6));
            for (var i = 0; i < channel.Length; i++)
            {
                channel[i] += amplitude * Math.Sin((2 * Math.PI * MainsHz * i / RateHz) + phase);
            }
        }
    }

    private static List<Segment> Segments(double durationSeconds, bool gaps)
    {
        if (!gaps)
        {
            return [new(0, durationSeconds)];
        }

        var first = Math.Floor(durationSeconds * 0.4);
        var second = Math.Floor(durationSeconds * 0.25);
        return [new(0, first), new(first + 7.5, second), new(first + second + 127.75, durationSeconds - first - second)];
    }

    private static double RealTime(IReadOnlyList<Segment> segments, double storedSeconds)
    {
        var before = 0.0;
        foreach (var segment in segments)
        {
            if (storedSeconds < before + segment.DurationSeconds)
            {
                return segment.OnsetSeconds + storedSeconds - before;
            }

            before += segment.DurationSeconds;
        }

        return segments[^1].EndSeconds;
    }
}
