using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;
using SignalLab.Model;

namespace SignalLab.Learning.Beats;

/// <summary>Classifies beats by boosted (ventricular) and extremely randomised trees (supraventricular) trained on records of the MIT-BIH Arrhythmia Database; <c>docs/beat-model.md</c> says on what, how well, and where not.</summary>
public sealed class TrainedBeatClassifier : IBeatClassifier
{
    private static readonly Lazy<TrainedBeatClassifier> Ours = new(() => new TrainedBeatClassifier(ReadBundled()));

    private readonly BeatModel model;

    internal TrainedBeatClassifier(BeatModel model) => this.model = model;

    /// <summary>The classifier with the bundled model, read when first asked for.</summary>
    public static TrainedBeatClassifier Bundled => Ours.Value;

    /// <inheritdoc/>
    public string Name => $"SignalLab beat model {model.Version}";

    /// <summary>Reads a model that <see cref="BeatTraining"/> wrote.</summary>
    /// <param name="path">The model's file.</param>
    /// <exception cref="InvalidDataException">It is no beat model of this version.</exception>
    public static TrainedBeatClassifier Open(string path)
    {
        using var reader = new StreamReader(path);
        return new(BeatModel.Read(reader));
    }

    /// <inheritdoc/>
    public IReadOnlyList<BeatClass> Classify(Recording recording, IReadOnlyList<int> leads, IReadOnlyList<Beat> beats)
    {
        ArgumentNullException.ThrowIfNull(beats);
        var features = BeatFeatures.Of(recording, leads, beats).Values;
        var classes = model.Classify(features);
        return [.. beats.Select((beat, i) => beat.IsPaced || classes.Count == 0 ? BeatClass.Unclassifiable : classes[i])];
    }

    private static BeatModel ReadBundled()
    {
        var assembly = typeof(TrainedBeatClassifier).Assembly;
        using var reader = new StreamReader(assembly.GetManifestResourceStream("SignalLab.Learning.Models.beats.tsv")!);
        return BeatModel.Read(reader);
    }
}
