using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>One channel as the file describes it. Source: Functional Image File Format 1.4, fiffChInfoRec, 96 bytes.</summary>
internal sealed record ChannelInfo
{
    public const int Size = 96;

    /// <summary>What CTF software adds to a coil type, shifted by 16 bits: the grade of compensation its samples have.</summary>
    public const int GradeShift = 16;

    public required string Name { get; init; }

    public required int Kind { get; init; }

    /// <summary>From stored number to volts at the converter; applies to raw buffers, not to averages.</summary>
    public required double Range { get; init; }

    /// <summary>From volts at the converter to the unit.</summary>
    public required double Calibration { get; init; }

    public required int CoilType { get; init; }

    public required double[] Location { get; init; }

    public required int Unit { get; init; }

    /// <summary>Power of ten on the unit.</summary>
    public required int UnitExponent { get; init; }

    /// <summary>Frame code where the file states one.</summary>
    public int? Frame { get; init; }

    /// <summary>From calibrated number to SI.</summary>
    public double UnitFactor => Math.Pow(10, UnitExponent);

    /// <summary>Reads the structure.</summary>
    public static ChannelInfo Read(FiffFile file, FiffTag tag)
    {
        var bytes = file.Structure(tag, Size, "channel information");
        var name = bytes.AsSpan(80, 16);
        var end = name.IndexOf((byte)0);
        return Checked(file, tag, new()
        {
            Kind = Int(bytes, 8),
            Range = Float(bytes, 12),
            Calibration = Float(bytes, 16),
            CoilType = Int(bytes, 20),
            Location = [.. Enumerable.Range(0, 12).Select(i => Float(bytes, 24 + (4 * i)))],
            Unit = Int(bytes, 72),
            UnitExponent = Int(bytes, 76),
            Name = Encoding.Latin1.GetString(end < 0 ? name : name[..end]),
        });
    }

    /// <summary>What a block of extended channel information says beyond the structure: long names first of all.</summary>
    public ChannelInfo With(FiffFile file, FiffBlock block)
    {
        var info = this;
        foreach (var tag in block.Tags)
        {
            info = tag.Kind switch
            {
                TagKind.LongName => info with { Name = file.Text(tag, "channel name") },
                TagKind.ChannelKindCode => info with { Kind = file.Int(tag, "channel kind") },
                TagKind.Range => info with { Range = file.Real(tag, "channel range") },
                TagKind.Calibration => info with { Calibration = file.Real(tag, "channel calibration") },
                TagKind.CoilType => info with { CoilType = file.Int(tag, "coil type") },
                TagKind.Location => info with { Location = Twelve(file, tag) },
                TagKind.UnitCode => info with { Unit = file.Int(tag, "channel unit") },
                TagKind.UnitExponent => info with { UnitExponent = file.Int(tag, "unit exponent") },
                TagKind.CoordinateFrame => info with { Frame = file.Int(tag, "coordinate frame") },
                _ => info,
            };
            info = Checked(file, tag, info);
        }

        return info;
    }

    /// <summary>The channel as the model knows it.</summary>
    public Channel ToChannel(double rateHz, long sampleCount, bool isBad, string prefilter)
    {
        var frame = FiffFrames.Of(Frame ?? FiffKinds.FrameOf(Kind));
        var sensor = frame is null || FiffKinds.FrameOf(Kind) == FiffFrames.Unknown ? null : ToSensor();
        return new(Name, FiffKinds.Of(Kind, Unit), FiffUnits.Of(Unit), rateHz, sampleCount)
        {
            Sensor = sensor,
            Frame = sensor is null ? null : frame,
            IsBad = isBad,
            CompensationGrade = Kind is FiffKinds.Meg or FiffKinds.RefMeg && CoilType >> GradeShift is > 0 and var grade ? grade : null,
            Prefilter = Kind is 3 ? "" : prefilter,
        };
    }

    private Sensor? ToSensor()
    {
        var position = new Point3(Location[0], Location[1], Location[2]);
        if (!double.IsFinite(position.Norm) || (position.Norm == 0 && FiffKinds.FrameOf(Kind) == FiffFrames.Head))
        {
            return null;
        }

        if (FiffKinds.FrameOf(Kind) == FiffFrames.Head)
        {
            return new(Name, position);
        }

        var (x, y, z) = (Axis(3), Axis(6), Axis(9));
        return double.IsFinite(x.Norm + y.Norm + z.Norm) && z.Norm > 0
            ? new(Name, position, new Coil(CoilType & 0xffff, x, y, z))
            : null;
    }

    private Point3 Axis(int at) => new(Location[at], Location[at + 1], Location[at + 2]);

    private static ChannelInfo Checked(FiffFile file, FiffTag tag, ChannelInfo info) =>
        double.IsFinite(info.Range) && double.IsFinite(info.Calibration) && info.UnitExponent is >= -24 and <= 24
            ? info
            : throw new MalformedFileException(
                file.Path, tag.Data, "channel calibration",
                FormattableString.Invariant($"range {info.Range}, calibration {info.Calibration}, exponent {info.UnitExponent} of channel '{info.Name}'"), "finite factors and a unit prefix");

    private static double[] Twelve(FiffFile file, FiffTag tag) => file.Numbers(tag, "channel location") is { Length: 12 } location
        ? location
        : throw new MalformedFileException(file.Path, tag.Data, "channel location", FormattableString.Invariant($"{tag.Size} bytes"), "12 numbers");

    private static int Int(byte[] bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));

    private static double Float(byte[] bytes, int at) => BinaryPrimitives.ReadSingleBigEndian(bytes.AsSpan(at));
}
