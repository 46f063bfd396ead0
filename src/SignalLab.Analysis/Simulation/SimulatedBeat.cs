using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Analysis.Simulation;

/// <summary>Times of a simulated beat.</summary>
/// <param name="RatePerMinute">Heart rate.</param>
/// <param name="PSeconds">Length of the P wave.</param>
/// <param name="PrSeconds">From P onset to QRS onset.</param>
/// <param name="QrsSeconds">Length of the QRS complex.</param>
/// <param name="QtSeconds">From QRS onset to T offset.</param>
public sealed record SimulatedBeat(double RatePerMinute = 68, double PSeconds = 0.1, double PrSeconds = 0.16, double QrsSeconds = 0.09, double QtSeconds = 0.4)
{
    /// <summary>Shape of the T wave; its end is the same in all.</summary>
    public TWaveShape TShape { get; init; }

    /// <summary>The usual beat at a rate: QT shortens as Fridericia's formula has it and P and PR shorten too, so that waves never run into the next beat.</summary>
    /// <param name="ratePerMinute">Heart rate.</param>
    public static SimulatedBeat At(double ratePerMinute)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratePerMinute);
        var rr = 60 / ratePerMinute;
        return new(ratePerMinute, QtSeconds: Math.Min(0.4 * Math.Cbrt(rr / (60.0 / 68)), 0.75 * rr), PrSeconds: Math.Min(0.16, 0.24 * rr), PSeconds: Math.Min(0.1, 0.15 * rr));
    }
}

/// <summary>Shapes of a simulated T wave.</summary>
public enum TWaveShape
{
    /// <summary>One hump along the QRS complex.</summary>
    Upright,

    /// <summary>One hump against it.</summary>
    Inverted,

    /// <summary>A hump, then one of half the height the other way.</summary>
    Biphasic,
}

/// <summary>A wave of the heart vector: its direction in mV (left, feet, back) and its exact extent.</summary>
internal readonly record struct Wave(Point3 Vector, double Peak, double Rise, double Fall);

/// <summary>A beat at its place in time.</summary>
internal sealed record PlacedBeat(SimulatedBeat Shape, string Class, double QrsOnset)
{
    private double QrsOffset => QrsOnset + Shape.QrsSeconds;

    private double TOffset => QrsOnset + Shape.QtSeconds;

    private double TPeak => TOffset - (0.4 * TLength);

    private double TLength => Math.Min(0.2, 0.75 * (Shape.QtSeconds - Shape.QrsSeconds));

    private double POnset => QrsOnset - Shape.PrSeconds;

    public double RPeak => QrsOnset + (0.45 * Shape.QrsSeconds);

    /// <summary>The waves: P, then septum, free wall and base of the QRS, then T. A ventricular beat has no P, a broad QRS from the right and an opposite T.</summary>
    public IEnumerable<Wave> Waves()
    {
        var q = Shape.QrsSeconds;
        if (Class == "V")
        {
            yield return new(new(-0.9, 1.3, 0.9), QrsOnset + (0.45 * q), 0.45 * q, 0.55 * q);
            yield return new(new(0.3, -0.45, -0.3), TPeak, 0.6 * TLength, 0.4 * TLength);
            yield break;
        }

        var pHalf = Shape.PSeconds / 2;
        yield return new(Class == "A" ? new(0.05, -0.06, -0.02) : new(0.07, 0.12, -0.02), POnset + pHalf, pHalf, pHalf);
        yield return new(new(-0.12, -0.05, -0.16), QrsOnset + (0.16 * q), 0.16 * q, 0.2 * q);
        yield return new(new(1.15, 0.95, 0.55), QrsOnset + (0.45 * q), 0.28 * q, 0.28 * q);
        yield return new(new(0.02, -0.2, 0.32), QrsOnset + (0.76 * q), 0.2 * q, 0.24 * q);
        foreach (var wave in TWaves())
        {
            yield return wave;
        }
    }

    private IEnumerable<Wave> TWaves()
    {
        var upright = new Point3(0.28, 0.24, -0.14);
        var against = new Point3(-upright.X, -upright.Y, -upright.Z);
        if (Shape.TShape == TWaveShape.Biphasic)
        {
            yield return new(upright, TPeak - (0.2 * TLength), 0.4 * TLength, 0.3 * TLength);
            yield return new(new(against.X / 2, against.Y / 2, against.Z / 2), TPeak + (0.2 * TLength), 0.2 * TLength, 0.2 * TLength);
            yield break;
        }

        yield return new(Shape.TShape == TWaveShape.Inverted ? against : upright, TPeak, 0.6 * TLength, 0.4 * TLength);
    }

    public JsonObject Json()
    {
        var truth = new JsonObject { ["class"] = Class };
        if (Class != "V")
        {
            truth["p_on_s"] = Math.Round(POnset, 6);
            truth["p_s"] = Math.Round(POnset + (Shape.PSeconds / 2), 6);
            truth["p_off_s"] = Math.Round(POnset + Shape.PSeconds, 6);
        }

        truth["qrs_on_s"] = Math.Round(QrsOnset, 6);
        truth["r_s"] = Math.Round(RPeak, 6);
        truth["qrs_off_s"] = Math.Round(QrsOffset, 6);
        truth["t_on_s"] = Math.Round(TPeak - (0.6 * TLength), 6);
        truth["t_s"] = Math.Round(Class != "V" && Shape.TShape == TWaveShape.Biphasic ? TPeak - (0.2 * TLength) : TPeak, 6);
        truth["t_off_s"] = Math.Round(TOffset, 6);
        return truth;
    }
}
