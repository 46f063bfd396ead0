using SignalLab.Model;

namespace SignalLab.Figures.Ecg;

/// <summary>Where the waves of one beat begin and end, in seconds since the first sample of its waveforms; null where a wave is absent or was not measured.</summary>
public sealed record BeatWaves
{
    /// <summary>Onset of the P wave.</summary>
    public double? POnset { get; init; }

    /// <summary>End of the P wave.</summary>
    public double? PEnd { get; init; }

    /// <summary>Onset of the QRS complex.</summary>
    public double? QrsOnset { get; init; }

    /// <summary>End of the QRS complex.</summary>
    public double? QrsEnd { get; init; }

    /// <summary>End of the T wave by the preferred method; drawn where neither of the two methods is stated.</summary>
    public double? TEnd { get; init; }

    /// <summary>End of the T wave by its tangent.</summary>
    public double? TEndByTangent { get; init; }

    /// <summary>End of the T wave by a threshold.</summary>
    public double? TEndByThreshold { get; init; }

    /// <summary>The last end of the T wave that is known.</summary>
    internal double? LastTEnd => new[] { TEnd, TEndByTangent, TEndByThreshold }.Max();
}

/// <summary>An averaged beat to be drawn.</summary>
/// <param name="Waveforms">One channel a lead, all of one rate.</param>
/// <param name="PeakSeconds">Where the R peak stands, seconds since the first sample.</param>
/// <param name="Waves">Its waves over all leads.</param>
public sealed record DrawnBeat(Recording Waveforms, double PeakSeconds, BeatWaves Waves)
{
    /// <summary>Its waves in each channel of the waveforms; empty where only those over all leads are known.</summary>
    public IReadOnlyList<BeatWaves> Leads { get; init; } = [];

    /// <summary>Of which recording, for titles and keys.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many beats were averaged, or null.</summary>
    public int? Count { get; init; }

    /// <summary>What was measured in it, for the table below a comparison.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>Channel of each lead in the order of reading: the twelve first, others as they stand.</summary>
    internal IReadOnlyList<(int Channel, string Name)> LeadsInOrder()
    {
        var found = EcgLeads.Find(Waveforms);
        return
        [
            .. EcgLeads.Standard.Where(found.ContainsKey).Select(n => (found[n], n)),
            .. Enumerable.Range(0, Waveforms.Channels.Count).Where(c => !found.ContainsValue(c)).Select(c => (c, Waveforms.Channels[c].Label)),
        ];
    }

    /// <summary>A lead in mV, 0 at the level just before the QRS complex (without one at the median).</summary>
    /// <exception cref="UnfitInputException">The lead's unit is no voltage.</exception>
    internal double[] Millivolts(int channel)
    {
        var from = Waveforms.Channels[channel];
        if (!from.Unit.ConvertsTo(Unit.Millivolt))
        {
            throw new UnfitInputException($"Lead '{from.Label}' has the unit '{from.Unit}', not a voltage: a beat cannot be drawn in mV.");
        }

        var factor = from.Unit.To(Unit.Millivolt).Factor;
        double[] values = [.. Waveforms.ReadAll(channel).Select(v => v * factor)];
        var onset = Waves.QrsOnset is { } s ? (int)Math.Clamp(Math.Round(s * from.RateHz), 0, values.Length) : 0;
        var before = Math.Max(0, onset - Math.Max(1, (int)(0.01 * from.RateHz)));
        double[] level = onset > before ? values[before..onset] : values;
        double[] sorted = [.. level.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? values : [.. values.Select(v => v - sorted[sorted.Length / 2])];
    }

    /// <summary>Times of a lead's samples in ms after an instant.</summary>
    internal double[] MillisecondsAfter(int channel, double zeroSeconds) =>
        [.. Enumerable.Range(0, (int)Waveforms.Channels[channel].SampleCount).Select(i => 1000 * ((i / Waveforms.Channels[channel].RateHz) - zeroSeconds))];

    /// <summary>What of the beat is worth drawing, seconds since its first sample.</summary>
    internal (double From, double To) Shown => (
        Math.Max(0, (Waves.POnset ?? (Waves.QrsOnset ?? PeakSeconds) - 0.25) - 0.06),
        Math.Min(Waveforms.DurationSeconds, (Waves.LastTEnd ?? PeakSeconds + 0.5) + 0.15));
}
