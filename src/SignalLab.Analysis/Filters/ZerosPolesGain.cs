using System.Numerics;

namespace SignalLab.Analysis.Filters;

/// <summary>A rational transfer function: gain · Π(s − zero) / Π(s − pole), of s for an analogue filter, of z for a digital one.</summary>
/// <param name="Zeros">Where it is zero.</param>
/// <param name="Poles">Where it is infinite.</param>
/// <param name="Gain">Factor before the products.</param>
/// <remarks>Source: Oppenheim and Schafer, Discrete-Time Signal Processing, 3rd ed., §§ 7.2–7.3 and appendix B; frequency transformations as in Parks and Burrus, Digital Filter Design, § 7.2.</remarks>
internal sealed record ZerosPolesGain(Roots Zeros, Roots Poles, double Gain)
{
    private int Degree => Poles.Count - Zeros.Count;

    /// <summary>Turns a prototype with its edge at 1 rad/s into the digital filter of a band, warping the edges beforehand so that the bilinear transform puts them back.</summary>
    /// <param name="band">The band.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <returns>The filter in the z plane.</returns>
    public ZerosPolesGain ToDigital(FilterBand band, double rateHz)
    {
        // With a sampling rate of 2 the bilinear transform is z = (4 + s) / (4 − s), free of the actual rate's magnitude.
        double Warp(double hz) => 4 * Math.Tan(Math.PI * hz / rateHz);
        return (band.LowHz, band.HighHz, band.IsStop) switch
        {
            (null, { } high, _) => ToLowpass(Warp(high)),
            ({ } low, null, _) => ToHighpass(Warp(low)),
            ({ } low, { } high, false) => ToBandpass(Warp(low), Warp(high)),
            ({ } low, { } high, true) => ToBandstop(Warp(low), Warp(high)),
            _ => throw new ArgumentException("A band has at least one edge.", nameof(band)),
        } is var analogue ? analogue.Bilinear(4) : this;
    }

    /// <summary>Absolute gain of an analogue filter.</summary>
    /// <param name="radiansPerSecond">Angular frequency.</param>
    public double MagnitudeAt(double radiansPerSecond)
    {
        var s = new Complex(0, radiansPerSecond);
        return Math.Abs(Gain) * Distances(Zeros, s) / Distances(Poles, s);
    }

    private static double Distances(Roots roots, Complex s) =>
        roots.Pairs.Aggregate(1.0, (product, r) => product * (s - r).Magnitude * (s - Complex.Conjugate(r)).Magnitude)
        * roots.Reals.Aggregate(1.0, (product, r) => product * (s - r).Magnitude);

    private ZerosPolesGain ToLowpass(double edge) =>
        new(Zeros.Map(z => z * edge), Poles.Map(p => p * edge), Gain * Math.Pow(edge, Degree));

    private ZerosPolesGain ToHighpass(double edge) =>
        new(Zeros.Map(z => edge / z).WithReal(0, Degree), Poles.Map(p => edge / p), Gain * GainAtInfinity());

    private ZerosPolesGain ToBandpass(double low, double high)
    {
        var (width, centre) = (high - low, Math.Sqrt(low * high));
        return new(
            Zeros.Map(z => z * width / 2).Split(centre).WithReal(0, Degree),
            Poles.Map(p => p * width / 2).Split(centre),
            Gain * Math.Pow(width, Degree));
    }

    private ZerosPolesGain ToBandstop(double low, double high)
    {
        var (width, centre) = (high - low, Math.Sqrt(low * high));
        var zeros = Zeros.Map(z => width / 2 / z).Split(centre);
        return new(
            zeros with { Pairs = [.. zeros.Pairs, .. Enumerable.Repeat(new Complex(0, centre), Degree)] },
            Poles.Map(p => width / 2 / p).Split(centre),
            Gain * GainAtInfinity());
    }

    private ZerosPolesGain Bilinear(double twiceRate) => new(
        Zeros.Map(z => (twiceRate + z) / (twiceRate - z)).WithReal(-1, Degree),
        Poles.Map(p => (twiceRate + p) / (twiceRate - p)),
        Gain * Zeros.Product(twiceRate) / Poles.Product(twiceRate));

    // Π(−zero) / Π(−pole): what the prototype passes at frequency 0 and its mirror image at infinity.
    private double GainAtInfinity() => Zeros.Product(0) / Poles.Product(0);
}
