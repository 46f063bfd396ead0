using SignalLab.Analysis.Fourier;

namespace SignalLab.Analysis.Spectra;

/// <summary>Gathers one channel's multitaper spectra.</summary>
/// <remarks>
/// Source: Thomson, Proc. IEEE 70 (1982) 1055–1096, § V for the adaptive weights; Percival and Walden, Spectral Analysis for Physical Applications (1993), eq. 368a and 370a.
/// </remarks>
internal sealed class MultitaperSpectra
{
    private const int MostRounds = 200;

    private readonly SlepianTapers tapers;
    private readonly RealFft plan;
    private readonly double rateHz;
    private readonly bool isAdaptive;
    private readonly double[] sum;

    /// <summary>Prepares for segments as long as the tapers.</summary>
    /// <param name="tapers">The tapers; shared.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="isAdaptive">Weights by frequency; with fewer than three tapers they would say nothing, and those of concentration are taken.</param>
    public MultitaperSpectra(SlepianTapers tapers, double rateHz, bool isAdaptive)
    {
        (this.tapers, this.rateHz, this.isAdaptive) = (tapers, rateHz, isAdaptive && tapers.Count >= 3);
        plan = RealFft.Plan(tapers.Length);
        sum = new double[plan.BinCount];
    }

    /// <summary>Segments taken in so far; those with missing values are passed over.</summary>
    public int Count { get; private set; }

    /// <summary>Takes a segment in.</summary>
    /// <param name="samples">As many samples as a taper has weights.</param>
    public void Add(ReadOnlySpan<double> samples)
    {
        var (n, bins) = (plan.Length, plan.BinCount);
        var centred = LentArrays.Doubles.Rent(n);
        var total = 0.0;
        foreach (var sample in samples)
        {
            total += sample;
        }

        var (mean, energy) = (total / n, 0.0);
        for (var t = 0; t < n; t++)
        {
            centred[t] = samples[t] - mean;
            energy += centred[t] * centred[t];
        }

        if (double.IsFinite(energy))
        {
            var powers = new double[isAdaptive ? tapers.Count : 1][];
            for (var k = 0; k < powers.Length; k++)
            {
                powers[k] = LentArrays.Doubles.Rent(bins);
                powers[k].AsSpan(0, bins).Clear();
            }

            Transform(centred.AsSpan(0, n), powers);
            Combine(powers, energy / n);
            Count++;
            Array.ForEach(powers, p => LentArrays.Doubles.Return(p));
        }

        LentArrays.Doubles.Return(centred);
    }

    /// <summary>The one-sided density of what was taken in; NaN where that is nothing.</summary>
    public double[] Density()
    {
        var density = new double[plan.BinCount];
        for (var k = 0; k < density.Length; k++)
        {
            // Every bin but 0 and half the rate stands for its negative frequency too.
            var sides = k == 0 || 2 * k == plan.Length ? 1 : 2;
            density[k] = Count == 0 ? double.NaN : sides * sum[k] / (rateHz * Count);
        }

        return density;
    }

    // Several tapers side by side in each transform, fewer where they are long.
    private void Transform(ReadOnlySpan<double> centred, double[][] powers)
    {
        var (n, bins) = (plan.Length, plan.BinCount);
        var together = n <= 1 << 16 ? 8 : n <= 1 << 18 ? 4 : 1;
        for (var first = 0; first < tapers.Count; first += together)
        {
            var lanes = Math.Min(together, tapers.Count - first);
            var rented = LentArrays.Doubles.Rent((n + (2 * bins)) * lanes);
            var tapered = rented.AsSpan(0, n * lanes);
            var re = rented.AsSpan(n * lanes, bins * lanes);
            var im = rented.AsSpan((n + bins) * lanes, bins * lanes);
            for (var lane = 0; lane < lanes; lane++)
            {
                var weights = tapers[first + lane];
                for (var (t, at) = (0, lane); t < n; t++, at += lanes)
                {
                    tapered[at] = centred[t] * weights[t];
                }
            }

            plan.Forward(tapered, re, im, lanes);
            for (var lane = 0; lane < lanes; lane++)
            {
                var power = powers[isAdaptive ? first + lane : 0];
                var weight = isAdaptive ? 1 : tapers.Concentrations[first + lane];
                for (var (k, at) = (0, lane); k < bins; k++, at += lanes)
                {
                    power[k] += weight * ((re[at] * re[at]) + (im[at] * im[at]));
                }
            }

            LentArrays.Doubles.Return(rented);
        }
    }

    private void Combine(double[][] powers, double variance)
    {
        var scale = 1 / tapers.Concentrations.Sum();
        for (var k = 0; k < sum.Length; k++)
        {
            sum[k] += isAdaptive ? Adaptive(powers, k, variance) : powers[0][k] * scale;
        }
    }

    // The density and the weights that it gives, in turn until neither changes.
    private double Adaptive(double[][] powers, int bin, double variance)
    {
        var estimate = (powers[0][bin] + powers[1][bin]) / 2;
        for (var round = 0; round < MostRounds && estimate > 0; round++)
        {
            var (above, below) = (0.0, 0.0);
            for (var k = 0; k < powers.Length; k++)
            {
                var concentration = tapers.Concentrations[k];
                var trust = estimate / ((concentration * estimate) + ((1 - concentration) * variance));
                var weight = concentration * trust * trust;
                above += weight * powers[k][bin];
                below += weight;
            }

            var next = above / below;
            var change = Math.Abs(next - estimate);
            estimate = next;
            if (change <= 1e-14 * estimate)
            {
                break;
            }
        }

        return estimate;
    }
}
