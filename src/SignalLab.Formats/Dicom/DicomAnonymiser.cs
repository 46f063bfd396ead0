using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>Copies DICOM waveform objects so that they do not tell whose they are; samples, scales and coded annotations stay as they are.</summary>
/// <remarks>
/// Source: DICOM PS3.15, E.2 (basic profile), E.3.6 (modified dates), E.3.7 (patient characteristics). Stricter than the profile: what the table of this folder does not name is left out,
/// so every private element is.
/// </remarks>
public static class DicomAnonymiser
{
    private const string Method = "SignalLab: known elements only, dates shifted, UIDs replaced";
    private const string ImplementationUid = "2.25.198144910673904586147785914147416416351";

    // PS3.16, CID 7050.
    private static readonly (string Code, string Meaning)[] Profiles =
    [
        ("113100", "Basic Application Confidentiality Profile"),
        ("113107", "Retain Longitudinal Temporal Information Modified Dates Option"),
        ("113108", "Retain Patient Characteristics Option"),
    ];

    /// <summary>Writes the copy, in the transfer syntax of the file (deflated ones inflated).</summary>
    /// <param name="path">A waveform object.</param>
    /// <param name="output">The copy, replaced where it exists.</param>
    /// <param name="anonymity">How it is done.</param>
    /// <returns>What was done to each element, without its values.</returns>
    /// <exception cref="MalformedFileException">The file is damaged or not DICOM.</exception>
    /// <exception cref="UnfitInputException">It holds no waveforms.</exception>
    public static IReadOnlyList<TreatedField> Write(string path, string output, Anonymity anonymity)
    {
        ArgumentNullException.ThrowIfNull(anonymity);
        var file = DicomFile.Open(path);
        try
        {
            if (!WaveformRecordings.AreIn(file) || file.Data.Elements.Any(e => e.Key.IsPixels))
            {
                throw new UnfitInputException($"{path}: is no DICOM waveform; pictures are not copied anonymously, as words may be burned into them.");
            }

            using var stream = new FileStream(output, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
            WriteMeta(file, stream, anonymity);
            var copy = new DicomCopy(file, new(stream, file.IsExplicit, file.Syntax.IsBigEndian), anonymity);
            copy.Write(file.Data, Added(file, copy));
            return TreatedField.Together(copy.Report);
        }
        finally
        {
            file.Source.Close();
        }
    }

    // The elements that say what was done, and those that must be there.
    private static Dictionary<DicomTag, Action<DicomElementWriter>> Added(DicomFile file, DicomCopy copy)
    {
        var added = new Dictionary<DicomTag, Action<DicomElementWriter>>
        {
            [new(0x0012, 0x0062)] = w => w.Text(new(0x0012, 0x0062), "CS", "YES"),
            [new(0x0012, 0x0063)] = w => w.Text(new(0x0012, 0x0063), "LO", Method),
            [new(0x0012, 0x0064)] = w => w.Sequence(new(0x0012, 0x0064), Profiles.Select<(string Code, string Meaning), Action>(p => () =>
            {
                w.Text(DicomTag.CodeValue, "SH", p.Code);
                w.Text(new(0x0008, 0x0102), "SH", "DCM");
                w.Text(DicomTag.CodeMeaning, "LO", p.Meaning);
            })),
            [new(0x0028, 0x0303)] = w => w.Text(new(0x0028, 0x0303), "CS", "MODIFIED"),
        };
        foreach (var tag in ElementTreatments.AlwaysThere)
        {
            added[tag] = w => w.Value(tag, VrOfEmpty(tag), []);
        }

        if (copy.Subject.CoarseAgeYears is { } years)
        {
            var text = years < 2 ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(12 * years):000}M") : string.Create(CultureInfo.InvariantCulture, $"{years:000}Y");
            added[DicomTag.PatientAge] = w => w.Text(DicomTag.PatientAge, "AS", text);
        }

        return added;
    }

    private static string VrOfEmpty(DicomTag tag) => tag switch
    {
        (0x0010, 0x0010) or (0x0008, 0x0090) => "PN",
        (0x0010, 0x0030) => "DA",
        (0x0010, 0x0020) => "LO",
        _ => "SH",
    };

    private static void WriteMeta(DicomFile file, FileStream stream, Anonymity anonymity)
    {
        var syntax = file.Syntax.IsBigEndian ? file.Syntax : file.IsExplicit ? DicomSyntax.ExplicitLittle : DicomSyntax.ImplicitLittle;
        var sopClass = file.Data.Text(DicomTag.SopClass) ?? file.Meta.Text(DicomTag.MediaSopClass) ?? "";
        var instance = file.Data.Text(new(0x0008, 0x0018)) ?? file.Meta.Text(new(0x0002, 0x0003)) ?? "";
        using var group = new MemoryStream();
        var meta = new DicomElementWriter(group, isExplicit: true, isBigEndian: false);
        meta.Value(new(0x0002, 0x0001), "OB", [0, 1]);
        meta.Text(DicomTag.MediaSopClass, "UI", sopClass);
        meta.Text(new(0x0002, 0x0003), "UI", anonymity.Key.Uid(instance));
        meta.Text(DicomTag.TransferSyntax, "UI", syntax.Uid);
        meta.Text(new(0x0002, 0x0012), "UI", ImplementationUid);
        meta.Text(new(0x0002, 0x0013), "SH", "SIGNALLAB");
        stream.Write(new byte[128]);
        stream.Write("DICM"u8);
        new DicomElementWriter(stream, isExplicit: true, isBigEndian: false).Value(new(0x0002, 0x0000), "UL", BitConverter.GetBytes((uint)group.Length));
        group.WriteTo(stream);
    }
}
