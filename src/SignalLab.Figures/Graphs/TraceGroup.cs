using SignalLab.Model;

namespace SignalLab.Figures.Graphs;

/// <summary>Channels that share a scale: one kind, one dimension of unit. Levels (temperature, saturation …) have a scale each.</summary>
internal sealed record TraceGroup(ChannelKind Kind, Unit Unit, IReadOnlyList<int> Channels)
{
    /// <summary>The group's name on paper.</summary>
    public string Name => Kind switch
    {
        ChannelKind.Eeg or ChannelKind.Ecg or ChannelKind.Eog or ChannelKind.Emg or ChannelKind.Seeg or ChannelKind.Gsr or ChannelKind.Nirs => Kind.ToString().ToUpperInvariant(),
        ChannelKind.Ecog => "ECoG",
        ChannelKind.Mag => "MEG mag",
        ChannelKind.Grad => "MEG grad",
        ChannelKind.RefMeg => "MEG ref",
        ChannelKind.SpO2 => "SpO₂",
        _ => Kind.ToString(),
    };

    /// <summary>By the convention of clinical neurophysiology a negative EEG is drawn upwards.</summary>
    public bool NegativeUp => Kind is ChannelKind.Eeg or ChannelKind.Seeg or ChannelKind.Ecog or ChannelKind.Eog;

    /// <summary>True where the value itself matters and not its change: drawn between its own limits.</summary>
    public bool IsLevel => Kind is not (ChannelKind.Eeg or ChannelKind.Seeg or ChannelKind.Ecog or ChannelKind.Ecg or ChannelKind.Eog or ChannelKind.Emg
        or ChannelKind.Mag or ChannelKind.Grad or ChannelKind.RefMeg or ChannelKind.Resp or ChannelKind.Pleth or ChannelKind.Sound) && !IsChangeOfLight;

    /// <summary>Groups in the order of their first channels.</summary>
    public static IReadOnlyList<TraceGroup> Of(Recording recording, IReadOnlyList<int> channels) =>
    [
        .. channels.GroupBy(c => (recording.Channels[c].Kind, recording.Channels[c].Unit.Dimension))
            .Select(g => new TraceGroup(g.Key.Kind, ShownUnit(g.Key.Kind, recording.Channels[g.First()].Unit), [.. g])),
    ];

    /// <summary>Scale for this group by the clinic's habit, or null where there is none: 10 mm/mV for an ECG, 7 µV/mm for an EEG unless its values need a coarser one.</summary>
    public Sensitivity? Habit(Sensitivity fitting) => Kind switch
    {
        ChannelKind.Ecg when Unit.Equals(Unit.Millivolt) => new(0.1, Unit.Millivolt),
        ChannelKind.Eeg or ChannelKind.Eog when Unit.Equals(Unit.Microvolt) => new(Math.Max(7, fitting.PerMm), Unit.Microvolt),
        _ => null,
    };

    /// <summary>The usual step at which nearly all of the group's values keep to their rows.</summary>
    /// <param name="sorted">Each channel's values in order of size.</param>
    /// <param name="rowMm">Height of a row.</param>
    /// <param name="aboutZero">True where zero stands in the middle of the row, else the median.</param>
    public Sensitivity Fitting(IEnumerable<double[]> sorted, double rowMm, bool aboutZero)
    {
        // Few traces stay inside their rows; many may reach into their neighbours', as on a paper EEG.
        var share = Channels.Count <= 3 ? 0.95 : 1.5;
        double[] swings = [.. sorted.Where(v => v.Length > 0).Select(v => Swing(v, aboutZero ? 0 : v[v.Length / 2])).Where(s => s > 0 && double.IsFinite(s)).Order()];
        var typical = swings.Length == 0 ? 0 : swings[(int)Math.Ceiling(0.75 * (swings.Length - 1))];
        return new(typical > 0 ? Sensitivity.UsualStep(2 * typical / (share * rowMm)) : 1, Unit);

        static double Swing(double[] v, double centre) => Math.Max(v[(int)(0.995 * (v.Length - 1))] - centre, centre - v[(int)(0.005 * (v.Length - 1))]);
    }

    // Optical densities and haemoglobins are changes about zero, to be compared with each other; raw light is not.
    private bool IsChangeOfLight => Kind == ChannelKind.Nirs && (Unit.ConvertsTo(Unit.OpticalDensity) || Unit.ConvertsTo(Unit.MicromolePerLitre));

    // The unit in which the field reads the kind, where the file's unit can be expressed in it.
    private static Unit ShownUnit(ChannelKind kind, Unit unit)
    {
        var usual = kind switch
        {
            ChannelKind.Eeg or ChannelKind.Seeg or ChannelKind.Ecog or ChannelKind.Eog or ChannelKind.Emg => Unit.Microvolt,
            ChannelKind.Ecg => Unit.Millivolt,
            ChannelKind.Mag or ChannelKind.RefMeg => Femtotesla,
            ChannelKind.Grad => FemtoteslaPerCentimetre,
            ChannelKind.Nirs => Unit.MicromolePerLitre,
            _ => unit,
        };
        return unit.ConvertsTo(usual) ? usual : unit;
    }

    private static readonly Unit Femtotesla = Unit.Parse("fT");
    private static readonly Unit FemtoteslaPerCentimetre = Unit.Parse("fT/cm");
}
