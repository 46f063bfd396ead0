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

        var source = Provenance.None with { Input = Path.GetFileName(path), Format = study.Format };
        if (study.Layouts.Count == 0)
        {
            IReadOnlyList<IReadOnlyList<string>> counts = [.. StudyContent.CountsOf(study).Select(c => (IReadOnlyList<string>)[c.What, c.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)])];
            return (new(Path.GetFileName(path), [new TableBlock($"{study.Format}: {StudyContent.WordsOf(study)}", [new("content"), new("number")], counts)]), source);
        }

        var layout = study.Layouts[0];
        var rows = layout.Sensors.Select(s => (IReadOnlyList<string>)[s.Name, Number(s.PositionMetres.X), Number(s.PositionMetres.Y), Number(s.PositionMetres.Z)]).ToList();
        TableColumn[] columns = [new("name"), new("x", Unit.Millimetre), new("y", Unit.Millimetre), new("z", Unit.Millimetre)];
        return (new(Path.GetFileName(path), [new TableBlock($"Positions in the frame '{layout.Frame}'", columns, rows)]), source);
    }

    private static string Number(double metres) => (1000 * metres).ToString("0.0", System.Globalization.CultureInfo.InvariantCulture);
}
