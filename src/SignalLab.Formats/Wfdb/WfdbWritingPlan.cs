using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>How a recording fits into WFDB frames: frame rate, samples a frame, format and steps of each channel.</summary>
/// <param name="FrameRateHz">Frames per second.</param>
/// <param name="SamplesPerFrame">Samples a frame of each channel.</param>
/// <param name="Frames">Frames of each segment; a cut last frame is filled with invalid samples.</param>
/// <param name="Format">Format of all channels.</param>
/// <param name="Quantizers">Steps of each channel.</param>
/// <param name="IsKept">For each channel, whether these are its own.</param>
internal sealed record WfdbWritingPlan(double FrameRateHz, int[] SamplesPerFrame, long[] Frames, SampleFormat Format, SampleQuantizer[] Quantizers, bool[] IsKept)
{
    private const int MostSamplesPerFrame = 1 << 16;
    private const int BlockSamples = 1 << 16;

    /// <summary>Bits of a sample.</summary>
    public int Bits => Format switch { SampleFormat.Packed212 => 12, SampleFormat.Int16 => 16, SampleFormat.Int24 => 24, _ => 32 };

    /// <summary>Looks through the recording once and decides.</summary>
    /// <exception cref="UnfitInputException">The channels' rates have no common frame, or a channel does not fit the format asked for.</exception>
    public static WfdbWritingPlan Of(Recording recording, WfdbStorage storage)
    {
        recording.RequireOneClock();
        var channels = recording.Channels;
        var rate = FrameRate(channels);
        int[] spf = [.. channels.Select(c => (int)Math.Round(c.RateHz / rate))];
        var runs = Enumerable.Range(0, channels.Count).Select(recording.Runs).ToArray();
        var frames = new long[recording.Segments.Count];
        for (var s = 0; s < frames.Length; s++)
        {
            frames[s] = runs.Select((r, c) => r.Count > s ? (r[s].Count + spf[c] - 1) / spf[c] : 0).DefaultIfEmpty(0).Max();
        }

        var ranges = Enumerable.Range(0, channels.Count).Select(c => Range(recording.Samples, c)).ToArray();
        var own = channels.Select(c => SampleQuantizer.OfCalibration(c.Calibration)).ToArray();
        var format = storage == WfdbStorage.Automatic ? Smallest(ranges, own) : (SampleFormat)storage;
        var quantizers = new SampleQuantizer[channels.Count];
        var isKept = new bool[channels.Count];
        for (var c = 0; c < quantizers.Length; c++)
        {
            var (low, high) = ranges[c];
            if (own[c] is { } kept && kept.Fits(low, high, format))
            {
                (quantizers[c], isKept[c]) = (kept, true);
            }
            else if (own[c] is not null && storage != WfdbStorage.Automatic)
            {
                throw new UnfitInputException($"Channel '{channels[c].Label}' does not fit WFDB format {(int)format} without loss: let the format be chosen, or take one with more bits.");
            }
            else
            {
                quantizers[c] = SampleQuantizer.OfRange(low, high, format);
            }
        }

        return new(rate, spf, frames, format, quantizers, isKept);
    }

    private static SampleFormat Smallest((double Low, double High)[] ranges, SampleQuantizer?[] own)
    {
        foreach (var format in (ReadOnlySpan<SampleFormat>)[SampleFormat.Int16, SampleFormat.Int24])
        {
            if (ranges.Zip(own).All(p => p.Second is null || p.Second.Value.Fits(p.First.Low, p.First.High, format)))
            {
                return format;
            }
        }

        return SampleFormat.Int32;
    }

    private static (double Low, double High) Range(ISampleSource samples, int channel)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        var block = new double[BlockSamples];
        for (long first = 0, total = samples.Count(channel); first < total; first += BlockSamples)
        {
            var part = block.AsSpan(0, (int)Math.Min(BlockSamples, total - first));
            samples.Read(channel, first, part);
            foreach (var value in part)
            {
                if (double.IsFinite(value))
                {
                    (low, high) = (Math.Min(low, value), Math.Max(high, value));
                }
            }
        }

        return low <= high ? (low, high) : (0, 0);
    }

    private static double FrameRate(IReadOnlyList<Channel> channels)
    {
        if (channels.Count == 0)
        {
            return WfdbHeader.DefaultRateHz;
        }

        var slowest = channels.Min(c => c.RateHz);
        for (var part = 1; part <= 1000; part++)
        {
            var rate = slowest / part;
            if (channels.All(c => Math.Round(c.RateHz / rate) is var n && n <= MostSamplesPerFrame && Math.Abs((c.RateHz / rate) - n) < 1e-9 * n))
            {
                return rate;
            }
        }

        throw new UnfitInputException("The channels' sampling rates have no common frame: a WFDB record needs rates that are multiples of one; pick channels or resample them.");
    }
}
