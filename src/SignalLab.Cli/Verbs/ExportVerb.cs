using System.CommandLine;
using System.Globalization;
using SignalLab.Analysis.Resampling;
using SignalLab.Analysis.Selection;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab export FILE OUT</c>: crops, picks and converts.</summary>
internal static class ExportVerb
{
    public static Command Create()
    {
        var file = Common.File();
        var output = Common.Out("Where to; the ending decides: .csv .tsv .parquet .edf .bdf .hea .fif .vhdr .set .snirf .nii .nii.gz .png.");
        var samples = new Option<long?>("--samples") { Description = "Number of samples." };
        var fromSample = new Option<long?>("--from-sample") { Description = "First sample, counted from 0 in the channel's own samples." };
        var rate = new Option<double?>("--rate") { Description = "Resample every channel to this rate in Hz; channels of different rates then share a table." };
        var voxels = new Option<string>("--voxels") { Description = "Images to CSV: the voxels \"i,j,k;i,j,k\"." };
        var command = new Command("export", "Crops, picks and converts. Example: signallab export night.edf part.csv --channels Fp1,EEG* --from 60 --to 70")
        {
            file, output, Common.Channels, Common.From, Common.To, samples, fromSample, rate, AnonymousExport.Anonymize, AnonymousExport.Secret, AnonymousExport.KeepAnnotations, voxels, Common.Condition, Common.Force,
        };
        command.SetAction(parsed =>
        {
            var (path, target) = (parsed.GetValue(file)!, parsed.GetValue(output)!);
            Option[] shaping = [Common.Channels, Common.From, Common.To, samples, fromSample, rate, voxels, Common.Condition];
            var anonymous = AnonymousExport.Of(parsed, path, target, shaping);
            var study = KnownFormats.Open(path);
            if (anonymous?.IsCopy(study) == true)
            {
                Copy(parsed, anonymous, study, shaping);
                return ExitCode.Done;
            }

            if (study.Recordings.Count == 0)
            {
                Terminal.Remark(study.Remarks, parsed.GetValue(Common.Quiet));
                StudyWriter.Write(anonymous?.Of(study) ?? study, target, parsed.GetValue(Common.Force), parsed.GetValue(voxels));
                anonymous?.Tell();
                return ExitCode.Done;
            }

            // FIFF holds all conditions of a file of averages, every other format one.
            var keepsAll = parsed.GetValue(Common.Condition) is null && study.Recordings.All(r => r.Evoked is not null) && target.EndsWith(".fif", StringComparison.OrdinalIgnoreCase);
            // Samples that are counted are the file's own: they are cut out first. A stretch of time is the same whether it was cut out or not.
            Func<Recording, Recording> resample = parsed.GetValue(rate) is { } hz ? r => Resampled(r, hz) : r => r;
            var countsSamples = parsed.GetValue(fromSample) is not null || parsed.GetValue(samples) is not null;
            var recordings = keepsAll ? Input.Conditions(parsed, study) : [Input.Recording(parsed, path, countsSamples ? null : resample)];
            var shaped = recordings.Select(r => Terminal.Watched(Shaped(r, parsed.GetValue(fromSample), parsed.GetValue(samples), resample, anonymous), parsed.GetValue(Common.Quiet)));
            StudyWriter.Write(study with { Recordings = [.. shaped], Maps = [] }, target, parsed.GetValue(Common.Force), null, parsed.GetValue(Common.Quiet), Others(study, recordings.Count, parsed.GetValue(Common.Condition)));
            anonymous?.Tell();
            return ExitCode.Done;
        });
        return command;
    }

    // What the file holds beside what is exported, unless one of its recordings was asked for.
    private static IReadOnlyList<Loss> Others(Study study, int exported, string? condition)
    {
        var others = condition is null ? study.Recordings.Count - exported : 0;
        string[] kinds = [.. new[] { (others, "recording"), (study.Maps.Count, "image"), (study.Layouts.Count, "electrode layout") }
            .Where(k => k.Item1 > 0).Select(k => FormattableString.Invariant($"{k.Item1} {(k.Item1 == 1 ? "" : "further ")}{k.Item2}{(k.Item1 == 1 ? "" : "s")}"))];
        return kinds.Length == 0
            ? []
            : [new(Aspect.Others, $"The file also holds {string.Join(" and ", kinds)}, which {(others > 0 ? "--condition NAME|N picks" : "are not exported")}.")];
    }

    private static void Copy(ParseResult parsed, AnonymousExport anonymous, Study study, IEnumerable<Option> shaping)
    {
        if (shaping.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } option)
        {
            throw new UsageException($"{option.Name}: an anonymous copy in the file's own format is whole; choose another ending for a part of it.");
        }

        anonymous.Copy(study, parsed.GetValue(Common.Force));
        anonymous.Tell();
    }

    private static Recording Resampled(Recording recording, double rateHz) => rateHz > 0 && double.IsFinite(rateHz)
        ? recording.Resample(rateHz)
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--rate {rateHz}: expected a rate in Hz above 0."));

    // What has the rate already is not resampled twice.
    private static Recording Shaped(Recording recording, long? fromSample, long? samples, Func<Recording, Recording> resample, AnonymousExport? anonymous)
    {
        if (samples is not null || fromSample is not null)
        {
            var first = fromSample ?? 0;
            var available = recording.Channels.Count == 0 ? 0 : recording.Channels[0].SampleCount;
            recording = recording.CropSamples(first, samples ?? Math.Max(1, available - first));
        }

        recording = resample(recording);
        return anonymous?.Of(recording) ?? recording;
    }
}
