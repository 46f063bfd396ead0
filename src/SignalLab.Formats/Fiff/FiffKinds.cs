using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>FIFF's numbers for channel kinds. Source: Functional Image File Format 1.4, channel types.</summary>
internal static class FiffKinds
{
    public const int Meg = 1, Eeg = 2, RefMeg = 301, Misc = 502;

    private static readonly (int Code, ChannelKind Kind)[] Known =
    [
        (Eeg, ChannelKind.Eeg), (3, ChannelKind.Stim), (202, ChannelKind.Eog), (302, ChannelKind.Emg), (402, ChannelKind.Ecg), (RefMeg, ChannelKind.RefMeg), (Misc, ChannelKind.Misc),
        (602, ChannelKind.Resp), (802, ChannelKind.Seeg), (803, ChannelKind.Seeg), (902, ChannelKind.Ecog), (1100, ChannelKind.Nirs), (1200, ChannelKind.Temp), (1300, ChannelKind.Gsr),
        (102, ChannelKind.Misc), (900, ChannelKind.Misc), (910, ChannelKind.Misc), (920, ChannelKind.Misc), (1000, ChannelKind.Misc), (1001, ChannelKind.Misc),
    ];

    /// <summary>The kind of a channel: a field sensor is a gradiometer where its unit is T/m.</summary>
    public static ChannelKind Of(int code, int unit) => code switch
    {
        Meg or 201 => unit == FiffUnits.TeslaPerMetre ? ChannelKind.Grad : ChannelKind.Mag,
        >= 700 and <= 709 => ChannelKind.Position,
        _ => Known.FirstOrDefault(k => k.Code == code, (Code: 0, Kind: ChannelKind.Other)).Kind,
    };

    /// <summary>The code a kind is written as; kinds that FIFF lacks become miscellaneous.</summary>
    public static int For(ChannelKind kind) => kind is ChannelKind.Mag or ChannelKind.Grad ? Meg : Known.FirstOrDefault(k => k.Kind == kind, (Code: Misc, Kind: kind)).Code;

    /// <summary>The frame a kind's locations are given in, unless the channel states another. Source: FIFF 1.4, channel information: MEG in device, electrodes in head coordinates.</summary>
    public static int FrameOf(int code) => code switch
    {
        Meg or RefMeg or 201 => FiffFrames.Device,
        Eeg or 802 or 803 or 902 or 1100 => FiffFrames.Head,
        _ => FiffFrames.Unknown,
    };
}
