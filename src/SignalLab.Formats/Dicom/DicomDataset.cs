using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace SignalLab.Formats.Dicom;

/// <summary>Where an element's value stands; a sequence holds its items, encapsulated pixels their fragments.</summary>
internal sealed record DicomElement(string Vr, long Offset, long Length)
{
    public IReadOnlyList<DicomDataset> Items { get; init; } = [];

    /// <summary>Encapsulated pixel data: the fragments, the basic offset table first; null for everything else.</summary>
    public IReadOnlyList<(long Offset, long Length)>? Fragments { get; init; }
}

/// <summary>Elements by tag. Values are read from the file when asked for, so its source must still be open.</summary>
internal sealed class DicomDataset(ByteSource source, bool isBigEndian, DicomDataset? parent)
{
    // No value that is read whole here (texts, tables, vectors of frame times) is larger.
    private const long LargestValue = 1 << 24;

    private readonly Dictionary<DicomTag, DicomElement> elements = [];
    private string[]? characterSets;

    public ByteSource Source => source;

    public bool IsBigEndian => isBigEndian;

    public DicomElement? this[DicomTag tag]
    {
        get => elements.GetValueOrDefault(tag);
        set => elements.TryAdd(tag, value!);
    }

    /// <summary>All elements, as they stand in the file.</summary>
    public IEnumerable<KeyValuePair<DicomTag, DicomElement>> Elements => elements;

    public bool Has(DicomTag tag) => elements.TryGetValue(tag, out var e) && (e.Length > 0 || e.Items.Count > 0 || e.Fragments is not null);

    public IReadOnlyList<DicomDataset> Items(DicomTag tag) => elements.TryGetValue(tag, out var e) ? e.Items : [];

    /// <summary>The first item of a sequence, or null.</summary>
    public DicomDataset? FirstItem(DicomTag tag) => Items(tag) is [var first, ..] ? first : null;

    /// <summary>The value's bytes; empty where it is absent.</summary>
    public byte[] Bytes(DicomTag tag) =>
        elements.TryGetValue(tag, out var e) && e.Length is > 0 and <= LargestValue ? source.Read(e.Offset, e.Length, tag.ToString()) : [];

    /// <summary>Text without padding, or null where it is absent or empty.</summary>
    public string? Text(DicomTag tag)
    {
        var bytes = Bytes(tag);
        var text = DicomText.Decode(bytes, CharacterSets()).Trim(' ', '\0');
        return text.Length == 0 ? null : text;
    }

    /// <summary>Text split at backslashes.</summary>
    public string[] Texts(DicomTag tag) => Text(tag)?.Split('\\').Select(t => t.Trim(' ', '\0')).ToArray() ?? [];

    /// <summary>Numbers, from text or binary; a value that is no number becomes NaN.</summary>
    public double[] Numbers(DicomTag tag)
    {
        if (!elements.TryGetValue(tag, out var element))
        {
            return [];
        }

        var bytes = Bytes(tag);
        var size = DicomVr.NumberSize(element.Vr);
        if (size == 0)
        {
            var text = Encoding.ASCII.GetString(bytes).Trim(' ', '\0');
            return text.Length == 0 ? [] : [.. text.Split('\\').Select(Parse)];
        }

        var numbers = new double[bytes.Length / size];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Binary(element.Vr, bytes.AsSpan(i * size, size));
        }

        return numbers;
    }

    /// <summary>The first number, or null where there is none.</summary>
    public double? Number(DicomTag tag) => Numbers(tag) is [var first, ..] && double.IsFinite(first) ? first : null;

    /// <summary>The first number as a whole one, or null.</summary>
    public int? Integer(DicomTag tag) => Number(tag) is { } v && v == Math.Floor(v) && Math.Abs(v) <= int.MaxValue ? (int)v : null;

    private static double Parse(string text) =>
        double.TryParse(text.AsSpan().Trim(" \0"), NumberStyles.Float, CultureInfo.InvariantCulture, out var v) ? v : double.NaN;

    private double Binary(string vr, ReadOnlySpan<byte> b) => vr switch
    {
        "OB" => b[0],
        "SS" => isBigEndian ? BinaryPrimitives.ReadInt16BigEndian(b) : BinaryPrimitives.ReadInt16LittleEndian(b),
        "US" or "OW" => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(b) : BinaryPrimitives.ReadUInt16LittleEndian(b),
        "SL" => isBigEndian ? BinaryPrimitives.ReadInt32BigEndian(b) : BinaryPrimitives.ReadInt32LittleEndian(b),
        "UL" or "OL" => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(b) : BinaryPrimitives.ReadUInt32LittleEndian(b),
        "FL" or "OF" => isBigEndian ? BinaryPrimitives.ReadSingleBigEndian(b) : BinaryPrimitives.ReadSingleLittleEndian(b),
        "FD" or "OD" => isBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(b) : BinaryPrimitives.ReadDoubleLittleEndian(b),
        "SV" => isBigEndian ? BinaryPrimitives.ReadInt64BigEndian(b) : BinaryPrimitives.ReadInt64LittleEndian(b),
        _ => isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(b) : BinaryPrimitives.ReadUInt64LittleEndian(b),
    };

    private string[] CharacterSets() => characterSets ??=
        Encoding.ASCII.GetString(Bytes(DicomTag.CharacterSet)) is { Length: > 0 } own ? [.. own.Split('\\').Select(s => s.Trim(' ', '\0'))] : parent?.CharacterSets() ?? [];
}
