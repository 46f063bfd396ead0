using SignalLab.Formats.Electrodes;
using SignalLab.Model;
using SignalLab.Review.Overviews;

namespace SignalLab.Review.Recordings;

/// <summary>What one opened file holds.</summary>
internal sealed class OpenStudy : IDisposable
{
    private readonly Lazy<OpenRecording>[] recordings;

    /// <param name="relative">Path below the root, as the page names it.</param>
    /// <param name="path">Path on the disk.</param>
    /// <param name="study">The content.</param>
    /// <param name="cache">Where what is computed from it is kept.</param>
    public OpenStudy(string relative, string path, Study study, CacheFolder cache)
    {
        (Relative, Path, Study) = (relative, path, study);
        recordings = [.. study.Recordings.Select((r, i) => new Lazy<OpenRecording>(() => new(this, StandardLayouts.Placed(r), cache.Of(i))))];
    }

    public string Relative { get; }

    public string Path { get; }

    public Study Study { get; }

    /// <summary>One recording.</summary>
    /// <exception cref="UnfitInputException">There are fewer.</exception>
    public OpenRecording Recording(int index) => index >= 0 && index < recordings.Length
        ? recordings[index].Value
        : throw new UnfitInputException(FormattableString.Invariant($"{Relative}: holds {recordings.Length} recording(s), number {index} (counted from 0) was asked for."));

    public void Dispose()
    {
        foreach (var recording in recordings.Where(r => r.IsValueCreated))
        {
            recording.Value.Dispose();
        }
    }
}
