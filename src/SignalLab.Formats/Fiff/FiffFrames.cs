using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>FIFF's numbers for coordinate frames. Source: Functional Image File Format 1.4, coordinate frames; 1001 and above: MNE's additions.</summary>
internal static class FiffFrames
{
    public const int Unknown = 0, Device = 1, Head = 4;

    private static readonly (int Code, Frame Frame)[] Known =
    [
        (Device, Frame.Device), (2, new("digitiser")), (3, new("hpi")), (Head, Frame.Head), (5, Frame.Mri), (6, new("mri slice")), (7, new("mri display")),
        (1001, new("ctf device")), (1004, new("ctf head")), (2001, new("mri voxel")), (2002, new("ras")), (2003, Frame.Mni), (2006, Frame.Talairach),
    ];

    /// <summary>The frame of a code, or null where it is unknown.</summary>
    public static Frame? Of(int code)
    {
        foreach (var known in Known)
        {
            if (known.Code == code)
            {
                return known.Frame;
            }
        }

        return code == Unknown ? null : new Frame(FormattableString.Invariant($"fiff {code}"));
    }

    /// <summary>The code of a frame, or 0.</summary>
    public static int For(Frame? frame) => frame is { } f ? Known.FirstOrDefault(k => k.Frame == f).Code : Unknown;
}
