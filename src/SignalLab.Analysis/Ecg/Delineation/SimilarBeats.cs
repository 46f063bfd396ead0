using System.Numerics;
using System.Runtime.InteropServices;
using SignalLab.Analysis.Filters;

namespace SignalLab.Analysis.Ecg;

/// <summary>
/// The mean of a beat and the beats near it that look like it: noise falls, and the waves that belong to the beat stay. Beats are alike where the slopes of their QRS
/// complexes agree in all leads and the next beat comes about as soon.
/// </summary>
internal sealed class SimilarBeats(int leadCount)
{
    private const int Most = 8;
    private const int Neighbours = 20;
    private const double LeastCorrelation = 0.93;
    private const double RrTolerance = 0.12;
    private const int HalfComplex = 20;
    private const int Lags = 4;

    /// <summary>Longest way on either side of a beat whose values are looked at.</summary>
    public const int Around = BeatWindow.Length + Lags;

    private readonly double[] complex = new double[leadCount * ((2 * HalfComplex) + 1)];

    /// <summary>Averages the beats that are like one of them.</summary>
    /// <param name="grid">The leads.</param>
    /// <param name="beats">Grid indices of the beats, in order.</param>
    /// <param name="index">Which beat.</param>
    /// <param name="into">Receives a window a lead.</param>
    /// <returns>How many beats were averaged.</returns>
    public int Average(BeatGrid grid, ReadOnlySpan<int> beats, int index, double[][] into)
    {
        var beat = beats[index];
        for (var lead = 0; lead < leadCount; lead++)
        {
            grid.Slopes[lead].AsSpan(beat - HalfComplex, (2 * HalfComplex) + 1).CopyTo(complex.AsSpan(lead * ((2 * HalfComplex) + 1)));
            grid.Leads[lead].AsSpan(beat - BeatWindow.Beat, BeatWindow.Length).CopyTo(into[lead]);
        }

        var energy = InnerProduct.Of(complex, complex);
        var count = 1;
        for (var away = 1; away <= Neighbours && count < Most && energy > 0; away++)
        {
            for (var side = -1; side <= 1 && count < Most; side += 2)
            {
                var other = index + (side * away);
                if (other < 0 || other >= beats.Length || !SameInterval(beats, index, other) || Align(grid, beats[other], energy) is not { } place)
                {
                    continue;
                }

                count++;
                for (var lead = 0; lead < leadCount; lead++)
                {
                    Add(grid.Leads[lead].AsSpan(place - BeatWindow.Beat, BeatWindow.Length), into[lead]);
                }
            }
        }

        foreach (var window in into)
        {
            for (var i = 0; i < window.Length; i++)
            {
                window[i] /= count;
            }
        }

        return count;
    }

    private static bool SameInterval(ReadOnlySpan<int> beats, int one, int other)
    {
        if (other + 1 >= beats.Length)
        {
            return false;
        }

        var own = one + 1 < beats.Length ? beats[one + 1] - beats[one] : beats[one] - beats[one - 1];
        return Math.Abs(beats[other + 1] - beats[other] - own) < RrTolerance * own;
    }

    // The place near a beat at which its complex agrees best, or null where it is another kind of beat.
    private int? Align(BeatGrid grid, int beat, double energy)
    {
        var (place, best) = (beat, Correlation(grid, beat, energy));
        foreach (var step in (ReadOnlySpan<int>)[1, -1])
        {
            var moved = false;
            while (Math.Abs(place + step - beat) <= Lags && Correlation(grid, place + step, energy) is var value && value > best)
            {
                (place, best, moved) = (place + step, value, true);
            }

            if (moved)
            {
                break;
            }
        }

        return best > LeastCorrelation && place >= BeatWindow.Beat && place + BeatWindow.Length - BeatWindow.Beat <= grid.Length ? place : null;
    }

    private double Correlation(BeatGrid grid, int place, double energy)
    {
        const int width = (2 * HalfComplex) + 1;
        if (place < HalfComplex || place + HalfComplex >= grid.Length)
        {
            return 0;
        }

        double product = 0, other = 0;
        for (var lead = 0; lead < leadCount; lead++)
        {
            var part = grid.Slopes[lead].AsSpan(place - HalfComplex, width);
            product += InnerProduct.Of(complex.AsSpan(lead * width, width), part);
            other += InnerProduct.Of(part, part);
        }

        return other > 0 ? product / Math.Sqrt(energy * other) : 0;
    }

    private static void Add(ReadOnlySpan<double> values, Span<double> into)
    {
        var from = MemoryMarshal.Cast<double, Vector<double>>(values);
        var sums = MemoryMarshal.Cast<double, Vector<double>>(into);
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += from[i];
        }

        for (var i = sums.Length * Vector<double>.Count; i < into.Length; i++)
        {
            into[i] += values[i];
        }
    }
}
