using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Filters;

/// <summary>Filters a run of finite values inside a piece of signal.</summary>
/// <param name="start">First sample of the run in the piece.</param>
/// <param name="length">Samples of the run.</param>
/// <param name="from">First wanted sample, counted from the run's start.</param>
/// <param name="count">Wanted samples.</param>
/// <param name="edges">Where the run is an end of its stretch.</param>
internal delegate void RunFilter(int start, int length, int from, int count, Edges edges);

/// <summary>Missing values (NaN, infinities) part a stretch: each run of finite values between them is a stretch of its own.</summary>
internal static class FiniteRuns
{
    /// <summary>True where every value is finite.</summary>
    /// <param name="values">The values.</param>
    public static bool AreAll(ReadOnlySpan<double> values)
    {
        // 0 · x is 0 for every finite x and NaN otherwise, and NaN stays in a sum.
        var sum = Vector<double>.Zero;
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        foreach (var vector in vectors)
        {
            sum += vector * 0;
        }

        var check = Vector.Sum(sum);
        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
        {
            check += value * 0;
        }

        return check == 0;
    }

    /// <summary>Calls for every run that holds wanted samples; what is missing becomes NaN.</summary>
    /// <param name="samples">The piece.</param>
    /// <param name="from">First wanted sample.</param>
    /// <param name="count">Wanted samples.</param>
    /// <param name="edges">Whether the piece reaches the ends of its stretch.</param>
    /// <param name="filter">Called for each run.</param>
    public static void Each(Span<double> samples, int from, int count, Edges edges, RunFilter filter)
    {
        var start = 0;
        for (var t = 0; t <= samples.Length; t++)
        {
            if (t < samples.Length && double.IsFinite(samples[t]))
            {
                continue;
            }

            var (first, end) = (Math.Max(start, from), Math.Min(t, from + count));
            if (first < end)
            {
                filter(start, t - start, first - start, end - first, new(start > 0 || edges.BeginsStretch, t < samples.Length || edges.EndsStretch));
            }

            if (t < samples.Length)
            {
                samples[t] = double.NaN;
            }

            start = t + 1;
        }
    }
}
