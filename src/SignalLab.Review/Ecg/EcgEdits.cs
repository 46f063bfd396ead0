using SignalLab.Analysis.Ecg;

namespace SignalLab.Review.Ecg;

/// <summary>What readers changed about an examination.</summary>
/// <param name="Fiducials">Of the usual beat: lead (null for all leads together), name and new place in seconds; a null place takes the mark out.</param>
/// <param name="Templates">Classes of templates: number, beats it has, class.</param>
internal sealed record EcgEdits(IReadOnlyList<(string? Lead, string Name, double? Seconds)> Fiducials, IReadOnlyList<(int Template, int Count, BeatClass Class)> Templates)
{
    /// <summary>The marks with the changes of one lead, or of all leads together.</summary>
    /// <param name="marks">Marks as they were found.</param>
    /// <param name="lead">Label of the lead, or null.</param>
    /// <param name="rateHz">Samples a second of the usual beat.</param>
    public WaveMarks Applied(WaveMarks marks, string? lead, double rateHz)
    {
        foreach (var (_, name, seconds) in Fiducials.Where(f => f.Lead == lead))
        {
            marks = Fiducial.Find(name)?.With(marks, seconds is { } s ? (long)Math.Round(s * rateHz) : null) ?? marks;
        }

        return marks;
    }
}
