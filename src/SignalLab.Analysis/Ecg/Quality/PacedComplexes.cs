using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Quality;

/// <summary>
/// Paced complexes whose spikes are too blunt or too close to the complex for <see cref="PacingDetection"/>: a recorder that passes 100 Hz draws out a spike of a
/// millisecond to ten or more, and it runs into the complex. What is left of it: a wide complex that begins far more abruptly than it goes on, which muscle excited from one place never does.
/// </summary>
/// <remarks>
/// Set on records 107 and 217 of the MIT-BIH Arrhythmia Database: 99 % of the paced beats and 57 % of those fused with others; in the 24 other records 0.1 % of the beats begin so,
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

            var abrupt = beats.Select(b => recording.BeginsAbruptly(leads, b)).ToArray();
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

            // Fusion with beats of their own changes the shape; the spike stays.
            for (var i = 0; i < paced.Length && paced.Contains(true); i++)
            {
                paced[i] |= abrupt[i];
            }

            return paced;
        }

        private bool BeginsAbruptly(IReadOnlyList<int> leads, Beat beat)
        {
            var rate = recording.Channels[leads[0]].RateHz;
            if (beat.Global is not { QrsOn: { } on, QrsOff: { } off } || off - on < WideSeconds * rate)
            {
                return false;
            }

            var lag = Math.Max(1, (int)Math.Round(LagSeconds * rate));
            var from = on - (long)((BeforeSeconds + QuietSeconds) * rate);
            var samples = new double[off + (long)(AfterSeconds * rate) - from + (2 * lag)];
            if (from - lag < 0 || from - lag + samples.Length > recording.Channels[leads[0]].SampleCount)
            {
                return false;
            }

            var seen = 0;
            foreach (var lead in leads)
            {
                var unit = recording.Channels[lead].Unit;
                if (Unit.Millivolt.ConvertsTo(unit))
                {
                    recording.Samples.Read(lead, from - lag, samples);
                    seen += IsAbrupt(samples, lag, (int)(on - from), rate, Unit.Millivolt.Convert(LeastMillivolts, unit)) ? 1 : 0;
                }
            }

            return seen >= (leads.Count >= ManyLeads ? 2 : 1);
        }
    }

    // `onset` counts from the first bend.
    private static bool IsAbrupt(ReadOnlySpan<double> samples, int lag, int onset, double rateHz, double least)
    {
        Span<double> bends = new double[samples.Length - (2 * lag)];
        for (var i = 0; i < bends.Length; i++)
        {
            bends[i] = Math.Abs(samples[i] - (2 * samples[i + lag]) + samples[i + (2 * lag)]);
        }

        var quiet = bends[..(onset - (int)(BeforeSeconds * rateHz))].ToArray();
        Array.Sort(quiet);
        var begin = Largest(bends[(onset - (int)(BeforeSeconds * rateHz))..(onset + (int)(BeginSeconds * rateHz))]);
        return begin >= least && begin >= OverComplex * Largest(bends[(onset + (int)(OnSeconds * rateHz))..]) && begin >= OverNoise * quiet[(int)(NoisePercentile * (quiet.Length - 1))];
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
