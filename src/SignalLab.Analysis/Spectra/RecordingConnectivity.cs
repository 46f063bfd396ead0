using System.Buffers;
using SignalLab.Analysis.Fourier;
using SignalLab.Model;

namespace SignalLab.Analysis.Spectra;

/// <summary>Coherence and phase coupling of pairs of channels; no segment and no wavelet crosses a gap.</summary>
public static class RecordingConnectivity
{
    private const int BlockValues = 1 << 20;

    extension(Recording recording)
    {
        /// <summary>The cross-spectra of pairs of channels over all segments, in one pass.</summary>
        /// <param name="pairs">Indices of the channels of each pair; all of one rate and length.</param>
        /// <param name="options">Segments, tapers or wavelets; null for two-second Hann segments that overlap by half.</param>
        /// <returns>For each pair every measure over frequency. A segment in which either channel has a missing value is passed over.</returns>
        /// <exception cref="UnfitInputException">Rates differ, no stretch is as long as a segment, or the options do not fit.</exception>
        public IReadOnlyList<Connectivity> Connectivity(IReadOnlyList<(int First, int Second)> pairs, ConnectivityOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(pairs);
            if (pairs.Count == 0)
            {
                return [];
            }

            var chosen = options ?? ConnectivityOptions.Default;
            int[] channels = [.. pairs.SelectMany(p => (int[])[p.First, p.Second]).Distinct().Order()];
            TimeFrequency.RequireOneRate(recording, channels);
            (int First, int Second)[] places = [.. pairs.Select(p => (Array.IndexOf(channels, p.First), Array.IndexOf(channels, p.Second)))];
            var (frequencies, spectra) = chosen.Wavelets is { } wavelets
                ? Wavelets(recording, channels, places, wavelets)
                : Segments(recording, channels, places, chosen);
            return [.. pairs.Select((p, i) => new Connectivity(
                p.First, p.Second, $"{recording.Channels[p.First].Label}-{recording.Channels[p.Second].Label}", frequencies, spectra[i], recording.Provenance.Then(chosen.Step)))];
        }
    }

    private static (Axis Frequencies, CrossSpectra[] Spectra) Segments(Recording recording, int[] channels, (int First, int Second)[] places, ConnectivityOptions options)
    {
        var channel = recording.Channels[channels[0]];
        var (length, step) = options.Segments.SamplesAt(channel);
        RecordingSpectra.RequireStretch(recording, channels[0], length);
        var slepian = options.BandwidthHz is { } hz ? new MultitaperOptions { BandwidthHz = hz }.Tapers(channel, length) : null;
        double[][] tapers = slepian is null ? [Tapers.Weights(options.Segments.Taper, length)] : [.. Enumerable.Range(0, slepian.Count).Select(k => slepian[k].ToArray())];
        double[] weights = slepian is null ? [1] : [.. slepian.Concentrations];
        var plan = RealFft.Plan(length);
        var size = tapers.Length * plan.BinCount;
        var (re, im) = (new double[channels.Length * size], new double[channels.Length * size]);
        var present = new bool[channels.Length];
        var spectra = Array.ConvertAll(places, _ => new CrossSpectra(plan.BinCount));
        foreach (var block in SegmentBlocks.Of(recording, channels, length, step))
        {
            for (var start = 0; start + length <= block.Length; start += step)
            {
                var at = start;
                block.Each((c, samples) => present[c] = Transform(samples.Slice(at, length), tapers, plan, re.AsSpan(c * size, size), im.AsSpan(c * size, size)));
                Parallel.For(0, places.Length, p =>
                {
                    var (x, y) = places[p];
                    if (present[x] && present[y])
                    {
                        Gather(spectra[p], plan.BinCount, weights, re.AsSpan(x * size, size), im.AsSpan(x * size, size), re.AsSpan(y * size, size), im.AsSpan(y * size, size));
                    }
                });
            }
        }

        return (Axis.Uniform(AxisKind.Frequency, Unit.Hertz, 0, channel.RateHz / length, plan.BinCount), spectra);
    }

