using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Scp;

/// <summary>Section 1: whom the record is about, when and with what it was made, as tags.</summary>
/// <remarks>Source: EN 1064:2005+A1:2007, 5.4.</remarks>
internal sealed class ScpHeader
{
    private const int EndTag = 255;
    private const int MostTags = 10_000;

    private readonly List<(int Tag, byte[] Value)> tags = [];
    private readonly Encoding encoding;

    public ScpHeader(ScpSection? section)
    {
        encoding = section?.Protocol >= 30 ? Encoding.UTF8 : Encoding.Latin1;
        for (var at = 0L; section is not null && at + 3 <= section.Length && tags.Count < MostTags;)
        {
            var (tag, length) = (section.U8(at, "tag"), section.U16(at + 1, "length of a tag"));
            if (tag == EndTag)
            {
                break;
            }

            tags.Add((tag, section.Read(at + 3, length, FormattableString.Invariant($"tag {tag}"))));
            at += 3 + length;
        }
    }

    public Subject Subject => new(Text(2), First(8) switch { [1, ..] => "M", [2, ..] => "F", _ => null }, Age)
    {
        Name = string.Join(", ", new[] { Text(0), Text(1) }.Where(n => n is not null)) is { Length: > 0 } name ? name : null,
        Birthdate = Date(5) is { } birth ? DateOnly.FromDateTime(birth) : null,
    };

    /// <summary>Wall clock at the first sample; the zone of tag 34 is left aside.</summary>
    public DateTime? Start => Date(25) is { } date ? date + (First(26) is [< 24 and var h, < 60 and var m, < 61 and var s, ..] ? new TimeSpan(h, m, s) : TimeSpan.Zero) : null;

    /// <summary>The acquiring machine's model.</summary>
    public string Device => First(14) is { Length: >= 14 } device ? Clean(device.AsSpan(8, 6)) ?? "" : "";

    public double? LineFrequencyHz => First(14) is { Length: >= 19 } device ? device[18] switch { 1 => 50, 2 => 60, _ => null } : null;

    /// <summary>Filters before storing.</summary>
    public string Prefilter
    {
        get
        {
            var high = First(27) is { Length: >= 2 } h ? BinaryPrimitives.ReadUInt16LittleEndian(h) / 100.0 : 0;
            var low = First(28) is { Length: >= 2 } l ? BinaryPrimitives.ReadUInt16LittleEndian(l) : 0;
            return string.Join(' ', new[] { high > 0 ? FormattableString.Invariant($"HP:{high}Hz") : null, low > 0 ? FormattableString.Invariant($"LP:{low}Hz") : null }.Where(f => f is not null));
        }
    }

    /// <summary>Diagnoses, medical history and free text.</summary>
    public IReadOnlyList<string> Comments => [.. tags.Where(t => t.Tag is 13 or 30 or 35).Select(t => Clean(t.Value)).OfType<string>()];

    private double? Age => First(4) is { Length: >= 3 } age
        ? (BinaryPrimitives.ReadUInt16LittleEndian(age), age[2]) switch { ( > 0 and var n, 1) => n, ( > 0 and var n, 2) => n / 12.0, ( > 0 and var n, 3) => n * 7 / 365.25, ( > 0 and var n, 4) => n / 365.25, ( > 0 and var n, 5) => n / 8766.0, _ => null }
        : Date(5) is { } birth && Date(25) is { } at && birth <= at ? Math.Floor((at - birth).TotalDays / 365.25) : null;

    private byte[]? First(int tag) => tags.Find(t => t.Tag == tag).Value;

    private string? Text(int tag) => First(tag) is { } value ? Clean(value) : null;

    private string? Clean(ReadOnlySpan<byte> value) => encoding.GetString(value).Replace('\0', ' ').Trim() is { Length: > 0 } text ? text : null;

    private DateTime? Date(int tag) =>
        First(tag) is { Length: >= 4 } v
        && DateTime.TryParseExact(FormattableString.Invariant($"{BinaryPrimitives.ReadUInt16LittleEndian(v):0000}{v[2]:00}{v[3]:00}"), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;
}
