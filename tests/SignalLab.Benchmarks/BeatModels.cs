using System.Globalization;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;
using SignalLab.Analysis.Ecg.Validation;
using SignalLab.Formats;
using SignalLab.Formats.Wfdb;
using SignalLab.Learning.Beats;
using SignalLab.Model;

namespace SignalLab.Benchmarks;

/// <summary>Trains the beat model on annotated records (<c>train-beats FOLDER[,FOLDER] MODEL CLASSES.csv [FOLDS]</c>) and writes classes of records (<c>classify-beats FOLDER rules|MODEL CLASSES.csv</c>).</summary>
internal static class BeatModels
{
    private const double PairingSeconds = 0.15;

    public static void Train(string folders, string model, string csv, int folds)
    {
        var records = folders.Split(',').SelectMany(f => Directory.EnumerateFiles(f, "*.hea").Order(StringComparer.Ordinal))
            .Where(h => File.Exists(Path.ChangeExtension(h, "atr"))).DistinctBy(Patient).Select(Labelled).ToArray();
        LabelledBeats[] patients = [.. records.Select(r => r.Beats).Where(p => p.Classes.Count(c => c == BeatClass.Unclassifiable) < p.Classes.Count / 4)];
        var unseen = BeatTraining.Train(patients, folds, model);
        using var writer = new StreamWriter(csv);
        writer.WriteLine("record,sample_index,class");
        foreach (var (patient, classes) in patients.Zip(unseen))
        {
            Write(writer, patient.Patient, records.First(r => r.Beats == patient).Samples, classes);
        }
    }

    public static void Classify(string folder, string model, string csv)
    {
        IBeatClassifier classifier = model switch
        {
            "rules" => new RuleBeatClassifier(),
            "bundled" => TrainedBeatClassifier.Bundled,
            _ => TrainedBeatClassifier.Open(model),
        };
        using var writer = new StreamWriter(csv);
        writer.WriteLine("record,sample_index,class");
        foreach (var header in Directory.EnumerateFiles(folder, "*.hea").Order(StringComparer.Ordinal))
        {
            var recording = Recordings.Open(header);
            var (leads, beats) = Detect(recording);
            Write(writer, Path.GetFileNameWithoutExtension(header), [.. beats.Select(b => b.Sample)], classifier.Classify(recording, leads, beats));
        }
    }

    private static void Write(TextWriter writer, string record, long[] samples, IReadOnlyList<BeatClass> classes)
    {
        foreach (var (sample, kind) in samples.Zip(classes))
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{record},{sample},{"NSVFQ"[(int)kind]}"));
        }
    }

    private static (IReadOnlyList<int> Leads, Beat[] Beats) Detect(Recording recording)
    {
        var leads = recording.EcgLeads();
        return (leads, [.. recording.FindBeats(leads).Beats]);
    }

    // The QT Database holds excerpts of other databases: sel100 is the patient of record 100.
    private static string Patient(string header)
    {
        var name = Path.GetFileNameWithoutExtension(header);
        return name.StartsWith("sel", StringComparison.Ordinal) && name.Length == 6 ? name[3..] : name;
    }

    private static (LabelledBeats Beats, long[] Samples) Labelled(string header)
    {
        var recording = Recordings.Open(header);
        var (leads, beats) = Detect(recording);
        var tolerance = PairingSeconds * recording.Channels[leads[0]].RateHz;
        var classes = new BeatClass?[beats.Length];
        var next = 0;
        foreach (var (sample, kind) in WfdbAnnotations.Read(Path.ChangeExtension(header, "atr")).All.Select(a => (a.Sample, Kind: BeatLabels.ClassOf(a.Symbol))).Where(a => a.Kind is not null))
        {
            while (next < beats.Length && beats[next].Sample < sample - tolerance)
            {
                next++;
            }

            if (next < beats.Length && beats[next].Sample <= sample + tolerance)
            {
                classes[next++] = kind;
            }
        }

        return (new(Path.GetFileNameWithoutExtension(header), BeatEvidence.Of(recording, leads, beats), classes), [.. beats.Select(b => b.Sample)]);
    }
}
