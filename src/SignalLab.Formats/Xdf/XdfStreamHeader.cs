using System.Globalization;
using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Xdf;

/// <summary>A channel as a stream header describes it.</summary>
internal readonly record struct XdfChannel(string Label, ChannelKind Kind, Unit Unit, Point3? PositionMetres);

/// <summary>What the header of a stream says.</summary>
/// <param name="Name">The stream's name.</param>
/// <param name="ContentType">What it carries: EEG, Markers, Gaze, ….</param>
/// <param name="Type">How values are stored.</param>
/// <param name="NominalRateHz">The stated rate; 0 for events.</param>
/// <param name="Channels">Its channels.</param>
internal sealed record XdfStreamHeader(string Name, string ContentType, XdfValueType Type, double NominalRateHz, IReadOnlyList<XdfChannel> Channels)
{
    /// <summary>More channels than this are taken for damage.</summary>
    private const int MostChannels = 100_000;

    /// <summary>Reads a header.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="offset">Where the header's text stands.</param>
    /// <param name="xml">The text.</param>
    /// <exception cref="MalformedFileException">It is no stream header.</exception>
    public static XdfStreamHeader Read(string path, long offset, ReadOnlySpan<byte> xml)
    {
        var root = Parse(path, xml);
        MalformedFileException Fault(string field, string found, string expected) => new(path, offset, field, found, expected);
        var (countText, rateText, format) = (Said(root, "channel_count"), Said(root, "nominal_srate"), Said(root, "channel_format"));
        if (!int.TryParse(countText, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) || count is < 0 or > MostChannels)
        {
            throw Fault("channel_count", $"\"{countText}\"", FormattableString.Invariant($"a number from 0 to {MostChannels}"));
        }

        if (!double.TryParse(rateText, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) || !double.IsFinite(rate) || rate < 0)
        {
            throw Fault("nominal_srate", $"\"{rateText}\"", "a sampling rate in Hz, or 0 for events");
        }

        XdfValueType type = format.ToLowerInvariant() switch
        {
            "string" => XdfValueType.Text,
            "int8" => XdfValueType.Int8,
            "int16" => XdfValueType.Int16,
            "int32" => XdfValueType.Int32,
            "int64" => XdfValueType.Int64,
            "float32" => XdfValueType.Float32,
            "double64" or "float64" => XdfValueType.Double64,
            _ => throw Fault("channel_format", $"\"{format}\"", "int8, int16, int32, int64, float32, double64 or string"),
        };
        var (name, content) = (Said(root, "name"), Said(root, "type"));
        return new(name, content, type, rate, ChannelsOf(root, name, content, count));
    }

    /// <summary>The XML of a header or footer.</summary>
    public static XElement Parse(string path, ReadOnlySpan<byte> xml) => SafeXml.Load(ByteSource.OfMemory(path, xml.Trim("\0 \r\n\t"u8).ToArray()));

    private static XdfChannel[] ChannelsOf(XElement root, string name, string content, int count)
    {
        XElement[] described = [.. root.Child("desc")?.Child("channels")?.Children("channel") ?? []];
        var channels = new XdfChannel[count];
        for (var c = 0; c < count; c++)
        {
            var one = described.Length == count ? described[c] : null;
            var label = one is null ? "" : Said(one, "label");
            var kind = one is null ? "" : Said(one, "type");
            channels[c] = new(
                label.Length > 0 ? label : count == 1 && name.Length > 0 ? name : FormattableString.Invariant($"{(name.Length > 0 ? name : "channel")} {c + 1}"),
                KindOf(kind.Length > 0 ? kind : content),
                one is null ? Unit.Unknown : Unit.Parse(Said(one, "unit")),
                one is null ? null : Position(one));
        }

        return channels;
    }

    // Positions are millimetres, x to the right, y to the front (XDF meta-data for EEG).
    private static Point3? Position(XElement channel)
    {
        var place = channel.Child("location");
        return place?.Number("X") is { } x && place.Number("Y") is { } y && place.Number("Z") is { } z && (x, y, z) != (0, 0, 0) ? 1e-3 * new Point3(x, y, z) : null;
    }

    private static string Said(XElement parent, string name) => parent.Text(name) ?? "";

    private static ChannelKind KindOf(string type) => type.ToUpperInvariant() switch
    {
        "EEG" => ChannelKind.Eeg,
        "SEEG" or "IEEG" => ChannelKind.Seeg,
        "ECOG" => ChannelKind.Ecog,
        "EOG" or "VEOG" or "HEOG" => ChannelKind.Eog,
        "ECG" or "EKG" => ChannelKind.Ecg,
        "EMG" => ChannelKind.Emg,
        "STIM" or "TRIG" or "TRIGGER" or "TRIGGERS" or "MARKERS" => ChannelKind.Stim,
        "RESP" or "RESPIRATION" => ChannelKind.Resp,
        "GSR" or "EDA" => ChannelKind.Gsr,
        "PPG" or "PLETH" => ChannelKind.Pleth,
        "NIRS" => ChannelKind.Nirs,
        "AUDIO" => ChannelKind.Sound,
        "TEMP" or "TEMPERATURE" => ChannelKind.Temp,
        "ACC" or "ACCELEROMETER" or "GYRO" or "MOCAP" or "MOTION" or "POSITION" => ChannelKind.Position,
        _ => ChannelKind.Misc,
    };
}
