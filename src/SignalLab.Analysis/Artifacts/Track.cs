using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>A channel under survey, with its samples brought to the unit it is compared in.</summary>
/// <param name="Channel">Index in the recording.</param>
/// <param name="Label">Its label.</param>
/// <param name="Kind">Channels of one kind are compared with each other.</param>
/// <param name="Factor">From the channel's unit to the one compared in.</param>
/// <param name="Unit">The unit compared in: µV, fT, fT/cm, or the file's own.</param>
internal sealed record Track(int Channel, string Label, ChannelKind Kind, double Factor, Unit Unit)
{
    private static readonly Unit[] Compared = [Unit.Microvolt, Unit.Parse("fT"), Unit.Parse("fT/cm")];

    /// <summary>Limits in µV hold.</summary>
    public bool IsMicrovolt => Unit.Equals(Unit.Microvolt);

    /// <summary>Brain signals are compared with each other; of the others only stretches of bad samples are sought.</summary>
    public bool IsCompared => Kind is ChannelKind.Eeg or ChannelKind.Seeg or ChannelKind.Ecog or ChannelKind.Mag or ChannelKind.Grad;

    /// <summary>Direction from the centre of the sensors, or null.</summary>
    public Point3? Direction { get; init; }

    /// <summary>Channels that a survey looks at.</summary>
    public static bool IsSurveyed(Channel channel) => channel.RateHz > 0 && channel.Kind is
        ChannelKind.Eeg or ChannelKind.Seeg or ChannelKind.Ecog or ChannelKind.Mag or ChannelKind.Grad or ChannelKind.Eog or ChannelKind.Ecg or ChannelKind.Emg;

    /// <summary>A channel as a track.</summary>
    public static Track Of(Recording recording, int channel)
    {
        var c = recording.Channels[channel];
        var unit = Compared.FirstOrDefault(u => c.Unit.IsKnown && c.Unit.ConvertsTo(u)) ?? c.Unit;
        return new(channel, c.Label, c.Kind, c.Unit.Equals(unit) ? 1 : c.Unit.To(unit).Factor, unit);
    }

    /// <summary>Name of a measure in this unit.</summary>
    public string Measure(string name) => Unit.Symbol.Length == 0 ? name : $"{name}_{Unit.Symbol}";
}
