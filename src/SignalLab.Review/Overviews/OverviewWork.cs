using System.Buffers.Binary;
using System.Runtime.InteropServices;
using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Trends;
using SignalLab.Model;

namespace SignalLab.Review.Overviews;

/// <summary>
/// The overview of a recording, computed in the background and kept between sessions. Its bytes, little-endian: <c>SLO1</c>, epochs (u32), bins (u32), sides (u32), then epoch length
/// and bin width (f64), then f32: of each side the densities (epochs × bins, µV²/Hz) and the lower and upper margins of the amplitude (µV), at last the heart rate of each epoch (/min).
/// </summary>
internal sealed class OverviewWork : IDisposable
{
    private const string Name = "overview";
    private const int MostEpochs = 4000;

    private readonly CancellationTokenSource stop = new();
    private readonly Task<byte[]> work;
    private double done;

    /// <summary>Begins.</summary>
    public OverviewWork(Recording recording, CacheFolder cache) => work = Task.Run(() => Kept(cache) ?? Made(recording, cache), stop.Token);

    /// <summary>Share that is done, 0…1.</summary>
    public double Progress => Volatile.Read(ref done);

    /// <summary>The bytes, or null while they are computed.</summary>
    /// <exception cref="MalformedFileException">The recording is damaged.</exception>
    public byte[]? Bytes => work.IsFaulted ? throw work.Exception!.InnerException! : work.IsCompletedSuccessfully ? work.Result : null;

    /// <summary>Ends when the bytes are there, or never will be.</summary>
    public Task Ended => Task.WhenAny(work);

    // The work ends by itself soon after; whoever lets it go does not wait for it.
    public void Dispose() => stop.Cancel();

    private static byte[]? Kept(CacheFolder cache)
    {
        using var file = cache.Load(Name);
        if (file is null || RandomAccess.GetLength(file) is < 32 or > int.MaxValue)
        {
            return null;
        }

        using var stream = new FileStream(file, FileAccess.Read);
        var bytes = new byte[stream.Length];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length && bytes.AsSpan(0, 4).SequenceEqual("SLO1"u8) && bytes.Length == SizeOf(U32(bytes, 4), U32(bytes, 8), U32(bytes, 12)) ? bytes : null;

        static long U32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));
    }

    private static long SizeOf(long epochs, long bins, long sides) => 32 + (4 * ((sides * epochs * (bins + 2)) + epochs));

    private byte[] Made(Recording recording, CacheFolder cache)
    {
        var trend = EegTrend.Of(recording, MostEpochs, new Share(p => Volatile.Write(ref done, 0.9 * p)), stop.Token);
        var epochSeconds = trend?.EpochSeconds ?? (2 * Math.Max(1, Math.Ceiling(recording.DurationSeconds / MostEpochs / 2)));
        var epochs = trend is null ? (int)Math.Floor(recording.DurationSeconds / epochSeconds) : trend.Sides[0].LowerMicrovolts.Length;
        var sides = trend?.Sides ?? [];
        var bytes = new byte[SizeOf(epochs, EegTrend.Bins, sides.Count)];
        "SLO1"u8.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)epochs);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), EegTrend.Bins);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), (uint)sides.Count);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(16), epochSeconds);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(24), EegTrend.BinHz);
        var at = 32;
        foreach (var values in sides.SelectMany(s => (float[][])[s.Densities, s.LowerMicrovolts, s.UpperMicrovolts]).Append(HeartRates(recording, epochs, epochSeconds)))
        {
            LittleEndian.Write(values, bytes.AsSpan(at, 4 * values.Length));
            at += 4 * values.Length;
        }

        cache.Save(Name, file => RandomAccess.Write(file, bytes, 0));
        return bytes;
    }

    private static float[] HeartRates(Recording recording, int epochs, double epochSeconds)
    {
        var rates = new float[epochs];
        Array.Fill(rates, float.NaN);
        if (!recording.Channels.Any(c => c is { Kind: ChannelKind.Ecg, RateHz: >= QrsDetector.LeastRateHz }))
        {
            return rates;
        }

        double[] beats = [.. recording.DetectBeats().Select(b => b.OnsetSeconds)];
        var next = 0;
        for (var e = 0; e < epochs; e++)
        {
            while (next < beats.Length && beats[next] < e * epochSeconds)
            {
                next++;
            }

            var intervals = new List<double>();
            for (var i = Math.Max(1, next); i < beats.Length && beats[i] < (e + 1) * epochSeconds; i++)
            {
                intervals.Add(beats[i] - beats[i - 1]);
            }

            rates[e] = (float)(HeartRate.MedianBeatsPerMinute(CollectionsMarshal.AsSpan(intervals)) ?? double.NaN);
        }

        return rates;
    }
}
