using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>
/// Compares the QRS complex of a beat with templates: the correlation over all leads together (each lead's mean removed, the leads' proportions kept) at the
/// best of a few shifts, as the R peaks of two shapes seldom correspond.
/// </summary>
/// <param name="windows">Gives the windows' shape.</param>
internal sealed class ShapeMatch(BeatWindows windows)
{
    private const double FromSeconds = -0.1;
    private const double ToSeconds = 0.14;
    private const double ShiftSeconds = 0.05;

    private readonly int reach = (int)Math.Round(ShiftSeconds * windows.RateHz);
    private readonly double[] norms = new double[(2 * (int)Math.Round(ShiftSeconds * windows.RateHz)) + 1];

    /// <summary>First value of the compared stretch in a window.</summary>
    public int From { get; } = windows.At(FromSeconds);

    /// <summary>Values in the compared stretch.</summary>
    public int Count { get; } = windows.At(ToSeconds) - windows.At(FromSeconds);

    /// <summary>A template's compared stretch: means removed, of unit length over all leads.</summary>
    /// <param name="window">leads × window length.</param>
    public float[] Normalised(ReadOnlySpan<float> window)
    {
        var shape = new float[windows.LeadCount * Count];
        double energy = 0;
        for (var lead = 0; lead < windows.LeadCount; lead++)
        {
            var part = shape.AsSpan(lead * Count, Count);
            window.Slice((lead * windows.Length) + From, Count).CopyTo(part);
            var mean = Sum(part) / Count;
            foreach (ref var value in part)
            {
                value -= mean;
                energy += value * value;
            }
        }

        var scale = (float)(1 / Math.Sqrt(energy + 1e-12));
        foreach (ref var value in shape.AsSpan())
        {
            value *= scale;
        }

        return shape;
    }

    /// <summary>Takes the beat that is compared next.</summary>
    /// <param name="window">leads × window length.</param>
    public void Take(ReadOnlySpan<float> window)
    {
        for (var shift = -reach; shift <= reach; shift++)
        {
            double energy = 0;
            for (var lead = 0; lead < windows.LeadCount; lead++)
            {
                var part = window.Slice((lead * windows.Length) + From + shift, Count);
                double sum = Sum(part);
                energy += Dot(part, part) - (sum * sum / Count);
            }

            norms[shift + reach] = Math.Sqrt(Math.Max(0, energy) + 1e-9);
        }
    }

    /// <summary>Compares the beat that was taken.</summary>
    /// <param name="window">leads × window length, the one taken.</param>
    /// <param name="shape">A normalised template.</param>
    /// <returns>Best correlation, the shift in values at which it was found, and the beat's norm there.</returns>
    public (double Correlation, int Shift, double Norm) Best(ReadOnlySpan<float> window, ReadOnlySpan<float> shape)
    {
        var best = (Correlation: -2.0, Shift: 0, Norm: 0.0);
        for (var shift = -reach; shift <= reach; shift++)
        {
            double dot = 0;
            for (var lead = 0; lead < windows.LeadCount; lead++)
            {
                dot += Dot(window.Slice((lead * windows.Length) + From + shift, Count), shape.Slice(lead * Count, Count));
            }

            var correlation = dot / norms[shift + reach];
            if (correlation > best.Correlation)
            {
                best = (correlation, shift, norms[shift + reach]);
            }
        }

        return best;
    }

    /// <summary>Scalar product.</summary>
    internal static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var av = MemoryMarshal.Cast<float, Vector<float>>(a);
        var bv = MemoryMarshal.Cast<float, Vector<float>>(b);
        Vector<float> sums = default;
        for (var i = 0; i < av.Length; i++)
        {
            sums += av[i] * bv[i];
        }

        var sum = Vector.Sum(sums);
        for (var i = av.Length * Vector<float>.Count; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        var sum = 0f;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
