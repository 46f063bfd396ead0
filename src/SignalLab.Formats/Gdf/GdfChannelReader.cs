using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Gdf;

/// <summary>Reads the channels' header: field after field, each for all channels.</summary>
internal static class GdfChannelReader
{
    // Where the two versions' fields stand and how wide they are, in bytes a channel.
    private const int Label = 0;
    private const int Transducer = 16;
    private const int Dimension = 96;
    private const int DimensionCode = 102;
    private const int PhysicalMinimum = 104;
    private const int PhysicalMaximum = 112;
    private const int DigitalMinimum = 120;
    private const int DigitalMaximum = 128;
    private const int Prefilter = 136;
    private const int Lowpass = 204;
    private const int Highpass = 208;
    private const int Notch = 212;
    private const int PerRecord = 216;
    private const int Type = 220;
    private const int Position = 224;

    /// <summary>Reads all channels.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="count">How many.</param>
    /// <param name="isSecond">True for the layout of version 2.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static GdfChannel[] Read(ByteSource bytes, long count, bool isSecond, out List<string> remarks)
    {
        remarks = [];
        var part = bytes.Read(GdfHeaderReader.PartBytes, GdfHeaderReader.PartBytes * count, "channels' header");
        var channels = new GdfChannel[(int)count];
        var offset = 0L;
        for (var c = 0; c < channels.Length; c++)
        {
            channels[c] = One(bytes.Path, part, c, channels.Length, isSecond, offset, remarks);
            offset = channels[c].Column.End;
        }

        return channels;
    }

    private static GdfChannel One(string path, byte[] part, int channel, int count, bool isSecond, long offset, List<string> remarks)
    {
        int At(int field, int width) => (field * count) + (channel * width);
        string Text(int field, int width) => GdfFields.Text(part.AsSpan(At(field, width), width));
        double Digital(int field) => isSecond ? GdfFields.Double(part, At(field, 8)) : GdfFields.Int64(part, At(field, 8));

        var label = Text(Label, 16);
        var type = TypeOf(path, label, GdfFields.UInt32(part, At(Type, 4)));
        var unit = isSecond ? GdfUnits.Of(GdfFields.UInt16(part, At(DimensionCode, 2)), Text(Dimension, 6)) : Unit.Parse(Text(Dimension, 8));
        var (low, high) = (GdfFields.Double(part, At(PhysicalMinimum, 8)), GdfFields.Double(part, At(PhysicalMaximum, 8)));
        var (lowest, highest) = (Digital(DigitalMinimum), Digital(DigitalMaximum));
        var gain = (high - low) / (highest - lowest);
        var origin = low - (gain * lowest);
        var hasScale = double.IsFinite(gain) && double.IsFinite(origin) && gain != 0;
        var isReal = type is NumberType.Float32 or NumberType.Float64;
        if (!hasScale)
        {
            remarks.Add(isReal
                ? $"Channel '{label}' has no scale (its limits are equal or missing); its numbers are taken as physical values."
                : $"Channel '{label}' has no scale (its limits are equal or missing); its digital values are given, without a unit.");
        }

        return new GdfChannel(
            label,
            hasScale || isReal ? unit : Unit.Unknown,
            new(offset, GdfFields.UInt32(part, At(PerRecord, 4)), type, hasScale ? gain : 1, hasScale ? origin : 0))
        {
            Calibration = hasScale && !isReal && IsWhole(lowest) && IsWhole(highest) ? new(gain, origin, (long)lowest, (long)highest, low, high) : null,
            Transducer = Text(Transducer, 80),
            Prefilter = isSecond ? Filters(part, At) : Text(Prefilter, 80),
            Position = isSecond ? PositionOf(part, At(Position, 12)) : null,
        };
    }

    private static bool IsWhole(double value) => value == Math.Floor(value) && Math.Abs(value) < 1L << 53;

    private static NumberType TypeOf(string path, string label, uint code) => code switch
    {
        0 or 2 => NumberType.UInt8,
        1 => NumberType.Int8,
        3 => NumberType.Int16,
        4 => NumberType.UInt16,
        5 => NumberType.Int32,
        6 => NumberType.UInt32,
        7 => NumberType.Int64,
        8 => NumberType.UInt64,
        16 => NumberType.Float32,
        17 => NumberType.Float64,
        279 => NumberType.Int24,
        535 => NumberType.UInt24,
        _ => throw new UnfitInputException(FormattableString.Invariant(
            $"{path}: channel '{label}' is stored as GDF type {code}; 0 to 8 (integers of 8 to 64 bits), 16, 17 (floating point), 279 and 535 (24 bits) can be read.")),
    };

    // As EDF+ writes them; a frequency that is not a number, negative or 0 is not stated.
    private static string Filters(byte[] part, Func<int, int, int> at)
    {
        (string Name, int Field)[] fields = [("HP", Highpass), ("LP", Lowpass), ("N", Notch)];
        return string.Join(' ', fields
            .Select(f => (f.Name, Hertz: GdfFields.Single(part, at(f.Field, 4))))
            .Where(f => f.Hertz > 0 && float.IsFinite(f.Hertz))
            .Select(f => FormattableString.Invariant($"{f.Name}:{f.Hertz}Hz")));
    }

    private static Point3? PositionOf(byte[] part, int at)
    {
        var point = new Point3(GdfFields.Single(part, at), GdfFields.Single(part, at + 4), GdfFields.Single(part, at + 8));
        return double.IsFinite(point.Norm) && point.Norm > 0 ? point : null;
    }
}
