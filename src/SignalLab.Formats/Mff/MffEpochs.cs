using System.Xml.Linq;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Mff;

/// <summary>One uninterrupted stretch.</summary>
/// <param name="BeginTicks">When it begins, in the folder's unit of time since the recording began.</param>
/// <param name="FirstSample">Its first stored sample.</param>
/// <param name="SampleCount">Its stored samples.</param>
internal readonly record struct MffEpoch(double BeginTicks, long FirstSample, long SampleCount);

/// <summary>When the blocks were recorded: <c>epochs.xml</c>. Between two epochs nothing was.</summary>
/// <param name="Epochs">The stretches.</param>
/// <param name="TicksPerSecond">The folder's unit of time: millionths of a second, in old folders thousand-millionths.</param>
/// <param name="RateHz">Sampling rate of the signal they are counted in.</param>
internal sealed record MffEpochs(IReadOnlyList<MffEpoch> Epochs, double TicksPerSecond, int RateHz)
{
    private sealed record Stated(double Begin, double End, long FirstBlock, long LastBlock);

    /// <summary>When the first sample was recorded, since the recording began.</summary>
    public double BeginSeconds => Epochs.Count == 0 ? 0 : Epochs[0].BeginTicks / TicksPerSecond;

    /// <summary>The stretches in real time since the first sample.</summary>
    public IReadOnlyList<Segment> Segments
    {
        get
        {
            var segments = new List<Segment>(Epochs.Count);
            foreach (var epoch in Epochs)
            {
                // Times are whole ticks: a stretch that follows at once may seem to begin a little before the end of the last.
                var onset = (epoch.BeginTicks / TicksPerSecond) - BeginSeconds;
                var earliest = segments.Count == 0 ? 0 : segments[^1].EndSeconds;
                segments.Add(new(onset < earliest + (0.5 / RateHz) ? earliest : onset, (double)epoch.SampleCount / RateHz));
            }

            return segments;
        }
    }

    /// <summary>Reads the epochs of a signal.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="signal">The signal whose blocks they count.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <exception cref="MalformedFileException">They do not hold the signal's blocks.</exception>
    public static MffEpochs Of(MffFolder folder, MffSignal signal, List<string> remarks)
    {
        var seconds = (double)signal.SampleCount / signal.RateHz;
        if (folder.Find("epochs.xml") is not { } root)
        {
            remarks.Add("There is no epochs.xml: the recording is taken for one without a gap.");
            return new([new(0, 0, signal.SampleCount)], 1e6, signal.RateHz);
        }

        Stated[] stated = [.. root.All("epoch").Select(e => new Stated(Number(folder, e, "beginTime"), Number(folder, e, "endTime"), (long)Number(folder, e, "firstBlock"), (long)Number(folder, e, "lastBlock")))];
        var ticks = stated.Sum(e => e.End - e.Begin);
        var perSecond = Math.Abs((ticks / 1e6) - seconds) <= Math.Abs((ticks / 1e9) - seconds) ? 1e6 : 1e9;
        var epochs = new List<MffEpoch>();
        var (block, differ) = (0L, 0);
        foreach (var epoch in stated)
        {
            if (epoch.FirstBlock != block + 1 || epoch.LastBlock < epoch.FirstBlock || epoch.LastBlock > signal.Blocks.Count)
            {
                throw Fault(folder, FormattableString.Invariant($"blocks {epoch.FirstBlock} to {epoch.LastBlock}"), FormattableString.Invariant($"blocks from {block + 1} on, of {signal.Blocks.Count}"));
            }

            var first = signal.Blocks[(int)block].First;
            var count = signal.Blocks[(int)epoch.LastBlock - 1].End - first;
            differ += Math.Abs(((epoch.End - epoch.Begin) / perSecond * signal.RateHz) - count) >= 1 ? 1 : 0;
            epochs.Add(new(epoch.Begin, first, count));
            block = epoch.LastBlock;
        }

        if (block != signal.Blocks.Count)
        {
            throw Fault(folder, FormattableString.Invariant($"{block} blocks"), FormattableString.Invariant($"the {signal.Blocks.Count} of the signal"));
        }

        if (differ > 0)
        {
            remarks.Add(FormattableString.Invariant($"{differ} epochs have another length than their samples: the samples count."));
        }

        return new(epochs, perSecond, signal.RateHz);
    }

    private static double Number(MffFolder folder, XElement epoch, string name) => epoch.Number(name) is { } value and >= 0 and < 1e19
        ? value
        : throw Fault(folder, $"<{name}> \"{epoch.Text(name)}\"", "a number");

    private static MalformedFileException Fault(MffFolder folder, string found, string expected) => new(folder["epochs.xml"], null, "epoch", found, expected);
}
