using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using SignalLab.Model;

namespace SignalLab.Formats.Aecg;

/// <summary>Writes an HL7 annotated ECG: the leads as a rhythm series, and what was found in them.</summary>
/// <remarks>Source: HL7 v3 Annotated ECG, release 1 (PORT_MT020001); HL7 aECG Implementation Guide (2005).</remarks>
public static class AecgWriter
{
    /// <summary>Most samples of all leads together: the whole file is text.</summary>
    public const long MostSamples = 4_000_000;

    private const string Mdc = "2.16.840.1.113883.6.24";
    private const string ActCode = "2.16.840.1.113883.5.4";
    private const double Steps = 1e6;

    private static readonly XNamespace V3 = "urn:hl7-org:v3";
    private static readonly XNamespace Xsi = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Writes the file.</summary>
    /// <param name="recording">The leads, of one rate.</param>
    /// <param name="findings">What was found in them.</param>
    /// <param name="path">The file, replaced where it exists.</param>
    /// <exception cref="UnfitInputException">There is no channel, rates differ, or there are more than <see cref="MostSamples"/> samples.</exception>
    public static void Write(Recording recording, AecgFindings findings, string path)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(findings);
        if (recording.CommonRateHz is null || recording.Channels.Sum(c => c.SampleCount) > MostSamples)
        {
            throw new UnfitInputException(FormattableString.Invariant($"An annotated ECG holds leads of one rate, at most {MostSamples} samples together: pick leads or a shorter stretch."));
        }

        var document = new XDocument(new XElement(
            V3 + "AnnotatedECG",
            new XAttribute(XNamespace.Xmlns + "xsi", Xsi.NamespaceName),
            new XAttribute("type", "Observation"),
            new XElement(V3 + "id", new XAttribute("root", IdOf(recording))),
            new XElement(V3 + "code", new XAttribute("code", "93000"), new XAttribute("codeSystem", "2.16.840.1.113883.6.12"), new XAttribute("codeSystemName", "CPT-4")),
            recording.Start is { } start ? new XElement(V3 + "effectiveTime", new XElement(V3 + "center", new XAttribute("value", Time(start)))) : null,
            Subject(recording.Subject),
            new XElement(V3 + "component", Series(recording, findings))));
        using var writer = XmlWriter.Create(path, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" });
        document.Save(writer);
    }

    /// <summary>The code of a lead: that of its usual name.</summary>
    internal static string LeadCode(string label) => label.StartsWith("MDC_ECG_LEAD_", StringComparison.Ordinal) ? label : "MDC_ECG_LEAD_" + ChannelName.Normalise(label);

    private static XElement Subject(Subject subject) =>
        Nest("componentOf", "timepointEvent", "componentOf", "subjectAssignment", "subject", new XElement(
            V3 + "trialSubject",
            new XElement(V3 + "id", new XAttribute("extension", subject.Id ?? "")),
            new XElement(
                V3 + "subjectDemographicPerson",
                subject.Name is { } name ? new XElement(V3 + "name", name) : null,
                subject.Sex is { } sex ? new XElement(V3 + "administrativeGenderCode", new XAttribute("code", sex), new XAttribute("codeSystem", "2.16.840.1.113883.5.1")) : null,
                subject.Birthdate is { } birth ? new XElement(V3 + "birthTime", new XAttribute("value", birth.ToString("yyyyMMdd", CultureInfo.InvariantCulture))) : null)));

    private static XElement Nest(string a, string b, string c, string d, string e, XElement inner) =>
        new(V3 + a, new XElement(V3 + b, new XElement(V3 + c, new XElement(V3 + d, new XElement(V3 + e, inner)))));

    private static XElement Series(Recording recording, AecgFindings findings) => new(
        V3 + "series",
        new XElement(V3 + "code", new XAttribute("code", "RHYTHM"), new XAttribute("codeSystem", ActCode), new XAttribute("codeSystemName", "ActCode")),
        recording.Start is { } start
            ? new XElement(V3 + "effectiveTime", new XElement(V3 + "low", new XAttribute("value", Time(start))), new XElement(V3 + "high", new XAttribute("value", Time(start.AddSeconds(recording.DurationSeconds)))))
            : null,
        recording.Runs(0).Select(run => new XElement(V3 + "component", SequenceSet(recording, run))),
        new XElement(V3 + "subjectOf", AnnotationSet(recording, findings)));

    private static XElement SequenceSet(Recording recording, SampleRun run)
    {
        var increment = new XElement(V3 + "increment", new XAttribute("value", Number(1 / recording.Channels[0].RateHz)), new XAttribute("unit", "s"));
        var head = recording.Start is { } start
            ? new XElement(V3 + "head", new XAttribute("value", Time(start.AddSeconds(run.OnsetSeconds))))
            : new XElement(V3 + "head", new XAttribute("value", Number(run.OnsetSeconds)), new XAttribute("unit", "s"));
        var (code, type) = recording.Start is null ? ("TIME_RELATIVE", "GLIST_PQ") : ("TIME_ABSOLUTE", "GLIST_TS");
        return new(
            V3 + "sequenceSet",
            Sequence(code, ActCode, new XElement(V3 + "value", new XAttribute(Xsi + "type", type), head, increment)),
            Enumerable.Range(0, recording.Channels.Count).Select(c => Sequence(LeadCode(recording.Channels[c].Label), Mdc, Lead(recording, c, run))));
    }

