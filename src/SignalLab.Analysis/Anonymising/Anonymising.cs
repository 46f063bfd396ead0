using SignalLab.Model;

namespace SignalLab.Analysis.Anonymising;

/// <summary>Takes the person out of recordings.</summary>
/// <remarks>Source: 45 CFR 164.514(b)(2), the identifiers of the Safe Harbor method; dates are shifted as in DICOM PS3.15, E.3.6 (modified dates).</remarks>
public static class Anonymising
{
    // The first date that EDF can hold; its date where none is told.
    private static readonly DateTime NoDate = new(1985, 1, 1);

    extension(Recording recording)
    {
        /// <summary>
        /// The recording without code, name, birth date, comments and the name and hash of its file; dates moved back by the subject's number of days, the time of day kept.
        /// Sex is kept, and the age in whole years (months below two years, 90 for all above). Times of annotations stay, and their texts as far as <paramref name="texts"/> says.
        /// Samples and the names of channels are not touched.
        /// </summary>
        /// <param name="key">Decides by how many days.</param>
        /// <param name="texts">Made for this recording's subject.</param>
        public AnonymisedRecording Anonymised(AnonymisingKey key, FreeTexts texts)
        {
            ArgumentNullException.ThrowIfNull(key);
            ArgumentNullException.ThrowIfNull(texts);
            var report = new AnonymisingReport();
            var subject = Told(recording.Subject, report);
            var start = recording.Start is { } s ? Shifted(s, key.ShiftDays(recording.Subject)) : (DateTime?)null;
            report.Add("start date", start == recording.Start ? Treatment.Kept : Treatment.Shifted, start is null ? 0 : 1);
            report.Add("comments", Treatment.Removed, recording.Comments.Count);
            report.Add("title", Treatment.Removed, recording.Title.Length > 0 && !texts.IsKnown(recording.Title) ? 1 : 0);
            report.Add("name and hash of the input", Treatment.Removed, recording.Provenance.Input.Length > 0 ? 1 : 0);
            report.Add("names of channels with words of the subject's name or code", Treatment.Kept, recording.Channels.Count(c => texts.NamesSubject(c.Label) && !KnownWords.Are(c.Label)));
            report.Add("digitised points of the head", Treatment.Kept, recording.HeadShape.Count);
            var result = recording with
            {
                Subject = subject,
                Start = start,
                Remarks = [],
                Comments = [],
                Title = texts.IsKnown(recording.Title) ? recording.Title : "",
                Channels = [.. recording.Channels.Select(c => Told(c, texts, report))],
                Annotations = [.. recording.Annotations.Select(a => Told(a, texts, report))],
                Measurements = [.. recording.Measurements.Where(m => IsTold(m, texts, report)).Select(m => m with { Method = texts.IsKnown(m.Method) ? m.Method : "", Origin = Nameless(m.Origin), Reason = null })],
                Evoked = recording.Evoked is { } evoked ? evoked with { Condition = texts.Clean(evoked.Condition) } : null,
                Projectors = [.. recording.Projectors.Select((p, i) => texts.IsKnown(p.Name) ? p : p with { Name = FormattableString.Invariant($"projector {i + 1}") })],
            };
            var fields = report.Fields;
            return new(result with { Provenance = Told(recording.Provenance, texts).Then(TreatedField.StepOf(fields)) }, fields);
        }
    }

    // Back, but not to before the dates that EDF can hold; a date that means "none" stays.
    private static DateTime Shifted(DateTime start, int days) =>
        start.Date == NoDate ? start : (start >= NoDate && start.AddDays(-days) <= NoDate.AddDays(1)) || start < DateTime.MinValue.AddDays(days) ? start.AddDays(days) : start.AddDays(-days);

    /// <summary>What may be told of a subject.</summary>
    internal static Subject Told(Subject subject, AnonymisingReport report)
    {
        report.Add("subject's code", Treatment.Removed, subject.Id is null ? 0 : 1);
        report.Add("subject's name", Treatment.Removed, subject.Name is null ? 0 : 1);
        report.Add("birth date", Treatment.Removed, subject.Birthdate is null ? 0 : 1);
        var age = subject.CoarseAgeYears;
        report.Add("age, where the format has a place for it", age == subject.AgeYears ? Treatment.Kept : Treatment.Coarsened, age is null ? 0 : 1);
        var sex = subject.Sex is "F" or "M" ? subject.Sex : null;
        report.Add("sex", sex is null ? Treatment.Removed : Treatment.Kept, subject.Sex is null ? 0 : 1);
        return new(null, sex, age);
    }

    private static Channel Told(Channel channel, FreeTexts texts, AnonymisingReport report)
    {
        var (transducer, prefilter) = (texts.IsKnown(channel.Transducer), texts.IsKnown(channel.Prefilter));
        report.Add("transducers' texts", Treatment.Removed, transducer ? 0 : 1);
        report.Add("prefilters' texts", Treatment.Removed, prefilter ? 0 : 1);
        return transducer && prefilter ? channel : channel with { Transducer = transducer ? channel.Transducer : "", Prefilter = prefilter ? channel.Prefilter : "" };
    }

    private static Annotation Told(Annotation annotation, FreeTexts texts, AnonymisingReport report)
    {
        var text = texts.Clean(annotation.Text);
        report.Add("texts of annotations", text == annotation.Text ? Treatment.Kept : Treatment.Replaced);
        var origin = Nameless(annotation.Origin);
        report.Add("origins of annotations", Treatment.Removed, origin == annotation.Origin ? 0 : 1);
        report.Add("details of annotations", Treatment.Removed, annotation.Details.Length > 0 ? 1 : 0);
        return annotation with { Text = text, Origin = origin, Details = "" };
    }

    private static bool IsTold(Measurement measurement, FreeTexts texts, AnonymisingReport report)
    {
        var isTold = measurement.Value is not null && texts.IsKnown(measurement.Name);
        report.Add("measurements", isTold ? Treatment.Kept : Treatment.Removed);
        return isTold;
    }

    // The kind alone: a file's or a stream's name, a person's, a device with its number.
    private static Origin Nameless(Origin origin) => origin.Name.Length == 0 ? origin : new(origin.Kind, "");

    /// <summary>What was done, without the input.</summary>
    internal static Provenance Told(Provenance provenance, FreeTexts texts) => new(
        "", provenance.Format,
        [.. provenance.Steps.Select(s => new ProcessingStep(s.Name, s.Parameters.ToDictionary(p => p.Key, p => texts.NamesSubject(p.Value) ? "" : p.Value, StringComparer.Ordinal)))]);
}

/// <summary>Counts what was done to which field.</summary>
internal sealed class AnonymisingReport
{
    private readonly Dictionary<(string Field, Treatment Treatment), int> counts = [];

    public IReadOnlyList<TreatedField> Fields => [.. counts.Select(c => new TreatedField(c.Key.Field, c.Key.Treatment, c.Value))];

    public void Add(string field, Treatment treatment, int count = 1)
    {
        if (count > 0)
        {
            counts[(field, treatment)] = counts.GetValueOrDefault((field, treatment)) + count;
        }
    }
}
