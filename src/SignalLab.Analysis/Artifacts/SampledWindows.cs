using SignalLab.Analysis.Fourier;
using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Windows of four seconds spread evenly over a recording, from 1 to 30 Hz at 64 samples a second: what neighbours and bridges are judged by.</summary>
internal sealed class SampledWindows
{
    /// <summary>Samples of a window.</summary>
    public const int Length = 256;

    private const double Seconds = 4;
    private const int MostWindows = 100;
    private const int LowBin = 4;
    private const int HighBin = 120;

    private readonly ISampleSource source;
    private readonly Track[] tracks;
    private readonly int[] channels;
    private readonly int span;
    private readonly double rateHz;

    public SampledWindows(Recording recording, Track[] tracks)
    {
        (source, this.tracks, channels) = (recording.Samples, tracks, [.. tracks.Select(t => t.Channel)]);
        rateHz = recording.Channels[channels[0]].RateHz;
        span = (int)Math.Round(Seconds * rateHz);
        Starts = rateHz < 64 ? [] : StartsOf(recording.Runs(channels[0]), span);
    }

    /// <summary>First stored sample of each window.</summary>
    public long[] Starts { get; }

    /// <summary>Reads one window.</summary>
    /// <param name="index">Which.</param>
    /// <returns>Track × <see cref="Length"/>; a track with missing samples is all NaN.</returns>
    public double[][] Read(int index)
    {
        var samples = LentArrays.Doubles.Rent(span * channels.Length);
        source.Read(channels, Starts[index], span, samples.AsSpan(0, span * channels.Length));
        var rows = new double[channels.Length][];
        Parallel.For(0, rows.Length, t => rows[t] = Banded(samples.AsSpan(t * span, span), tracks[t].Factor));
        LentArrays.Doubles.Return(samples);
        return rows;
    }

    /// <summary>The mains frequency with more power above its neighbouring frequencies over all windows; NaN where the rate holds neither.</summary>
    public double StrongerMainsHz()
    {
        double[] lines = [.. new double[] { 50, 60 }.Where(f => f + 2 < rateHz / 2)];
        if (lines.Length == 0 || Starts.Length == 0)
        {
            return lines.Length == 0 ? double.NaN : lines[0];
        }

        var power = new double[lines.Length];
        var row = new double[span];
        for (var w = 0; w < Starts.Length; w += 1 + (Starts.Length / 10))
        {
            foreach (var channel in channels)
            {
                source.Read(channel, Starts[w], row);
                for (var l = 0; l < lines.Length; l++)
                {
                    var share = Excess(row, lines[l]);
                    power[l] += double.IsFinite(share) ? share : 0;
                }
            }
        }

        return lines[Array.IndexOf(power, power.Max())];
    }

    // The line's part of the power around it, so that one loud channel does not decide.
    private double Excess(double[] row, double hz)
    {
        var mean = row.Average();
        double Power(double f)
        {
            var (re, im) = (0.0, 0.0);
            for (var i = 0; i < row.Length; i++)
            {
                var (s, c) = Math.SinCos(2 * Math.PI * f * i / rateHz);
                var taper = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / row.Length));
                re += (row[i] - mean) * taper * c;
                im += (row[i] - mean) * taper * s;
            }

            return (re * re) + (im * im);
        }

        var line = Power(hz);
        return line / (line + Power(hz - 1.5) + Power(hz + 1.5) + double.Epsilon);
    }

    private static double[] Banded(ReadOnlySpan<double> samples, double factor)
    {
        var plan = RealFft.Plan(samples.Length);
        var (re, im) = (new double[plan.BinCount], new double[plan.BinCount]);
        plan.Forward(Detrended(samples), re, im);
        var low = RealFft.Plan(Length);
        var (keptRe, keptIm) = (new double[low.BinCount], new double[low.BinCount]);
        for (var k = LowBin; k <= Math.Min(HighBin, plan.BinCount - 1); k++)
        {
            keptRe[k] = re[k] * factor * Length / samples.Length;
            keptIm[k] = im[k] * factor * Length / samples.Length;
        }

        var banded = new double[Length];
        low.Inverse(keptRe, keptIm, banded);
        return banded;
    }

    // The straight line from the first to the last tenth is taken out, so that a drift does not wrap around.
    private static double[] Detrended(ReadOnlySpan<double> samples)
    {
        var part = Math.Max(1, samples.Length / 10);
        var (begin, end) = (0.0, 0.0);
        for (var i = 0; i < part; i++)
        {
            begin += samples[i] / part;
            end += samples[samples.Length - part + i] / part;
        }

        var flat = new double[samples.Length];
        for (var i = 0; i < flat.Length; i++)
        {
            flat[i] = samples[i] - begin - ((end - begin) * (i - (part / 2.0)) / Math.Max(1, samples.Length - part));
        }

        return flat;
    }

    private static long[] StartsOf(IReadOnlyList<SampleRun> runs, int span)
    {
        var all = runs.Sum(r => r.Count / span);
        var wanted = Math.Min(MostWindows, all);
        var starts = new long[wanted];
        for (var (i, before, run) = (0L, 0L, 0); i < wanted; i++)
        {
            var place = i * all / wanted;
            while (place >= before + (runs[run].Count / span))
            {
                before += runs[run++].Count / span;
            }

            starts[i] = runs[run].FirstSample + ((place - before) * span);
        }

        return starts;
    }
}
