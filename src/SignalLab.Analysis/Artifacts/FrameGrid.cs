using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Frames of one second, each half a second after the last, that never cross a gap.</summary>
internal sealed class FrameGrid
{
    private readonly int[] firstFrames;

    public FrameGrid(IReadOnlyList<SampleRun> runs, double rateHz)
    {
        (Runs, RateHz) = (runs, rateHz);
        Hop = Math.Max(1, (int)Math.Round(rateHz / 2));
        Length = 2 * Hop;
        firstFrames = new int[runs.Count + 1];
        for (var r = 0; r < runs.Count; r++)
        {
            firstFrames[r + 1] = firstFrames[r] + FramesIn(runs[r].Count);
        }
    }

    public IReadOnlyList<SampleRun> Runs { get; }

    public double RateHz { get; }

    /// <summary>Samples from one frame's start to the next one's.</summary>
    public int Hop { get; }

    /// <summary>Samples of a frame.</summary>
    public int Length { get; }

    public int Count => firstFrames[^1];

    public double HopSeconds => Hop / RateHz;

    public int FirstFrame(int run) => firstFrames[run];

    public int FramesIn(long samples) => samples < Length ? 0 : (int)(((samples - Length) / Hop) + 1);

    /// <summary>Real time of a frame's first sample.</summary>
    public double StartOf(int frame)
    {
        var run = RunOf(frame);
        return Runs[run].OnsetSeconds + ((frame - firstFrames[run]) * HopSeconds);
    }

    public int RunOf(int frame)
    {
        var at = Array.BinarySearch(firstFrames, frame);
        at = at < 0 ? ~at - 1 : at;
        while (at + 1 < firstFrames.Length && firstFrames[at + 1] == frame)
        {
            at++;
        }

        return at;
    }

    /// <summary>Stretches of frames that follow each other within a run and are all marked; a frame stands for its middle half second.</summary>
    /// <param name="isMarked">True for a frame that counts.</param>
    /// <param name="bridged">Unmarked frames that do not end a stretch.</param>
    public IEnumerable<(int First, int Last, double OnsetSeconds, double DurationSeconds)> Stretches(Func<int, bool> isMarked, int bridged = 0)
    {
        for (var run = 0; run < Runs.Count; run++)
        {
            var (first, last) = (-1, -1);
            for (var f = firstFrames[run]; f <= firstFrames[run + 1]; f++)
            {
                if (f < firstFrames[run + 1] && isMarked(f))
                {
                    first = first < 0 ? f : first;
                    last = f;
                }
                else if (first >= 0 && (f - last > bridged || f == firstFrames[run + 1]))
                {
                    yield return (first, last, StartOf(first) + (HopSeconds / 2), (last - first + 1) * HopSeconds);
                    first = -1;
                }
            }
        }
    }
}
