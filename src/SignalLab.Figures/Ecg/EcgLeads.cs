using SignalLab.Model;

namespace SignalLab.Figures.Ecg;

/// <summary>The twelve leads, found by name.</summary>
internal static class EcgLeads
{
    /// <summary>In the order of the standard: columns of three.</summary>
    public static readonly string[] Standard = ["I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6"];

    /// <summary>In Cabrera's order; the minus sign turns the lead round.</summary>
    public static readonly string[] Cabrera = ["aVL", "I", "−aVR", "II", "aVF", "III", "V1", "V2", "V3", "V4", "V5", "V6"];

    /// <summary>Channel index of each standard lead that is there.</summary>
    public static Dictionary<string, int> Find(Recording recording)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var c = 0; c < recording.Channels.Count; c++)
        {
            var name = NameOf(recording.Channels[c].Label);
            if (Standard.FirstOrDefault(s => s.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } lead)
            {
                found.TryAdd(lead, c);
            }
        }

        return found;
    }

    /// <summary>Channels that hold an ECG, or all where none says so.</summary>
    public static int[] Any(Recording recording)
    {
        int[] all = [.. Enumerable.Range(0, recording.Channels.Count)];
        int[] ecg = [.. all.Where(c => recording.Channels[c].Kind == ChannelKind.Ecg)];
        return ecg.Length > 0 ? ecg : all;
    }

    private static string NameOf(string label)
    {
        var name = ChannelName.Normalise(label);
        return name.StartsWith("LEAD", StringComparison.OrdinalIgnoreCase) ? name[4..].Trim(' ', '_', '-') : name;
    }
}
