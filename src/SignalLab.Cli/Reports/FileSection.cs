using SignalLab.Figures.Reports;
using SignalLab.Model;

namespace SignalLab.Cli.Reports;

/// <summary>The section of one file: by what it holds.</summary>
internal static class FileSection
{
    public static (ReportSection Section, Provenance Source) Of(string path, Study study, string? condition, ParameterMap? anatomy, string stem)
    {
        if (study.Recordings.Count > 0)
        {
            var recording = Selection.Recording(study, path, condition);
            return (RecordingPart.Of(study, recording, Path.GetFileName(path), stem), recording.Provenance);
        }

        if (study.Maps.Count > 0)
        {
            return (ImagePart.Of(path, study, study.Maps[0], anatomy, stem), study.Maps[0].Provenance);
        }

        if (study.Layouts.Count == 0)
        {
            throw new UnfitInputException($"{path}: holds {StudyContent.WordsOf(study)}, of which there is no report; signallab info shows what is in it.");
        }

        var layout = study.Layouts[0];
        var rows = layout.Sensors.Select(s => (IReadOnlyList<string>)[s.Name, Number(s.PositionMetres.X), Number(s.PositionMetres.Y), Number(s.PositionMetres.Z)]).ToList();
        TableColumn[] columns = [new("name"), new("x", Unit.Millimetre), new("y", Unit.Millimetre), new("z", Unit.Millimetre)];
        return (new(Path.GetFileName(path), [new TableBlock($"Positions in the frame '{layout.Frame}'", columns, rows)]), Provenance.None with { Input = Path.GetFileName(path), Format = study.Format });
    }

    private static string Number(double metres) => (1000 * metres).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
}
