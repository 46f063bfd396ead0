using SignalLab.Figures.Reports;
using SignalLab.Formats;
using SignalLab.Formats.Bids;
using SignalLab.Model;

namespace SignalLab.Cli.Reports;

/// <summary>The report of a folder: a page with every figure, table and link, and a PDF for each file.</summary>
internal static class ReportFolder
{
    private const string Marker = ".signallab";

    // Endings of files that are recordings or images even when their content is not recognised: then they count as failed.
    private static readonly string[] Recordings = [".edf", ".bdf", ".hea", ".fif", ".nii", ".gz", ".hdr", ".dcm", ".elc", ".sfp", ".ced", ".locs", ".hpts", ".bvct", ".csd", ".elp", ".xyz",
        ".gdf", ".cnt", ".vhdr", ".set", ".lay", ".cdt", ".xdf", ".snirf", ".scp", ".sqd"];

    public static int Write(string folder, string target, bool force, bool quiet)
    {
        var full = Path.GetFullPath(target);
        RequireOurs(full, target, force);
        var opened = new List<(string Path, Study Study)>();
        var failed = new List<string>();
        foreach (var path in Inputs(folder))
        {
            Attempt(path, failed, () => opened.Add((path, KnownFormats.Open(path))));
        }

        if (opened.Count == 0 && failed.Count == 0)
        {
            throw new UnfitInputException($"{folder}: holds no recording and no image.");
        }

        var anatomy = opened.SelectMany(o => o.Study.Maps).FirstOrDefault(m => m.Axes.Count == 0 && m.Support is GridSupport { SizeZ: > 1 } && m.Kind == MapKind.Measured);
        var beside = $"{full}.{Environment.ProcessId}.partial";
        Directory.CreateDirectory(beside);
        try
        {
            var sections = new List<ReportSection>();
            var sources = new List<Provenance>();
            foreach (var (path, study) in opened)
            {
                Attempt(path, failed, () => AddSection(folder, path, study, anatomy, beside, sections, sources));
            }

            if (sections.Count == 0)
            {
                return ExitCode.UnfitInput;
            }

            if (failed.Count > 0)
            {
                sections.Add(new("Not reported", [.. failed.Select(f => new TextBlock(f))]));
            }

            var title = Path.GetFileName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar));
            HtmlReport.Write(new Report(title, sections) { Subtitle = $"{sources.Count} recordings and images" }, beside, FigureOutput.Made(sources));
            Publish(beside, full);
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }

        return failed.Count > 0 ? ExitCode.Partly : ExitCode.Done;
    }

    private static void AddSection(string folder, string path, Study study, ParameterMap? anatomy, string beside, List<ReportSection> sections, List<Provenance> sources)
    {
        var stem = Stem(folder, path);
        var (section, source) = FileSection.Of(path, study, null, anatomy, stem);
        var pdf = stem + ".pdf";
        PdfReport.Save(new Report(section.Title, [section]) { Subtitle = study.Format }, Path.Combine(beside, pdf), FigureOutput.Made(source));
        sections.Add(section with { Blocks = [.. section.Blocks, new LinksBlock([($"{section.Title} as PDF", pdf)])] });
        sources.Add(source);
    }

    private static void Attempt(string path, List<string> failed, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (Program.StatusOf(e) == ExitCode.UnfitInput)
        {
            var line = Program.LineOf(e, ExitCode.UnfitInput);
            line = line.Contains(Path.GetFileName(path), StringComparison.Ordinal) ? line : $"{path}: {line}";
            Console.Error.WriteLine($"signallab: {line}");
            failed.Add(line);
        }
    }

    /// <summary>Files that are recordings or images: by content, or by an ending that promises one. Companions go with their header, files of a folder that is one recording with it.</summary>
    public static List<string> Inputs(string folder)
    {
        var inputs = new List<string>();
        var wholes = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (RecordingFolder(folder, path, wholes) is { } whole)
            {
                if (!inputs.Contains(whole))
                {
                    inputs.Add(whole);
                }

                continue;
            }

            var ending = Path.GetExtension(path).ToLowerInvariant();
            var isCompanion = (ending == ".img" && File.Exists(Path.ChangeExtension(path, ".hdr"))) || (ending != ".hea" && File.Exists(Path.ChangeExtension(path, ".hea")))
                || (ending == ".ann" && File.Exists(Path.ChangeExtension(path, ".ecg")));
            isCompanion |= BidsDataset.IsTable(path) || (ending is ".eeg" or ".vmrk" or ".dat" && File.Exists(Path.ChangeExtension(path, ".vhdr")));
            if (!isCompanion && new FileInfo(path).Length > 0 && IsRecording(path))
            {
                inputs.Add(path);
            }
            else if (!isCompanion && Recordings.Contains(ending))
            {
                inputs.Add(path);
            }
        }

        return inputs;
    }

    // The folder that holds a file and is one recording (its name has an ending, as .mff), or null.
    private static string? RecordingFolder(string folder, string path, Dictionary<string, bool> wholes)
    {
        for (var inner = Path.GetDirectoryName(path); inner is not null && inner.Length > folder.Length; inner = Path.GetDirectoryName(inner))
        {
            if (!wholes.TryGetValue(inner, out var isWhole))
            {
                isWhole = wholes[inner] = Path.HasExtension(inner) && IsRecording(inner);
            }

            if (isWhole)
            {
                return inner;
            }
        }

        return null;
    }

    /// <summary>True where a known format claims a file or folder.</summary>
    public static bool IsRecording(string path) => FileHead.Of(path) is var head && KnownFormats.All.Any(f => f.Recognises(head));

    private static string Stem(string folder, string path) =>
        string.Concat(Path.GetRelativePath(folder, path).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')).Replace('.', '-');

    private static void RequireOurs(string full, string shown, bool force)
    {
        if (File.Exists(full))
        {
            throw new UsageException($"{shown}: is a file; a folder's report needs a folder.");
        }

        if (Directory.Exists(full) && !force && Directory.EnumerateFileSystemEntries(full).Any() && !File.Exists(Path.Combine(full, Marker)))
        {
            throw new UsageException($"{shown}: exists and holds other files; --force writes the report among them.");
        }

        if (Path.GetDirectoryName(full) is { } parent && !Directory.Exists(parent))
        {
            throw new UsageException($"{shown}: its folder does not exist.");
        }
    }

    // What an earlier report wrote goes, what others put there stays.
    private static void Publish(string beside, string full)
    {
        Directory.CreateDirectory(full);
        var marker = Path.Combine(full, Marker);
        if (File.Exists(marker))
        {
            foreach (var old in File.ReadLines(marker).Where(n => n.Length > 0 && Path.GetFileName(n) == n))
            {
                File.Delete(Path.Combine(full, old));
            }
        }

        var names = Directory.GetFiles(beside).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToList();
        foreach (var name in names)
        {
            File.Move(Path.Combine(beside, name), Path.Combine(full, name), overwrite: true);
        }

        File.WriteAllLines(marker, names);
    }
}
