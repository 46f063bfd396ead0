using SignalLab.Analysis.Ecg.Classes;

namespace SignalLab.Learning.Beats;

/// <summary>
/// Supraventricular ectopic beats come early or fast: a beat from above the ventricles that comes when the sinus beat was due, or later, is no ectopic beat but an escape beat at most, which AAMI counts as
/// normal. Nothing is fitted. Source: ANSI/AAMI EC57:2012, classes of beats.
/// </summary>
internal static class EarlyBeats
{
    // On time is what deviates from the usual interval by less than a resting rhythm varies.
    private const float OnTime = 0.95f;

    // Above 100 /min a run may have no slower rhythm around it to be early against.
    private const float FastSeconds = 0.6f;

    private static readonly int Before = BeatFeatures.IndexOf("RR before");
    private static readonly int LocalSeconds = BeatFeatures.IndexOf("local RR, s");
    private static readonly int BeforeFarMean = BeatFeatures.IndexOf("RR before / far mean");
    private static readonly int BeforeUpper = BeatFeatures.IndexOf("RR before / very far upper");

    /// <summary>Whether a beat comes early against the rhythm near it, against the mean that knows the pauses after early beats, or against the longer intervals far around; or fast.</summary>
    /// <param name="row">Values of one beat, as <see cref="BeatFeatures.Names"/> says.</param>
    public static bool MayBe(ReadOnlySpan<float> row) =>
        row[Before] < OnTime || row[BeforeFarMean] < OnTime || row[BeforeUpper] < OnTime * OnTime || row[Before] * row[LocalSeconds] < FastSeconds;
}
