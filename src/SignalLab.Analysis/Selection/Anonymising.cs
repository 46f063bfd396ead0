using SignalLab.Model;

namespace SignalLab.Analysis.Selection;

/// <summary>Takes the person out of a recording.</summary>
public static class Anonymising
{
    // EDF+ and DICOM practice for a date that must not be told: the first that EDF can hold.
    private static readonly DateTime NoDate = new(1985, 1, 1);

    extension(Recording recording)
    {
        /// <summary>The recording without code, name, sex, age and birth date, on 1 January 1985 at its own time of day. Comments are left out; annotation texts stay: a remark asks to read them.</summary>
        public Recording Anonymised() => recording with
        {
            Subject = Subject.Unknown,
            Start = recording.Start is { } start ? DateTime.SpecifyKind(NoDate + start.TimeOfDay, start.Kind) : null,
            Remarks = recording.Annotations.Count == 0 ? [] : ["Annotation texts are kept as they stand: read them, they may name the person."],
            Comments = [],
            Provenance = recording.Provenance.Then(ProcessingStep.Of("anonymise")) with { Input = "" },
        };
    }
}
