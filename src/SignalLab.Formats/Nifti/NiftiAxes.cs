using SignalLab.Model;

namespace SignalLab.Formats.Nifti;

/// <summary>The axes beside space: dimension 4 is time (or frequency), 5 to 7 components; a colour of one voxel is the fastest.</summary>
/// <remarks>Source: nifti1.h, "UNITS OF SPATIAL AND TEMPORAL DIMENSIONS" and "INTERPRETATION OF VOXEL DATA".</remarks>
internal static class NiftiAxes
{
    // No scanner takes so long for a volume: the number is milliseconds with the label of seconds.
    private const double UnlikelyStepSeconds = 1000;

    /// <summary>The axes longer than one, first fastest.</summary>
    public static List<Axis> Of(NiftiHeader header, NiftiDatatype type, List<string> remarks)
    {
        var axes = new List<Axis>();
        if (type.Colours > 1)
        {
            axes.Add(Axis.Uniform(AxisKind.Colour, Unit.One, 0, 1, type.Colours));
        }

        if (header.Dim[4] > 1)
        {
            axes.Add(Fourth(header, remarks));
        }

        for (var d = 5; d <= 7; d++)
        {
            if (header.Dim[d] > 1)
            {
                var isColour = d == 5 && (header.IntentCode, header.Dim[5]) is (NiftiIntent.RgbVector, 3) or (NiftiIntent.RgbaVector, 4);
                axes.Add(Axis.Uniform(isColour ? AxisKind.Colour : AxisKind.Component, Unit.One, 0, 1, (int)header.Dim[d]));
            }
        }

        return axes;
    }

    private static Axis Fourth(NiftiHeader header, List<string> remarks)
    {
        var count = (int)header.Dim[4];
        var step = header.Pixdim[4];
        if (step == 0 || !double.IsFinite(step))
        {
            return Axis.Uniform(AxisKind.Component, Unit.One, 0, 1, count);
        }

        if (step < 0)
        {
            remarks.Add(FormattableString.Invariant($"The step of the fourth axis is negative ({step}): its size is taken."));
            step = -step;
        }

        var start = double.IsFinite(header.TimeOffset) ? header.TimeOffset : 0;
        var (kind, unit, perSecond) = (header.Units & 0x38) switch
        {
            8 => (AxisKind.Time, Unit.Second, 1.0),
            16 => (AxisKind.Time, Unit.Second, 1e3),
            24 => (AxisKind.Time, Unit.Second, 1e6),
            32 => (AxisKind.Frequency, Unit.Hertz, 1),
            40 => (AxisKind.Frequency, Unit.Parse("ppm"), 1),
            48 => (AxisKind.Frequency, Unit.Parse("rad/s"), 1),
            _ => (AxisKind.Time, Unit.Unknown, 1),
        };
        if (!unit.IsKnown)
        {
            remarks.Add("The unit of the fourth axis is not stated.");
        }

        if (kind == AxisKind.Time && unit.IsKnown && step / perSecond >= UnlikelyStepSeconds)
        {
            remarks.Add(FormattableString.Invariant($"The header states {step / perSecond} s between volumes: probably milliseconds labelled as seconds."));
        }

        return Axis.Uniform(kind, unit, start / perSecond, step / perSecond, count);
    }
}
