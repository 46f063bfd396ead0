using SignalLab.Formats.Meg;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Kit;

/// <summary>A channel as the file describes it.</summary>
/// <param name="Name">The file's name, or kind and number where it has none.</param>
/// <param name="Type">Its type.</param>
/// <param name="Step">Units a step.</param>
/// <param name="Sensor">Its coil in the device frame, or null.</param>
internal sealed record KitChannel(string Name, int Type, double Step, Sensor? Sensor)
{
    private const int Magnetometer = 1, AxialGradiometer = 2, SecondOrder = 4, Reference = 0x100;
    private const int Null = 0, Trigger = -1, Electrode = -2, Cardiogram = -3, Other = -4;

    // FIFF's numbers: a point magnetometer, KIT's gradiometer and KIT's reference magnetometer.
    public const int PointCoil = 2000, GradiometerCoil = 6001, ReferenceCoil = 6002;

    // A Maryland system of 2014 names its references as unused channels.
    private const int MislabelledSystem = 52, FieldChannels = 160;

    private bool IsField => Type > 0;

    /// <summary>Reads the channels with their sensitivity.</summary>
    /// <param name="directory">The file.</param>
    /// <param name="system">Its system.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static IReadOnlyList<KitChannel> ReadAll(KitDirectory directory, KitSystem system, List<string> remarks)
    {
        var entry = directory.Entry(KitDirectory.Channels, "channels");
        var sensitivity = directory.Entry(KitDirectory.Sensitivity, "sensitivity");
        directory.Bytes.Require(entry.Offset, (long)system.ChannelCount * Math.Max(entry.Size, 1), "channels");
        directory.Bytes.Require(sensitivity.Offset, 16L * system.ChannelCount, "sensitivity");
        var (fields, gains) = (new FieldCursor(directory.Bytes, isBigEndian: false), new FieldCursor(directory.Bytes, isBigEndian: false) { Position = sensitivity.Offset });
        var channels = new List<KitChannel>();
        var (numbers, shifted, unplaced) = (new Dictionary<string, int>(StringComparer.Ordinal), 0, 0);
        for (var i = 0; i < system.ChannelCount; i++)
        {
            fields.Position = entry.Offset + ((long)entry.Size * i);
            var (offset, teslaPerVolt) = (gains.Double("offset"), gains.Double("sensitivity"));
            shifted += offset == 0 ? 0 : 1;
            var type = fields.Int32("channel type");
            type = type == Null && system.Identifier == MislabelledSystem && i < FieldChannels ? Reference | Magnetometer : type;
            var channel = type switch
            {
                (> 0 and <= SecondOrder) or (> Reference and <= (Reference | SecondOrder)) => Field(fields, type, i, system.VoltsPerStep / system.AmplifierGain * teslaPerVolt),
                Null or Trigger or Electrode or Cardiogram or Other => Auxiliary(fields, type, system, numbers),
                _ => throw fields.Fault(4, "channel type", FormattableString.Invariant($"{type} of channel {i + 1}"), "a type of the format"),
            };
            if (!double.IsFinite(channel.Step) || channel.Step == 0)
            {
                throw new MalformedFileException(directory.Bytes.Path, sensitivity.Offset + (16L * i), $"sensitivity of channel '{channel.Name}'", FormattableString.Invariant($"{teslaPerVolt}"), "a finite number other than 0");
            }

            unplaced += channel.IsField && channel.Sensor is null ? 1 : 0;
            channels.Add(channel);
        }

        if (shifted > 0)
        {
            remarks.Add(FormattableString.Invariant($"{shifted} channels state an offset; it is not applied."));
        }

        if (unplaced > 0)
        {
            remarks.Add(FormattableString.Invariant($"{unplaced} field sensors are of kinds whose coils are not known; they have no position."));
        }

        return channels;
    }

    /// <summary>The channel as the model knows it.</summary>
    public Channel ToChannel(KitAcquisition acquisition, KitSystem system, KitPoints points)
    {
        var kind = Type switch
        {
            > Reference => ChannelKind.RefMeg,
            > 0 => ChannelKind.Mag,
            Electrode => ChannelKind.Eeg,
            Cardiogram => ChannelKind.Ecg,
            Trigger => ChannelKind.Stim,
            _ => ChannelKind.Misc,
        };
        var sensor = Type == Electrode && points.Electrodes.TryGetValue(Name, out var position) ? new Sensor(Name, position) : Sensor;
        return new(Name, kind, IsField ? Unit.Tesla : Unit.Volt, acquisition.RateHz, acquisition.SampleCount)
        {
            Sensor = sensor,
            Frame = sensor is null ? null : IsField ? Frame.Device : Frame.Head,
            Prefilter = IsField ? system.Prefilter : "",
        };
    }

    private static KitChannel Field(FieldCursor fields, int type, int index, double step)
    {
        var place = fields.Point("sensor position");
        var (theta, phi) = (fields.Double("sensor direction") * Math.PI / 180, fields.Double("sensor direction") * Math.PI / 180);
        fields.Skip(16);
        var name = type is Magnetometer or AxialGradiometer ? fields.Text(6, "channel name") : "";
        name = name.Length == 0 ? FormattableString.Invariant($"MEG {index + 1:000}") : name;
        var coil = type switch { Magnetometer => PointCoil, AxialGradiometer => GradiometerCoil, Reference | Magnetometer => ReferenceCoil, _ => 0 };
        if (coil == 0 || !double.IsFinite(place.Norm + theta + phi))
        {
            return new(name, type, step, null);
        }

        var axes = CoilAxes.Around(new(Math.Sin(theta) * Math.Cos(phi), Math.Sin(theta) * Math.Sin(phi), Math.Cos(theta)));
        return new(name, type, step, new(name, KitPoints.Turned(place), new(coil, KitPoints.Turned(axes.Ex), KitPoints.Turned(axes.Ey), KitPoints.Turned(axes.Ez))));
    }

    // Triggers, biosignals and unused inputs. Biosignals state volts a step of a 14-bit converter.
    private static KitChannel Auxiliary(FieldCursor fields, int type, KitSystem system, Dictionary<string, int> numbers)
    {
        var (name, step) = ("", system.VoltsPerStep);
        if (type != Null)
        {
            fields.Skip(8);
            name = fields.Text(type == Electrode ? 8 : 32, "channel name");
            if (type is Electrode or Cardiogram)
            {
                fields.Skip(type == Electrode ? 6 : 8);
                var gain = fields.Double("gain") / Math.Pow(2, system.StoredBits - 14);
                step = gain == 0 ? step : gain;
            }
        }

        var label = type switch { Trigger => "TRIGGER", Electrode => "EEG", Cardiogram => "ECG", _ => "MISC" };
        numbers[label] = numbers.GetValueOrDefault(label) + 1;
        return new(name.Length == 0 || name == "EEG" ? FormattableString.Invariant($"{label} {numbers[label]:000}") : name, type, step, null);
    }
}
