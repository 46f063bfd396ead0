namespace SignalLab.Analysis.Filters;

/// <summary>The window that fades an ideal filter's endless sinc into a finite one.</summary>
public enum FirWindow
{
    /// <summary>Stop band below −53 dB; length 3.3 / transition.</summary>
    Hamming,

    /// <summary>Stop band below −44 dB, falling on; length 3.1 / transition.</summary>
    Hann,

    /// <summary>Stop band below −74 dB; length 5 / transition.</summary>
    Blackman,
}

/// <summary>The windows' weights.</summary>
internal static class FirWindows
{
    /// <summary>A window's length times the transition's width.</summary>
    /// <remarks>Source: Ifeachor and Jervis, Digital Signal Processing, 2nd ed., table 7.3; the values in use for EEG are those of Widmann et al., J. Neurosci. Methods 250 (2015) 34–46, and MNE-Python.</remarks>
    public static double LengthFactor(FirWindow window) => window switch
    {
        FirWindow.Hamming => 3.3,
        FirWindow.Hann => 3.1,
        FirWindow.Blackman => 5.0,
        _ => throw new ArgumentOutOfRangeException(nameof(window)),
    };

    /// <summary>Symmetric weights.</summary>
    /// <param name="window">Which.</param>
    /// <param name="length">Number of weights, odd.</param>
    public static double[] Weights(FirWindow window, int length) => Symmetric(length, x =>
    {
        var angle = Math.PI * x;
        return window switch
        {
            FirWindow.Hamming => 0.54 + (0.46 * Math.Cos(angle)),
            FirWindow.Hann => 0.5 + (0.5 * Math.Cos(angle)),
            FirWindow.Blackman => 0.42 + (0.5 * Math.Cos(angle)) + (0.08 * Math.Cos(2 * angle)),
            _ => throw new ArgumentOutOfRangeException(nameof(window)),
        };
    });

    /// <summary>Kaiser's window.</summary>
    /// <param name="beta">Its shape.</param>
    /// <param name="length">Number of weights, odd.</param>
    /// <remarks>Source: Kaiser, Proc. IEEE Int. Symp. Circuits and Systems (1974) 20–23.</remarks>
    public static double[] Kaiser(double beta, int length) => Symmetric(length, x => BesselI0(beta * Math.Sqrt(Math.Max(0, (1 - x) * (1 + x)))) / BesselI0(beta));

    /// <summary>The shape that reaches an attenuation.</summary>
    /// <param name="attenuationDb">Attenuation of the stop band.</param>
    public static double KaiserBeta(double attenuationDb) => attenuationDb switch
    {
        > 50 => 0.1102 * (attenuationDb - 8.7),
        > 21 => (0.5842 * Math.Pow(attenuationDb - 21, 0.4)) + (0.07886 * (attenuationDb - 21)),
        _ => 0,
    };

    // A weight by its distance from the middle, 0…1: both halves are the same number.
    private static double[] Symmetric(int length, Func<double, double> weight)
    {
        var (weights, middle) = (new double[length], length / 2);
        for (var i = 0; i <= middle; i++)
        {
            weights[middle - i] = weights[middle + i] = middle == 0 ? 1 : weight((double)i / middle);
        }

        return weights;
    }

    private static double BesselI0(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > 1e-18 * sum; k++)
        {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }

        return sum;
    }
}
