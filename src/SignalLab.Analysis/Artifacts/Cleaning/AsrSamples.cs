using MathNet.Numerics.LinearAlgebra;
using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>
/// Samples with large components rebuilt from the others. The matrix at each knot depends on the window around it alone, so that a block is what a whole read gives
/// and a gap separates; between knots matrices fade into each other along a raised cosine.
/// </summary>
internal sealed class AsrSamples : ISampleSource
{
    private const int StepsInWindow = 4;
    private const int ChunkSteps = 192;

    private readonly ISampleSource source;
    private readonly int[] channels;
    private readonly double[] factors;
    private readonly IReadOnlyList<SampleRun> runs;
    private readonly AsrCalibration calibration;
    private readonly double mostRebuilt;
    private readonly int step;

    public AsrSamples(Recording recording, int[] channels, double[] factors, AsrCalibration calibration, AsrOptions options)
    {
        (source, this.channels, this.factors, this.calibration, mostRebuilt) = (recording.Samples, channels, factors, calibration, options.MostRebuilt);
        runs = recording.Runs(channels[0]);
        var window = Math.Max(options.WindowSeconds * recording.Channels[channels[0]].RateHz, 1.5 * channels.Length);
        step = Math.Max(1, (int)Math.Ceiling(window / StepsInWindow));
    }

    public int ChannelCount => source.ChannelCount;

    public long Count(int channel) => source.Count(channel);

    public void Read(int channel, long first, Span<double> into) => Read([channel], first, into.Length, into);

    public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
    {
        source.Read(channels, first, count, into);
        var wanted = channels.ToArray();
        if (!wanted.Any(this.channels.Contains))
        {
            return;
        }

        foreach (var run in runs)
        {
            for (var at = Math.Max(first, run.FirstSample); at < Math.Min(first + count, run.EndSample);)
            {
                var knot = (at - run.FirstSample) / step;
                var end = Math.Min(Math.Min(first + count, run.EndSample), run.FirstSample + ((knot + ChunkSteps) * step));
                Rebuild(run, knot, at, end, wanted, into, first, count);
                at = end;
            }
        }
    }

    // Knots from the one before the first sample to the one after the last.
    private void Rebuild(SampleRun run, long knot, long at, long end, int[] wanted, Span<double> into, long first, int stride)
    {
        var knots = (int)(((end - 1 - run.FirstSample) / step) - knot) + 2;
        var blocks = (run.Count + step - 1) / step;
        // At the ends a knot's window is the nearest whole one.
        var last = Math.Max(0, blocks - StepsInWindow);
        var firstBlock = Math.Clamp(knot - (StepsInWindow / 2), 0, last);
        var endBlock = Math.Min(blocks, Math.Clamp(knot + knots - 1 - (StepsInWindow / 2), 0, last) + StepsInWindow);
        var (low, high) = (run.FirstSample + (firstBlock * step), Math.Min(run.EndSample, run.FirstSample + (endBlock * step)));
        var size = (int)(high - low);
        var rented = LentArrays.Doubles.Rent(size * channels.Length);
        source.Read(channels, low, size, rented.AsSpan(0, size * channels.Length));
        Parallel.For(0, channels.Length, c =>
        {
            foreach (ref var value in rented.AsSpan(c * size, size))
            {
                value *= factors[c];
            }
        });
        var partial = new double[endBlock - firstBlock][];
        Parallel.For(0, partial.Length, b => partial[b] = AsrKernel.Products(rented, channels.Length, size, b * step, Math.Min(size, (b + 1) * step)));
        var matrices = new double[knots][];
        Parallel.For(0, knots, k =>
        {
            var begin = Math.Clamp(knot + k - (StepsInWindow / 2), 0, last);
            var stop = Math.Min(blocks, begin + StepsInWindow);
            var samples = Math.Min(run.Count, stop * step) - (begin * step);
            matrices[k] = MatrixOf(partial, (int)(begin - firstBlock), (int)(stop - firstBlock), samples) ?? [];
        });
        Apply(rented, size, matrices, knot, run, low, at, end, wanted, into, first, stride);
        LentArrays.Doubles.Return(rented);
    }

    private double[]? MatrixOf(double[][] partial, int begin, int stop, long samples)
    {
        var n = channels.Length;
        var sum = new double[n * n];
        for (var b = begin; b < stop; b++)
        {
            Projections.LinearCombination.AddScaled(1.0 / samples, partial[b], sum);
        }

        return Array.TrueForAll(sum, double.IsFinite) ? AsrKernel.Reconstruction(Matrix<double>.Build.Dense(n, n, sum), calibration, (int)(mostRebuilt * n)) : null;
    }

    private void Apply(double[] rows, int size, double[][] matrices, long knot, SampleRun run, long low, long at, long end, int[] wanted, Span<double> into, long first, int stride)
    {
        var n = channels.Length;
        var places = Array.ConvertAll(wanted, w => Array.IndexOf(channels, w));
        var column = new double[n];
        for (var t = at; t < end; t++)
        {
            var offset = t - run.FirstSample;
            var k = (int)((offset / step) - knot);
            var (before, after) = (matrices[k], matrices[k + 1]);
            if (before.Length == 0 && after.Length == 0)
            {
                t = Math.Min(end, run.FirstSample + (((offset / step) + 1) * step)) - 1;
                continue;
            }

            var later = 0.5 - (0.5 * Math.Cos(Math.PI * (offset % step) / step));
            for (var c = 0; c < n; c++)
            {
                column[c] = rows[(c * size) + (int)(t - low)];
            }

            for (var w = 0; w < places.Length; w++)
            {
                if (places[w] is >= 0 and var c)
                {
                    var value = ((1 - later) * Rebuilt(before, column, c)) + (later * Rebuilt(after, column, c));
                    into[(w * stride) + (int)(t - first)] = value / factors[c];
                }
            }
        }
    }

    private static double Rebuilt(double[] matrix, double[] column, int row) =>
        matrix.Length == 0 ? column[row] : AsrKernel.Dot(matrix.AsSpan(row * column.Length, column.Length), column);
}
