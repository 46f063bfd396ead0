using SignalLab.Analysis.Ecg;
using SignalLab.Formats.Aecg;
using SignalLab.Formats.Fhir;
using SignalLab.Formats.StructuredReport;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Cli.Ecg;

/// <summary>An examination in the formats that other programs read.</summary>
internal static class EcgExchange
{
    private static string Software => $"SignalLab {Program.Version}";

    /// <summary>HL7 annotated ECG: leads, beats with the limits of their waves, rhythm, measurements.</summary>
    public static void WriteAecg(EcgRecord record, string path)
    {
        var examination = record.Examination;
        var leads = Analysis.Selection.Picking.Pick(examination.Recording, examination.Leads);
        AecgWriter.Write(leads, new AecgFindings(new Origin(OriginKind.Algorithm, Software))
        {
            Beats = [.. examination.Beats.Select(b => new AecgBeat(CodeOf(b.Class), b.Seconds, [.. Waves(leads, b.Global, null), .. b.Leads.SelectMany((w, i) => Waves(leads, w, record.Leads[i]))]))],
            Rhythm = Rhythm(record, 0),
            Measurements = examination.Measurements,
        }, path);
    }

    /// <summary>FHIR R4 bundle.</summary>
    public static void WriteFhir(EcgRecord record, string path) =>
        FhirBundle.Write(record.Examination.Recording, All(record), Rhythm(record, record.FirstSeconds), Software, path);

    /// <summary>DICOM structured report as JSON.</summary>
    public static void WriteReport(EcgRecord record, string path) =>
        StructuredReportJson.Write(record.Examination.Recording, All(record), Rhythm(record, record.FirstSeconds), Software, FhirBundle.Codes, path);

    /// <summary>WFDB annotation file: beats by class, with brackets around each wave of all leads together.</summary>
    public static void WriteAnnotations(EcgRecord record, string path)
    {
        var real = new RealSamples(record);
        var all = new List<WfdbAnnotation>();
        foreach (var beat in record.Examination.Beats)
        {
            var g = beat.Global;
            Add("(", g.POn);
            Add("p", g.P);
            Add(")", g.POff);
            Add("(", g.QrsOn);
            Add(EcgJson.LetterOf(beat.Class), beat.Sample);
            Add(")", g.QrsOff);
            Add("(", g.TOn);
            Add("t", g.T);
            Add(")", g.TOff);
        }

        new WfdbAnnotations([.. all.OrderBy(a => a.Sample)]).Write(path);

        void Add(string symbol, long? sample)
        {
            if (sample is { } s)
            {
                all.Add(new(real.Of(s) + record.FirstSample, WfdbCodes.CodeOf(symbol)!.Value));
            }
        }
    }

    private static List<Annotation> Rhythm(EcgRecord record, double firstSeconds) =>
        [.. record.Examination.Rhythm.Select(r => new Annotation(firstSeconds + r.OnsetSeconds, r.EndSeconds - r.OnsetSeconds, r.Name) { Details = r.Evidence })];

    private static List<Measurement> All(EcgRecord record) => [.. record.Examination.Measurements, .. record.Examination.Variability];

    private static IEnumerable<AecgWave> Waves(Recording leads, WaveMarks w, string? lead)
    {
        (string Code, long? From, long? To)[] waves = [("MDC_ECG_WAVC_PWAVE", w.POn, w.POff), ("MDC_ECG_WAVC_QRSWAVE", w.QrsOn, w.QrsOff), ("MDC_ECG_WAVC_TWAVE", w.TOn, w.TOff)];
        double? Seconds(long? sample) => sample is { } s ? leads.TimeOf(0, s) : null;
        return waves.Where(v => v.From is not null || v.To is not null).Select(v => new AecgWave(v.Code, Seconds(v.From), Seconds(v.To), lead));
    }

    private static string CodeOf(BeatClass kind) => kind switch
    {
        BeatClass.Normal => "MDC_ECG_BEAT_NORMAL",
        BeatClass.Supraventricular => "MDC_ECG_BEAT_SV_P_C",
        BeatClass.Ventricular => "MDC_ECG_BEAT_V_P_C",
        BeatClass.Fusion => "MDC_ECG_BEAT_V_P_C_FUSION",
        _ => "MDC_ECG_BEAT_UNKNOWN",
    };
}
