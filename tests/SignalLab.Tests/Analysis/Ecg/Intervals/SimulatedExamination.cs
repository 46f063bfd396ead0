using System.Text.Json.Nodes;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Averaging;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Intervals;

/// <summary>A simulated ECG whose beats carry the marks that were put in.</summary>
internal static class SimulatedExamination
{
    public static EcgExamination Of(Simulated<Recording> simulated, BeatAveragingOptions? options = null)
    {
        var recording = simulated.Data;
        int[] leads = [.. Enumerable.Range(0, recording.Channels.Count)];
        var beats = Beats(simulated);
        return new EcgExamination(recording, leads, beats) { Median = recording.AverageBeats(leads, beats, options) };
    }

    public static Beat[] Beats(Simulated<Recording> simulated)
    {
        var rate = simulated.Data.Channels[0].RateHz;
        return [.. simulated.Truth["beats"]!.AsArray().Select(node =>
        {
            var truth = node!.AsObject();
            var marks = Marks(truth, rate);
            return new Beat(marks.R!.Value, (double)truth["r_s"]!)
            {
                Class = (string)truth["class"]! switch { "V" => BeatClass.Ventricular, "A" => BeatClass.Supraventricular, _ => BeatClass.Normal },
                Global = marks,
                Leads = [.. simulated.Data.Channels.Select(_ => marks)],
            };
        })];
    }

    public static Measurement Named(this IEnumerable<Measurement> measurements, string name) => measurements.Single(m => m.Name == name);

    /// <summary>Limb leads I and II of a frontal vector whose three waves point where they are told, and the beats' marks.</summary>
    public static EcgExamination Frontal(double? pDegrees, double qrsDegrees, double tDegrees, string[] names)
    {
        const double rate = 500;
        const int period = 400, beats = 12;
        var waves = new (double Degrees, double Height, int On, int Off)[] { (pDegrees ?? 0, pDegrees is null ? 0 : 0.15, 100, 150), (qrsDegrees, 1.2, 180, 225), (tDegrees, 0.35, 280, 360) };
        var samples = names.Select(_ => new double[period * beats]).ToArray();
        for (var i = 0; i < period * beats; i++)
        {
            foreach (var (degrees, height, on, off) in waves)
            {
                var at = i % period;
                var value = at >= on && at <= off ? height * Math.Sin(Math.PI * (at - on) / (off - on)) : 0;
                var (one, two) = (value * Math.Cos(degrees * Math.PI / 180), value * Math.Cos((degrees - 60) * Math.PI / 180));
                for (var l = 0; l < names.Length; l++)
                {
                    samples[l][i] += names[l] switch { "I" => one, "II" => two, "III" => two - one, "aVR" => -(one + two) / 2, "aVL" => one - (two / 2), _ => two - (one / 2) };
                }
            }
        }

        var recording = new Recording([.. names.Select(n => new Channel(n, ChannelKind.Ecg, Unit.Millivolt, rate, period * beats))], new MemorySamples(samples));
        Beat[] all = [.. Enumerable.Range(0, beats).Select(b => new Beat((b * period) + 202, ((b * period) + 202) / rate)
        {
            Class = BeatClass.Normal,
            Global = new WaveMarks
            {
                POn = pDegrees is null ? null : (b * period) + 100, P = pDegrees is null ? null : (b * period) + 125, POff = pDegrees is null ? null : (b * period) + 150, QrsOn = (b * period) + 180, R = (b * period) + 202,
                QrsOff = (b * period) + 225, TOn = (b * period) + 280, T = (b * period) + 320, TOff = (b * period) + 360,
            },
        })];
        int[] leads = [.. Enumerable.Range(0, names.Length)];
        return new EcgExamination(recording, leads, all) { Median = recording.AverageBeats(leads, all) };
    }

    private static WaveMarks Marks(JsonObject truth, double rate)
    {
        long? At(string name) => truth[name] is { } value ? (long)Math.Round((double)value * rate) : null;
        return new WaveMarks
        {
            POn = At("p_on_s"),
            P = At("p_s"),
            POff = At("p_off_s"),
            QrsOn = At("qrs_on_s"),
            R = At("r_s"),
            QrsOff = At("qrs_off_s"),
            TOn = At("t_on_s"),
            T = At("t_s"),
            TOff = At("t_off_s"),
        };
    }
}
