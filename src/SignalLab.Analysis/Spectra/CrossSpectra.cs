namespace SignalLab.Analysis.Spectra;

/// <summary>Gathers the cross-spectra of one pair of channels over segments, for every measure of how far they go together.</summary>
/// <remarks>
/// Source: coherence: Carter, Proc. IEEE 75 (1987) 236–255; its imaginary part: Nolte et al., Clin. Neurophysiol. 115 (2004) 2292–2307;
/// phase locking: Lachaux et al., Hum. Brain Mapp. 8 (1999) 194–208; phase lag: Stam et al., Hum. Brain Mapp. 28 (2007) 1178–1193; weighted, and without its bias: Vinck et al., NeuroImage 55 (2011) 1548–1565.
/// </remarks>
/// <param name="bins">Number of frequencies.</param>
internal sealed class CrossSpectra(int bins)
{
    private readonly double[] firstPower = new double[bins];
    private readonly double[] secondPower = new double[bins];
    private readonly double[] re = new double[bins];
    private readonly double[] im = new double[bins];
    private readonly double[] phaseRe = new double[bins];
    private readonly double[] phaseIm = new double[bins];
    private readonly double[] signs = new double[bins];
    private readonly double[] imSize = new double[bins];
    private readonly double[] imSquare = new double[bins];

    /// <summary>Segments taken in.</summary>
    public long Count { get; private set; }

    /// <summary>Begins the next segment.</summary>
    public void Next() => Count++;

    /// <summary>Takes one segment's cross-spectrum at one frequency in.</summary>
    /// <param name="bin">The frequency's number.</param>
    /// <param name="xx">Power of the first channel.</param>
    /// <param name="yy">Power of the second channel.</param>
    /// <param name="xyRe">Real part of the first channel's coefficient times the conjugate of the second's.</param>
    /// <param name="xyIm">Imaginary part.</param>
    public void Add(int bin, double xx, double yy, double xyRe, double xyIm)
    {
        firstPower[bin] += xx;
        secondPower[bin] += yy;
        re[bin] += xyRe;
        im[bin] += xyIm;
        var size = Math.Sqrt((xyRe * xyRe) + (xyIm * xyIm));
        if (size > 0)
        {
            phaseRe[bin] += xyRe / size;
            phaseIm[bin] += xyIm / size;
        }

        signs[bin] += xyIm > 0 ? 1 : xyIm < 0 ? -1 : 0;
        imSize[bin] += Math.Abs(xyIm);
        imSquare[bin] += xyIm * xyIm;
    }

    /// <summary>|Σxy|² / (Σxx·Σyy).</summary>
    public double Coherence(int bin) => ((re[bin] * re[bin]) + (im[bin] * im[bin])) / (firstPower[bin] * secondPower[bin]);

    /// <summary>Im Σxy / √(Σxx·Σyy).</summary>
    public double ImaginaryCoherence(int bin) => im[bin] / Math.Sqrt(firstPower[bin] * secondPower[bin]);

    /// <summary>|mean of xy / |xy||.</summary>
    public double PhaseLocking(int bin) => Count == 0 || firstPower[bin] * secondPower[bin] == 0 ? double.NaN : Math.Sqrt((phaseRe[bin] * phaseRe[bin]) + (phaseIm[bin] * phaseIm[bin])) / Count;

    /// <summary>|mean of the sign of Im xy|.</summary>
    public double PhaseLag(int bin) => Count == 0 || firstPower[bin] * secondPower[bin] == 0 ? double.NaN : Math.Abs(signs[bin]) / Count;

    /// <summary>|Σ Im xy| / Σ |Im xy|.</summary>
    public double WeightedPhaseLag(int bin) => Math.Abs(im[bin]) / imSize[bin];

    /// <summary>((Σ Im xy)² − Σ (Im xy)²) / ((Σ |Im xy|)² − Σ (Im xy)²).</summary>
    public double DebiasedWeightedPhaseLag(int bin) => ((im[bin] * im[bin]) - imSquare[bin]) / ((imSize[bin] * imSize[bin]) - imSquare[bin]);
}
