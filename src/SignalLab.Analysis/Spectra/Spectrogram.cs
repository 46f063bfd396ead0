using SignalLab.Analysis.Fourier;
using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>Spectra of single segments one after the other: densities over time.</summary>
public static class Spectrograms
{
    extension(Recording recording)
    {
        /// <summary>The density of every segment at the time of its middle: constant detrend, periodic taper, one-sided, no segment across a gap.</summary>
        /// <param name="options">Segments and taper, as for Welch's method, which averages these columns; null for two-second Hann segments that overlap by half.</param>
        /// <param name="lowHz">Lowest frequency kept.</param>
        /// <param name="highHz">Highest frequency kept; null for half the rate.</param>
        /// <param name="channels">Indices of channels of one rate, or null for all but trigger channels.</param>
        /// <returns>The spectrogram; nothing is computed before its columns are asked for.</returns>
        /// <exception cref="UnfitInputException">The channels differ in rate, none is as long as a segment, or no bin lies between the frequencies.</exception>
        public TimeFrequency Spectrogram(WelchOptions? options = null, double lowHz = 0, double? highHz = null, IReadOnlyList<int>? channels = null)
        {
            var chosen = options ?? WelchOptions.Default;
            int[] all = [.. channels ?? RecordingSpectra.Signals(recording)];
            TimeFrequency.RequireOneRate(recording, all);
            var rateHz = recording.Channels[all[0]].RateHz;
            var (length, step) = chosen.SamplesAt(recording.Channels[all[0]]);
            RecordingSpectra.RequireStretch(recording, all[0], length);
            var bins = Enumerable.Range(0, (length / 2) + 1).Where(k => k * rateHz / length >= lowHz - 1e-9 && k * rateHz / length <= (highHz ?? rateHz) + 1e-9).ToArray();
            if (bins.Length == 0 || highHz > (rateHz / 2) + 1e-9)
            {
                throw new UnfitInputException(FormattableString.Invariant(
                    $"From {lowHz} to {highHz} Hz a spectrogram of {length / rateHz} s segments has no bin: it has steps of {rateHz / length} Hz up to {rateHz / 2} Hz."));
            }

            var frequencies = Axis.Uniform(AxisKind.Frequency, Unit.Hertz, bins[0] * rateHz / length, rateHz / length, bins.Length);
            var power = new SegmentPowers(Tapers.Weights(chosen.Taper, length), rateHz, bins[0], bins.Length);
            return new(recording, all, frequencies, u => u.Squared().Times(Unit.Hertz, -1), chosen.SpectrogramStep, TimeGrid.Of(recording, all[0], length, step, 0, length / 2.0), () => Columns(recording, all, power, length, step));
        }
    }

    private static IEnumerable<TimeFrequencyColumn> Columns(Recording recording, int[] channels, SegmentPowers powers, int length, int step)
    {
        var rateHz = recording.Channels[channels[0]].RateHz;
        var size = channels.Length * powers.BinCount;
        foreach (var block in SegmentBlocks.Of(recording, channels, length, step))
        {
            var segments = ((block.Length - length) / step) + 1;
            var values = LentArrays.Doubles.Rent(segments * size);
            block.Each((c, samples) => powers.Into(samples, step, values, c * powers.BinCount, size));
            for (var s = 0; s < segments; s++)
            {
                yield return new(block.TimeSeconds + (((s * (double)step) + (length / 2.0)) / rateHz), values.AsMemory(s * size, size));
            }

            LentArrays.Doubles.Return(values);
        }
    }
}

/// <summary>The densities of single segments, eight side by side in each transform.</summary>
internal sealed class SegmentPowers
{
    private const int Together = 8;

    private readonly RealFft plan;
    private readonly double[] weights;
    private readonly double scale;
    private readonly int firstBin;

    /// <summary>Prepares for segments of one length.</summary>
    /// <param name="weights">The taper, as long as a segment; shared.</param>
    /// <param name="rateHz">Sampling rate.</param>
    /// <param name="firstBin">First bin kept.</param>
    /// <param name="binCount">Bins kept.</param>
    public SegmentPowers(double[] weights, double rateHz, int firstBin, int binCount)
    {
        plan = RealFft.Plan(weights.Length);
        (this.weights, this.firstBin, BinCount) = (weights, firstBin, binCount);
        scale = 1 / (rateHz * weights.Sum(w => w * w));
    }

    /// <summary>Bins kept.</summary>
    public int BinCount { get; }

    /// <summary>Computes the densities of one channel's segments.</summary>
    /// <param name="samples">From the first segment's first to the last segment's last.</param>
    /// <param name="step">Samples from one segment's start to the next one's.</param>
    /// <param name="into">Receives the densities.</param>
    /// <param name="offset">Place of the first segment's first bin.</param>
    /// <param name="stride">Distance of segments.</param>
    public void Into(ReadOnlySpan<double> samples, int step, double[] into, int offset, int stride)
    {
        var (n, bins) = (weights.Length, plan.BinCount);
        var segments = ((samples.Length - n) / step) + 1;
        var rented = LentArrays.Doubles.Rent((n + (2 * bins)) * Together);
        for (var first = 0; first < segments; first += Together)
        {
            var lanes = Math.Min(Together, segments - first);
            var tapered = rented.AsSpan(0, n * lanes);
            var re = rented.AsSpan(n * lanes, bins * lanes);
            var im = rented.AsSpan((n + bins) * lanes, bins * lanes);
            for (var lane = 0; lane < lanes; lane++)
            {
                Fill(samples.Slice((first + lane) * step, n), tapered[lane..], lanes);
            }

            plan.Forward(tapered, re, im, lanes);
            for (var lane = 0; lane < lanes; lane++)
            {
                var to = into.AsSpan(offset + ((first + lane) * stride), BinCount);
                for (var i = 0; i < to.Length; i++)
                {
                    var (k, at) = (firstBin + i, ((firstBin + i) * lanes) + lane);
                    to[i] = (k == 0 || 2 * k == n ? scale : 2 * scale) * ((re[at] * re[at]) + (im[at] * im[at]));
                }
            }
        }

        LentArrays.Doubles.Return(rented);
    }

    // A segment with missing values becomes NaN as a whole: its transform is.
    private void Fill(ReadOnlySpan<double> samples, Span<double> lane, int lanes)
    {
        var total = 0.0;
        foreach (var sample in samples)
        {
            total += sample;
        }

        var mean = total / samples.Length;
        for (var (t, at) = (0, 0); t < samples.Length; t++, at += lanes)
        {
            lane[at] = (samples[t] - mean) * weights[t];
        }
    }
}
