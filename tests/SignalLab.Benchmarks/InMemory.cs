using SignalLab.Analysis.Components;
using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Fourier;
using SignalLab.Analysis.Montages;
using SignalLab.Analysis.Resampling;
using SignalLab.Analysis.Spectra;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Benchmarks;

/// <summary>One turn of each operation on samples that are in memory already; results go to a buffer that is there already.</summary>
internal static class InMemory
{
    /// <summary>Transforms of a batch that count as one turn: one alone takes a millisecond.</summary>
    public const int TransformTurns = 20;

    private const int TransformValues = 1 << 19;

    /// <summary>The operation, or null where the name is none.</summary>
    public static Action? Named(string operation, string file)
    {
        if (operation.StartsWith("fft-", StringComparison.Ordinal))
        {
            return Transforms(int.Parse(operation.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture));
        }

        return operation switch
        {
            "bandpass" => Whole(Load(file).Bandpass(0.5, 70)),
            "notch" => Whole(Load(file).Notch(50)),
            "welch" => Welch(Load(file)),
            "fir" => Whole(Load(file).Filter(FilterDesign.WindowedSinc(FilterBand.Bandpass(1, 40)))),
            "resample" => Whole(Load(file).Resample(256)),
            "resample-poly" => Whole(Load(file).Resample(256, ResamplingOptions.SciPy)),
            "average" => Whole(Load(file).Montage(Montage.AverageReference)),
            "morlet" => Morlet(Load(file)),
            "ica" => Components(Load(file)),
            _ => null,
        };
    }

    private static Action Welch(Recording recording)
    {
        var options = new WelchOptions { SegmentSeconds = 1024 / recording.Channels[0].RateHz };
        return () => recording.Welch(options);
    }

    // Ten seconds of every channel, forty frequencies, as many cycles as half the frequency.
    private static Action Morlet(Recording recording)
    {
        double[] frequencies = [.. Enumerable.Range(2, 40)];
        var count = (int)(10 * recording.Channels[0].RateHz);
        int[] channels = [.. Enumerable.Range(0, recording.Channels.Count)];
        var samples = new double[channels.Length * count];
        recording.Samples.Read(channels, 0, count, samples);
        var power = new double[channels.Length * frequencies.Length * count];
        return () => new MorletTransform(new(recording.Channels[0].RateHz, frequencies, [.. frequencies.Select(f => f / 2)]), count).Power(samples, channels.Length, power);
    }

    // Twenty components of five minutes, filtered as the peer filters them.
    private static Action Components(Recording recording)
    {
        var filtered = recording.Filter(FilterDesign.WindowedSinc(FilterBand.Bandpass(1, 40)));
        var count = (int)(300 * recording.Channels[0].RateHz);
        double[][] rows = [.. Enumerable.Range(0, recording.Channels.Count).Select(c =>
        {
            var row = new double[count];
            filtered.Samples.Read(c, 0, row);
            return row;
        })];
        var excerpt = new Recording([.. recording.Channels.Select(c => c with { SampleCount = count })], new MemorySamples(rows));
        return () => excerpt.Decompose(new() { Components = 20, HighpassHz = null, Seed = 0 });
    }

    private static Action Whole(Recording recording)
    {
        int[] channels = [.. Enumerable.Range(0, recording.Channels.Count)];
        var count = (int)recording.Channels[0].SampleCount;
        var into = new double[channels.Length * count];
        return () => recording.Samples.Read(channels, 0, count, into);
    }

    // As the peer's: a batch of contiguous rows, each transformed by itself.
    private static Action Transforms(int length)
    {
        var plan = RealFft.Plan(length);
        var batch = Math.Max(1, TransformValues / length);
        var noise = new Random(0);
        var samples = new double[length * batch];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = noise.NextDouble() - 0.5;
        }

        var (re, im) = (new double[plan.BinCount * batch], new double[plan.BinCount * batch]);
        return () =>
        {
            for (var turn = 0; turn < TransformTurns; turn++)
            {
                plan.ForwardRows(samples, re, im, batch);
            }
        };
    }

    private static Recording Load(string file)
    {
        var recording = Recordings.Open(file);
        int[] eeg = [.. Enumerable.Range(0, recording.Channels.Count).Where(c => recording.Channels[c].Kind == ChannelKind.Eeg)];
        var count = (int)recording.Channels[eeg[0]].SampleCount;
        var values = new double[eeg.Length * count];
        recording.Samples.Read(eeg, 0, count, values);
        return new Recording([.. eeg.Select(c => recording.Channels[c])], new MemorySamples([.. eeg.Select((_, i) => values.AsSpan(i * count, count).ToArray())]));
    }
}
