using SignalLab.Analysis.Ecg.Quality;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>What each beat of an examination gives by itself: the interval before it and the distances of its marks.</summary>
internal sealed class BeatSeries
{
    /// <summary>Reads the beats.</summary>
    /// <param name="examination">The examination.</param>
    public BeatSeries(EcgExamination examination)
    {
        Beats = examination.Beats;
        Lead = examination.Leads.Count > 0 ? examination.Leads[0] : -1;
        RateHz = Lead < 0 ? double.NaN : examination.Recording.Channels[Lead].RateHz;
        Trouble = LeadAssessment.WhatHidesBeats(examination);
        RrSeconds = examination.IntervalsBefore();
        Dominant = DominantKind.Of(Beats);
    }

    /// <summary>All beats.</summary>
    public IReadOnlyList<Beat> Beats { get; }

    /// <summary>Beats of the most frequent kind.</summary>
    public IReadOnlyList<Beat> Dominant { get; }

    /// <summary>Whether a pacemaker starts most of these: they have no PR interval.</summary>
    public bool IsPaced => 2 * Dominant.Count(b => b.IsPaced) > Dominant.Count;

    /// <summary>What hides beats in all leads, as a sentence after a space, or empty.</summary>
    public string Trouble { get; }

    /// <summary>Channel that the beats' samples count in, or −1.</summary>
    public int Lead { get; }

    /// <summary>Its samples a second.</summary>
    public double RateHz { get; }

    /// <summary>The interval before each beat; NaN for the first one, after a gap and after ventricular flutter.</summary>
    public double[] RrSeconds { get; }

    /// <summary>The intervals that are known, in order of size.</summary>
    public double[] KnownRr() => [.. RrSeconds.Where(double.IsFinite).Order()];

    /// <summary>Distances of two global marks in the beats of the most frequent kind, in order of size.</summary>
    /// <param name="interval">First and second mark.</param>
    /// <returns>Milliseconds; beats that lack a mark are left out.</returns>
    public double[] Milliseconds(Func<WaveMarks, (long? From, long? To)> interval) => [.. Dominant
        .Select(b => interval(b.Global))
        .Where(i => i is { From: not null, To: not null })
        .Select(i => 1000 * (i.To!.Value - i.From!.Value) / RateHz)
        .Order()];

    /// <summary>The middle of ordered values, or null where there is none.</summary>
    /// <param name="sorted">Values in order.</param>
    public static double? Median(double[] sorted) => sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}
