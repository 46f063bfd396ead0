using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Mff;

/// <summary>The physiological channels (PNS): names, units and filters from <c>pnsSet.xml</c>.</summary>
internal static class MffPhysiology
{
    /// <summary>The channels of a signal.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static Channel[] Channels(MffFolder folder, MffSignal signal, List<string> remarks)
    {
        var sensors = folder.Find("pnsSet.xml")?.All("sensor").ToArray() ?? [];
        if (sensors.Length != signal.ChannelCount)
        {
            remarks.Add(FormattableString.Invariant($"pnsSet.xml has {sensors.Length} sensors, the signal {signal.ChannelCount} channels: names are given in order as far as they go."));
        }

        var channels = new Channel[signal.ChannelCount];
        for (var c = 0; c < channels.Length; c++)
        {
            var sensor = c < sensors.Length ? sensors[c] : null;
            var label = sensor?.Text("name") ?? FormattableString.Invariant($"PNS {c + 1}");
            channels[c] = new(label, KindOf(label, sensor?.Text("sensorType")), Unit.Parse(sensor?.Text("unit")), signal.RateHz, signal.SampleCount);
        }

        return channels;
    }

    private static ChannelKind KindOf(string label, string? type)
    {
        var words = $"{label} {type}".ToUpperInvariant();
        bool Says(string word) => words.Contains(word, StringComparison.Ordinal);
        return Says("ECG") || Says("EKG") ? ChannelKind.Ecg
            : Says("EMG") ? ChannelKind.Emg
            : Says("EOG") ? ChannelKind.Eog
            : Says("RESP") ? ChannelKind.Resp
            : Says("TEMP") ? ChannelKind.Temp
            : Says("SPO2") ? ChannelKind.SpO2
            : Says("GSR") ? ChannelKind.Gsr
            : ChannelKind.Misc;
    }
}
