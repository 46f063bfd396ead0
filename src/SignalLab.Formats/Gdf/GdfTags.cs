namespace SignalLab.Formats.Gdf;

/// <summary>The optional third header: a tag of one byte, a length of three, a value; tag 0 ends it.</summary>
internal static class GdfTags
{
    private const byte EventDescriptions = 1;

    /// <summary>Reads what tells the user something.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="from">Byte behind the channels' header.</param>
    /// <param name="end">Byte of the first record.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <returns>Comments: what the file calls its own event codes, the equipment, the technician, the laboratory.</returns>
    public static List<string> Read(ByteSource bytes, long from, long end, out List<string> remarks)
    {
        remarks = [];
        var comments = new List<string>();
        var part = bytes.Read(from, end - from, "third header").AsSpan();
        while (part.Length >= 4 && part[0] != 0)
        {
            var (tag, length) = (part[0], (int)GdfFields.UInt24(part, 1));
            if (length > part.Length - 4)
            {
                remarks.Add(FormattableString.Invariant($"The third header is damaged at its tag {tag}; the rest of it is not read."));
                break;
            }

            Add(comments, tag, part.Slice(4, length));
            part = part[(4 + length)..];
        }

        return comments;
    }

    private static void Add(List<string> comments, byte tag, ReadOnlySpan<byte> value)
    {
        if (tag == EventDescriptions)
        {
            for (var code = 0; value.Length > 0; code++)
            {
                var end = value.IndexOf((byte)0);
                var text = GdfFields.Text(end < 0 ? value : value[..end]);
                if (text.Length > 0)
                {
                    comments.Add(FormattableString.Invariant($"event {code}: {text}"));
                }

                value = end < 0 ? [] : value[(end + 1)..];
            }

            return;
        }

        var name = tag switch { 3 => "equipment", 6 => "technician", 7 => "laboratory", _ => null };
        if (name is not null && GdfFields.Text(value) is not ("" or "X") and var words)
        {
            comments.Add($"{name}: {words}");
        }
    }
}
