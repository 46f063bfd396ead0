using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>BIDS's words for what a channel records.</summary>
/// <remarks>Source: BIDS 1.10, "channels.tsv" of EEG, iEEG, MEG and NIRS, restricted keywords of the column <c>type</c>.</remarks>
internal static class BidsChannelTypes
{
    private static readonly Dictionary<string, ChannelKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["EEG"] = ChannelKind.Eeg,
        ["EOG"] = ChannelKind.Eog,
        ["HEOG"] = ChannelKind.Eog,
        ["VEOG"] = ChannelKind.Eog,
        ["ECG"] = ChannelKind.Ecg,
        ["EMG"] = ChannelKind.Emg,
        ["ECOG"] = ChannelKind.Ecog,
        ["SEEG"] = ChannelKind.Seeg,
        ["DBS"] = ChannelKind.Seeg,
        ["MEGMAG"] = ChannelKind.Mag,
        ["MEGGRADAXIAL"] = ChannelKind.Grad,
        ["MEGGRADPLANAR"] = ChannelKind.Grad,
        ["MEGREFMAG"] = ChannelKind.RefMeg,
        ["MEGREFGRADAXIAL"] = ChannelKind.RefMeg,
        ["MEGREFGRADPLANAR"] = ChannelKind.RefMeg,
        ["TRIG"] = ChannelKind.Stim,
        ["RESP"] = ChannelKind.Resp,
        ["PPG"] = ChannelKind.Pleth,
        ["TEMP"] = ChannelKind.Temp,
        ["GSR"] = ChannelKind.Gsr,
        ["AUDIO"] = ChannelKind.Sound,
        ["HLU"] = ChannelKind.Position,
        ["ACCEL"] = ChannelKind.Position,
        ["GYRO"] = ChannelKind.Position,
        ["MAGN"] = ChannelKind.Position,
        ["NIRSCWAMPLITUDE"] = ChannelKind.Nirs,
        ["NIRSCWFLUORESCENSEAMPLITUDE"] = ChannelKind.Nirs,
        ["NIRSCWOPTICALDENSITY"] = ChannelKind.Nirs,
        ["NIRSCWHBO"] = ChannelKind.Nirs,
        ["NIRSCWHBR"] = ChannelKind.Nirs,
        ["NIRSCWMUA"] = ChannelKind.Nirs,
        ["REF"] = ChannelKind.Misc,
        ["MISC"] = ChannelKind.Misc,
        ["ADC"] = ChannelKind.Misc,
        ["DAC"] = ChannelKind.Misc,
        ["EYEGAZE"] = ChannelKind.Misc,
        ["PUPIL"] = ChannelKind.Misc,
        ["SYSCLOCK"] = ChannelKind.Misc,
        ["FITERR"] = ChannelKind.Misc,
        ["MEGOTHER"] = ChannelKind.Misc,
        ["PD"] = ChannelKind.Misc,
        ["OTHER"] = ChannelKind.Other,
    };

    /// <summary>The kind that a word means, or null where it is none of them.</summary>
    /// <param name="type">The word, in any case.</param>
    public static ChannelKind? KindOf(string type) => Kinds.TryGetValue(type, out var kind) ? kind : null;

    /// <summary>True for the kinds of field sensors: which of them a channel is, its coil tells better.</summary>
    /// <param name="kind">The kind.</param>
    public static bool IsFieldSensor(ChannelKind kind) => kind is ChannelKind.Mag or ChannelKind.Grad or ChannelKind.RefMeg;
}
