using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Scp;

/// <summary>Section 12 of protocol 3.0: a long-term rhythm, not compressed, sample after sample of all leads.</summary>
/// <remarks>Source: EN 1064:2020, section 12, as open writers of protocol 3.0 lay it out. It is read only where every size fits the section to the byte.</remarks>
internal sealed class ScpLongTerm
{
    private const int FixedBytes = 70;
    private const int LeadBytes = 4;
    private const int FirstProtocol = 26;
    private const int FastestHz = 1_000_000;

    private readonly ScpSection section;
    private readonly (string Name, int Nanovolts)[] leads;
    private readonly NumberType type;
    private readonly long offset;
    private readonly long count;
    private readonly double rateHz;

    private ScpLongTerm(ScpSection section, (string Name, int Nanovolts)[] leads, NumberType type, long offset, long count, double rateHz) =>
        (this.section, this.leads, this.type, this.offset, this.count, this.rateHz) = (section, leads, type, offset, count, rateHz);

    /// <summary>The rhythm, or null where the section is not laid out so.</summary>
    public static ScpLongTerm? Of(ScpSection section)
    {
        if (section.Protocol < FirstProtocol || section.Length < FixedBytes)
        {
            return null;
        }

        var (rate, leads, count) = (section.U32(0, "sampling rate"), section.U8(4, "number of leads"), section.U32(5, "number of samples"));
        NumberType? type = section.U8(9, "bytes of a sample") switch { 1 => NumberType.Int8, 2 => NumberType.Int16, 3 => NumberType.Int24, 4 => NumberType.Int32, _ => null };
        var definitions = FixedBytes + section.U32(62, "notes") + section.U32(66, "lead information");
        var samples = definitions + (LeadBytes * leads);
        if (rate is 0 or > FastestHz || leads == 0 || type is not { } stored || section.Length - samples - (leads * count * stored.Bytes()) is not (0 or 1))
        {
            return null;
        }

        // Lead definitions lie beyond what is looked through only where notes are longer than any person writes.
        var named = new (string Name, int Nanovolts)[leads];
        var bytes = section.Read(definitions, LeadBytes * leads, "leads");
        for (var i = 0; i < leads; i++)
        {
            named[i] = (ScpLead.NameOf(bytes[LeadBytes * i]), bytes[(LeadBytes * i) + 1] | (bytes[(LeadBytes * i) + 2] << 8));
        }

        return named.All(l => l.Nanovolts > 0) ? new(section, named, stored, samples, count, rate) : null;
    }

    /// <summary>The rhythm as a recording.</summary>
    /// <param name="start">When the record was made, for a rhythm that does not say it.</param>
    /// <param name="prefilter">Filters before storing.</param>
    public Recording Recording(DateTime? start, string prefilter)
    {
        var (largest, smallest) = ((1L << ((8 * type.Bytes()) - 1)) - 1, -(1L << ((8 * type.Bytes()) - 1)));
        return new(
            [
                .. leads.Select(l => new Channel(l.Name, ChannelKind.Ecg, Unit.Microvolt, rateHz, count)
                {
                    Prefilter = prefilter,
                    Calibration = new(l.Nanovolts / 1000.0, 0, smallest, largest, smallest * (l.Nanovolts / 1000.0), largest * (l.Nanovolts / 1000.0)),
                }),
            ],
            section.Table(new NumberTable(type, leads.Length), offset, count, [.. leads.Select((l, i) => new NumberColumn(i, l.Nanovolts / 1000.0))]))
        {
            Title = "long-term rhythm",
            Start = Start() ?? start,
        };
    }

    private DateTime? Start()
    {
        var (year, month, day) = (section.U16(10, "year"), section.U8(12, "month"), section.U8(13, "day"));
        var (hour, minute, second) = (section.U8(14, "hour"), section.U8(15, "minute"), section.U8(16, "second"));
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && hour < 24 && minute < 60 && second < 60
            ? new DateTime(year, month, day, hour, minute, second)
            : null;
    }
}