    private static XElement Sequence(string code, string system, XElement value) =>
        new(V3 + "component", new XElement(V3 + "sequence", new XElement(V3 + "code", new XAttribute("code", code), new XAttribute("codeSystem", system)), value));

    // The recorder's own steps where it has some, else a millionth of the largest value.
    private static XElement Lead(Recording recording, int channel, SampleRun run)
    {
        var values = new double[run.Count];
        recording.Samples.Read(channel, run.FirstSample, values);
        var (step, origin) = recording.Channels[channel].Calibration is { Gain: not 0 } c ? (c.Gain, c.Offset) : (StepOf(values), 0);
        var digits = new StringBuilder();
        foreach (var value in values)
        {
            digits.Append(digits.Length > 0 ? " " : "").Append(CultureInfo.InvariantCulture, $"{Math.Round(((double.IsFinite(value) ? value : origin) - origin) / step):0}");
        }

        var unit = new XAttribute("unit", recording.Channels[channel].Unit.Code);
        return new(
            V3 + "value",
            new XAttribute(Xsi + "type", "SLIST_PQ"),
            new XElement(V3 + "origin", new XAttribute("value", Number(origin)), unit),
            new XElement(V3 + "scale", new XAttribute("value", Number(step)), new XAttribute(unit)),
            new XElement(V3 + "digits", digits.ToString()));
    }

    private static double StepOf(double[] values)
    {
        var largest = values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return largest > 0 ? Math.Pow(10, Math.Floor(Math.Log10(largest / Steps))) : 1;
    }

    private static XElement AnnotationSet(Recording recording, AecgFindings findings) => new(
        V3 + "annotationSet",
        new XElement(V3 + "author", new XElement(V3 + "assignedEntity", new XElement(V3 + "assignedAuthorType", findings.Author.Kind == OriginKind.Person
            ? new XElement(V3 + "assignedPerson", new XElement(V3 + "name", findings.Author.Name))
            : new XElement(V3 + "assignedDevice", new XElement(V3 + "manufacturerModelName", findings.Author.Name))))),
        findings.Rhythm.Select(r => Component(Annotation("MDC_ECG_RHY", new XElement(V3 + "value", new XAttribute(Xsi + "type", "ST"), r.Text), Region(recording, r.OnsetSeconds, r.OnsetSeconds + r.DurationSeconds, null)))),
        findings.Beats.Select(b => Component(Annotation("MDC_ECG_BEAT", Coded(b.Code), At(recording, b.Seconds), b.Waves.Select(w => Component(Annotation("MDC_ECG_WAVC", Coded(w.Code), Region(recording, w.OnsetSeconds, w.EndSeconds, w.Lead))))))),
        findings.Measurements.Where(m => m.Value is { } v && double.IsFinite(v)).Select(m => (Code: AecgAnnotations.CodeOf(m.Name), Measurement: m)).Where(m => m.Code is not null)
            .Select(m => Component(Annotation(m.Code!, new XElement(V3 + "value", new XAttribute(Xsi + "type", "PQ"), new XAttribute("value", Number(m.Measurement.Value!.Value)), new XAttribute("unit", m.Measurement.Unit.Code))))));

    private static XElement Component(XElement inner) => new(V3 + "component", inner);

    private static XElement Annotation(string code, XElement value, params object?[] rest) =>
        new(V3 + "annotation", new XElement(V3 + "code", new XAttribute("code", code), new XAttribute("codeSystem", Mdc), new XAttribute("codeSystemName", "MDC")), value, rest);

    private static XElement Coded(string code) => new(V3 + "value", new XAttribute(Xsi + "type", "CE"), new XAttribute("code", code), new XAttribute("codeSystem", Mdc), new XAttribute("codeSystemName", "MDC"));

    private static XElement Region(Recording recording, double? from, double? to, string? lead) => Support(recording, lead, Instant(recording, "low", from), Instant(recording, "high", to));

    private static XElement At(Recording recording, double seconds) => Support(recording, null, Instant(recording, "center", seconds));

    private static XElement Support(Recording recording, string? lead, params XElement?[] times)
    {
        var (code, type) = recording.Start is null ? ("TIME_RELATIVE", "IVL_PQ") : ("TIME_ABSOLUTE", "IVL_TS");
        return new(V3 + "support", new XElement(
            V3 + "supportingROI",
            new XAttribute("classCode", "ROIBND"),
            new XElement(V3 + "code", new XAttribute("code", "ROIPS"), new XAttribute("codeSystem", ActCode)),
            Boundary(code, ActCode, new XElement(V3 + "value", new XAttribute(Xsi + "type", type), times)),
            lead is null ? null : Boundary(LeadCode(lead), Mdc, null)));
    }

    private static XElement? Instant(Recording recording, string name, double? seconds) => seconds is not { } s ? null
        : recording.Start is { } start ? new XElement(V3 + name, new XAttribute("value", Time(start.AddSeconds(s))))
        : new XElement(V3 + name, new XAttribute("value", Number(s)), new XAttribute("unit", "s"));

    private static XElement Boundary(string code, string system, XElement? value) =>
        Component(new XElement(V3 + "boundary", new XElement(V3 + "code", new XAttribute("code", code), new XAttribute("codeSystem", system)), value));

    private static string IdOf(Recording recording)
    {
        var text = FormattableString.Invariant($"{recording.Provenance.InputSha256}|{recording.Provenance.Input}|{string.Join('|', recording.Provenance.Steps)}|{recording.Start:O}");
        return new Guid(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16)).ToString();
    }

    private static string Time(DateTime time) => time.ToString("yyyyMMddHHmmss.ffffff", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
