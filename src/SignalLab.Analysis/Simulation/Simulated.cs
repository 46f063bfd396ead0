using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Analysis.Simulation;

/// <summary>A simulated recording or image beside the truth it was made from.</summary>
/// <typeparam name="T">Recording or map.</typeparam>
/// <param name="Data">What an instrument would have recorded.</param>
/// <param name="Truth">What was put in, times in seconds and values in the units their names end in.</param>
public sealed record Simulated<T>(T Data, JsonObject Truth);

/// <summary>Pieces that every simulation shares.</summary>
internal static class Simulation
{
    public static Provenance Provenance(string kind, int seed, double? durationSeconds) =>
        SignalLab.Model.Provenance.None with { Input = "simulation", Format = "simulation", Steps = [ProcessingStep.Of($"simulate {kind}", ("seed", seed), ("duration_s", durationSeconds))] };

    public static JsonArray Json(IEnumerable<double> values) => new([.. values.Select(v => (JsonNode)Math.Round(v, 9))]);

    public static JsonArray Json(Point3 p) => Json([p.X, p.Y, p.Z]);

    /// <summary>A recorder of 16 bits: samples are rounded to its steps, so that a file holds them exactly.</summary>
    public static Calibration Digitise(double[][] samples, double step)
    {
        foreach (var channel in samples)
        {
            for (var i = 0; i < channel.Length; i++)
            {
                channel[i] = Math.Clamp(Math.Round(channel[i] / step), short.MinValue, short.MaxValue) * step;
            }
        }

        return new(step, 0, short.MinValue, short.MaxValue, short.MinValue * step, short.MaxValue * step);
    }

    /// <summary>A bump of height 1 that is exactly 0 outside [peak − rise, peak + fall]: its onset and offset are known, not estimated.</summary>
    public static double Bump(double t, double peak, double rise, double fall)
    {
        var x = t < peak ? (peak - t) / rise : (t - peak) / fall;
        return x >= 1 ? 0 : 0.5 * (1 + Math.Cos(Math.PI * x));
    }
}
