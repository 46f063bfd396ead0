using System.CommandLine;
using SignalLab.Figures;
using SignalLab.Figures.Graphs;
using SignalLab.Figures.Reports;

namespace SignalLab.Cli.Ecg;

/// <summary>What <c>ecg</c> writes for each record: pictures, documents and annotations.</summary>
internal sealed class EcgOutputs
{
    private readonly EcgOutput[] all =
    [
        new("--pdf", "Report: the 12-lead sheet with what was measured, true to scale; of a long recording summary, trend, hours and strips: .pdf.", ".pdf", Pdf),
        new("--png", "12-lead sheet as a picture: .png.", ".png", Sheet),
        new("--median", "The median beat lead by lead with the ends of its waves: .png .svg .pdf.", ".png", (record, path) => Picture(EcgFigures.MedianPanels(record.Examination, record.Name), record, path)) { Suffix = "-median", Endings = FigureFile.Endings },
        new("--body-surface", "Body-surface potential maps of the median beat at P, R, J and T, of V1 to V6 and the limb leads: .png .svg .pdf.", ".png", (record, path) => Picture(EcgFigures.BodySurface(record.Examination, record.Name), record, path)) { Suffix = "-body-surface", Endings = FigureFile.Endings },
        new("--aecg", "HL7 annotated ECG with beats, waves and measurements: .xml.", ".xml", EcgExchange.WriteAecg),
        new("--fhir", "FHIR R4 bundle of observations: .json.", ".json", EcgExchange.WriteFhir),
        new("--sr", "DICOM structured report in DICOM's JSON model: .json.", ".json", EcgExchange.WriteReport),
        new("--annotations", "WFDB annotation file; its ending is the annotator's name: RECORD.det.", ".det", EcgExchange.WriteAnnotations) { TakesAnyEnding = true },
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var output in all)
        {
            command.Options.Add(output.Option);
        }
    }

    /// <summary>Refuses a wrong ending, and one file for several records, before any work is done.</summary>
    /// <param name="parsed">The call.</param>
    /// <param name="records">Number of records.</param>
    /// <returns>True where anything is to be written.</returns>
    public bool Check(ParseResult parsed, int records)
    {
        var any = false;
        foreach (var output in all)
        {
            if (parsed.GetValue(output.Option) is not { } target)
            {
                continue;
            }

            any = true;
            if (Directory.Exists(target))
            {
                continue;
            }

            if (records > 1)
            {
                throw new UsageException($"{output.Option.Name} {target}: several records need a folder that is there; each gets a file of its name in it.");
            }

            if (!output.TakesAnyEnding)
            {
                FigureOutput.RequireEnding(target, output.Endings);
            }
        }

        return any;
    }

    /// <summary>Writes what was asked for of one record.</summary>
    public void Write(ParseResult parsed, EcgRecord record, bool force)
    {
        foreach (var output in all)
        {
            if (parsed.GetValue(output.Option) is { } target)
            {
                var path = Directory.Exists(target) ? Path.Combine(target, record.Name + output.Suffix + output.Ending) : target;
                OutputFile.Write(path, force, p => output.Write(record, p));
            }
        }
    }

    private static void Pdf(EcgRecord record, string path)
    {
        if (record.Examination.Recording.DurationSeconds < HolterPage.LeastSeconds)
        {
            Sheet(record, path);
            return;
        }

        PdfReport.Save(HolterPage.Of(record), path, FigureOutput.Made(record.Examination.Recording.Provenance));
    }

    private static void Sheet(EcgRecord record, string path) =>
        Picture(EcgPage.Sheet(record.Examination, new TimeSeriesOptions()), record, path);

    private static void Picture(Figure figure, EcgRecord record, string path) => FigureFile.Save(figure, path, FigureOutput.Made(record.Examination.Recording.Provenance));
}

/// <summary>One kind of file a record.</summary>
/// <param name="name">The option's name.</param>
/// <param name="description">What is written.</param>
/// <param name="ending">The file's ending.</param>
/// <param name="write">Writes the record to a path.</param>
internal sealed class EcgOutput(string name, string description, string ending, Action<EcgRecord, string> write)
{
    public Option<string> Option { get; } = new(name) { Description = description };

    public string Ending => ending;

    /// <summary>What a file of its own may end in.</summary>
    public IReadOnlyList<string> Endings { get; init; } = [ending];

    /// <summary>What follows the record's name in a folder.</summary>
    public string Suffix { get; init; } = "";

    public bool TakesAnyEnding { get; init; }

    public void Write(EcgRecord record, string path) => write(record, path);
}
