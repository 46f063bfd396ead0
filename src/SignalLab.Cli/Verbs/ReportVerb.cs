using System.CommandLine;
using SignalLab.Cli.Reports;
using SignalLab.Figures.Reports;
using SignalLab.Formats;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab report FILE OUT.pdf</c> and <c>signallab report FOLDER OUT</c>.</summary>
internal static class ReportVerb
{
    public static Command Create()
    {
        var file = Common.File("A recording or image, or a folder of them.");
        var output = Common.Out("PDF for one file; folder for a folder: OUT/index.html.");
        var command = new Command("report", "Reports on a file, or on every file of a folder. Example: signallab report recordings out") { file, output, Common.Condition, Common.Force };
        command.SetAction(parsed =>
        {
            var (path, target, quiet) = (parsed.GetValue(file)!, parsed.GetValue(output)!, parsed.GetValue(Common.Quiet));

            // A folder can be one recording: it has one PDF as a file has.
            var isFolder = Directory.Exists(path) && !(target.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) && InputFolder.IsRecording(path));
            return isFolder
                ? ReportFolder.Write(path, target, parsed.GetValue(Common.Force), quiet)
                : OneFile(path, target, parsed.GetValue(Common.Condition), parsed.GetValue(Common.Force), quiet);
        });
        return command;
    }

    private static int OneFile(string path, string target, string? condition, bool force, bool quiet)
    {
        FigureOutput.RequireEnding(target, [".pdf"]);
        var study = KnownFormats.Open(path);
        Terminal.Remark(study.Remarks, quiet);
        var name = Path.GetFileName(path.TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar));
        var (section, source) = FileSection.Of(path, study, condition, null, name);
        OutputFile.Write(target, force, p => PdfReport.Save(new Report(name, [section]) { Subtitle = study.Format }, p, FigureOutput.Made(source)));
        return ExitCode.Done;
    }
}
