using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Analysis.Simulation;

/// <summary>Artifacts and faulty channels with known truth, put into a simulated EEG.</summary>
/// <param name="VerticalEog">Electro-oculogram above the eye, µV.</param>
/// <param name="HorizontalEog">Electro-oculogram left less right, µV.</param>
internal sealed record EegArtifacts(double[] VerticalEog, double[] HorizontalEog)
{
    private const double Rate = EegSimulation.RateHz;
    private const double FromBlinkSeconds = 0.8;
    private static readonly string[] Popping = ["F4", "C3", "Pz", "O2"];

    private readonly List<(string Kind, string? Channel, double OnsetSeconds, double DurationSeconds)> events = [];
    private readonly List<(string Kind, string Channel)> faults = [];

    /// <summary>Adds them in place.</summary>
    /// <param name="seed">Same seed, same artifacts.</param>
    /// <param name="names">Electrodes.</param>
    /// <param name="places">Their directions.</param>
    /// <param name="samples">Electrode × sample, µV; changed.</param>
    /// <param name="blinks">Peaks of the blinks that are in the samples already, in stored seconds.</param>
    public static EegArtifacts Add(int seed, string[] names, Point3[] places, double[][] samples, List<double> blinks)
    {
        var noise = new SeededNoise(unchecked(seed + 7919));
        var count = samples[0].Length;
        var added = new EegArtifacts(Eye(noise, samples, count), Eye(noise, samples, count));
        var (lids, left, right) = (EegSimulation.Place(100, 90), EegSimulation.Place(100, 150), EegSimulation.Place(100, 30));
        EegSimulation.AddEvents([added.VerticalEog], [lids], blinks, lids, 1, 190, t => Simulation.Bump(t, 0, 0.12, 0.2));
        added.AddSaccades(noise, "eye movement horizontal", 4, 9, samples, blinks, added.HorizontalEog, 2, c => EegSimulation.Nearness(places[c], left, 0.5) - EegSimulation.Nearness(places[c], right, 0.5));
        added.AddSaccades(noise, "eye movement vertical", 9, 16, samples, blinks, added.VerticalEog, 1.4, c => EegSimulation.Nearness(places[c], lids, 0.45));
        added.AddMovement(noise, samples);
        added.AddPops(noise, names, samples);
        added.AddFaults(noise, names, samples);
        return added;
    }

    /// <summary>Writes what was put in.</summary>
    /// <param name="truth">Receives it.</param>
    /// <param name="realTime">From stored to real seconds.</param>
    public void Tell(JsonObject truth, Func<double, double> realTime)
    {
        truth["artifacts"] = new JsonArray([.. events.OrderBy(e => e.OnsetSeconds).Select(e => (JsonNode)new JsonObject
        {
            ["kind"] = e.Kind,
            ["channel"] = e.Channel,
            ["onset_s"] = Math.Round(realTime(e.OnsetSeconds), 9),
            ["duration_s"] = Math.Round(e.DurationSeconds, 9),
        })]);
        truth["channel_faults"] = new JsonArray([.. faults.Select(f => (JsonNode)new JsonObject { ["kind"] = f.Kind, ["channel"] = f.Channel })]);
    }

    private static double[] Eye(SeededNoise noise, double[][] samples, int count)
    {
        var eye = noise.Pink(count, Rate);
        for (var i = 0; i < count; i++)
        {
            eye[i] = (8 * eye[i]) + (0.2 * samples[0][i]) + (1.5 * noise.Normal());
        }

        return eye;
    }

