using CsCheck;
using SignalLab.Analysis.Filters;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Filters;

/// <summary>What must hold for every filter and every signal.</summary>
public class FilterPropertyTests
{
    private const double RateHz = 100;

    private static readonly FilterDesign[] Designs =
    [
        FilterDesign.Butterworth(FilterBand.Bandpass(2, 30), 3),
        FilterDesign.Butterworth(FilterBand.Highpass(1), 4),
        FilterDesign.Butterworth(FilterBand.Lowpass(20), 5),
        FilterDesign.Butterworth(FilterBand.Bandstop(8, 13), 2),
        FilterDesign.TimeConstant(0.1),
        FilterDesign.Notch(25, 10),
        FilterDesign.Notches(12.3456, 3, 10),
        FilterDesign.Chebyshev1(FilterBand.Bandpass(2, 30), 3),
        FilterDesign.Chebyshev2(FilterBand.Highpass(2), 5),
        FilterDesign.Elliptic(FilterBand.Lowpass(20), 4),
        FilterDesign.Bessel(FilterBand.Bandstop(8, 13), 3),
        FilterDesign.WindowedSinc(FilterBand.Bandpass(2, 30)),
        FilterDesign.WindowedSinc(FilterBand.Bandstop(8, 20), FirWindow.Hann),
        FilterDesign.KaiserSinc(FilterBand.Highpass(4)),
        FilterDesign.Equiripple(FilterBand.Lowpass(20)),
        FilterDesign.FirNotch(25),
    ];

    private static readonly Gen<(FilterDesign Design, Phase Phase)> Filters =
        Gen.Select(Gen.Int[0, Designs.Length - 1], Gen.Bool, (d, causal) => (Designs[d], causal ? Phase.Forward : Phase.Zero));

    [Fact]
    public void A_block_equals_the_same_samples_of_a_whole_read() =>
        Gen.Select(Filters, Gen.Int[1, 11], Gen.Int[1, 4000], Gen.Int[0, 2], Gen.Int[0, 10_000], Gen.Int[1, 700]).Sample(
            (filter, channels, samples, gaps, seed, block) =>
            {
                var whole = Make(channels, samples, gaps, seed).Filter(filter.Design, filter.Phase);
                var blocks = Make(channels, samples, gaps, seed).Filter(filter.Design, filter.Phase);
                var expected = Read(whole, 0, samples);
                var tolerance = 1e-9 * Rms(Read(Make(channels, samples, gaps, seed), 0, samples));
                for (var first = 0; first < samples; first += block)
                {
                    var count = Math.Min(block, samples - first);
                    var part = Read(blocks, first, count);
                    for (var c = 0; c < channels; c++)
                    {
                        for (var t = 0; t < count; t++)
                        {
                            Assert.Equal(expected[(c * samples) + first + t], part[(c * count) + t], tolerance);
                        }
                    }
                }
            },
            iter: 150, threads: 1);

    [Fact]
    public void A_channel_read_alone_equals_the_channel_read_among_others() =>
        Gen.Select(Filters, Gen.Int[1, 1500], Gen.Int[0, 10_000]).Sample(
            (filter, samples, seed) =>
            {
                var recording = Make(9, samples, 1, seed).Filter(filter.Design, filter.Phase);
                var all = Read(Make(9, samples, 1, seed).Filter(filter.Design, filter.Phase), 0, samples);
                Assert.Equal(all[(8 * samples)..], recording.ReadAll(8));
            },
            iter: 50, threads: 1);

    [Fact]
    public void A_filter_is_linear() =>
        Gen.Select(Filters, Gen.Int[1, 1500], Gen.Int[0, 10_000], Gen.Double[-5, 5]).Sample(
            (filter, samples, seed, factor) =>
            {
                var (a, b) = (Noise(samples, seed), Noise(samples, seed + 1));
                double[] sum = [.. a.Zip(b, (x, y) => x + (factor * y))];
                double[] Filtered(double[] x) => One(x).Filter(filter.Design, filter.Phase).ReadAll(0);
                double[] expected = [.. Filtered(a).Zip(Filtered(b), (x, y) => x + (factor * y))];
                SharedData.AssertClose(expected, Filtered(sum), 1e-9, 1e-9 * Rms(sum));
            },
            iter: 100, threads: 1);

    [Fact]
    public void Zero_phase_filtering_knows_no_direction_of_time_away_from_the_ends() =>
        Gen.Select(Filters, Gen.Int[0, 10_000]).Sample(
            (filter, seed) =>
            {
                const int samples = 8000;
                var forward = Noise(samples, seed);
                var edge = filter.Design.For(RateHz).Margin;
                var straight = One(forward).Filter(filter.Design).ReadAll(0);
                var turned = One([.. Enumerable.Reverse(forward)]).Filter(filter.Design).ReadAll(0);
                Array.Reverse(turned);
                SharedData.AssertClose(straight.AsSpan(edge, samples - (2 * edge)), turned.AsSpan(edge, samples - (2 * edge)), 1e-9);
            },
            iter: 30, threads: 1);

