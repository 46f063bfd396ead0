using System.Buffers.Binary;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Ishne;

/// <summary>A lead of the header.</summary>
internal sealed record IshneLead(string Name, double Gain, Unit Unit);

/// <summary>The header of 522 bytes, little endian.</summary>
internal sealed record IshneHeader(IReadOnlyList<IshneLead> Leads, double RateHz, long StatedSamples, long SampleOffset)
{
    private const int HeaderBytes = 522;
    private const int MostLeads = 12;

    private static readonly string?[] LeadNames =
    [
        null, "bipolar", "X", "Y", "Z", "I", "II", "III", "aVR", "aVL", "aVF", "V1", "V2", "V3", "V4", "V5", "V6", "ES", "AS", "AI",
    ];

    public Subject Subject { get; init; } = Subject.Unknown;

    public DateTime? Start { get; init; }

    public IReadOnlyList<string> Comments { get; init; } = [];

    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Reads the header of a recording, or of an annotation file, where leads, rate and offset may be missing and the beats begin behind the variable block.</summary>
    public static IshneHeader Read(ByteSource source, string magic)
    {
        var isBeats = magic == IshneAnnotations.Magic;
        var bytes = source.Read(0, Math.Min(source.Length, HeaderBytes), "header");
        if (bytes.Length < HeaderBytes || Encoding.ASCII.GetString(bytes, 0, magic.Length) != magic)
        {
            throw new MalformedFileException(source.Path, 0, "header", bytes.Length < HeaderBytes ? FormattableString.Invariant($"{bytes.Length} bytes") : "another beginning", $"\"{magic}\" and a header of {HeaderBytes} bytes");
        }

        int Int16(int at) => BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at));
        int Int32(int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at));
        string Text(int at, int length) => Encoding.Latin1.GetString(bytes, at, length).Split('\0')[0].Trim();
        MalformedFileException Fault(int at, string field, int found, string expected) => new(source.Path, at, field, FormattableString.Invariant($"{found}"), expected);

        var count = Int16(156) is >= 1 and <= MostLeads and var n ? n : isBeats ? 0 : throw Fault(156, "number of leads", Int16(156), FormattableString.Invariant($"1 to {MostLeads}"));
        var rate = Int16(272) is > 0 and var r ? r : isBeats ? 0 : throw Fault(272, "sampling rate", Int16(272), "a number of Hz above 0");
        var samples = Int32(14) is >= 0 and var s ? s : isBeats ? 0 : throw Fault(14, "number of samples", Int32(14), "a number from 0");
        var (variable, at) = (Int32(10), Int32(18));
        var offset = isBeats ? HeaderBytes + Math.Clamp(variable, 0, int.MaxValue - HeaderBytes) : Int32(22);
        if (offset < HeaderBytes || offset > source.Length)
        {
            throw Fault(isBeats ? 10 : 22, isBeats ? "size of the variable block" : "offset of the samples", offset, FormattableString.Invariant($"{HeaderBytes} to the file's {source.Length} bytes"));
        }

        var remarks = new List<string>();
        var leads = Enumerable.Range(0, count).Select(i => LeadOf(i, Int16(158 + (2 * i)), Int16(206 + (2 * i)), remarks)).ToList();
        var (birth, day) = (Date(Int16(132), Int16(134), Int16(136)), Date(Int16(138), Int16(140), Int16(142)));
        var time = (Hours: Int16(150), Minutes: Int16(152), Seconds: Int16(154));
        var name = string.Join(", ", new[] { Text(68, 40), Text(28, 40) }.Where(t => t.Length > 0));
        return new(leads, rate, samples, offset)
        {
            Subject = new(Text(108, 20) is { Length: > 0 } id ? id : null, Int16(128) switch { 1 => "M", 2 => "F", _ => null }, Ages.Years(birth is { } b ? DateOnly.FromDateTime(b) : null, day))
            {
                Name = name.Length > 0 ? name : null,
                Birthdate = birth is { } born ? DateOnly.FromDateTime(born) : null,
            },
            Start = day + (time is { Hours: >= 0 and < 24, Minutes: >= 0 and < 60, Seconds: >= 0 and < 60 } ? new TimeSpan(time.Hours, time.Minutes, time.Seconds) : TimeSpan.Zero),
            Comments = variable > 0 && at >= HeaderBytes && at <= offset - (long)variable ? Lines(source.Read(at, variable, "variable block")) : [],
            Remarks = remarks,
        };
    }

    private static IshneLead LeadOf(int index, int code, int nanovolts, List<string> remarks)
    {
        var name = (code >= 0 && code < LeadNames.Length ? LeadNames[code] : null) ?? FormattableString.Invariant($"lead {index + 1}");
        if (nanovolts > 0)
        {
            return new(name, nanovolts / 1000.0, Unit.Microvolt);
        }

        remarks.Add(FormattableString.Invariant($"{name} states no resolution ({nanovolts} nV): its values are as stored, without a unit."));
        return new(name, 1, Unit.Unknown);
    }

    private static string[] Lines(byte[] bytes) =>
        [.. Encoding.Latin1.GetString(bytes).Split('\0', '\r', '\n').Select(l => l.Trim()).Where(l => l.Length > 0)];

    private static DateTime? Date(int day, int month, int year) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateTime(year, month, day) : null;
}
