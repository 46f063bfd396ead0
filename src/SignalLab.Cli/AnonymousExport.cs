using System.CommandLine;
using SignalLab.Analysis.Anonymising;
using SignalLab.Formats;
using SignalLab.Formats.Aecg;
using SignalLab.Formats.Dicom;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Export without the person: what is written, and the report on what was removed.</summary>
internal sealed class AnonymousExport
{
    private readonly string input;
    private readonly string target;
    private readonly bool keepsTexts;
    private readonly bool quiet;
    private readonly AnonymisingKey key;
    private readonly List<TreatedField> report = [];
    private FreeTexts? texts;

    private AnonymousExport(string input, string target, string? secret, bool keepsTexts, bool quiet)
    {
        (this.input, this.target, this.keepsTexts, this.quiet) = (input, target, keepsTexts, quiet);
        key = secret is null ? AnonymisingKey.Fresh() : AnonymisingKey.OfSecret(secret);
    }

    public static Option<bool> Anonymize { get; } = new("--anonymize")
    {
        Description = "Leave out who it is: names, ids, birth date, free text; dates are shifted. To .dcm from a DICOM waveform and to .xml from HL7 aECG: a copy without the person.",
    };

    public static Option<string> Secret { get; } = new("--anonymize-key") { Description = "A secret: with it the dates of one subject's files move by the same number of days. Without it every run takes another number." };

    public static Option<bool> KeepAnnotations { get; } = new("--keep-annotations") { Description = "Tell the free texts of annotations too, with X for the subject's name and code, dates and long numbers." };

    /// <summary>Null where the export is not to be anonymous.</summary>
    /// <param name="parsed">The call.</param>
    /// <param name="input">FILE.</param>
    /// <param name="target">OUT.</param>
    /// <param name="told">Options that are told in the output's record of how it was made.</param>
    /// <exception cref="UsageException">Options contradict each other, or OUT is FILE.</exception>
    public static AnonymousExport? Of(ParseResult parsed, string input, string target, IEnumerable<Option> told)
    {
        var secret = parsed.GetValue(Secret);
        if (!parsed.GetValue(Anonymize))
        {
            return secret is not null || parsed.GetValue(KeepAnnotations) ? throw new UsageException("--anonymize-key and --keep-annotations belong to --anonymize.") : null;
        }

        if (secret is { Length: 0 })
        {
            throw new UsageException("--anonymize-key: expected a secret of at least one character.");
        }

        if (string.Equals(Path.GetFullPath(input), Path.GetFullPath(target), StringComparison.Ordinal))
        {
            throw new UsageException($"{target}: is the input itself, which --anonymize leaves untouched; choose another name.");
        }

        // What is written says how it was made, but neither whose file it was nor the secret.
        var options = told.Append(KeepAnnotations).Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => string.Join(' ', parsed.GetResult(o)!.Tokens.Select(t => t.Value).Prepend(o.Name)));
        Program.CommandLine = string.Join(' ', options.Prepend($"signallab export INPUT OUTPUT --anonymize{(secret is null ? "" : " --anonymize-key SECRET")}"));
        return new(input, target, secret, parsed.GetValue(KeepAnnotations), parsed.GetValue(Common.Quiet));
    }

    /// <summary>The recording without the person.</summary>
    public Recording Of(Recording recording)
    {
        var anonymous = recording.Anonymised(key, TextsOf(recording.Subject));
        report.AddRange(anonymous.Report);
        return anonymous.Recording;
    }

    /// <summary>The images without the person.</summary>
    public Study Of(Study study)
    {
        AnonymisedMap[] maps = [.. study.Maps.Select(m => m.Anonymised())];
        if (maps.Length > 0)
        {
            TextsOf(study.Maps[0].Subject);
            report.AddRange(maps[0].Report);
        }

        return study with { Maps = [.. maps.Select(m => m.Map)] };
    }

    /// <summary>True where the target is a copy of the file in its own format.</summary>
    public bool IsCopy(Study study) => study.Recordings.Count > 0 && (study.Format, Path.GetExtension(target).ToLowerInvariant()) is ("DICOM", ".dcm") or ("HL7 aECG", ".xml");

    /// <summary>Writes the copy with its sidecar.</summary>
    public void Copy(Study study, bool force)
    {
        if (Directory.Exists(input))
        {
            throw new UnfitInputException($"{input}: is a folder; one file is copied at a time.");
        }

        var words = TextsOf(study.Recordings[0].Subject);
        var anonymity = new Anonymity(key, words.Clean, words.NamesSubject);
        OutputFile.Write(target, force, p =>
        {
            report.AddRange(study.Format == "DICOM" ? DicomAnonymiser.Write(input, p, anonymity) : AecgAnonymiser.Write(input, p, anonymity));
            File.WriteAllText(p + ".json", FigureOutput.Made(new Provenance("", study.Format, [TreatedField.StepOf(report)])).ToJson() + "\n");
        });
    }

    /// <summary>Says what was done to which field, a line for each treatment.</summary>
    public void Tell()
    {
        var fields = TreatedField.Together(report);
        Terminal.Remark(TreatedField.StepOf(fields).Parameters.Select(p => $"{p.Key}: {p.Value}"), quiet);
        if (fields.Any(f => f.Treatment == Treatment.Replaced && f.Field.StartsWith("texts of annotations", StringComparison.Ordinal)) && !keepsTexts)
        {
            Terminal.Remark(["Texts of annotations that are no known words became 'note 1', 'note 2', …; --keep-annotations tells those that do not name the subject."], quiet);
        }

        if (texts?.NamesSubject(Path.GetFileNameWithoutExtension(target)) == true)
        {
            Terminal.Remark([$"The name of {Path.GetFileName(target)} holds words of the subject's name or code, and what is written may repeat it: choose another."], quiet);
        }
    }

    private FreeTexts TextsOf(Subject subject) => texts ??= new(subject, keepsTexts);
}
