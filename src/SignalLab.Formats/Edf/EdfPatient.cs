using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>The patient field: <c>code sex birthdate name</c>, X for unknown, blanks as underscores. Source: EDF+ 2.1.3.3.</summary>
internal static class EdfPatient
{
    // The zero of OLE dates stands in files whose maker stored "no date".
    private static readonly DateOnly OleZero = new(1899, 12, 30);

    /// <summary>Reads the field; one that is not built as EDF+ asks is taken whole as the code.</summary>
    /// <param name="field">The field, trimmed.</param>
    /// <param name="start">Clock at the start, for the age.</param>
    public static Subject Read(string field, DateTime? start)
    {
        var parts = field.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 3 || parts[1] is not ("F" or "M" or "X") || (parts[2] != "X" && EdfClock.Date(parts[2]) is null))
        {
            return field.Length == 0 || parts.All(p => p == "X") ? Subject.Unknown : new Subject(field);
        }

        var birthdate = EdfClock.Date(parts[2]) is { } b && b != OleZero ? b : (DateOnly?)null;
        var name = string.Join(' ', parts.Skip(3)).Replace('_', ' ').Trim();
        return new Subject(Stated(parts[0]), Stated(parts[1]), Ages.Years(birthdate, start))
        {
            Name = Stated(name),
            Birthdate = birthdate,
        };
    }

    /// <summary>Prints the field; a code or name that is too long is cut.</summary>
    /// <param name="subject">Whom the recording is about.</param>
    /// <param name="width">Bytes of the field.</param>
    /// <param name="isCut">True where something was cut.</param>
    public static string Print(Subject subject, int width, out bool isCut)
    {
        var (code, name) = (Part(subject.Id), Part(subject.Name));
        var middle = $" {(subject.Sex is "F" or "M" ? subject.Sex : "X")} {(subject.Birthdate is { } date ? EdfClock.Print(date) : "X")} ";
        isCut = false;
        while (Encoding.UTF8.GetByteCount(code) + middle.Length + Encoding.UTF8.GetByteCount(name) > width)
        {
            isCut = true;
            (code, name) = name.Length > 1 ? (code, name[..^1]) : (code[..^1], name);
        }

        return code + middle + name;
    }

    private static string Part(string? text) => string.IsNullOrWhiteSpace(text) ? "X" : text.Trim().Replace(' ', '_');

    private static string? Stated(string text) => text is "X" or "" ? null : text;
}