    [Fact]
    public void A_gap_parts_two_recordings() =>
        Gen.Select(Filters, Gen.Int[1, 900], Gen.Int[1, 900], Gen.Int[0, 10_000]).Sample(
            (filter, first, second, seed) =>
            {
                var x = Noise(first + second, seed);
                var gapped = One(x) with { Segments = [new(0, first / RateHz), new((first / RateHz) + 7.5, second / RateHz)] };
                double[] Filtered(double[] part) => One(part).Filter(filter.Design, filter.Phase).ReadAll(0);
                double[] expected = [.. Filtered(x[..first]), .. Filtered(x[first..])];
                Assert.Equal(expected, gapped.Filter(filter.Design, filter.Phase).ReadAll(0));
            },
            iter: 100, threads: 1);

    [Fact]
    public void A_missing_value_parts_a_channel_and_only_that_channel() =>
        Gen.Select(Filters, Gen.Int[1, 900], Gen.Int[0, 900], Gen.Int[0, 10_000]).Sample(
            (filter, before, after, seed) =>
            {
                var (x, other) = (Noise(before + after + 1, seed), Noise(before + after + 1, seed + 1));
                double[] Filtered(double[] part) => One(part).Filter(filter.Design, filter.Phase).ReadAll(0);
                double[] expected = [.. Filtered(x[..before]), double.NaN, .. Filtered(x[(before + 1)..])];
                x[before] = seed % 2 == 0 ? double.NaN : double.PositiveInfinity;
                var both = new Recording([Channel("a", x.Length), Channel("b", x.Length)], new MemorySamples([x, other]));
                var read = Read(both.Filter(filter.Design, filter.Phase), 0, x.Length);
                Assert.Equal(expected, read[..x.Length]);
                Assert.Equal(Filtered(other), read[x.Length..]);
            },
            iter: 100, threads: 1);

    [Fact]
    public void A_sine_comes_out_as_the_response_says() =>
        Gen.Select(Filters, Gen.Double[3, 45]).Sample(
            (filter, hz) =>
            {
                const int samples = 6000;
                var input = Enumerable.Range(0, samples).Select(t => Math.Sin(2 * Math.PI * hz * t / RateHz)).ToArray();
                var output = One(input).Filter(filter.Design, filter.Phase).ReadAll(0);
                var response = filter.Design.Response([hz], RateHz, filter.Phase);
                var (gain, shift) = (Math.Pow(10, response.MagnitudeDb[0] / 20), response.PhaseRadians[0]);
                for (var t = 2500; t < 3500; t++)
                {
                    Assert.Equal(gain * Math.Sin((2 * Math.PI * hz * t / RateHz) + shift), output[t], 1e-9);
                }
            },
            iter: 60, threads: 1);

    [Fact]
    public void Group_delay_is_the_slope_of_the_phase() =>
        Gen.Select(Filters, Gen.Double[3, 24]).Sample(
            (filter, hz) =>
            {
                const double step = 1e-4;
                var response = filter.Design.Response([hz - step, hz, hz + step], RateHz);
                var turn = response.PhaseRadians[2] - response.PhaseRadians[0];
                turn -= 2 * Math.PI * Math.Round(turn / (2 * Math.PI));
                Assert.Equal(-turn / (2 * Math.PI * 2 * step), response.GroupDelaySeconds[1], 1e-5);
            },
            iter: 60, threads: 1);

    internal static Recording One(double[] samples) => new([Channel("Cz", samples.Length)], new MemorySamples([samples]));

    internal static Channel Channel(string label, int samples, double rateHz = RateHz) => new(label, ChannelKind.Eeg, Unit.Microvolt, rateHz, samples);

    internal static double[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        var drift = 1000 * random.NextDouble();
        return [.. Enumerable.Range(0, count).Select(_ => 50 * (random.NextDouble() - 0.5) + (drift += random.NextDouble() - 0.5))];
    }

    internal static double[] Read(Recording recording, long first, int count)
    {
        int[] channels = [.. Enumerable.Range(0, recording.Channels.Count)];
        var into = new double[channels.Length * count];
        recording.Samples.Read(channels, first, count, into);
        return into;
    }

    private static double Rms(double[] values) => Math.Sqrt(values.Average(v => v * v));

    private static Recording Make(int channels, int samples, int gaps, int seed)
    {
        var data = Enumerable.Range(0, channels).Select(c => Noise(samples, seed + c)).ToArray();
        var recording = new Recording([.. data.Select((_, c) => Channel($"E{c}", samples))], new MemorySamples(data));
        var segments = new List<Segment>();
        var cut = new Random(seed);
        var (at, onset) = (0, 0.0);
        for (var g = 0; g <= gaps; g++)
        {
            var length = g == gaps ? samples - at : cut.Next(0, samples - at);
            segments.Add(new(onset, length / RateHz));
            (at, onset) = (at + length, onset + (length / RateHz) + 2);
        }

        return recording with { Segments = segments };
    }
}
