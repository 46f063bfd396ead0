using SignalLab.Figures.Reports;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Cli.Reports;

/// <summary>The report of a folder: a page with every figure, table and link, and a PDF for each file.</summary>
internal static class ReportFolder
{
    private const string Marker = ".signallab";

    public static int Write(string folder, string target, bool force, bool quiet)
    {
        var full = Path.GetFullPath(target);
        RequireOurs(full, target, force);
        var opened = new List<(string Path, Study Study)>();
        var failed = new List<string>();
        foreach (var path in InputFolder.Files(folder))
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
