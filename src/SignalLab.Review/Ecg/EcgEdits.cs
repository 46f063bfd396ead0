using SignalLab.Analysis.Ecg;
using SignalLab.Model;

namespace SignalLab.Review.Ecg;

/// <summary>What readers changed about an examination.</summary>
/// <param name="Fiducials">Of the usual beat: lead (null for all leads together), name and new place in seconds; a null place takes the mark out.</param>
/// <param name="Templates">Classes of templates: number, beats it has, class.</param>
internal sealed record EcgEdits(IReadOnlyList<(string? Lead, string Name, double? Seconds)> Fiducials, IReadOnlyList<(int Template, int Count, BeatClass Class)> Templates)
{
    /// <summary>The subject's sex, F or M, as a reader told it; null where nobody did.</summary>
    public string? Sex { get; init; }

    /// <summary>The subject's age as a reader told it; null where nobody did.</summary>
    public double? AgeYears { get; init; }

    /// <summary>Names of the marks over all leads that follow from leads of which a reader moved the mark: those that were not moved themselves.</summary>
    public IReadOnlyList<string> Derived => [.. Fiducials.Where(f => f.Lead is not null).Select(f => f.Name).Distinct().Where(name => !Fiducials.Any(f => f.Lead is null && f.Name == name))];

    /// <summary>The subject, with what the file does not say of age and sex as a reader told it.</summary>
    /// <param name="stated">As the file says it.</param>
    public Subject Applied(Subject stated) => stated with { Sex = stated.Sex ?? Sex, AgeYears = stated.AgeYears ?? AgeYears };

    /// <summary>
    /// The usual beat with the changes. A mark that was moved in a lead moves the one over all leads by the rule that found it; one over all leads that was moved itself stays there.
    /// </summary>
    /// <param name="median">As it was found.</param>
    public MedianBeat Applied(MedianBeat median)
    {
        var rate = median.Waveforms.Channels[0].RateHz;
        WaveMarks[] leads = [.. median.Leads.Select((l, i) => Applied(l, median.Waveforms.Channels[i].Label, rate))];
        var global = median.Global;
        if (leads.Length > 0 && Derived is { Count: > 0 } derived)
        {
            var joined = GlobalMarks.Join(Voting(median, leads), median.PeakIndex, rate);
            global = derived.Select(Fiducial.Find).OfType<Fiducial>().Aggregate(global, (marks, f) => f.With(marks, f.Of(joined)));
        }

        return median with { Leads = leads, Global = Applied(global, null, rate) };
    }

    private WaveMarks Applied(WaveMarks marks, string? lead, double rateHz)
    {
        foreach (var (_, name, seconds) in Fiducials.Where(f => f.Lead == lead))
        {
            marks = Fiducial.Find(name)?.With(marks, seconds is { } s ? (long)Math.Round(s * rateHz) : null) ?? marks;
        }

        return marks;
    }

    // A wave that a reader marked in a lead is there: it counts like that of the surest lead.
    private WaveMarks[] Voting(MedianBeat median, WaveMarks[] leads)
    {
        var (p, qrs, t) = (leads.Max(l => l.PConfidence), leads.Max(l => l.QrsConfidence), leads.Max(l => l.TConfidence));
        return [.. leads.Select((l, i) => Fiducials.Where(f => f.Lead == median.Waveforms.Channels[i].Label).Aggregate(l, (marks, f) => f.Name[0] switch
        {
            'p' => marks with { PConfidence = p },
            'q' => marks with { QrsConfidence = qrs },
            _ => marks with { TConfidence = t },
        }))];
    }
}
