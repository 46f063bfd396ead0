using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Fourier;
using SignalLab.Analysis.Selection;
using SignalLab.Analysis.Spectra;
using SignalLab.Model;

namespace SignalLab.Analysis.Trends;

/// <summary>
/// What a whole EEG looks like from afar, epoch by epoch: the power density of each hemisphere (colour density spectral array) and the band of its amplitude (amplitude-integrated EEG).
/// Epochs that are not wholly recorded are not a number.
/// Source: Bickford et al. 1972 (compressed spectral array); Maynard, Prior and Scott 1969 (cerebral function monitor): 2 to 15 Hz, rectified, lower and upper margin as
/// 10th and 90th percentile of the peak-to-peak amplitudes of half seconds.
/// </summary>
public sealed class EegTrend
{
    /// <summary>Width of a bin of the spectra.</summary>
    public const double BinHz = 0.5;

    /// <summary>Bins of the spectra, from 0.5 Hz on.</summary>
    public const int Bins = 64;

    private const double SegmentSeconds = 1 / BinHz;
    private const double LeastRateHz = 2 * BinHz * (Bins + 1);

    private EegTrend(double epochSeconds, IReadOnlyList<TrendSide> sides)
    {
        EpochSeconds = epochSeconds;
        Sides = sides;
    }

    /// <summary>Length of an epoch, a multiple of 2 s.</summary>
    public double EpochSeconds { get; }

    /// <summary>Left and right hemisphere, or one side of all electrodes where names tell no side.</summary>
    public IReadOnlyList<TrendSide> Sides { get; }

    /// <summary>Computes the trend in one pass over the EEG channels.</summary>
    /// <param name="recording">The recording as it was made.</param>
    /// <param name="mostEpochs">Most epochs over its duration.</param>
    /// <param name="progress">Receives the share done, 0…1.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The trend, or null where no EEG channel is sampled at 65 Hz or more.</returns>
    public static EegTrend? Of(Recording recording, int mostEpochs = 4000, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostEpochs, 1);
        int[] channels = [.. Enumerable.Range(0, recording.Channels.Count).Where(i => recording.Channels[i] is { Kind: ChannelKind.Eeg, IsBad: false, RateHz: >= LeastRateHz } c && c.Unit.ConvertsTo(Unit.Volt))];
        channels = [.. channels.GroupBy(c => (recording.Channels[c].RateHz, recording.Channels[c].SampleCount)).OrderByDescending(g => g.Count()).FirstOrDefault() ?? Enumerable.Empty<int>()];
        if (channels.Length == 0)
        {
            return null;
        }

        var epochSeconds = SegmentSeconds * Math.Max(1, Math.Ceiling(recording.DurationSeconds / mostEpochs / SegmentSeconds));
        var epochs = (int)Math.Floor(recording.DurationSeconds / epochSeconds);
        int[][] members = Hemispheres(recording, channels);
        TrendSide[] sides = [.. members.Select((m, i) => new TrendSide(members.Length == 1 ? "all" : i == 0 ? "left" : "right", epochs))];
        var done = 0;
        Parallel.For(0, epochs, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, () => new EpochSpectra(recording, members), (e, _, spectra) =>
        {
            if (FirstSample(recording, channels[0], e * epochSeconds, epochSeconds) is { } first)
            {
                for (var side = 0; side < sides.Length; side++)
                {
                    spectra.Into(members[side], first, epochSeconds, sides[side].Densities.AsSpan(e * Bins, Bins));
                }
            }

            progress?.Report(0.8 * Interlocked.Increment(ref done) / epochs);
            return spectra;
        }, _ => { });
        for (var side = 0; side < sides.Length; side++)
        {
            Amplitudes(recording.Pick([Central(recording, members[side])]).Bandpass(2, 15, order: 2), sides[side], epochs, epochSeconds, cancellation);
            progress?.Report(0.8 + (0.2 * (side + 1) / sides.Length));
        }

