using System.Globalization;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Philips;

/// <summary>The representative beats: base64, 16 bits little endian, a beat a lead at a rate and resolution of their own.</summary>
internal static class SierraBeats
{
    private const int MostLeads = 64;

    /// <summary>The beats as a recording, or null where the file has none.</summary>
    public static Recording? Of(string path, XElement root)
    {
        var beats = root.All("repbeats").FirstOrDefault();
        var leads = beats?.Children("repbeat").Take(MostLeads).ToList() ?? [];
        if (beats is null || leads.Count == 0)
        {
            return null;
        }

        var rate = Number(beats, "samplespersec") is > 0 and var r ? r : throw new MalformedFileException(path, null, "rate of the representative beats", (string?)beats.Attribute("samplespersec") ?? "none", "samples a second above 0");
        var resolution = Number(beats, "resolution");
        var gain = resolution is > 0 ? resolution.Value : 1;
        var (channels, samples) = (new List<Channel>(), new List<double[]>());
        foreach (var lead in leads)
        {
            var label = (string?)lead.Attribute("leadname") ?? FormattableString.Invariant($"Channel {channels.Count + 1}");
            var text = lead.Child("waveform")?.Value ?? lead.Value;
            var values = Array.ConvertAll(Base64Samples.Int16(Base64Samples.Bytes(path, $"representative beat of {label}", text.Trim())), v => v * gain);
            channels.Add(new(label, ChannelKind.Ecg, resolution is > 0 ? Unit.Microvolt : Unit.Unknown, rate, values.Length)
            {
                Calibration = new(gain, 0, short.MinValue, short.MaxValue, short.MinValue * gain, short.MaxValue * gain),
            });
            samples.Add(values);
        }

        return new Recording(channels, new MemorySamples(samples));
    }

    private static double? Number(XElement element, string name) =>
        double.TryParse((string?)element.Attribute(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;
}
