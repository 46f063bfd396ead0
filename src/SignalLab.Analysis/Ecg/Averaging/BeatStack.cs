using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Averaging;

/// <summary>The stretches around beats, each lead without its baseline; NaN where nothing was recorded.</summary>
internal sealed class BeatStack
{
    private const double LevelSeconds = 0.016;
    private const double UsualOnsetSeconds = 0.07;
    private const int KnotsAround = 3;

    private BeatStack(double[][][] samples, int length, int margin) => (Samples, Length, Margin) = (samples, length, margin);

    /// <summary>beats × leads × (length and a margin on either side).</summary>
    public double[][][] Samples { get; }

    /// <summary>Samples of a stretch without its margins.</summary>
    public int Length { get; }

    /// <summary>Samples on either side that shifts may use.</summary>
    public int Margin { get; }

    /// <summary>Reads the stretches.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="leads">Channel indices.</param>
    /// <param name="picked">Beats to read.</param>
    /// <param name="like">All beats of their kind in order; the levels before them make the baseline.</param>
    /// <param name="before">Samples before the beat.</param>
    /// <param name="length">Samples of a stretch.</param>
    /// <param name="margin">Samples more on either side.</param>
    public static BeatStack Read(Recording recording, IReadOnlyList<int> leads, IReadOnlyList<Beat> picked, IReadOnlyList<Beat> like, int before, int length, int margin)
    {
        var rate = recording.Channels[leads[0]].RateHz;
        var runs = recording.Runs(leads[0]);
        var half = Math.Max(1, (int)(LevelSeconds * rate / 2));
        var knots = like.Select(b => (b.Global.QrsOn ?? (b.Sample - (long)(UsualOnsetSeconds * rate))) - half).ToArray();
        var levels = new Dictionary<int, double[]>();
        var channels = leads.ToArray();
        var stack = new double[picked.Count][][];
        var next = 0;
        for (var b = 0; b < picked.Count; b++)
        {
            while (next + 1 < like.Count && like[next].Sample < picked[b].Sample)
            {
                next++;
            }

            var run = runs.Last(r => r.FirstSample <= picked[b].Sample);
            var first = picked[b].Sample - before - margin;
            stack[b] = Window(recording, channels, run, first, length + (2 * margin));
            int[] around = [.. Enumerable.Range(Math.Max(0, next - KnotsAround), Math.Min(knots.Length, next + KnotsAround + 1) - Math.Max(0, next - KnotsAround))
                .Where(k => knots[k] - half >= run.FirstSample && knots[k] + half < run.EndSample && (k == 0 || knots[k] > knots[k - 1]))];
            double[] at = [.. around.Select(k => (double)knots[k])];
            for (var lead = 0; lead < channels.Length; lead++)
            {
                double[] heights = [.. around.Select(k => Levels(k)[lead])];
                BaselineKnots.Subtract(at, heights, first, stack[b][lead]);
            }
        }

        return new(stack, length, margin);

        double[] Levels(int knot)
        {
            if (!levels.TryGetValue(knot, out var found))
            {
                var count = (2 * half) + 1;
                var values = new double[channels.Length * count];
                recording.Samples.Read(channels, knots[knot] - half, count, values);
                levels[knot] = found = [.. Enumerable.Range(0, channels.Length).Select(l => Mean(values.AsSpan(l * count, count)))];
            }

            return found;
        }
    }

    private static double[][] Window(Recording recording, int[] channels, SampleRun run, long first, int count)
    {
        var windows = new double[channels.Length][];
        var (from, to) = (Math.Max(first, run.FirstSample), Math.Min(first + count, run.EndSample));
        var held = (int)(to - from);
        var values = new double[channels.Length * held];
        recording.Samples.Read(channels, from, held, values);
        for (var lead = 0; lead < channels.Length; lead++)
        {
            windows[lead] = new double[count];
            Array.Fill(windows[lead], double.NaN);
            values.AsSpan(lead * held, held).CopyTo(windows[lead].AsSpan((int)(from - first)));
        }

        return windows;
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Length;
    }
}