    private static bool Transform(ReadOnlySpan<double> samples, double[][] tapers, RealFft plan, Span<double> re, Span<double> im)
    {
        var mean = 0.0;
        foreach (var sample in samples)
        {
            mean += sample;
        }

        mean /= samples.Length;
        if (!double.IsFinite(mean))
        {
            return false;
        }

        var rented = ArrayPool<double>.Shared.Rent(samples.Length);
        var tapered = rented.AsSpan(0, samples.Length);
        for (var k = 0; k < tapers.Length; k++)
        {
            for (var t = 0; t < samples.Length; t++)
            {
                tapered[t] = (samples[t] - mean) * tapers[k][t];
            }

            plan.Forward(tapered, re.Slice(k * plan.BinCount, plan.BinCount), im.Slice(k * plan.BinCount, plan.BinCount));
        }

        ArrayPool<double>.Shared.Return(rented);
        return true;
    }

    // A segment's cross-spectrum is the weighted sum over its tapers.
    private static void Gather(CrossSpectra into, int bins, double[] weights, ReadOnlySpan<double> xr, ReadOnlySpan<double> xi, ReadOnlySpan<double> yr, ReadOnlySpan<double> yi)
    {
        into.Next();
        for (var bin = 0; bin < bins; bin++)
        {
            var (xx, yy, re, im) = (0.0, 0.0, 0.0, 0.0);
            for (var k = 0; k < weights.Length; k++)
            {
                var at = (k * bins) + bin;
                var (a, b, c, d) = (xr[at], xi[at], yr[at], yi[at]);
                xx += weights[k] * ((a * a) + (b * b));
                yy += weights[k] * ((c * c) + (d * d));
                re += weights[k] * ((a * c) + (b * d));
                im += weights[k] * ((b * c) - (a * d));
            }

            into.Add(bin, xx, yy, re, im);
        }
    }

    private static (Axis Frequencies, CrossSpectra[] Spectra) Wavelets(Recording recording, int[] channels, (int First, int Second)[] places, MorletOptions options)
    {
        var wavelets = new MorletWavelets(recording.Channels[channels[0]].RateHz, options.FrequenciesHz, options.CyclesOrHalf);
        var (reach, frequencies) = (wavelets.Reach, wavelets.FrequenciesHz.Count);
        RecordingSpectra.RequireStretch(recording, channels[0], (2 * reach) + 1);
        var perBlock = Math.Clamp(BlockValues / (channels.Length * frequencies), 64, 1 << 16);
        var transform = new MorletTransform(wavelets, perBlock);
        var spectra = Array.ConvertAll(places, _ => new CrossSpectra(frequencies));
        var (re, im) = (new double[channels.Length * frequencies * perBlock], new double[channels.Length * frequencies * perBlock]);
        foreach (var run in recording.Runs(channels[0]).Where(r => r.Count > 2 * reach))
        {
            // Only where every wavelet lies inside the stretch.
            for (var done = (long)reach; done < run.Count - reach; done += perBlock)
            {
                var count = (int)Math.Min(perBlock, run.Count - reach - done);
                var samples = new double[channels.Length * (count + (2 * reach))];
                recording.Samples.Read(channels, run.FirstSample + done - reach, count + (2 * reach), samples);
                var size = frequencies * count;
                transform.Coefficients(samples, channels.Length, re.AsMemory(0, channels.Length * size), im.AsMemory(0, channels.Length * size), reach, reach);
                var skip = (int)((options.Every - ((done - reach) % options.Every)) % options.Every);
                Parallel.For(0, places.Length, p => Gather(spectra[p], places[p], re, im, frequencies, count, skip, options.Every));
            }
        }

        return (new Axis(AxisKind.Frequency, Unit.Hertz, wavelets.FrequenciesHz), spectra);
    }

    private static void Gather(CrossSpectra into, (int First, int Second) place, double[] re, double[] im, int frequencies, int count, int skip, int every)
    {
        for (var t = skip; t < count; t += every)
        {
            var (x, y) = ((place.First * frequencies * count) + t, (place.Second * frequencies * count) + t);
            var isPresent = true;
            for (var f = 0; f < frequencies; f++)
            {
                isPresent &= double.IsFinite(re[x + (f * count)]) && double.IsFinite(re[y + (f * count)]);
            }

            if (!isPresent)
            {
                continue;
            }

            into.Next();
            for (var f = 0; f < frequencies; f++)
            {
                var (a, b, c, d) = (re[x + (f * count)], im[x + (f * count)], re[y + (f * count)], im[y + (f * count)]);
                into.Add(f, (a * a) + (b * b), (c * c) + (d * d), (a * c) + (b * d), (b * c) - (a * d));
            }
        }
    }
}
