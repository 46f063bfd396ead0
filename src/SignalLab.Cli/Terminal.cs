using System.Diagnostics;
using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>What is said beside the result, on standard error: remarks, and a bar for work longer than a second.</summary>
internal static class Terminal
{
    private static readonly HashSet<string> Said = new(StringComparer.Ordinal);

    /// <summary>Says each remark once.</summary>
    public static void Remark(IEnumerable<string> remarks, bool quiet)
    {
        foreach (var remark in remarks)
        {
            if (!quiet && Said.Add(remark))
            {
                Console.Error.WriteLine($"signallab: {remark.ReplaceLineEndings(" ")}");
            }
        }
    }

    /// <summary>The same recording, showing on a terminal how much of it has been read.</summary>
    /// <param name="recording">What is about to be read once.</param>
    /// <param name="quiet">No bar.</param>
    public static Recording Watched(Recording recording, bool quiet) =>
        quiet || Console.IsErrorRedirected ? recording : recording with { Samples = new WatchedSamples(recording.Samples, recording.Channels.Sum(c => (double)c.SampleCount)) };

    private sealed class WatchedSamples(ISampleSource source, double total) : ISampleSource
    {
        private readonly long start = Stopwatch.GetTimestamp();
        private long done;
        private int shown = -1;

        public int ChannelCount => source.ChannelCount;

        public long Count(int channel) => source.Count(channel);

        public void Read(int channel, long first, Span<double> into)
        {
            source.Read(channel, first, into);
            Count(into.Length);
        }

        public void Read(ReadOnlySpan<int> channels, long first, int count, Span<double> into)
        {
            source.Read(channels, first, count, into);
            Count((long)channels.Length * count);
        }

        private void Count(long samples)
        {
            var share = Math.Min(1, Interlocked.Add(ref done, samples) / total);
            var percent = (int)(100 * share);
            if (Stopwatch.GetElapsedTime(start).TotalSeconds < 1 || Interlocked.Exchange(ref shown, percent) == percent)
            {
                return;
            }

            var bar = new string('█', percent * 30 / 100).PadRight(30, '·');
            Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{bar} {percent,3} %{(percent == 100 ? "\r\e[K" : "")}"));
        }
    }
}
