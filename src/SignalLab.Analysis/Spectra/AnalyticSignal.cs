using SignalLab.Analysis.Fourier;

namespace SignalLab.Analysis.Spectra;

/// <summary>The analytic signal: the samples and, as imaginary part, their Hilbert transform, by taking the negative frequencies away from the whole stretch.</summary>
/// <remarks>Source: Gabor, J. IEE 93 (1946) 429–457; Marple, IEEE Trans. Signal Process. 47 (1999) 2600–2603.</remarks>
public static class AnalyticSignal
{
    /// <summary>The Hilbert transform of a stretch.</summary>
    /// <param name="samples">The samples; with a missing value among them the result has none.</param>
    /// <param name="imaginary">Receives the imaginary part of the analytic signal; as many.</param>
    public static void Hilbert(ReadOnlySpan<double> samples, Span<double> imaginary)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(imaginary.Length, samples.Length);
        if (samples.IsEmpty)
        {
            return;
        }

        var plan = RealFft.Plan(samples.Length);
        var rented = LentArrays.Doubles.Rent(2 * plan.BinCount);
        var re = rented.AsSpan(0, plan.BinCount);
        var im = rented.AsSpan(plan.BinCount, plan.BinCount);
        plan.Forward(samples, re, im);

        // A quarter turn back: (re + i·im)·(−i) = im − i·re; frequency 0 and half the rate have no turn.
        for (var k = 0; k < re.Length; k++)
        {
            (re[k], im[k]) = (im[k], -re[k]);
        }

        re[0] = double.IsFinite(im[0]) ? 0 : double.NaN;
        if (plan.Length % 2 == 0)
        {
            re[^1] = re[0];
        }

        plan.Inverse(re, im, imaginary);
        LentArrays.Doubles.Return(rented);
    }

    /// <summary>The envelope: the analytic signal's magnitude.</summary>
    /// <param name="samples">The samples of a stretch.</param>
    /// <param name="envelope">Receives as many, in the samples' unit.</param>
    public static void Envelope(ReadOnlySpan<double> samples, Span<double> envelope)
    {
        Hilbert(samples, envelope);
        for (var t = 0; t < samples.Length; t++)
        {
            envelope[t] = Math.Sqrt((samples[t] * samples[t]) + (envelope[t] * envelope[t]));
        }
    }

    /// <summary>The instantaneous phase: the analytic signal's angle, −π to π, 0 at a crest.</summary>
    /// <param name="samples">The samples of a stretch.</param>
    /// <param name="phaseRadians">Receives as many.</param>
    public static void Phase(ReadOnlySpan<double> samples, Span<double> phaseRadians)
    {
        Hilbert(samples, phaseRadians);
        for (var t = 0; t < samples.Length; t++)
        {
            phaseRadians[t] = Math.Atan2(phaseRadians[t], samples[t]);
        }
    }

    /// <summary>The instantaneous frequency: how far the phase turns to the next sample; the last sample has its predecessor's.</summary>
    /// <param name="samples">The samples of a stretch.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="frequencyHz">Receives as many; NaN where there is one sample alone.</param>
    public static void Frequency(ReadOnlySpan<double> samples, double rateHz, Span<double> frequencyHz)
    {
        Phase(samples, frequencyHz);
        for (var t = 0; t + 1 < samples.Length; t++)
        {
            frequencyHz[t] = Math.IEEERemainder(frequencyHz[t + 1] - frequencyHz[t], 2 * Math.PI) * rateHz / (2 * Math.PI);
        }

        if (samples.Length > 0)
        {
            frequencyHz[^1] = samples.Length > 1 ? frequencyHz[^2] : double.NaN;
        }
    }
}
