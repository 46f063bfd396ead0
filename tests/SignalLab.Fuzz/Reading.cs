using SignalLab.Model;

namespace SignalLab.Fuzz;

/// <summary>Reads what a study offers: the beginning, the middle and the end of every channel, annotations, gaps, maps, layouts.</summary>
internal static class Reading
{
    private const int Block = 1000;
    private const int MostChannels = 400;
    private const long LargestFrame = 4_000_000;

    /// <summary>Reads a study and checks what every study promises, damaged or not.</summary>
    /// <param name="study">The study.</param>
    /// <returns>A number that changes with what was read; comparable within one process.</returns>
    /// <exception cref="BrokenPromiseException">It breaks one.</exception>
    public static int Whole(Study study)
    {
        var print = default(HashCode);
        foreach (var recording in study.Recordings)
        {
            Read(recording, ref print);
        }

        foreach (var map in study.Maps)
        {
            Require(map.FrameCount == map.Values.FrameCount, "a map's frames are as many as its axes say");
            if (map.FrameCount > 0 && map.Support.Count <= LargestFrame)
            {
                print.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(map.ReadFrame(0).AsSpan()));
                print.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(map.ReadFrame(map.FrameCount - 1).AsSpan()));
            }
        }

        foreach (var field in study.LeadFields.Where(l => l.Kinds.Count > 0))
        {
            field.Row(field.Kinds.Count - 1);
        }

        foreach (var sensor in study.Layouts.SelectMany(l => l.Sensors))
        {
            Require(double.IsFinite(sensor.PositionMetres.Norm), "positions are finite");
            print.Add(sensor.Name);
            print.Add(sensor.PositionMetres);
        }

        return print.ToHashCode();
    }

    private static void Read(Recording recording, ref HashCode print)
    {
        Require(recording.Channels.Count == recording.Samples.ChannelCount, "as many channels are described as are stored");
        Require(recording.Segments.Zip(recording.Segments.Skip(1)).All(p => p.First.EndSeconds <= p.Second.OnsetSeconds + 1e-9), "segments are in order");
        print.Add(recording.Segments.Count);
        print.Add(recording.Start);
        foreach (var annotation in recording.Annotations)
        {
            Require(double.IsFinite(annotation.OnsetSeconds) && annotation.DurationSeconds >= 0, "annotations have finite times");
            print.Add(annotation);
        }

        for (var c = 0; c < recording.Channels.Count; c++)
        {
            var channel = recording.Channels[c];
            Require(channel.RateHz > 0 && double.IsFinite(channel.RateHz), "rates are positive and finite");
            Require(channel.SampleCount == recording.Samples.Count(c) && channel.SampleCount >= 0, "counts are those that can be read");
            print.Add(channel.Label);
            print.Add(channel.RateHz);
            print.Add(channel.SampleCount);
        }

        foreach (var group in Enumerable.Range(0, recording.Channels.Count).Take(MostChannels).GroupBy(c => (recording.Channels[c].SampleCount, recording.Channels[c].RateHz)))
        {
            // One channel alone, then all together as a page is read.
            int[] together = [.. group];
            Read(recording.Samples, together[..1], group.Key.SampleCount, ref print);
            Read(recording.Samples, together, group.Key.SampleCount, ref print);
        }

        if (recording.Channels.Count > 0)
        {
            Require(recording.Runs(0).Sum(r => r.Count) == recording.Channels[0].SampleCount, "segments cover every sample once");
        }
    }

    private static void Read(ISampleSource samples, int[] channels, long total, ref HashCode print)
    {
        var count = (int)Math.Min(Block, total);
        var block = new double[channels.Length * count];
        foreach (var first in new[] { 0, (total - count) / 2, total - count }.Distinct())
        {
            samples.Read(channels, first, count, block);
            print.AddBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(block.AsSpan()));
        }
    }

    private static void Require(bool holds, string promise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException(promise);
        }
    }
}

/// <summary>A study that was read breaks what every study promises.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise);
