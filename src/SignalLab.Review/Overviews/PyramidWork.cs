using SignalLab.Analysis.Envelopes;
using SignalLab.Model;

namespace SignalLab.Review.Overviews;

/// <summary>The pyramid from which long pages of a long recording are drawn, built in the background once the overview is there, and kept between sessions.</summary>
internal sealed class PyramidWork : IDisposable
{
    private const string Name = "pyramid";

    // Fewer samples are read whole in a fraction of a second.
    private const long LeastValues = 1L << 26;

    private readonly CancellationTokenSource stop = new();
    private readonly Task<EnvelopePyramid?> work;
    private double done;

    /// <summary>Begins.</summary>
    /// <param name="recording">As recorded.</param>
    /// <param name="cache">Where it is kept.</param>
    /// <param name="before">What goes before it.</param>
    public PyramidWork(Recording recording, CacheFolder cache, Task before) =>
        work = recording.Channels.Sum(c => c.SampleCount) < LeastValues || EnvelopePyramid.SizeOf(recording) > cache.MostBytes / 2
            ? Task.FromResult<EnvelopePyramid?>(null)
            : Task.Run(async () => Kept(recording, cache) ?? await Made(recording, cache, before).ConfigureAwait(false), stop.Token);

    /// <summary>Share that is done, 0…1; 1 too where none is needed or none can be kept.</summary>
    public double Progress => work.IsCompleted ? 1 : Math.Min(0.99, Volatile.Read(ref done));

    /// <summary>The pyramid, or null where there is none (yet): the samples serve as well, more slowly.</summary>
    public EnvelopePyramid? Pyramid => work.IsCompletedSuccessfully ? work.Result : null;

    public void Dispose() => stop.Cancel();

    private static EnvelopePyramid? Kept(Recording recording, CacheFolder cache) => cache.Load(Name) is { } file ? EnvelopePyramid.Over(recording, file) : null;

    private async Task<EnvelopePyramid?> Made(Recording recording, CacheFolder cache, Task before)
    {
        await before.ConfigureAwait(false);
        return cache.Save(Name, file => EnvelopePyramid.Build(recording, file, new Share(p => Volatile.Write(ref done, p)), stop.Token)) ? Kept(recording, cache) : null;
    }
}
