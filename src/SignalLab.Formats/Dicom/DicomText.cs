using System.Text;

namespace SignalLab.Formats.Dicom;

/// <summary>Text in the character sets that (0008,0005) names, with ISO 2022 switches between them.</summary>
/// <remarks>Source: DICOM PS3.3, C.12.1.1.2; PS3.5, 6.1.2.5 and annexes H to K.</remarks>
internal static class DicomText
{
    private const byte Escape = 0x1b;

    private static readonly Dictionary<string, string> NamesByTerm = new(StringComparer.Ordinal)
    {
        ["100"] = "iso-8859-1",
        ["101"] = "iso-8859-2",
        ["109"] = "iso-8859-3",
        ["110"] = "iso-8859-4",
        ["144"] = "iso-8859-5",
        ["127"] = "iso-8859-6",
        ["126"] = "iso-8859-7",
        ["138"] = "iso-8859-8",
        ["148"] = "iso-8859-9",
        ["203"] = "iso-8859-15",
        ["13"] = "shift_jis",
        ["166"] = "windows-874",
        ["192"] = "utf-8",
        ["149"] = "euc-kr",
        ["58"] = "gb2312",
        ["GB18030"] = "gb18030",
        ["GBK"] = "gb2312",
    };

    // What follows the escape byte and the set it calls.
    private static readonly (byte[] Sequence, string Name, bool IsDoubleIn7Bits)[] Switches =
    [
        ([0x28, 0x42], "iso-8859-1", false),
        ([0x28, 0x4a], "shift_jis", false),
        ([0x29, 0x49], "shift_jis", false),
        ([0x2d, 0x41], "iso-8859-1", false),
        ([0x2d, 0x42], "iso-8859-2", false),
        ([0x2d, 0x43], "iso-8859-3", false),
        ([0x2d, 0x44], "iso-8859-4", false),
        ([0x2d, 0x4c], "iso-8859-5", false),
        ([0x2d, 0x47], "iso-8859-6", false),
        ([0x2d, 0x46], "iso-8859-7", false),
        ([0x2d, 0x48], "iso-8859-8", false),
        ([0x2d, 0x4d], "iso-8859-9", false),
        ([0x2d, 0x54], "windows-874", false),
        ([0x24, 0x42], "euc-jp", true),
        ([0x24, 0x29, 0x43], "euc-kr", false),
        ([0x24, 0x29, 0x41], "gb2312", false),
    ];

    /// <summary>The text of a value.</summary>
    /// <param name="bytes">The value.</param>
    /// <param name="characterSets">The defined terms of (0008,0005), the first the initial set.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, IReadOnlyList<string> characterSets)
    {
        var initial = Named(characterSets.Count == 0 ? "" : characterSets[0]);
        if (!bytes.Contains(Escape))
        {
            // Without an escape a second set alone may still be meant (Korean names in G1).
            var second = characterSets.Count > 1 && initial.CodePage == Encoding.Latin1.CodePage && characterSets[0].Length == 0 && bytes.ContainsAnyInRange((byte)0x80, (byte)0xff);
            return (second ? Named(characterSets[1]) : initial).GetString(bytes);
        }

        var text = new StringBuilder();
        var (encoding, isDouble) = (initial, false);
        while (bytes.Length > 0)
        {
            if (bytes[0] == Escape)
            {
                var rest = bytes[1..];
                var index = -1;
                for (var i = 0; i < Switches.Length && index < 0; i++)
                {
                    index = rest.StartsWith(Switches[i].Sequence) ? i : -1;
                }

                (encoding, isDouble) = index < 0 ? (initial, false) : (ByName(Switches[index].Name), Switches[index].IsDoubleIn7Bits);
                bytes = rest[(index < 0 ? 0 : Switches[index].Sequence.Length)..];
                continue;
            }

            var end = bytes.IndexOf(Escape);
            var run = end < 0 ? bytes : bytes[..end];
            text.Append(encoding.GetString(isDouble ? Upper(run) : run));
            bytes = bytes[run.Length..];
        }

        return text.ToString();
    }

    // JIS X 0208 in seven bits is EUC-JP with the upper bits set.
    private static byte[] Upper(ReadOnlySpan<byte> run)
    {
        var bytes = run.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = bytes[i] >= 0x21 ? (byte)(bytes[i] | 0x80) : bytes[i];
        }

        return bytes;
    }

    private static Encoding Named(string term)
    {
        var key = term.Replace("ISO_IR", "", StringComparison.Ordinal).Replace("ISO 2022 IR", "", StringComparison.Ordinal).Trim();
        return NamesByTerm.TryGetValue(key, out var name) ? ByName(name) : Encoding.Latin1;
    }

    private static Encoding ByName(string name) => name switch
    {
        "iso-8859-1" => Encoding.Latin1,
        "utf-8" => Encoding.UTF8,
        _ => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.Latin1,
    };
}
