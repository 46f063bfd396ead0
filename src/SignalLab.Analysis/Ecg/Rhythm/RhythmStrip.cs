namespace SignalLab.Analysis.Ecg;

/// <summary>What the rhythm is read from: times, kinds and intervals of an examination's beats, and their P waves where they were delineated.</summary>
internal sealed class RhythmStrip
{
    private RhythmStrip(EcgExamination examination)
    {
        var beats = examination.Beats;
        var recording = examination.Recording;
        Seconds = [.. beats.Select(b => b.Seconds)];
        Paced = [.. beats.Select(b => b.IsPaced)];
        Ventricular = [.. beats.Select(b => b is { IsPaced: false, Class: BeatClass.Ventricular })];
        Supraventricular = [.. beats.Select(b => b is { IsPaced: false, Class: BeatClass.Supraventricular })];
        Conducted = [.. beats.Select(b => b.IsConducted)];
        IsClassified = beats.Any(b => b.Class != BeatClass.Unclassifiable);
        IsDelineated = beats.Any(b => b.Global.QrsOn is not null);
        var rate = examination.Leads.Count > 0 ? recording.Channels[examination.Leads[0]].RateHz : 1;
        PrSeconds = [.. beats.Select(b => b is { IsPaced: false, Global: { POn: { } p, QrsOn: { } q, PConfidence: >= SureP } } && q > p ? (q - p) / rate : double.NaN)];
        QrsSeconds = [.. beats.Select(b => b.Global is { QrsOn: { } on, QrsOff: { } off } && off > on ? (off - on) / rate : double.NaN)];
        var dominant = DominantKind.Of(beats);
        if (examination.Median is { } usual && 2 * dominant.Count(b => b.IsConducted) > dominant.Count)
        {
            var step = 1 / usual.Waveforms.Channels[0].RateHz;
            UsualPrSeconds = usual.Global is { POn: { } p, QrsOn: { } q } ? (q - p) * step : double.NaN;
            UsualQrsSeconds = usual.Global is { QrsOn: { } on, QrsOff: { } off } ? (off - on) * step : double.NaN;
        }

        var segments = examination.Leads.Count > 0 ? recording.SegmentsOf(examination.Leads[0]) : recording.Segments;
        RecordedSeconds = segments.Sum(s => s.DurationSeconds);
        FromSeconds = segments.Count > 0 ? segments[0].OnsetSeconds : 0;
        ToSeconds = segments.Count > 0 ? segments[^1].EndSeconds : 0;
        Intervals = [.. examination.IntervalsBefore().Select((interval, i) => interval > 0 && !Unread(examination.Quality, Seconds[i - 1], Seconds[i]) ? interval : double.NaN)];
    }

    private const double SureP = 0.5;

    /// <summary>Number of beats.</summary>
    public int Count => Seconds.Length;

    /// <summary>Time of each beat.</summary>
    public double[] Seconds { get; }

    /// <summary>Seconds from the beat before; NaN for the first, across a gap or ventricular flutter, and where no lead could be read in between.</summary>
    public double[] Intervals { get; }

    /// <summary>Started by a pacing spike.</summary>
    public bool[] Paced { get; }

    /// <summary>Ventricular ectopic.</summary>
    public bool[] Ventricular { get; }

    /// <summary>Supraventricular ectopic.</summary>
    public bool[] Supraventricular { get; }

    /// <summary>Reached the ventricles from above: neither ventricular, nor fused, nor paced.</summary>
    public bool[] Conducted { get; }

    /// <summary>Onset of the P wave to onset of the QRS complex; NaN where no sure P wave is marked.</summary>
    public double[] PrSeconds { get; }

    /// <summary>Length of the QRS complex; NaN where it is not marked.</summary>
    public double[] QrsSeconds { get; }

    /// <summary>PR interval of the usual beat, as the measurements have it; NaN where it has none or was not conducted.</summary>
    public double UsualPrSeconds { get; } = double.NaN;

    /// <summary>QRS duration of the usual beat; NaN where it has none or was not conducted.</summary>
    public double UsualQrsSeconds { get; } = double.NaN;

    /// <summary>True where waves were marked: a missing P wave then means something.</summary>
    public bool IsDelineated { get; }

    /// <summary>False where no beat has a class.</summary>
    public bool IsClassified { get; }

    /// <summary>Recorded time, gaps left out.</summary>
    public double RecordedSeconds { get; }

    /// <summary>Where the recording begins.</summary>
    public double FromSeconds { get; }

    /// <summary>Where it ends.</summary>
    public double ToSeconds { get; }

    /// <summary>The strip of an examination.</summary>
    public static RhythmStrip Of(EcgExamination examination) => new(examination);

    /// <summary>Middle of the numbers that are there; NaN where there is none.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    // Every lead has trouble somewhere between the two beats: one of them may be missing.
    private static bool Unread(IReadOnlyList<LeadQuality> quality, double from, double to) =>
        quality.Count > 0 && quality.All(q => q.Troubles.Any(t => t.OnsetSeconds < to && t.OnsetSeconds + t.DurationSeconds > from));
}
