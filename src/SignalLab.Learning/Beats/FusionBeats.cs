using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Classes;

namespace SignalLab.Learning.Beats;

/// <summary>
/// Fusion beats by what they are: a sinus impulse and a ventricular one meet. The beat comes on time and after the usual P wave, no longer pause follows, and its QRS complex lies between the
/// usual one and a ventricular one, in a patient who has ventricular beats. Nothing is fitted: nearly all recorded fusion beats are one patient's.
/// Source: Marriott, Schwartz and Bix 1962, Circulation 26:880, "Ventricular fusion beats".
/// </summary>
internal static class FusionBeats
{
    private const int LeastVentricular = 5;

    // A beat that is more likely ventricular than not.
    private const double LeastScore = 0;

    private static readonly int Before = BeatFeatures.IndexOf("RR before");
    private static readonly int BeforeFar = BeatFeatures.IndexOf("RR before / far mean");
    private static readonly int BeforeAfter = BeatFeatures.IndexOf("RR before / after");
    private static readonly int Likeness = BeatFeatures.IndexOf("QRS correlation");
    private static readonly int PLikeness = BeatFeatures.IndexOf("P correlation, best lead");

    /// <summary>Names fusion beats among those that were taken for normal or ventricular.</summary>
    /// <param name="rows">Values of each beat, as <see cref="BeatFeatures.Names"/> says.</param>
    /// <param name="classes">Class of each beat; changed in place.</param>
    /// <param name="score">Log-odds that a beat is ventricular.</param>
    public static void Name(IReadOnlyList<float[]> rows, BeatClass[] classes, Func<float[], double> score)
    {
        int[] between = [.. Enumerable.Range(0, classes.Length).Where(i => classes[i] is BeatClass.Normal or BeatClass.Ventricular && IsBetween(rows[i]) && score(rows[i]) > LeastScore)];
        if (classes.Count(c => c == BeatClass.Ventricular) - between.Count(i => classes[i] == BeatClass.Ventricular) < LeastVentricular)
        {
            return;
        }

        foreach (var i in between)
        {
            classes[i] = BeatClass.Fusion;
        }
    }

    private static bool IsBetween(float[] row) =>
        row[Before] is > 0.92f and < 1.12f && row[BeforeFar] is > 0.9f and < 1.15f && row[BeforeAfter] > 1
        && row[Likeness] is > 0.5f and < 0.93f && row[PLikeness] > 0.4f;
}
