using System.Runtime.CompilerServices;
using SignalLab.Review.Recordings;

namespace SignalLab.Review.Ecg;

/// <summary>The examinations of the recordings that are open: each is made once and goes with its recording.</summary>
internal sealed class EcgBenches
{
    // One at a time: an examination takes all processors.
    private static readonly SemaphoreSlim Turn = new(1);

    private readonly Lock gate = new();
    private readonly ConditionalWeakTable<OpenRecording, Task<EcgBench>> benches = [];

    /// <summary>The examination, begun when first asked for.</summary>
    /// <param name="recording">The recording.</param>
    public Task<EcgBench> Of(OpenRecording recording)
    {
        lock (gate)
        {
            if (!benches.TryGetValue(recording, out var bench))
            {
                bench = Task.Run(() => Examined(recording));
                benches.Add(recording, bench);
            }

            return bench;
        }
    }

    private static async Task<EcgBench> Examined(OpenRecording recording)
    {
        await Turn.WaitAsync().ConfigureAwait(false);
        try
        {
            return EcgBench.Of(recording.Recording);
        }
        finally
        {
            Turn.Release();
        }
    }
}
