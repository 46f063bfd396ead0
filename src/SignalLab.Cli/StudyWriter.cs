using SignalLab.Formats.BrainVision;
using SignalLab.Formats.Delimited;
using SignalLab.Formats.Edf;
using SignalLab.Formats.Eeglab;
using SignalLab.Formats.Fiff;
using SignalLab.Formats.Nifti;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Writes a study in the format that the output's ending names, with a sidecar that says how it was made.</summary>
internal static class StudyWriter
{
    private static readonly string[] Later = [".parquet", ".snirf", ".dcm"];

    /// <summary>Writes the recording, or the image where there is none.</summary>
    /// <exception cref="UsageException">The ending names no format that can be written.</exception>
    /// <exception cref="UnfitInputException">The content does not fit the format.</exception>
    public static void Write(Study study, string path, bool force, string? voxels = null, bool quiet = false)
    {
        var ending = Ending(path);
        if (study.Recordings.Count > 0)
        {
            WriteRecording(study.Recordings, path, ending, force, quiet);
        }
        else if (study.Maps.Count > 0)
        {
            WriteMap(study.Maps[0], path, ending, force, voxels);
        }
        else if (study.Layouts.Count > 0 && ending is ".csv" or ".tsv")
        {
            WriteTable(path, force, Provenance.None, p => ToStream(p, s => LayoutTable.Write(study.Layouts[0], s, DelimiterOf(ending))));
        }
        else
        {
            throw new UnfitInputException(study.Layouts.Count > 0
                ? $"{path}: electrode positions are exported as .csv or .tsv."
                : $"{path}: {StudyContent.WordsOf(study)} cannot be exported; signallab info shows what the file holds.");
        }
    }

    /// <summary>Writes one data file with its sidecar <c>FILE.json</c>.</summary>
    public static void WriteTable(string path, bool force, Provenance provenance, Action<string> write) => OutputFile.Write(path, force, p =>
    {
        // The input is hashed while the output is written.
        var hash = Task.Run(() => provenance.InputSha256);
        write(p);
        hash.GetAwaiter().GetResult();
        File.WriteAllText(p + ".json", FigureOutput.Made(provenance).ToJson() + "\n");
    });

    /// <summary>Writes one table as .csv or .tsv with its sidecar.</summary>
    public static void WriteTable(string path, bool force, Provenance provenance, Action<Stream, Delimiter> write)
    {
        FigureOutput.RequireEnding(path, [".csv", ".tsv"]);
        WriteTable(path, force, provenance, p => ToStream(p, s => write(s, DelimiterOf(Ending(path)))));
    }

    private static void ToStream(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        write(stream);
    }

    private static Delimiter DelimiterOf(string ending) => ending == ".tsv" ? Delimiter.Tab : Delimiter.Comma;

    private static string Ending(string path)
    {
        var name = Path.GetFileName(path).ToLowerInvariant();
        return name.EndsWith(".nii.gz", StringComparison.Ordinal) ? ".nii.gz" : Path.GetExtension(name);
    }

    private static void WriteRecording(IReadOnlyList<Recording> recordings, string path, string ending, bool force, bool quiet)
    {
        var recording = recordings[0];
        Action<string> write = ending switch
        {
            ".csv" or ".tsv" => p => ToStream(p, s => RecordingTable.Write(recording, s, DelimiterOf(ending))),
            ".edf" => p => Terminal.Remark(EdfWriter.Write(recording, p, EdfKind.Edf), quiet),
            ".bdf" => p => Terminal.Remark(EdfWriter.Write(recording, p, EdfKind.Bdf), quiet),
            ".hea" => p => WfdbWriter.Write(recording, p),
            ".fif" when recording.Evoked is not null => p => Terminal.Remark(FiffWriter.WriteEvoked(recordings, p), quiet),
            ".fif" => p => Terminal.Remark(FiffWriter.WriteRaw(recording, p), quiet),
            ".vhdr" => p => Terminal.Remark(BrainVisionWriter.Write(recording, p), quiet),
            ".set" => p => Terminal.Remark(EeglabWriter.Write(recording, p), quiet),
            ".nii" or ".nii.gz" => throw new UnfitInputException($"{path}: a recording is no image; its map is: signallab map."),
            _ => throw Unknown(path, ending, ".csv .tsv .edf .bdf .hea .fif .vhdr .set"),
        };
        WriteTable(path, force, recording.Provenance, write);
    }

    private static void WriteMap(ParameterMap map, string path, string ending, bool force, string? voxels)
    {
        if (ending is ".csv" or ".tsv")
        {
            var places = voxels is null
                ? throw new UsageException("--voxels \"i,j,k;…\" is missing: an image is exported to a table voxel by voxel, whole as .nii.gz.")
                : Voxels(voxels, map);
            WriteTable(path, force, map.Provenance, p => ToStream(p, s => MapTables.WriteVoxels(map, places, s, DelimiterOf(ending))));
            return;
        }

        if (ending is ".png" or ".svg" or ".pdf")
        {
            FigureOutput.Save(SlicePage.Of(map, null, new SliceChoice(null, null, null, null)), path, force, map.Provenance);
            return;
        }

        if (ending is not (".nii" or ".nii.gz"))
        {
            throw Unknown(path, ending, ".nii .nii.gz .csv .png .svg .pdf");
        }

        WriteTable(path, force, map.Provenance, p => NiftiWriter.Write(map, p));
    }

    private static UsageException Unknown(string path, string ending, string known) => Later.Contains(ending)
        ? new($"{path}: this version does not write {ending}; it writes {known}.")
        : new($"{path}: expected an ending of {known}.");

    private static List<(int I, int J, int K)> Voxels(string text, ParameterMap map)
    {
        if (map.Support is not GridSupport grid)
        {
            throw new UnfitInputException("--voxels: the image is not on a grid.");
        }

        var places = new List<(int, int, int)>();
        foreach (var place in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = Selection.Numbers(place, "--voxels", 3);
            if (numbers.Any(n => n != Math.Floor(n)) || numbers[0] < 0 || numbers[1] < 0 || numbers[2] < 0 || numbers[0] >= grid.SizeX || numbers[1] >= grid.SizeY || numbers[2] >= grid.SizeZ)
            {
                throw new UnfitInputException($"--voxels '{place}': the image has {grid.SizeX} x {grid.SizeY} x {grid.SizeZ} voxels, counted from 0.");
            }

            places.Add(((int)numbers[0], (int)numbers[1], (int)numbers[2]));
        }

        return places;
    }
}
