using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>What a DICOM object without an image is, said in words.</summary>
/// <remarks>Source: DICOM PS3.4, annex B.5; PS3.6, annex A.</remarks>
internal static class SopClasses
{
    private const string Storage = "1.2.840.10008.5.1.4.1.1.";

    // The longest beginning that fits names the class.
    private static readonly (string Beginning, string Name)[] WithoutImage =
    [
        ("1.2.840.10008.1.3.10", "a directory (DICOMDIR); open the folder that holds it"),
        (Storage + "88.", "a structured report"),
        (Storage + "11.", "a presentation state"),
        (Storage + "66", "raw or registration data"),
        (Storage + "67", "a real-world value mapping"),
        (Storage + "68.", "a surface mesh"),
        (Storage + "481.3", "an RT structure set (contours)"),
        (Storage + "481.4", "an RT beams treatment record"),
        (Storage + "481.5", "an RT plan"),
        (Storage + "481.6", "an RT treatment record"),
        (Storage + "481.7", "an RT treatment record"),
        (Storage + "481.8", "an RT ion plan"),
        (Storage + "481.9", "an RT ion treatment record"),
        (Storage + "104.", "an encapsulated document"),
        ("1.2.840.10008.5.1.4.38.", "a hanging protocol"),
    ];

    /// <summary>The exact classes that share a beginning with those above but do hold an image.</summary>
    private static readonly string[] Images = [Storage + "66.4", Storage + "66.7"];

    /// <summary>What the object is, or null where it is (or may be) an image.</summary>
    public static string? NameOfNonImage(string uid) =>
        Array.Exists(Images, i => i == uid) ? null : WithoutImage.FirstOrDefault(c => uid.StartsWith(c.Beginning, StringComparison.Ordinal)).Name;

    /// <summary>Refuses what holds no image.</summary>
    /// <exception cref="UnfitInputException">The object is of a class without image.</exception>
    public static void RequireImage(DicomFile file)
    {
        var uid = file.Data.Text(DicomTag.SopClass) ?? file.Meta.Text(DicomTag.MediaSopClass) ?? "";
        if (NameOfNonImage(uid) is { } name)
        {
            throw new UnfitInputException($"{file.Path}: is {name}; it holds no image.");
        }
    }
}
