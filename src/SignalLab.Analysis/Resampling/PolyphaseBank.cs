namespace SignalLab.Analysis.Resampling;

/// <summary>
/// Rational resampling: y[m] = Σ x[k]·h[m·down − k·up], the low-pass h being designed at up times the old rate and cut into one row of taps a phase.
/// Source: Crochiere and Rabiner, Multirate Digital Signal Processing, 1983, § 3.3.
/// </summary>
internal sealed class PolyphaseBank : OutputKernel
{
    /// <summary>Taps over all phases, at most.</summary>
    private const long MostTaps = 1 << 22;

    private readonly RateRatio ratio;
    private readonly int left;
    private readonly double[] taps;

    public PolyphaseBank(RateRatio ratio, ResamplingOptions options)
    {
        this.ratio = ratio;
        var faster = Math.Max(ratio.Up, ratio.Down);
        var half = options.HalfLength * faster;
        var prototype = Prototype(half, options.Cutoff / faster, options.KaiserBeta, ratio.Up);
        left = half / ratio.Up;
        var right = (ratio.Up - 1 + half) / ratio.Up;
        Width = Padded(left + right + 1);
        taps = new double[ratio.Up * Width];
        for (var phase = 0; phase < ratio.Up; phase++)
        {
            for (var j = -left; j <= right; j++)
            {
                var index = phase + half - (j * ratio.Up);
                if (index >= 0 && index < prototype.Length)
                {
                    taps[(phase * Width) + j + left] = prototype[index];
                }
            }

            if (options.KeepsConstants)
            {
                TapProducts.SumToOne(taps.AsSpan(phase * Width, Width));
            }
        }
    }

    public override int Width { get; }

    /// <summary>True where the bank is small enough to be kept.</summary>
    public static bool Fits(RateRatio ratio, ResamplingOptions options) =>
        ratio.Up * ((2L * options.HalfLength * Math.Max(ratio.Up, ratio.Down) / ratio.Up) + 2 + TapProducts.Lanes) <= MostTaps;

    public override long FirstInput(long output) => (output * ratio.Down / ratio.Up) - left;

    public override void Apply(ReadOnlySpan<double> samples, long firstSample, long firstOutput, Span<double> into)
    {
        Span<int> at = stackalloc int[4];
        Span<int> row = stackalloc int[4];
        var place = firstOutput * ratio.Down;
        var sample = (int)((place / ratio.Up) - left - firstSample);
        var phase = (int)(place % ratio.Up);
        var (whole, part) = (ratio.Down / ratio.Up, ratio.Down % ratio.Up);
        var i = 0;
        for (; ratio.Up == 1 && i + 8 <= into.Length; i += 8)
        {
            TapProducts.Eight(samples[sample..], ratio.Down, taps, into.Slice(i, 8));
            sample += 8 * ratio.Down;
        }

        for (; i + 4 <= into.Length; i += 4)
        {
            for (var k = 0; k < 4; k++)
            {
                (at[k], row[k]) = (sample, phase * Width);
                Step(ref sample, ref phase, whole, part);
            }

            TapProducts.Four(samples, at, taps, row, Width, into.Slice(i, 4));
        }

        for (; i < into.Length; i++)
        {
            into[i] = TapProducts.One(samples[sample..], taps.AsSpan(phase * Width, Width));
            Step(ref sample, ref phase, whole, part);
        }
    }

    private static int Padded(int count) => (count + TapProducts.Lanes - 1) / TapProducts.Lanes * TapProducts.Lanes;

    private void Step(ref int sample, ref int phase, int whole, int part)
    {
        sample += whole;
        phase += part;
        if (phase >= ratio.Up)
        {
            phase -= ratio.Up;
            sample++;
        }
    }

    // The taps sum to the number of phases: a constant stays what it is.
    private static double[] Prototype(int half, double cutoff, double beta, int gain)
    {
        var kernel = new SincKernel(cutoff, half, beta);
        var values = new double[(2 * half) + 1];
        var sum = 0.0;
        for (var n = -half; n <= half; n++)
        {
            sum += values[n + half] = kernel.At(n);
        }

        for (var n = 0; n < values.Length; n++)
        {
            values[n] *= gain / sum;
        }

        return values;
    }
}