    // A step within 40 ms that decays as behind a high-pass of two seconds, back after a while.
    private void AddSaccades(SeededNoise noise, string kind, double shortest, double longest, double[][] samples, List<double> blinks, double[] eog, double eogGain, Func<int, double> weight)
    {
        foreach (var onset in noise.Times(2, shortest, longest, (samples[0].Length / Rate) - 4))
        {
            var (height, hold) = (noise.Uniform(70, 120) * (noise.Uniform(0, 1) < 0.5 ? -1 : 1), noise.Uniform(0.8, 2));
            if (Clashes(onset) || Clashes(onset + hold))
            {
                continue;
            }

            events.Add((kind, null, onset, 0.04));
            events.Add((kind, null, onset + hold, 0.04));
            for (var i = (int)(onset * Rate); i < Math.Min(eog.Length, (int)((onset + hold + 6) * Rate)); i++)
            {
                var value = height * (Step((i / Rate) - onset) - Step((i / Rate) - onset - hold));
                eog[i] += eogGain * value;
                for (var c = 0; c < samples.Length; c++)
                {
                    samples[c][i] += value * weight(c);
                }
            }
        }

        bool Clashes(double t) => blinks.Any(b => Math.Abs(b - t) < FromBlinkSeconds) || events.Any(e => Math.Abs(e.OnsetSeconds - t) < FromBlinkSeconds);
    }

    private static double Step(double t) => t <= 0 ? 0 : (t < 0.04 ? 0.5 * (1 - Math.Cos(Math.PI * t / 0.04)) : 1) * Math.Exp(-t / 2);

    private void AddMovement(SeededNoise noise, double[][] samples)
    {
        foreach (var onset in noise.Times(6, 30, 45, (samples[0].Length / Rate) - 4))
        {
            var (duration, firstHz, secondHz) = (noise.Uniform(1.8, 2.6), noise.Uniform(0.8, 1.4), noise.Uniform(1.6, 2.6));
            events.Add(("movement", null, onset, duration));
            foreach (var channel in samples)
            {
                var (first, second) = (noise.Uniform(90, 220), noise.Uniform(60, 160));
                for (var i = (int)(onset * Rate); i < Math.Min(channel.Length, (int)((onset + duration) * Rate)); i++)
                {
                    var t = (i / Rate) - onset;
                    channel[i] += Simulation.Bump(t, duration / 2, duration / 2, duration / 2) * ((first * Math.Sin(2 * Math.PI * firstHz * t)) + (second * Math.Sin(2 * Math.PI * secondHz * t)));
                }
            }
        }
    }

    private void AddPops(SeededNoise noise, string[] names, double[][] samples)
    {
        foreach (var onset in noise.Times(3, 9, 16, (samples[0].Length / Rate) - 2))
        {
            var name = Popping[(int)noise.Uniform(0, Popping.Length)];
            var (height, decay) = (noise.Uniform(90, 250) * (noise.Uniform(0, 1) < 0.5 ? -1 : 1), noise.Uniform(0.1, 0.4));
            events.Add(("electrode pop", name, onset, decay));
            var channel = samples[Array.IndexOf(names, name)];
            for (var i = (int)Math.Ceiling(onset * Rate); i < channel.Length && (i / Rate) - onset < 8 * decay; i++)
            {
                channel[i] += height * Math.Exp(-((i / Rate) - onset) / decay);
            }
        }
    }

    private void AddFaults(SeededNoise noise, string[] names, double[][] samples)
    {
        double[] Of(string kind, string name)
        {
            faults.Add((kind, name));
            return samples[Array.IndexOf(names, name)];
        }

        var flat = Of("flat", "T8");
        flat.AsSpan(flat.Length * 3 / 10, flat.Length / 5).Fill(flat[flat.Length * 3 / 10]);
        var clipped = Of("clipped", "C4");
        var noisy = Of("noisy", "P3");
        var hum = Of("mains", "P8");
        var (one, other) = (Of("bridged", "F3"), Of("bridged", "Fz"));
        for (var i = 0; i < clipped.Length; i++)
        {
            clipped[i] = Math.Clamp(2 * clipped[i], -50, 50);
            noisy[i] += 60 * noise.Normal();
            hum[i] += 60 * Math.Sin(2 * Math.PI * 50 * i / Rate);
            one[i] = other[i] = (one[i] + other[i]) / 2;
            other[i] += 0.3 * noise.Normal();
        }
    }
}
