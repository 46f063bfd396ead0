namespace SignalLab.Analysis.Resampling;

/// <summary>
/// Resampling by any ratio: the low-pass is tabled at many phases between two samples and interpolated by cubics between them.
/// Between 1024 phases a sample the interpolation errs by less than 2e−6 of the amplitude (where the window steps to zero), 20 dB below the stop band.
/// Every row sums to one. Source: Smith, Digital Audio Resampling (bandlimited interpolation), 2002; the cubic is Lagrange's.
/// </summary>
internal sealed class InterpolatedBank : OutputKernel
{
    private const int PhasesPerSample = 1024;

    private readonly double step;
    private readonly int left;
    private readonly int phases;
    private readonly double[] taps;

    /// <summary>Makes the table.</summary>
    /// <param name="step">Old samples from one new sample to the next.</param>
    /// <param name="options">The low-pass.</param>
    public InterpolatedBank(double step, ResamplingOptions options)
    {
        this.step = step;
        var slower = Math.Max(1, step);
        var reach = options.HalfLength * slower;
        var kernel = new SincKernel(options.Cutoff / slower, reach, options.KaiserBeta);
        left = (int)Math.Ceiling(reach) + 1;

        // A low-pass for a lower rate is as much smoother.
        phases = Math.Max(16, (int)Math.Ceiling(PhasesPerSample / slower));
        Width = ((2 * left) + 1 + TapProducts.Lanes) / TapProducts.Lanes * TapProducts.Lanes;
        taps = new double[(phases + 3) * Width];
        for (var r = 0; r < phases + 3; r++)
        {
            var row = taps.AsSpan(r * Width, Width);
            for (var j = 0; j < Width; j++)
            {
                row[j] = kernel.At(((r - 1.0) / phases) - (j - left));
            }

            TapProducts.SumToOne(row);
        }
    }

    public override int Width { get; }

    public override long FirstInput(long output) => (long)Math.Floor(output * step) - left;

    public override void Apply(ReadOnlySpan<double> samples, long firstSample, long firstOutput, Span<double> into)
    {
        Span<int> at = stackalloc int[4];
        Span<int> row = stackalloc int[4];
        Span<double> four = stackalloc double[4];
        for (var i = 0; i < into.Length; i++)
        {
            var place = (firstOutput + i) * step;
            var whole = Math.Floor(place);
            at.Fill((int)((long)whole - left - firstSample));
            var fine = (place - whole) * phases;
            var r = Math.Min((int)fine, phases - 1);
            for (var k = 0; k < 4; k++)
            {
                row[k] = (r + k) * Width;
            }

            TapProducts.Four(samples, at, taps, row, Width, four);
            var u = fine - r;
            var (a, b, c) = (u + 1, u - 1, u - 2);
            into[i] = (-u * b * c / 6 * four[0]) + (a * b * c / 2 * four[1]) - (a * u * c / 2 * four[2]) + (a * u * b / 6 * four[3]);
        }
    }
}
