using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Quality;

/// <summary>
/// Paced complexes whose spikes are too blunt or too close to the complex for <see cref="PacingDetection"/>: a recorder that passes 100 Hz draws out a spike of a
/// millisecond to ten or more, and it runs into the complex. What is left of it: a wide complex that begins far more abruptly than it goes on, which muscle excited from one place never does.
/// </summary>
/// <remarks>
/// Set on records 107 and 217 of the MIT-BIH Arrhythmia Database: 99.9 % of the paced beats and 78 % of those fused with others; in the 24 other records 0.1 % of the beats begin so,
/// never half of a shape. In the Lobachevsky database, not used to set it, all three paced patients of 79 and no other.
/// </remarks>
public static class PacedComplexes
{
    /// <summary>Name and version of the method, as results state it.</summary>
    public const string Method = "SignalLab paced complexes 1";

    // A complex that is carried by the bundles is narrower. Source: AHA/ACCF/HRS recommendations, Circulation 2009; 119: e235 (QRS of 120 ms and more).
    private const double WideSeconds = 0.12;

    // Where the spike is sought, and where the complex goes on, from its onset; the line before is the measure of noise.
    private const double BeforeSeconds = 0.04;
    private const double BeginSeconds = 0.04;
    private const double OnSeconds = 0.06;
    private const double AfterSeconds = 0.02;
    private const double QuietSeconds = 0.08;

    // Distance over which the line must bend.
    private const double LagSeconds = 0.0056;
    private const double LeastMillivolts = 0.5;
    private const double OverComplex = 1.5;
    private const double OverNoise = 6;
    private const double NoisePercentile = 0.9;

    // So much of the spike's usual bend is left in beats that are fused with others.
    private const double KnownShare = 0.5;

    private const int FewestBeats = 3;
    private const double ShareOfShape = 0.5;
    private const int ManyLeads = 3;

    extension(Recording recording)
    {
        /// <summary>Finds paced complexes: wide ones with an abrupt beginning that most complexes of their shape share. Where three leads or more are given, two must show it.</summary>
        /// <param name="leads">Channel indices, of one rate; leads that are not voltages are not looked at.</param>
        /// <param name="beats">Beats in order of time, with <see cref="Beat.Global"/> marks and their <see cref="Beat.Template"/>.</param>
        /// <returns>One answer a beat; false throughout where the rate is below <see cref="PacingDetection.LeastRateHz"/>.</returns>
        public IReadOnlyList<bool> FindPacedComplexes(IReadOnlyList<int> leads, IReadOnlyList<Beat> beats)
        {
            ArgumentNullException.ThrowIfNull(leads);
            ArgumentNullException.ThrowIfNull(beats);
            var paced = new bool[beats.Count];
            if (leads.Count == 0 || recording.Channels[leads[0]].RateHz < PacingDetection.LeastRateHz)
            {
                return paced;
            }

            var bends = beats.Select(b => recording.Bends(leads, b)).ToArray();
            var least = leads.Count >= ManyLeads ? 2 : 1;
            var abrupt = bends.Select((b, i) => IsWide(beats[i], recording.Channels[leads[0]].RateHz) && b.Count(l => l.Begin >= Math.Max(1, OverComplex * l.Later) && l.Begin >= OverNoise * l.Noise) >= least).ToArray();
            foreach (var shape in Enumerable.Range(0, paced.Length).GroupBy(i => beats[i].Template))
            {
                var count = shape.Count(i => abrupt[i]);
                if (count >= FewestBeats && count >= ShareOfShape * shape.Count())
                {
                    foreach (var i in shape)
                    {
                        paced[i] = true;
                    }
                }
            }

            if (paced.Contains(true))
            {
                MarkFused(bends, paced, leads.Count, least);
            }

            return paced;
        }

        private Bend[] Bends(IReadOnlyList<int> leads, Beat beat)
        {
            var rate = recording.Channels[leads[0]].RateHz;
            if (beat.Global is not { QrsOn: { } on, QrsOff: { } off })
            {
                return [];
            }

            var lag = Math.Max(1, (int)Math.Round(LagSeconds * rate));
            var from = on - (long)((BeforeSeconds + QuietSeconds) * rate);
            var samples = new double[Math.Max(off, on + (long)(OnSeconds * rate)) + (long)(AfterSeconds * rate) - from + (2 * lag)];
            if (from - lag < 0 || from - lag + samples.Length > recording.Channels[leads[0]].SampleCount)
            {
                return [];
            }

            var bends = new Bend[leads.Count];
            for (var lead = 0; lead < bends.Length; lead++)
            {
                var unit = recording.Channels[leads[lead]].Unit;
                if (Unit.Millivolt.ConvertsTo(unit))
                {
                    recording.Samples.Read(leads[lead], from - lag, samples);
                    bends[lead] = Bend.Of(samples, lag, (int)(on - from), rate, Unit.Millivolt.Convert(LeastMillivolts, unit));
                }
            }

            return bends;
        }
    }

    private static bool IsWide(Beat beat, double rateHz) => beat.Global is { QrsOn: { } on, QrsOff: { } off } && off - on >= WideSeconds * rateHz;

    // Fusion with beats of the patient's own makes the complex narrow and its end steep; the spike, once it is known, stays.
    private static void MarkFused(Bend[][] bends, bool[] paced, int leads, int least)
    {
        var usual = new double[leads];
        for (var lead = 0; lead < leads; lead++)
        {
            var begins = bends.Where((b, i) => paced[i] && b.Length > 0).Select(b => b[lead].Begin).Order().ToArray();
            usual[lead] = begins.Length == 0 ? 0 : begins[begins.Length / 2];
        }

        for (var i = 0; i < paced.Length; i++)
        {
            paced[i] |= bends[i].Where((b, lead) => usual[lead] >= 1 && b.Begin >= KnownShare * usual[lead] && b.Begin >= OverNoise * b.Noise).Count() >= least;
        }
    }

    // How sharply a lead bends around the onset, later in the complex, and before it, over the least bend of a spike.
    private readonly record struct Bend(double Begin, double Later, double Noise)
    {
        // `onset` counts from the first bend. NaN where samples are missing: no comparison holds.
        public static Bend Of(ReadOnlySpan<double> samples, int lag, int onset, double rateHz, double least)
        {
            Span<double> bends = new double[samples.Length - (2 * lag)];
            for (var i = 0; i < bends.Length; i++)
            {
                bends[i] = Math.Abs(samples[i] - (2 * samples[i + lag]) + samples[i + (2 * lag)]) / least;
            }

            var (before, begin, on) = (onset - (int)(BeforeSeconds * rateHz), onset + (int)(BeginSeconds * rateHz), onset + (int)(OnSeconds * rateHz));
            var quiet = bends[..before].ToArray();
            Array.Sort(quiet);
            return new(Largest(bends[before..begin]), Largest(bends[on..]), quiet[(int)(NoisePercentile * (quiet.Length - 1))]);
        }
    }

    // NaN where a sample is missing: no comparison holds.
    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }
}
