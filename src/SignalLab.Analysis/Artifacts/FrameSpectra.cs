using System.Buffers;
using SignalLab.Analysis.Fourier;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Root-mean-square amplitudes of frames in a few bands: one Hann-tapered transform a frame, eight frames side by side.</summary>
internal sealed class FrameSpectra
{
    private const int Together = 8;
    private const double HighestMuscleHz = 150;

    private readonly RealFft plan;
    private readonly double[] weights;
    private readonly double scale;
    private readonly int length;
    private readonly bool[] isHigh;
    private readonly bool[] isLine;
    private readonly bool[] isBeside;

    /// <summary>Prepares for frames of one length.</summary>
    /// <param name="length">Samples of a frame, about one second.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="mainsHz">Mains frequency, kept out of the muscle band with its harmonics; NaN for none.</param>
    public FrameSpectra(int length, double rateHz, double mainsHz)
    {
        this.length = length;
        plan = RealFft.Plan(length);
        weights = new double[length];
        for (var i = 0; i < length; i++)
        {
            weights[i] = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / length));
        }

        scale = 2 / (length * weights.Sum(w => w * w));
        BinHz = rateHz / length;
        var top = Math.Min(HighestMuscleHz, 0.47 * rateHz);
        isHigh = Mark(f => f >= 25 && f <= top && !NearMains(f, mainsHz, 3.5));
        isLine = Mark(f => Math.Abs(f - mainsHz) <= 2.01);
        isBeside = Mark(f => Math.Abs(f - mainsHz) is > 3.5 and <= 8.01 && f <= 0.49 * rateHz);
        HasLine = mainsHz + 2 < rateHz / 2 && isBeside.Count(b => b) >= 4;
        HasHigh = isHigh.Count(b => b) >= 8;
    }

    public double BinHz { get; }

    /// <summary>True where the rate holds the mains and what is beside it.</summary>
    public bool HasLine { get; }

    /// <summary>True where the rate holds enough of the muscle band.</summary>
    public bool HasHigh { get; }

    /// <summary>Amplitudes of frames in a row.</summary>
    /// <param name="samples">The first frame's first to the last frame's last sample.</param>
    /// <param name="hop">Samples from one frame to the next.</param>
    /// <param name="amplitude">Receives 1 to 40 Hz; its length is the number of frames.</param>
    /// <param name="high">Receives above 25 Hz without mains.</param>
    /// <param name="low">Receives 1 to 3 Hz.</param>
    /// <param name="line">Receives what stands above its neighbours at the mains frequency.</param>
    public void Measure(ReadOnlySpan<double> samples, int hop, Span<float> amplitude, Span<float> high, Span<float> low, Span<float> line)
    {
        var bins = plan.BinCount;
        var rented = ArrayPool<double>.Shared.Rent((length + (2 * bins)) * Together);
        var frames = rented.AsSpan(0, length * Together);
        var re = rented.AsSpan(length * Together, bins * Together);
        var im = rented.AsSpan((length + bins) * Together, bins * Together);
        for (var first = 0; first < amplitude.Length; first += Together)
        {
            var count = Math.Min(Together, amplitude.Length - first);
            frames.Clear();
            for (var lane = 0; lane < count; lane++)
            {
                Fill(samples.Slice((first + lane) * hop, length), frames, lane);
            }

            plan.Forward(frames, re, im, Together);
            for (var lane = 0; lane < count; lane++)
            {
                var frame = first + lane;
                (amplitude[frame], high[frame], low[frame], line[frame]) = Bands(re, im, lane);
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private void Fill(ReadOnlySpan<double> samples, Span<double> frames, int lane)
    {
        var mean = 0.0;
        foreach (var sample in samples)
        {
            mean += sample;
        }

        mean /= samples.Length;
        for (var (t, at) = (0, lane); t < samples.Length; t++, at += Together)
        {
            frames[at] = (samples[t] - mean) * weights[t];
        }
    }

    private (float Amplitude, float High, float Low, float Line) Bands(ReadOnlySpan<double> re, ReadOnlySpan<double> im, int lane)
    {
        var (amplitude, high, low, line, beside) = (0.0, 0.0, 0.0, 0.0, 0.0);
        var (lines, besides) = (0, 0);
        for (var k = 1; k < plan.BinCount; k++)
        {
            var at = (k * Together) + lane;
            var power = (re[at] * re[at]) + (im[at] * im[at]);
            var f = k * BinHz;
            amplitude += f <= 40 ? power : 0;
            low += f <= 3.01 ? power : 0;
            high += isHigh[k] ? power : 0;
            (line, lines) = isLine[k] ? (line + power, lines + 1) : (line, lines);
            (beside, besides) = isBeside[k] ? (beside + power, besides + 1) : (beside, besides);
        }

        var excess = besides == 0 ? 0 : Math.Max(0, line - (beside * lines / besides));
        return (Root(amplitude), Root(high), Root(low), Root(excess));
    }

    private float Root(double power) => (float)Math.Sqrt(power * scale);

    private bool[] Mark(Func<double, bool> fits)
    {
        var marks = new bool[plan.BinCount];
        for (var k = 0; k < marks.Length; k++)
        {
            marks[k] = fits(k * BinHz);
        }

        return marks;
    }

    private static bool NearMains(double f, double mainsHz, double width) =>
        mainsHz > 0 && f > mainsHz / 2 && Math.Abs(f - (mainsHz * Math.Round(f / mainsHz))) <= width;
}
