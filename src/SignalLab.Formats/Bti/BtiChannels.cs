using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Bti;

/// <summary>The channels of a data file, joined with what the configuration says of them.</summary>
internal static class BtiChannels
{
    // FIFF's numbers for Magnes coils.
    private const int MagnetometerCoil = 4001, GradiometerCoil = 4002, ReferenceMagnetometerCoil = 4003, ReferenceGradiometerCoil = 4004, OffDiagonalCoil = 4005;

    /// <summary>The channels in the file's order.</summary>
    /// <exception cref="MalformedFileException">A channel is not in the configuration, or its scale is no number.</exception>
    public static IReadOnlyList<(Channel Channel, NumberColumn Column)> Of(BtiHeader header, BtiConfig config, BtiHead head, List<string> remarks)
    {
        var channels = header.Channels.Select(c => One(c, header, config, head)).ToList();
        var lost = channels.Count(c => c.Channel.Kind is ChannelKind.Mag or ChannelKind.RefMeg && c.Channel.Sensor is null);
        if (lost > 0)
        {
            remarks.Add(FormattableString.Invariant($"{lost} field sensors have no position."));
        }

        return channels;
    }

    private static (Channel Channel, NumberColumn Column) One(BtiListedChannel listed, BtiHeader header, BtiConfig config, BtiHead head)
    {
        if (!config.Channels.TryGetValue(listed.Number, out var configured))
        {
            throw new MalformedFileException(config.Path, null, "channels", FormattableString.Invariant($"no channel number {listed.Number}"), $"a description of '{listed.Label}'");
        }

        var isInteger = header.Type is NumberType.Int16 or NumberType.Int32;
        var step = isInteger ? listed.Scale * configured.UnitsPerBit / configured.Gain : listed.Scale * configured.Gain;
        if (!double.IsFinite(step) || step == 0)
        {
            throw new MalformedFileException(config.Path, null, $"scale of channel '{listed.Label}'", FormattableString.Invariant($"{step}"), "a finite number other than 0");
        }

        // A field sensor's label tells its place in a rack, its configured name the sensor.
        var name = configured.Type == BtiConfiguredChannel.Field || listed.Label.Length == 0 ? configured.Name : listed.Label;
        var (kind, unit) = KindOf(configured.Type, name, listed.UnitLabel);
        var sensor = configured.Type == BtiConfiguredChannel.Electrode ? Electrode(name, config, head) : Coil(name, configured, head);
        return (
            new(name, kind, unit, header.RateHz, header.SampleCount)
            {
                Sensor = sensor,
                Frame = sensor is null ? null : sensor.Coil is null ? Frame.Head : Frame.Device,
                Prefilter = kind == ChannelKind.Stim ? "" : header.Prefilter,
            },
            new(listed.Column, step));
    }

    private static (ChannelKind Kind, Unit Unit) KindOf(int type, string name, string unitLabel) => type switch
    {
        BtiConfiguredChannel.Field => (ChannelKind.Mag, Unit.Tesla),
        BtiConfiguredChannel.Reference => (ChannelKind.RefMeg, name.StartsWith('G') ? Unit.TeslaPerMetre : Unit.Tesla),
        BtiConfiguredChannel.Electrode when name.Contains("EOG", StringComparison.OrdinalIgnoreCase) => (ChannelKind.Eog, Unit.Volt),
        BtiConfiguredChannel.Electrode when name.StartsWith("ECG", StringComparison.OrdinalIgnoreCase) => (ChannelKind.Ecg, Unit.Volt),
        BtiConfiguredChannel.Electrode when name.StartsWith("EMG", StringComparison.OrdinalIgnoreCase) => (ChannelKind.Emg, Unit.Volt),
        BtiConfiguredChannel.Electrode => (ChannelKind.Eeg, Unit.Volt),
        BtiConfiguredChannel.Trigger => (ChannelKind.Stim, Unit.One),
        _ => (ChannelKind.Misc, unitLabel == "bit" ? Unit.One : Unit.Parse(unitLabel)),
    };

    private static Sensor? Electrode(string name, BtiConfig config, BtiHead head) =>
        head.ToHead is { } toHead && config.Electrodes.TryGetValue(name, out var place) ? new(name, toHead.Apply(place)) : null;

    private static Sensor? Coil(string name, BtiConfiguredChannel configured, BtiHead head)
    {
        if (configured.Coil is not { } own)
        {
            return null;
        }

        var type = configured.Type == BtiConfiguredChannel.Field ? configured.Loops > 1 ? GradiometerCoil : MagnetometerCoil
            : !name.StartsWith('G') ? ReferenceMagnetometerCoil
            : name.Length > 2 && name[1] == name[2] ? ReferenceGradiometerCoil : OffDiagonalCoil;
        var placed = head.ToDevice.After(own);
        return new(name, placed.Column(3), new(type, placed.Column(0), placed.Column(1), placed.Column(2)));
    }
}
