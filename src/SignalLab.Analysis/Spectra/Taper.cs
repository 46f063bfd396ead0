namespace SignalLab.Analysis.Spectra;

/// <summary>Weights that fade a segment in and out before it is transformed.</summary>
public enum Taper
{
    /// <summary>Raised cosine.</summary>
    Hann,

    /// <summary>Raised cosine on a pedestal.</summary>
    Hamming,

    /// <summary>Two cosines.</summary>
    Blackman,

    /// <summary>Three cosines, side lobes below −92 dB.</summary>
    BlackmanHarris,

    /// <summary>None: all samples weigh the same.</summary>
    Rectangular,
}

/// <summary>The tapers' weights.</summary>
internal static class Tapers
{
    /// <summary>The weights in their periodic form, as spectra want it: the sample after the last would be the first again.</summary>
    /// <param name="taper">Which.</param>
    /// <param name="length">Number of weights.</param>
    /// <remarks>Source: Harris, Proc. IEEE 66 (1978) 51–83, DFT-even windows.</remarks>
    public static double[] Weights(Taper taper, int length)
    {
        ReadOnlySpan<double> cosines = taper switch
        {
            Taper.Hann => [0.5, -0.5],
            Taper.Hamming => [0.54, -0.46],
            Taper.Blackman => [0.42, -0.5, 0.08],
            Taper.BlackmanHarris => [0.35875, -0.48829, 0.14128, -0.01168],
            Taper.Rectangular => [1],
            _ => throw new ArgumentOutOfRangeException(nameof(taper)),
        };
        var weights = new double[length];
        for (var t = 0; t < length; t++)
        {
            for (var k = 0; k < cosines.Length; k++)
            {
                weights[t] += cosines[k] * Math.Cos(2 * Math.PI * k * t / length);
            }
        }

        return length == 1 ? [1] : weights;
    }
}
