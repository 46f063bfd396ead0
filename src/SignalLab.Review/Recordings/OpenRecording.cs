using SignalLab.Analysis.Envelopes;
using SignalLab.Model;
using SignalLab.Review.Overviews;
using SignalLab.Review.Traces;

namespace SignalLab.Review.Recordings;

/// <summary>A recording that is being read, with the views it was looked at through.</summary>
internal sealed class OpenRecording : IDisposable
{
    private const int MostViews = 3;

    private readonly Lock gate = new();
    private readonly List<(ViewSpec Spec, Lazy<Recording> Recording)> views = [];
    private readonly Lazy<OverviewWork> overview;
    private readonly Lazy<PyramidWork> pyramid;

    public OpenRecording(OpenStudy study, Recording recording, CacheFolder cache)
    {
        (Study, Recording) = (study, recording);
        overview = new(() => new(recording, cache));
        pyramid = new(() => new(recording, cache, Overview.Ended));
    }

    public OpenStudy Study { get; }

    /// <summary>As it stands in the file; electrodes without a place have that of their name.</summary>
    public Recording Recording { get; }

    /// <summary>The overview, begun when first asked for.</summary>
    public OverviewWork Overview => overview.Value;

    /// <summary>The work at the pyramid of what stands in the file, begun when first asked for.</summary>
    public PyramidWork PyramidWork => pyramid.Value;

    /// <summary>The pyramid, or null where it is not there.</summary>
    public EnvelopePyramid? Pyramid => pyramid.IsValueCreated ? pyramid.Value.Pyramid : null;

    /// <summary>The recording through montage and filters. Filters read whole or in pages give the same values.</summary>
    /// <exception cref="UnfitInputException">The montage or a filter does not fit.</exception>
    public Recording Through(ViewSpec spec)
    {
        Lazy<Recording> view;
        lock (gate)
        {
            var at = views.FindIndex(v => v.Spec == spec);
            view = at >= 0 ? views[at].Recording : new(() => spec.Apply(Recording));
            if (at >= 0)
            {
                views.RemoveAt(at);
            }

            views.Insert(0, (spec, view));
            if (views.Count > MostViews)
            {
                views.RemoveAt(views.Count - 1);
            }
        }

        return view.Value;
    }

    public void Dispose()
    {
        if (overview.IsValueCreated)
        {
            overview.Value.Dispose();
        }

        if (pyramid.IsValueCreated)
        {
            pyramid.Value.Dispose();
        }
    }
}
