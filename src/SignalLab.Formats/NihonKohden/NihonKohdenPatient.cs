using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.NihonKohden;

/// <summary>Whom a recording is about: the <c>.PNT</c> file. Source: Brainstorm's description of it (Tadel 2017).</summary>
internal static class NihonKohdenPatient
{
    /// <summary>Reads the patient beside a recording.</summary>
    /// <param name="path">The <c>.EEG</c> file.</param>
    /// <param name="start">Clock at its start, for the age.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <exception cref="MalformedFileException">The file is of another device.</exception>
    public static Subject Beside(string path, DateTime? start, List<string> remarks)
    {
        if (NihonKohdenCompanion.Find(path, "PNT") is not { } file)
        {
            remarks.Add("There is no .PNT file beside the recording: whom it is about is not told.");
            return Subject.Unknown;
        }

        var bytes = ByteSource.OpenAsIs(file);
        if (bytes.Length < 0x660 + 10 || !NihonKohdenHeader.IsSignature(bytes.Read(0, 0x91, "header")))
        {
            throw new MalformedFileException(file, 0, "device", "no known signature", "a patient file of the device");
        }

        var birth = DateOnly.TryParseExact(Field(bytes, 0x660, 10), "yyyy/MM/dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : (DateOnly?)null;
        return new Subject(Field(bytes, 0x604, 10), Sex(Field(bytes, 0x64A, 6)), Ages.Years(birth, start)) { Name = Field(bytes, 0x62E, 20), Birthdate = birth };
    }

    private static string? Field(ByteSource bytes, long offset, int length) => NihonKohdenCompanion.Text(bytes.Read(offset, length, "patient")).Trim() is { Length: > 0 } text ? text : null;

    // In the system's language: Male, Männl., Female, Weibl., F, M.
    private static string? Sex(string? word) => word is null ? null : char.ToUpperInvariant(word[0]) switch
    {
        'F' or 'W' => "F",
        'M' => "M",
        _ => word,
    };
}
