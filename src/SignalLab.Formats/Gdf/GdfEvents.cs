using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Gdf;

/// <summary>
/// The event table behind the records. Mode 1 holds positions (samples from 1) and types, mode 3 channels and durations too; bit 2 says that time stamps follow.
/// Columns stand one after the other.
/// </summary>
internal static class GdfEvents
{
    /// <summary>A sample of a channel without a fixed rate, not an event.</summary>
    private const int SparseSample = 0x7FFF;

    // From this version on the table's count and rate change places.
    private const double FirstWithRealRate = 1.94;

    /// <summary>Reads the table; a file may end without one.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="header">Its header.</param>
    /// <param name="at">Byte behind the last record.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <returns>Events by their onset: the text is the decimal code.</returns>
    public static IReadOnlyList<Annotation> Read(ByteSource bytes, GdfHeader header, long at, List<string> remarks)
    {
        if (header.RecordCount < 0 || at == bytes.Length)
        {
            return [];
        }

        var head = bytes.Read(at, 8, "event table");
        var mode = head[0];
        var isSecond = header.Version >= FirstWithRealRate;
        var count = isSecond ? GdfFields.UInt24(head, 1) : GdfFields.UInt32(head, 4);
        if (count == 0)
        {
            return [];
        }

        if ((mode & ~6) != 1)
        {
            throw new MalformedFileException(bytes.Path, at, "event table, mode", FormattableString.Invariant($"{mode}"), "1, 3, 5 or 7");
        }

        double stated = isSecond ? GdfFields.Single(head, 4) : GdfFields.UInt24(head, 1);
        var rate = stated > 0 && double.IsFinite(stated) ? stated : FastestRate(bytes, header, at);
        var hasDurations = (mode & 2) != 0;
        var columns = bytes.Read(at + 8, count * ((hasDurations ? 12L : 6) + ((mode & 4) != 0 ? 8 : 0)), "event table");
        return Events(columns, (int)count, hasDurations, rate, header, remarks);
    }

    private static Annotation[] Events(byte[] columns, int count, bool hasDurations, double rate, GdfHeader header, List<string> remarks)
    {
        var events = new List<Annotation>();
        var (sparse, homeless) = (0, 0);
        for (var e = 0; e < count; e++)
        {
            var position = GdfFields.UInt32(columns, 4 * e);
            var type = GdfFields.UInt16(columns, (4 * count) + (2 * e));
            var channel = hasDurations ? GdfFields.UInt16(columns, (6 * count) + (2 * e)) : 0;
            var duration = hasDurations ? GdfFields.UInt32(columns, (8 * count) + (4 * e)) : 0;
            if (type == SparseSample)
            {
                sparse++;
                continue;
            }

            homeless += channel > header.Channels.Count ? 1 : 0;
            var label = channel > 0 && channel <= header.Channels.Count ? header.Channels[channel - 1].Label : null;
            events.Add(new(Math.Max(0, position - 1.0) / rate, duration / rate, type.ToString(CultureInfo.InvariantCulture), label));
        }

        if (sparse > 0)
        {
            remarks.Add(FormattableString.Invariant($"{sparse} samples of channels without a fixed rate stand in the event table; they are not read."));
        }

        if (homeless > 0)
        {
            remarks.Add(FormattableString.Invariant($"{homeless} events name a channel that the file does not have; they are given for all channels."));
        }

        return [.. events.OrderBy(a => a.OnsetSeconds)];
    }

    // A table without a rate counts in samples of the recording.
    private static double FastestRate(ByteSource bytes, GdfHeader header, long at) =>
        header.Channels.Where(c => c.PerRecord > 0).Select(header.RateOf).DefaultIfEmpty(0).Max() is > 0 and var rate
            ? rate
            : throw new MalformedFileException(bytes.Path, at, "event table, sampling rate", "0", "a rate: no channel has one");
}
