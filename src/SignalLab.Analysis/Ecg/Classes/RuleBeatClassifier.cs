using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>
/// Classifies beats by rules that a reader can check: prematurity, likeness to the usual beat, width, and the P wave where it was marked. Fusion beats are not
/// told apart. Set on 23 records of the MIT-BIH Arrhythmia Database without paced beats or flutter; there, the beats detected by <see cref="QrsDetector"/>, 93 % of the
/// ventricular ectopic beats are found with 88 % of those named right, of the supraventricular ones 65 and 77 %.
/// </summary>
public sealed class RuleBeatClassifier : IBeatClassifier
{
    // A beat unlike the usual one, of a shape whose beats come early, comes from a ventricle; so does one that is very unlike and wide (escape beats, runs).
    private const float Unlike = 0.82f;
    private const float EarlyShape = 0.93f;
    private const float VeryUnlike = 0.55f;
    private const float Wide = 1.3f;

    // A beat of the usual shape that comes so early is supraventricular, unless the rhythm is irregular throughout as in atrial fibrillation.
    // In a run of them the rhythm of the minute around tells it.
    private const float Early = 0.84f;
    private const float EarlyInRun = 0.82f;
    private const float EarlyWithoutP = 0.9f;
    private const float Irregular = 0.12f;

    private static readonly int Before = BeatFeatures.IndexOf("RR before");
    private static readonly int BeforeOverPrevious = BeatFeatures.IndexOf("RR before / its predecessor");
    private static readonly int BeforeOverFar = BeatFeatures.IndexOf("RR before / far local");
    private static readonly int Irregularity = BeatFeatures.IndexOf("irregularity");
    private static readonly int Correlation = BeatFeatures.IndexOf("QRS correlation");
    private static readonly int Spread = BeatFeatures.IndexOf("QRS spread / usual");
    private static readonly int ShapeBefore = BeatFeatures.IndexOf("RR before, median of its shape");

    /// <inheritdoc/>
    public string Name => "SignalLab beat rules 1";

    /// <inheritdoc/>
    public IReadOnlyList<BeatClass> Classify(Recording recording, IReadOnlyList<int> leads, IReadOnlyList<Beat> beats)
    {
        ArgumentNullException.ThrowIfNull(beats);
        var features = BeatFeatures.Of(recording, leads, beats).Values;
        var haveP = beats.Count(b => b.Global.P is not null) > beats.Count / 2;
        return [.. beats.Select((beat, i) => beat.IsPaced || features.Count == 0 ? BeatClass.Unclassifiable : Classify(features[i], haveP && beat.Global.P is null))];
    }

    private static BeatClass Classify(ReadOnlySpan<float> beat, bool lacksP)
    {
        if ((beat[Correlation] < Unlike && beat[ShapeBefore] < EarlyShape) || (beat[Correlation] < VeryUnlike && beat[Spread] > Wide))
        {
            return BeatClass.Ventricular;
        }

        var early = beat[BeforeOverFar] < EarlyInRun || (beat[Before] < (lacksP ? EarlyWithoutP : Early) && beat[BeforeOverPrevious] < EarlyWithoutP);
        return early && beat[Irregularity] < Irregular ? BeatClass.Supraventricular : BeatClass.Normal;
    }
}
