using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>How a Lomb–Scargle periodogram is scaled.</summary>
public enum LombScargleScale
{
    /// <summary>Part of the variation that a sine of that frequency explains, 0…1.</summary>
    Standard,

    /// <summary>One-sided density in the square of the values' unit per hertz; for even times it is the periodogram.</summary>
    Density,
}

/// <summary>How a Lomb–Scargle periodogram is computed.</summary>
public sealed record LombScargleOptions
{
    /// <summary>Mean taken away first, none fitted with the sine, standard scale.</summary>
    public static LombScargleOptions Default { get; } = new();

    /// <summary>Take the mean away first.</summary>
    public bool Centre { get; init; } = true;

    /// <summary>Fit a constant together with each sine: right where few or badly spread values leave their mean uncertain.</summary>
    public bool FloatingMean { get; init; }

    /// <summary>The scale.</summary>
    public LombScargleScale Scale { get; init; } = LombScargleScale.Standard;
}

/// <summary>The spectrum of values at uneven times, by fitting a sine of each frequency: beat intervals, for example.</summary>
/// <remarks>Source: Lomb, Astrophys. Space Sci. 39 (1976) 447–462; Scargle, Astrophys. J. 263 (1982) 835–853; floating mean: Zechmeister and Kürster, Astron. Astrophys. 496 (2009) 577–584.</remarks>
public static class LombScargle
{
    /// <summary>The periodogram.</summary>
    /// <param name="timesSeconds">Times, in any order.</param>
    /// <param name="values">One value each; those that are missing are passed over.</param>
    /// <param name="frequenciesHz">Frequencies, above 0.</param>
    /// <param name="options">Mean and scale; null for the usual.</param>
    /// <returns>One number a frequency; NaN where fewer than three values are there, 0 where they do not vary.</returns>
    public static double[] Power(ReadOnlySpan<double> timesSeconds, ReadOnlySpan<double> values, IReadOnlyList<double> frequenciesHz, LombScargleOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, timesSeconds.Length);
        ArgumentNullException.ThrowIfNull(frequenciesHz);
        var chosen = options ?? LombScargleOptions.Default;
        var (times, centred) = Present(timesSeconds, values, chosen.Centre);
        var count = times.Length;
        var energy = centred.Sum(v => v * v);
        var power = new double[frequenciesHz.Count];
        if (count < 3 || energy == 0)
        {
            Array.Fill(power, count < 3 ? double.NaN : 0);
            return power;
        }

        // Standard: what of the energy is explained. Density: 2 · (explained / 2) · mean interval.
        var mean = centred.Average();
        var reference = chosen.FloatingMean ? energy - (count * mean * mean) : energy;
        var interval = (times.Max() - times.Min()) / (count - 1);
        var scale = chosen.Scale == LombScargleScale.Standard ? 1 / reference : interval;
        var earliest = times.Min();
        var (shifted, sums) = (Array.ConvertAll(times, t => t - earliest), chosen.FloatingMean);
        Parallel.For(0, power.Length, f => power[f] = scale * Explained(shifted, centred, frequenciesHz[f], sums));
        return power;
    }

    /// <summary>Frequencies spread evenly, as many as the values can tell apart times an oversampling.</summary>
    /// <param name="durationSeconds">Time from the first value to the last.</param>
    /// <param name="highestHz">Highest frequency.</param>
    /// <param name="oversampling">Frequencies for each width of a peak.</param>
    /// <exception cref="UnfitInputException">No frequency fits.</exception>
    public static Axis Frequencies(double durationSeconds, double highestHz, double oversampling = 5)
    {
        var step = 1 / (oversampling * durationSeconds);
        var count = Math.Floor((highestHz / step) + 1e-9);
        return count is >= 1 and <= 1 << 26
            ? Axis.Uniform(AxisKind.Frequency, Unit.Hertz, step, step, (int)count)
            : throw new UnfitInputException(FormattableString.Invariant($"{durationSeconds} s in steps of {step} Hz up to {highestHz} Hz make {count} frequencies: at least one and at most {1 << 26} are possible."));
    }

    private static (double[] Times, double[] Values) Present(ReadOnlySpan<double> times, ReadOnlySpan<double> values, bool centre)
    {
        var (kept, present) = (new List<double>(times.Length), new List<double>(times.Length));
        for (var i = 0; i < times.Length; i++)
        {
            if (double.IsFinite(times[i]) && double.IsFinite(values[i]))
            {
                kept.Add(times[i]);
                present.Add(values[i]);
            }
        }

        var mean = centre && present.Count > 0 ? present.Average() : 0;
        return ([.. kept], [.. present.Select(v => v - mean)]);
    }

    // Energy of the fitted sine: cosine and sine are turned until they are orthogonal over the times, then each is projected on.
    private static double Explained(double[] times, double[] values, double hz, bool floating)
    {
        var (c, s, cc, ss, cs, yc, ys, y) = Sums(times, values, hz);
        double n = times.Length;
        if (floating)
        {
            (cc, ss, cs) = (cc - (c * c / n), ss - (s * s / n), cs - (c * s / n));
            (yc, ys) = (yc - (y * c / n), ys - (y * s / n));
        }

        var (sin, cos) = Math.SinCos(0.5 * Math.Atan2(2 * cs, cc - ss));
        var (along, across) = ((yc * cos) + (ys * sin), (ys * cos) - (yc * sin));
        var (a, b) = ((cc * cos * cos) + (2 * cs * cos * sin) + (ss * sin * sin), (cc * sin * sin) - (2 * cs * cos * sin) + (ss * cos * cos));
        var least = 1e-12 * n;
        return (a > least ? along * along / a : 0) + (b > least ? across * across / b : 0);
    }

    private static (double C, double S, double Cc, double Ss, double Cs, double Yc, double Ys, double Y) Sums(double[] times, double[] values, double hz)
    {
        var (c, s, cc, ss, cs, yc, ys, y) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        var wideTimes = MemoryMarshal.Cast<double, Vector512<double>>(times.AsSpan());
        var wideValues = MemoryMarshal.Cast<double, Vector512<double>>(values.AsSpan());
        var (vc, vs, vcc, vcs, vyc, vys) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (var i = 0; i < wideTimes.Length; i++)
        {
            // Whole turns are taken out before the angle is made: late times keep their digits.
            var turns = wideTimes[i] * hz;
            var (sin, cos) = Vector512.SinCos((turns - Vector512.Round(turns)) * (2 * Math.PI));
            (vc, vs) = (vc + cos, vs + sin);
            (vcc, vcs) = (vcc + (cos * cos), vcs + (cos * sin));
            (vyc, vys) = (vyc + (wideValues[i] * cos), vys + (wideValues[i] * sin));
        }

        (c, s, cc, cs, yc, ys) = (Vector512.Sum(vc), Vector512.Sum(vs), Vector512.Sum(vcc), Vector512.Sum(vcs), Vector512.Sum(vyc), Vector512.Sum(vys));
        for (var i = 8 * wideTimes.Length; i < times.Length; i++)
        {
            var turns = times[i] * hz;
            var (sin, cos) = Math.SinCos((turns - Math.Round(turns)) * (2 * Math.PI));
            (c, s, cc, cs) = (c + cos, s + sin, cc + (cos * cos), cs + (cos * sin));
            (yc, ys) = (yc + (values[i] * cos), ys + (values[i] * sin));
        }

        foreach (var value in values)
        {
            y += value;
        }

        ss = times.Length - cc;
        return (c, s, cc, ss, cs, yc, ys, y);
    }
}
