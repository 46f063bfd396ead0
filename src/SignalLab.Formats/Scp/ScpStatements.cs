using SignalLab.Model;

namespace SignalLab.Formats.Scp;

/// <summary>The statements of section 8 (text) and 11 (statement codes), each about the whole record.</summary>
/// <remarks>Source: EN 1064:2005+A1:2007, 5.11 and 5.14.</remarks>
internal static class ScpStatements
{
    private const int FirstStatement = 9;

    /// <param name="section">Section 8 or 11.</param>
    /// <param name="hasTypes">True for section 11, where a byte before each text tells its kind.</param>
    /// <param name="machine">Who made them, where nobody read them over.</param>
    public static IEnumerable<Annotation> Of(ScpSection section, bool hasTypes, Origin machine)
    {
        var origin = section.U8(0, "confirmation") is 1 or 2 ? new Origin(OriginKind.Person, "") : machine;
        long at = FirstStatement;
        for (var left = section.U8(FirstStatement - 1, "number of statements"); left > 0; left--)
        {
            var length = section.U16(at + 1, "length of a statement");
            var skip = hasTypes && length > 0 ? 1 : 0;
            if (section.Text(at + 3 + skip, length - skip, "statement") is { Length: > 0 } text)
            {
                yield return new(0, 0, text) { Origin = origin };
            }

            at += 3 + length;
        }
    }
}
