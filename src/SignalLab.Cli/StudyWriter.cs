using SignalLab.Formats;
using SignalLab.Formats.Delimited;
using SignalLab.Formats.Nifti;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Writes a study in the format that the output's ending names, with a sidecar that says how it was made.</summary>
internal static class StudyWriter
{
    private static readonly string[] Later = [".dcm"];

    /// <summary>Writes the recording, or the image where there is none. What the format cannot hold of a recording is said, a line each, and stands in the sidecar.</summary>
    /// <param name="study">What to write.</param>
    /// <param name="path">Where to; its ending names the format.</param>
    /// <param name="force">Replace what is there.</param>
    /// <param name="voxels">The voxels wanted of an image that becomes a table.</param>
    /// <param name="quiet">Say nothing; the sidecar still does.</param>
    /// <param name="lost">What was left out before.</param>
    /// <exception cref="UsageException">The ending names no format that can be written.</exception>
    /// <exception cref="UnfitInputException">The content does not fit the format.</exception>
    public static void Write(Study study, string path, bool force, string? voxels = null, bool quiet = false, IReadOnlyList<Loss>? lost = null)
    {
        var ending = KnownWriters.EndingOf(path);
        if (study.Recordings.Count > 0)
        {
            WriteRecording(study.Recordings, path, force, quiet, lost ?? []);
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
    public static void WriteTable(string path, bool force, Provenance provenance, Action<string> write) => WriteFile(path, force, provenance, p =>
    {
        write(p);
        return null;
    });

    /// <summary>Writes one table as .csv or .tsv with its sidecar.</summary>
    public static void WriteTable(string path, bool force, Provenance provenance, Action<Stream, Delimiter> write)
    {
        FigureOutput.RequireEnding(path, [".csv", ".tsv"]);
        WriteTable(path, force, provenance, p => ToStream(p, s => write(s, DelimiterOf(KnownWriters.EndingOf(path)))));
    }

    private static void WriteFile(string path, bool force, Provenance provenance, Func<string, IReadOnlyList<Loss>?> write) => OutputFile.Write(path, force, p =>
    {
        // The input is hashed while the output is written.
        var hash = Task.Run(() => provenance.InputSha256);
        var losses = write(p);
        hash.GetAwaiter().GetResult();
        File.WriteAllText(p + ".json", (FigureOutput.Made(provenance) with { Losses = losses }).ToJson() + "\n");
    });

    private static void ToStream(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        write(stream);
    }

    private static Delimiter DelimiterOf(string ending) => ending == ".tsv" ? Delimiter.Tab : Delimiter.Comma;

    private static void WriteRecording(IReadOnlyList<Recording> recordings, string path, bool force, bool quiet, IReadOnlyList<Loss> lost)
    {
        var ending = KnownWriters.EndingOf(path);
        if (ending is ".nii" or ".nii.gz")
        {
            throw new UnfitInputException($"{path}: a recording is no image; its map is: signallab map.");
        }

        if (!KnownWriters.Endings.Contains(ending))
        {
            throw Unknown(path, ending, string.Join(" ", KnownWriters.Endings));
        }

        WriteFile(path, force, recordings[0].Provenance, p =>
        {
            IReadOnlyList<Loss> losses = [.. lost, .. KnownWriters.Write(recordings, p)];
            Terminal.Remark(losses.Select(l => l.Text), quiet);
            return losses;
        });
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
