using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>The waveforms of a median beat by the leads' standard names, in mV where the unit is known; limb leads that are missing are derived.</summary>
internal sealed class AverageLeads
{
    private static readonly string[] Standard = [.. LimbLeads.Names, "V1", "V2", "V3", "V4", "V5", "V6"];

    private readonly Dictionary<string, double[]> leads = new(StringComparer.Ordinal);

    /// <summary>Reads the waveforms.</summary>
    /// <param name="waveforms">A median beat's waveforms.</param>
    public AverageLeads(Recording waveforms)
    {
        RateHz = waveforms.Channels[0].RateHz;
        Length = (int)waveforms.Channels[0].SampleCount;
        for (var c = 0; c < waveforms.Channels.Count; c++)
        {
            var (channel, values) = (waveforms.Channels[c], waveforms.ReadAll(c));
            if (!channel.Unit.ConvertsTo(Unit.Millivolt))
            {
                UnfitUnits.Add(channel.Label);
                continue;
            }

            var factor = channel.Unit.To(Unit.Millivolt).Factor;
            for (var i = 0; i < values.Length; i++)
            {
                values[i] *= factor;
            }

            Recorded.Add((channel.Label, values));
            if (NameOf(channel.Label) is { } name)
            {
                leads.TryAdd(name, values);
            }
        }

        string[] held = [.. leads.Keys];
        foreach (var name in LimbLeads.Names.Where(n => !leads.ContainsKey(n)))
        {
            if (LimbLeads.From(name, held) is var (first, firstWeight, second, secondWeight))
            {
                leads[name] = [.. leads[first].Zip(leads[second], (a, b) => (firstWeight * a) + (secondWeight * b))];
            }
        }
    }

    /// <summary>Samples a second.</summary>
    public double RateHz { get; }

    /// <summary>Samples of each lead.</summary>
    public int Length { get; }

    /// <summary>The leads as they were recorded, by their own labels, in mV.</summary>
    public List<(string Label, double[] Values)> Recorded { get; } = [];

    /// <summary>Labels of leads whose unit is no voltage.</summary>
    public List<string> UnfitUnits { get; } = [];

    /// <summary>The standard lead of a label, or null.</summary>
    /// <param name="label">A channel's label.</param>
    public static string? NameOf(string label)
    {
        var name = ChannelName.Normalise(label);
        return Standard.FirstOrDefault(s => s.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A lead by its standard name, recorded or derived; null where it cannot be had.</summary>
    /// <param name="name">The standard name.</param>
    public double[]? Of(string name) => leads.GetValueOrDefault(name);

    /// <summary>Why leads are missing.</summary>
    /// <param name="names">Leads that are needed.</param>
    public string Missing(params ReadOnlySpan<string> names)
    {
        List<string> missing = [];
        foreach (var name in names)
        {
            if (!leads.ContainsKey(name))
            {
                missing.Add(name);
            }
        }

        return UnfitUnits.Count > 0
            ? $"Lead {UnfitUnits[0]} states no unit that converts to mV."
            : $"Lead {string.Join(", ", missing)} is not there and cannot be derived.";
    }
}
