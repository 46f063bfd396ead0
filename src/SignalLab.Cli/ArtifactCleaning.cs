using SignalLab.Analysis.Artifacts;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Projections;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>A cleaned recording with what was taken away.</summary>
/// <param name="Method">How.</param>
/// <param name="Cleaned">The cleaned recording, its provenance told.</param>
/// <param name="Removed">What was taken away, a channel each.</param>
/// <param name="Details">What was fitted, one sentence each.</param>
internal sealed record ArtifactCleaning(string Method, Recording Cleaned, IReadOnlyList<ChannelCleaning> Removed, IReadOnlyList<string> Details)
{
    private const double BesideSeconds = 0.3;

    /// <summary>Signal-space projection of blinks or heart beats.</summary>
    public static ArtifactCleaning Ssp(Recording marked, ArtifactReport report, string lockedTo, int vectors)
    {
        var (events, options) = lockedTo switch
        {
            "eog" => (report.Artifacts.Where(a => a.Kind == ArtifactKind.Blink).Select(a => a.OnsetSeconds + (a.DurationSeconds / 2)), SspOptions.Eog),
            "ecg" => (marked.DetectBeats().Select(b => b.OnsetSeconds), SspOptions.Ecg),
            _ => throw new UsageException($"--locked-to '{lockedTo}': expected eog or ecg."),
        };
        if (vectors < 1)
        {
            throw new UsageException($"--projectors '{vectors}': expected at least 1.");
        }

        var fitted = marked.FitProjectors([.. events], options with { VectorsPerKind = vectors });
        var cleaned = (marked with { Segments = marked.Segments, Projectors = [.. marked.Projectors, .. fitted.Select(f => f.Projector)] }).ApplyProjectors();
        return Of("ssp", marked, cleaned, [.. fitted.Select(f => FormattableString.Invariant($"{f.Projector.Name}: {100 * f.ExplainedVariance:0.0} % of the energy of the mean of {f.EpochCount} epochs"))]);
    }

    /// <summary>Regression on EOG channels, fitted around the eye artifacts where there are some.</summary>
    public static ArtifactCleaning Regression(Recording marked, ArtifactReport report, string? eog)
    {
        var eyes = report.Artifacts.Where(a => a.Kind is ArtifactKind.Blink or ArtifactKind.HorizontalEyeMovement or ArtifactKind.VerticalEyeMovement)
            .Select(a => (a.OnsetSeconds - BesideSeconds, a.EndSeconds + BesideSeconds)).ToList();
        var regression = marked.Highpass(1, 2).FitEogRegression(eog is null ? null : Selection.Channels(marked, eog), null, eyes.Count > 0 ? eyes : null);
        var details = regression.Channels.Select((c, i) => $"{c}: " + string.Join(", ", regression.Regressors.Select((r, k) => FormattableString.Invariant($"{regression.Coefficients[i][k]:0.0000} x {r}"))));
        return Of("regression", marked, marked.Regress(regression), [.. details]);
    }

    /// <summary>Artifact-subspace reconstruction of the good channels of a kind.</summary>
    public static ArtifactCleaning Asr(Recording marked, double cutoff)
    {
        var options = AsrOptions.Default with { Cutoff = cutoff };
        int[] signals = [.. Enumerable.Range(0, marked.Channels.Count).Where(c => marked.Channels[c].Kind is ChannelKind.Eeg or ChannelKind.Mag or ChannelKind.Grad)];
        var high = marked.Filter(FilterDesign.Butterworth(FilterBand.Highpass(options.HighpassHz!.Value), 2), Phase.Zero, signals);
        return Of("asr", high, high.ReconstructSubspaces(options with { HighpassHz = null }), [FormattableString.Invariant($"cut-off {cutoff} SD, against the recording high-passed at {options.HighpassHz} Hz")]);
    }

    private static ArtifactCleaning Of(string method, Recording before, Recording after, IReadOnlyList<string> details)
    {
        var removed = before.RemovedBy(after);
        return new(method, after.WithRemoved(removed), removed, details);
    }
}
