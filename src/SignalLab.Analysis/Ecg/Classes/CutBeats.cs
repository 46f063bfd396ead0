using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Classes;

/// <summary>Beats whose QRS complex the recording's beginning, its end or a gap cuts off.</summary>
internal static class CutBeats
{
    private const double BeforeSeconds = 0.05;
    private const double AfterSeconds = 0.1;

    /// <summary>A complex that is not all there looks like no other: one called ventricular or fused is unclassifiable instead.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="lead">A channel of the beats' rate.</param>
    /// <param name="beats">The beats in order of time.</param>
    /// <param name="classes">What each was called.</param>
    /// <returns>One class a beat.</returns>
    public static BeatClass[] Unclassed(Recording recording, int lead, IReadOnlyList<Beat> beats, IReadOnlyList<BeatClass> classes)
    {
        var rate = recording.Channels[lead].RateHz;
        var told = classes.ToArray();
        var i = 0;
        foreach (var run in recording.Runs(lead))
        {
            for (; i < told.Length && beats[i].Sample < run.FirstSample + run.Count; i++)
            {
                var isCut = beats[i].Sample - run.FirstSample < BeforeSeconds * rate || run.FirstSample + run.Count - beats[i].Sample < AfterSeconds * rate;
                told[i] = isCut && told[i] is (BeatClass.Ventricular or BeatClass.Fusion) ? BeatClass.Unclassifiable : told[i];
            }
        }

        return told;
    }
}
