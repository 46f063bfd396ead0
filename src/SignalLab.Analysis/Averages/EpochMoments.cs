using System.Numerics;
using System.Runtime.InteropServices;

namespace SignalLab.Analysis.Averages;

/// <summary>Mean and spread over epochs, one epoch at a time, in the memory of two epochs.</summary>
/// <param name="length">Values of one epoch.</param>
/// <remarks>Source: Welford 1962, Technometrics 4:419.</remarks>
internal sealed class EpochMoments(int length)
{
    private readonly double[] mean = new double[length];
    private readonly double[] squares = new double[length];

    public int Count { get; private set; }

    public double[] Mean => mean;

    /// <summary>Takes one more epoch in.</summary>
    public void Add(ReadOnlySpan<double> epoch)
    {
        Count++;
        var share = 1.0 / Count;
        var values = MemoryMarshal.Cast<double, Vector<double>>(epoch[..length]);
        var means = MemoryMarshal.Cast<double, Vector<double>>(mean.AsSpan());
        var sums = MemoryMarshal.Cast<double, Vector<double>>(squares.AsSpan());
        for (var i = 0; i < values.Length; i++)
        {
            var away = values[i] - means[i];
            means[i] += away * share;
            sums[i] += away * (values[i] - means[i]);
        }

        for (var i = values.Length * Vector<double>.Count; i < length; i++)
        {
            var away = epoch[i] - mean[i];
            mean[i] += away * share;
            squares[i] += away * (epoch[i] - mean[i]);
        }
    }

    /// <summary>Standard error of the mean; null with fewer than two epochs.</summary>
    public double[]? StandardError() => Count < 2 ? null : Array.ConvertAll(squares, s => Math.Sqrt(s / (Count - 1.0) / Count));
}