        return new(epochSeconds, sides);
    }

    // Odd numbers are left, even ones right.
    private static int[][] Hemispheres(Recording recording, int[] channels)
    {
        int[] left = [.. channels.Where(c => SideOf(recording.Channels[c].Label) == 1)];
        int[] right = [.. channels.Where(c => SideOf(recording.Channels[c].Label) == 0)];
        return left.Length > 0 && right.Length > 0 ? [left, right] : [channels];
    }

    private static int? SideOf(string label)
    {
        var name = label.Split(' ')[^1].Split('-')[0].TrimEnd('.');
        return name.Length > 1 && char.IsAsciiLetter(name[0]) && char.IsAsciiDigit(name[^1]) ? (name[^1] - '0') % 2 : null;
    }

    private static int Central(Recording recording, int[] side) =>
        side.OrderBy(c => recording.Channels[c].Label.Split(' ')[^1].Split('-')[0].TrimEnd('.').ToUpperInvariant() is "C3" or "C4" ? 0 : 1).First();

    private static long? FirstSample(Recording recording, int channel, double from, double seconds)
    {
        var rate = recording.Channels[channel].RateHz;
        foreach (var run in recording.Runs(channel))
        {
            var first = (long)Math.Ceiling(((from - run.OnsetSeconds) * rate) - 1e-6);
            if (first >= 0 && first + (long)(seconds * rate) <= run.Count)
            {
                return run.FirstSample + first;
            }
        }

        return null;
    }

    private static void Amplitudes(Recording filtered, TrendSide side, int epochs, double epochSeconds, CancellationToken cancellation)
    {
        var channel = filtered.Channels[0];
        var scale = channel.Unit.To(Unit.Microvolt).Factor;
        var samples = new double[(int)(epochSeconds * channel.RateHz)];
        var half = Math.Max(1, (int)(channel.RateHz / 2));
        var swings = new double[Math.Max(1, samples.Length / half)];
        for (var e = 0; e < epochs; e++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (FirstSample(filtered, 0, e * epochSeconds, epochSeconds) is not { } first)
            {
                continue;
            }

            filtered.Samples.Read(0, first, samples);
            for (var i = 0; i < swings.Length; i++)
            {
                var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
                foreach (var value in samples.AsSpan(i * half, Math.Min(half, samples.Length - (i * half))))
                {
                    (low, high) = (Math.Min(low, value), Math.Max(high, value));
                }

                swings[i] = (high - low) * scale;
            }

            Array.Sort(swings);
            side.LowerMicrovolts[e] = (float)swings[(int)(0.1 * (swings.Length - 1))];
            side.UpperMicrovolts[e] = (float)swings[(int)Math.Ceiling(0.9 * (swings.Length - 1))];
        }
    }

    /// <summary>What one thread needs to transform epochs.</summary>
    private sealed class EpochSpectra
    {
        private readonly Recording recording;
        private readonly RealFft fft;
        private readonly double[] taper;
        private readonly double taperPower;
        private readonly double[] re;
        private readonly double[] im;
        private double[] samples = [];

        public EpochSpectra(Recording recording, int[][] members)
        {
            this.recording = recording;
            var length = (int)Math.Round(SegmentSeconds * recording.Channels[members[0][0]].RateHz);
            fft = RealFft.Plan(length);
            taper = Tapers.Weights(Taper.Hann, length);
            taperPower = taper.Sum(w => w * w);
            (re, im) = (new double[fft.BinCount], new double[fft.BinCount]);
        }

        private static double Mean(ReadOnlySpan<double> values)
        {
            var sum = 0.0;
            foreach (var value in values)
            {
                sum += value;
            }

            return sum / values.Length;
        }

        public void Into(int[] channels, long first, double epochSeconds, Span<float> densities)
        {
            var rate = recording.Channels[channels[0]].RateHz;
            var count = (int)(epochSeconds * rate);
            if (samples.Length < channels.Length * count)
            {
                samples = new double[channels.Length * count];
            }

            recording.Samples.Read(channels, first, count, samples.AsSpan(0, channels.Length * count));
            Span<double> sums = stackalloc double[Bins];
            sums.Clear();
            var segments = count / fft.Length;
            for (var c = 0; c < channels.Length; c++)
            {
                var scale = recording.Channels[channels[c]].Unit.To(Unit.Microvolt).Factor;
                for (var s = 0; s < segments; s++)
                {
                    var part = samples.AsSpan((c * count) + (s * fft.Length), fft.Length);
                    var mean = Mean(part);
                    for (var i = 0; i < part.Length; i++)
                    {
                        part[i] = (part[i] - mean) * taper[i] * scale;
                    }

                    fft.Forward(part, re, im);
                    for (var k = 0; k < Bins; k++)
                    {
                        sums[k] += (re[k + 1] * re[k + 1]) + (im[k + 1] * im[k + 1]);
                    }
                }
            }

            var norm = 2 / (rate * taperPower * segments * channels.Length);
            for (var k = 0; k < Bins; k++)
            {
                densities[k] = (float)(sums[k] * norm);
            }
        }
    }
}

/// <summary>The trend of one side.</summary>
public sealed class TrendSide
{
    internal TrendSide(string name, int epochs)
    {
        Name = name;
        (Densities, LowerMicrovolts, UpperMicrovolts) = (new float[epochs * EegTrend.Bins], new float[epochs], new float[epochs]);
        foreach (var values in (float[][])[Densities, LowerMicrovolts, UpperMicrovolts])
        {
            Array.Fill(values, float.NaN);
        }
    }

    /// <summary>left, right or all.</summary>
    public string Name { get; }

    /// <summary>epochs × bins, µV²/Hz, mean over the side's electrodes.</summary>
    public float[] Densities { get; }

    /// <summary>Lower margin of the amplitude of an electrode of the side, peak to peak, per epoch.</summary>
    public float[] LowerMicrovolts { get; }

    /// <summary>Upper margin.</summary>
    public float[] UpperMicrovolts { get; }
}
