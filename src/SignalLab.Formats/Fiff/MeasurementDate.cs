using System.Buffers.Binary;

namespace SignalLab.Formats.Fiff;

/// <summary>Dates of measurements: seconds and microseconds since 1970, UTC.</summary>
internal static class MeasurementDate
{
    /// <summary>MNE's way to write «no date».</summary>
    public const int NoDateMicroseconds = int.MaxValue;

    /// <summary>The date of a measurement: its own tag, else when its identification was made.</summary>
    public static DateTime? Read(FiffFile file, FiffBlock measurement, FiffBlock info)
    {
        if (info.Find(TagKind.MeasurementDate) is { } tag)
        {
            return FromNumbers(file.Numbers(tag, "date of measurement"));
        }

        foreach (var id in new[] { info.Find(TagKind.ParentBlockId), info.Find(TagKind.BlockId), measurement.Find(TagKind.BlockId), measurement.Find(TagKind.ParentBlockId), file.Root.Find(TagKind.FileId) })
        {
            if (id is { Size: >= 20 } found)
            {
                var bytes = file.Structure(found, 20, "identification");
                return FromNumbers([BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(12)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16))]);
            }
        }

        return null;
    }

    /// <summary>From seconds, or seconds and microseconds; null where they say «none» or no calendar date.</summary>
    public static DateTime? FromNumbers(ReadOnlySpan<double> numbers)
    {
        if (numbers.Length == 0 || (numbers.Length > 1 && Math.Abs(numbers[1]) >= NoDateMicroseconds))
        {
            return null;
        }

        var ticks = Math.Floor(numbers[0]) * TimeSpan.TicksPerSecond;
        var fraction = Math.Round(((numbers[0] - Math.Floor(numbers[0])) * TimeSpan.TicksPerSecond) + (numbers.Length > 1 ? numbers[1] * TimeSpan.TicksPerMicrosecond : 0));
        var sum = ticks + fraction;
        return double.IsFinite(sum) && Math.Abs(sum) < 6e17 ? DateTime.UnixEpoch.AddTicks((long)ticks + (long)fraction) : null;
    }
}
