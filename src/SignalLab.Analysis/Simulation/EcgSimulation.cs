using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Analysis.Simulation;

/// <summary>An ECG from a moving heart vector whose waves begin and end at exactly known instants, seen by twelve leads or two.</summary>
public static class EcgSimulation
{
    // Leads from the heart vector: x to the left, y to the feet, z to the back. Source: Dower, Machado and Osborne 1980, Clin Cardiol 3:87.
    private static readonly (string Name, double X, double Y, double Z)[] Dower =
    [
        ("I", 0.632, -0.235, 0.059), ("II", 0.235, 1.066, -0.132),
        ("V1", -0.515, 0.157, -0.917), ("V2", 0.044, 0.164, -1.387), ("V3", 0.882, 0.098, -1.277),
        ("V4", 1.213, 0.127, -0.601), ("V5", 1.125, 0.127, -0.086), ("V6", 0.831, 0.076, 0.230),
    ];

    private static readonly string[] TwelveLeads = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    /// <summary>A resting 12-lead ECG in sinus rhythm.</summary>
    /// <param name="seed">Same seed, same samples.</param>
    /// <param name="durationSeconds">Length.</param>
    /// <param name="beat">The beat's times and the heart rate.</param>
    /// <param name="noiseMillivolts">Standard deviation of added noise.</param>
    /// <returns>The recording in mV at 500 Hz, and per beat every fiducial in seconds.</returns>
    public static Simulated<Recording> TwelveLead(int seed, double durationSeconds, SimulatedBeat? beat = null, double noiseMillivolts = 0.01) =>
        Create(seed, durationSeconds, 500, TwelveLeads, beat ?? new SimulatedBeat(), noiseMillivolts, ectopic: false);

    /// <summary>A two-lead strip with ventricular and supraventricular ectopic beats.</summary>
    /// <param name="seed">Same seed, same samples.</param>
    /// <param name="durationSeconds">Length.</param>
    /// <param name="beat">The normal beat's times and the heart rate.</param>
    /// <param name="noiseMillivolts">Standard deviation of added noise.</param>
    /// <returns>The recording in mV at 250 Hz, its beats as annotations N, V and A, and the truth.</returns>
    public static Simulated<Recording> Strip(int seed, double durationSeconds, SimulatedBeat? beat = null, double noiseMillivolts = 0.015) =>
        Create(seed, durationSeconds, 250, ["II", "V1"], beat ?? new SimulatedBeat(), noiseMillivolts, ectopic: true);

    private static Simulated<Recording> Create(int seed, double durationSeconds, double rateHz, string[] leads, SimulatedBeat normal, double noiseMillivolts, bool ectopic)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(durationSeconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(durationSeconds, 48 * 3600.0);
        var noise = new SeededNoise(seed);
        var beats = Rhythm(noise, normal, durationSeconds, ectopic);
        var count = (int)Math.Round(durationSeconds * rateHz);
        var (x, y, z) = HeartVector(beats, count, rateHz);
        var samples = leads.Select(lead => Lead(lead, x, y, z)).ToArray();
        foreach (var lead in samples)
        {
            var (wander, phase) = (noise.Uniform(0.02, 0.05), noise.Uniform(0, 6));
            for (var i = 0; i < count; i++)
            {
                lead[i] += (wander * Math.Sin((2 * Math.PI * 0.23 * i / rateHz) + phase)) + (noiseMillivolts * noise.Normal());
            }
        }

        var calibration = Simulation.Digitise(samples, 0.001);
        var recording = new Recording([.. leads.Select(l => new Channel(l, ChannelKind.Ecg, Unit.Millivolt, rateHz, count) { Calibration = calibration })], new MemorySamples(samples))
        {
            Start = new DateTime(2024, 3, 1, 10, 0, 0),
            Subject = new Subject("SIM-ECG", "M", 57),
            Annotations = ectopic ? [.. beats.Select(b => new Annotation(b.RPeak, 0, b.Class))] : [],
            Provenance = Simulation.Provenance("ecg", seed, durationSeconds),
        };
        return new(recording, Truth(seed, rateHz, beats));
    }

    private static List<PlacedBeat> Rhythm(SeededNoise noise, SimulatedBeat normal, double durationSeconds, bool ectopic)
    {
        var beats = new List<PlacedBeat>();
        var rr = 60 / normal.RatePerMinute;
        var next = 0.35 + normal.PrSeconds;
        while (next + normal.QtSeconds < durationSeconds)
        {
            var kind = ectopic && beats.Count % 9 == 6 ? (noise.Uniform(0, 1) < 0.6 ? "V" : "A") : "N";
            if (kind == "N")
            {
                beats.Add(new(normal, "N", next));
                next += rr * (1 + (0.03 * Math.Sin(2 * Math.PI * 0.25 * next)) + (0.008 * noise.Normal()));
                continue;
            }

            // The next sinus beat would be at `next`; the ectopic one comes early, a pause follows.
            var early = beats[^1].QrsOnset + (0.62 * rr);
            beats.Add(new(kind == "V" ? normal with { QrsSeconds = 0.15, QtSeconds = Math.Max(normal.QtSeconds, 0.42) } : normal, kind, early));
            next = kind == "V" ? next + rr : early + (1.08 * rr);
        }

        return beats;
    }

    private static (double[] X, double[] Y, double[] Z) HeartVector(List<PlacedBeat> beats, int count, double rateHz)
    {
        var (x, y, z) = (new double[count], new double[count], new double[count]);
        foreach (var beat in beats)
        {
            foreach (var wave in beat.Waves())
            {
                for (var i = Math.Max(0, (int)((wave.Peak - wave.Rise) * rateHz)); i < Math.Min(count, (int)((wave.Peak + wave.Fall) * rateHz) + 2); i++)
                {
                    var value = Simulation.Bump(i / rateHz, wave.Peak, wave.Rise, wave.Fall);
                    x[i] += value * wave.Vector.X;
                    y[i] += value * wave.Vector.Y;
                    z[i] += value * wave.Vector.Z;
                }
            }
        }

        return (x, y, z);
    }

    private static double[] Lead(string name, double[] x, double[] y, double[] z)
    {
        double[] Of(string basic)
        {
            var row = Dower.First(d => d.Name == basic);
            return [.. x.Select((v, i) => (row.X * v) + (row.Y * y[i]) + (row.Z * z[i]))];
        }

        double[] Mix(double one, double two) => [.. Of("I").Zip(Of("II"), (a, b) => (one * a) + (two * b))];
        return name switch
        {
            "III" => Mix(-1, 1),
            "aVR" => Mix(-0.5, -0.5),
            "aVL" => Mix(1, -0.5),
            "aVF" => Mix(-0.5, 1),
            _ => Of(name),
        };
    }

    private static JsonObject Truth(int seed, double rateHz, List<PlacedBeat> beats) => new()
    {
        ["kind"] = "ecg",
        ["seed"] = seed,
        ["rate_hz"] = rateHz,
        ["heart_rate_bpm"] = beats.Count < 2 ? null : Math.Round(60 / Median([.. beats.Zip(beats.Skip(1), (a, b) => b.RPeak - a.RPeak)]), 3),
        ["beats"] = new JsonArray([.. beats.Select(b => (JsonNode)b.Json())]),
    };

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
    }
}
