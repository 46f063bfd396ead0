using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>DICOM images and waveforms: one file, or a folder whose files are put together by series and place.</summary>
public sealed class DicomFormat : IFormat
{
    // A folder is known by one of its first files; folders of other formats are not searched through.
    private const int FilesLookedAt = 24;
    private const int MostFiles = 200_000;

    /// <inheritdoc/>
    public string Name => "DICOM";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.IsDirectory ? FilesOf(head.Path).Take(FilesLookedAt).Any(IsDicom) : DicomFile.Begins(head.Bytes);
    }

    /// <inheritdoc/>
    public Study Open(string path) => Directory.Exists(path) ? OpenFolder(path) : OpenFile(path);

    private Study OpenFile(string path)
    {
        var file = DicomFile.Open(path);
        if (WaveformRecordings.AreIn(file))
        {
            var recordings = WaveformRecordings.Of(file, Provenance.OfFile(path, Name));
            return new Study { Recordings = recordings, Format = Name, Remarks = recordings[0].Remarks };
        }

        var image = DicomImage.Of(file, keep: true);
        return StudyOf(DicomMaps.Of(DicomPlanes.Of(file, image), _ => Provenance.OfFile(path, Name)), []);
    }

    private Study OpenFolder(string folder)
    {
        var planes = new List<DicomPlane>();
        var recordings = new List<Recording>();
        var skipped = new List<string>();
        foreach (var path in FilesOf(folder).Take(MostFiles).Order(StringComparer.Ordinal).Where(IsDicom))
        {
            DicomFile? file = null;
            try
            {
                file = DicomFile.Open(path);
                if (WaveformRecordings.AreIn(file))
                {
                    recordings.AddRange(WaveformRecordings.Of(file, Provenance.OfFile(path, Name)));
                    file = null;
                    continue;
                }

                planes.AddRange(DicomPlanes.Of(file, DicomImage.Of(file, keep: false)));
            }
            catch (Exception e) when (e is UnfitInputException or MalformedFileException)
            {
                skipped.Add("Left out: " + e.Message);
            }
            finally
            {
                file?.Source.Close();
            }
        }

        if (planes.Count == 0 && recordings.Count > 0)
        {
            return new Study { Recordings = recordings, Format = Name, Remarks = skipped };
        }

        return planes.Count == 0
            ? throw new UnfitInputException(skipped.Count == 0 ? $"{folder}: holds no DICOM file." : $"{folder}: none of its DICOM files holds an image that can be read. {skipped[0]}")
            : StudyOf(DicomMaps.Of(planes, files => Provenance.OfFiles(System.IO.Path.GetFileName(folder.TrimEnd('/', '\\')), files, Name)), skipped) with { Recordings = recordings };
    }

    private Study StudyOf(List<ParameterMap> maps, List<string> remarks) => new() { Maps = maps, Format = Name, Remarks = remarks };

    private static IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6 });

    private static bool IsDicom(string path)
    {
        try
        {
            return DicomFile.Begins(FileHead.Of(path).Bytes);
        }
        catch (IOException)
        {
            // A file that may not be read is not one of the series; opening it by itself says why.
            return false;
        }
    }
}
