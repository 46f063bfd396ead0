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

    public double[] Mean => mean;

    /// <summary>Takes one more epoch in.</summary>
    /// <param name="before">Epochs taken in before.</param>
    /// <param name="epoch">The epoch.</param>
    public void Add(int before, ReadOnlySpan<double> epoch) => AddPart(before, 0, epoch[..length]);

    /// <summary>Takes a part of one more epoch in; parts of different places may be added by different threads.</summary>
    /// <param name="before">Epochs of which this part was taken in before.</param>
    /// <param name="first">Where the part begins.</param>
    /// <param name="part">Its values.</param>
    public void AddPart(int before, int first, ReadOnlySpan<double> part)
    {
        var share = 1.0 / (before + 1);
        var meanPart = mean.AsSpan(first, part.Length);
        var squaresPart = squares.AsSpan(first, part.Length);
        var values = MemoryMarshal.Cast<double, Vector<double>>(part);
        var means = MemoryMarshal.Cast<double, Vector<double>>(meanPart);
        var sums = MemoryMarshal.Cast<double, Vector<double>>(squaresPart);
        for (var i = 0; i < values.Length; i++)
        {
            var away = values[i] - means[i];
            means[i] += away * share;
            sums[i] += away * (values[i] - means[i]);
        }

        for (var i = values.Length * Vector<double>.Count; i < part.Length; i++)
        {
            var away = part[i] - meanPart[i];
            meanPart[i] += away * share;
            squaresPart[i] += away * (part[i] - meanPart[i]);
        }
    }

    /// <summary>Standard error of the mean; null with fewer than two epochs.</summary>
    /// <param name="count">Epochs taken in.</param>
    public double[]? StandardError(int count) => count < 2 ? null : Array.ConvertAll(squares, s => Math.Sqrt(s / (count - 1.0) / count));
}
