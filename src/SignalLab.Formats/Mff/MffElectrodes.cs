using System.Globalization;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Mff;

/// <summary>The electrodes: names and kinds from <c>sensorLayout.xml</c>, places from <c>coordinates.xml</c> in centimetres, gains from the signal's info file.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="Fiducials">Nasion and preauricular points.</param>
/// <param name="Gains">Factor of each channel.</param>
internal sealed record MffElectrodes(IReadOnlyList<Channel> Channels, IReadOnlyList<Sensor> Fiducials, IReadOnlyList<double> Gains)
{
    private const double CentimetresPerMetre = 100;

    private sealed record Place(int Number, string? Name, int Kind, Point3? Metres);

    /// <summary>Reads the electrodes of a signal.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static MffElectrodes Of(MffFolder folder, MffSignal signal, List<string> remarks)
    {
        Place[] layout = [.. Places(folder.Find("sensorLayout.xml"))];
        Place[] places = [.. Places(folder.Find("coordinates.xml"))];

        // Kind 0 is an electrode, 1 the reference, which is stored too; others are points.
        Place[] stored = [.. (layout.Length > 0 ? layout : places).Where(p => p.Kind is 0 or 1)];
        if (stored.Length != signal.ChannelCount)
        {
            remarks.Add(FormattableString.Invariant($"The sensor layout has {stored.Length} electrodes, the signal {signal.ChannelCount} channels: they are named by their numbers, without positions."));
            stored = [.. Enumerable.Range(1, signal.ChannelCount).Select(n => new Place(n, null, 0, null))];
            places = [];
        }

        var byNumber = places.GroupBy(p => p.Number).ToDictionary(g => g.Key, g => g.First());
        var bad = BadChannels(signal.Info);
        var channels = new Channel[stored.Length];
        for (var c = 0; c < channels.Length; c++)
        {
            var place = byNumber.GetValueOrDefault(stored[c].Number);
            var label = place?.Name ?? stored[c].Name ?? FormattableString.Invariant($"E{stored[c].Number}");
            channels[c] = new Channel(label, ChannelKind.Eeg, Unit.Microvolt, signal.RateHz, signal.SampleCount)
            {
                IsBad = bad.Contains(c + 1),
                Sensor = place?.Metres is { } metres && metres.Norm > 0 ? new Sensor(label, metres) : null,
            };
        }

        return Placed(channels, FiducialsOf(places), GainsOf(signal));
    }

    /// <summary>Numbers of channels, counted from 1, that a text lists.</summary>
    /// <param name="text">The numbers, with spaces between.</param>
    public static IEnumerable<int> Numbers(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).Where(n => n > 0);

    private static MffElectrodes Placed(Channel[] channels, List<Sensor> fiducials, double[] gains)
    {
        int[] located = [.. Enumerable.Range(0, channels.Length).Where(c => channels[c].Sensor is not null)];
        var layout = new SensorLayout(Frame.Electrodes, [.. located.Select(c => channels[c].Sensor!)], fiducials, "").InHeadFrame();
        for (var i = 0; i < located.Length; i++)
        {
            channels[located[i]] = channels[located[i]] with { Sensor = layout.Sensors[i], Frame = layout.Frame };
        }

        return new(channels, layout.Fiducials, gains);
    }

    private static IEnumerable<Place> Places(XElement? root) => root is null ? [] : root.All("sensor").Where(s => s.Number("number") is not null).Select(s => new Place(
        (int)Math.Clamp(s.Number("number")!.Value, 0, int.MaxValue), s.Text("name"), (int)Math.Clamp(s.Number("type") ?? 0, 0, int.MaxValue),
        s.Number("x") is { } x && s.Number("y") is { } y && s.Number("z") is { } z ? (1 / CentimetresPerMetre) * new Point3(x, y, z) : null));

    private static List<Sensor> FiducialsOf(Place[] places)
    {
        var found = new List<Sensor>();
        foreach (var place in places.Where(p => p.Kind is not (0 or 1) && p.Metres is not null))
        {
            var name = place.Name?.ToUpperInvariant() switch
            {
                "NASION" => "nasion",
                { } n when n.StartsWith("LEFT PERIAURICULAR", StringComparison.Ordinal) || n.StartsWith("LEFT PREAURICULAR", StringComparison.Ordinal) => "lpa",
                { } n when n.StartsWith("RIGHT PERIAURICULAR", StringComparison.Ordinal) || n.StartsWith("RIGHT PREAURICULAR", StringComparison.Ordinal) => "rpa",
                _ => null,
            };
            if (name is not null && found.All(s => s.Name != name))
            {
                found.Add(new(name, place.Metres!.Value));
            }
        }

        return found;
    }

    // GCAL: the amplifier's own gain of each channel, which the stored values lack.
    private static double[] GainsOf(MffSignal signal)
    {
        var gains = new double[signal.ChannelCount];
        Array.Fill(gains, 1);
        foreach (var gain in signal.Info.All("calibration").Where(c => c.Text("type") == "GCAL").SelectMany(c => c.All("ch")))
        {
            if (int.TryParse(gain.AttributeText("n"), NumberStyles.None, CultureInfo.InvariantCulture, out var channel) && channel >= 1 && channel <= gains.Length
                && double.TryParse(gain.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            {
                gains[channel - 1] = value;
            }
        }

        return gains;
    }

    private static HashSet<int> BadChannels(XElement info) => [.. info.All("channels").Where(c => c.AttributeText("exclusion") == "badChannels").SelectMany(c => Numbers(c.Value))];
}
