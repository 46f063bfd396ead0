using System.Collections.Frozen;
using System.Globalization;

namespace SignalLab.Formats.Dicom;

/// <summary>What becomes of an element where a waveform object is anonymised.</summary>
internal enum ElementTreatment
{
    /// <summary>Left out; so is every element that no table names.</summary>
    Remove,

    /// <summary>As it is: numbers, codes, times of day, samples.</summary>
    Keep,

    /// <summary>Present without a value.</summary>
    Empty,

    /// <summary>A date, shifted.</summary>
    Date,

    /// <summary>An identifier, replaced by another.</summary>
    Uid,

    /// <summary>An age, told less exactly.</summary>
    Age,

    /// <summary>A technical text, kept unless it names the subject.</summary>
    Text,

    /// <summary>A text that somebody typed.</summary>
    Told,

    /// <summary>A sequence whose items are treated the same way.</summary>
    Items,
}

/// <summary>The table of treatments.</summary>
internal static class ElementTreatments
{
    private const string Table = "SignalLab.Formats.Dicom.anonymised-elements.tsv";

    private static readonly FrozenDictionary<DicomTag, (ElementTreatment Treatment, string Keyword)> ByTag = Read();

    /// <summary>Elements that every object has, with a value or without (type 2).</summary>
    public static IEnumerable<DicomTag> AlwaysThere { get; } = [.. ByTag.Where(t => t.Value.Treatment == ElementTreatment.Empty).Select(t => t.Key)];

    public static ElementTreatment Of(DicomTag tag) => ByTag.TryGetValue(tag, out var known) ? known.Treatment : ElementTreatment.Remove;

    /// <summary>The element's keyword; its tag where it has none here, one word for all private ones.</summary>
    public static string NameOf(DicomTag tag) => tag.Group % 2 == 1 ? "private elements" : ByTag.TryGetValue(tag, out var known) ? known.Keyword : tag.ToString();

    private static FrozenDictionary<DicomTag, (ElementTreatment, string)> Read()
    {
        using var stream = typeof(ElementTreatments).Assembly.GetManifestResourceStream(Table)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.TrimEnd('\r').Split('\t')).ToFrozenDictionary(
            c => new DicomTag(ushort.Parse(c[0].AsSpan(0, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), ushort.Parse(c[0].AsSpan(4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)),
            c => (Enum.Parse<ElementTreatment>(c[1], ignoreCase: true), c[2]));
    }
}
