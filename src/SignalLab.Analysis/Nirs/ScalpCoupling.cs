using SignalLab.Analysis.Filters;
using SignalLab.Model;

namespace SignalLab.Analysis.Nirs;

/// <summary>How well an optode pair touches the scalp: the pulse must show alike in the light of all its wavelengths.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Detector">The detector's name.</param>
/// <param name="Channels">Labels of its channels by rising wavelength.</param>
/// <param name="Index">Correlation of the optical densities in the pulse's band, −1…1, of more than two wavelengths the smallest; 0 where one does not change.</param>
public sealed record ScalpCoupling(string Source, string Detector, IReadOnlyList<string> Channels, double Index);

/// <summary>Where the pulse is sought.</summary>
public sealed record ScalpCouplingOptions
{
    /// <summary>Lower end of the pulse's band in Hz.</summary>
    public double LowHz { get; init; } = 0.7;

    /// <summary>Upper end of the pulse's band in Hz; an infant's pulse needs a higher one.</summary>
    public double HighHz { get; init; } = 1.5;

    /// <summary>Width of the filter's transitions in Hz.</summary>
    public double TransitionHz { get; init; } = 0.3;
}

/// <summary>Scalp coupling of recordings.</summary>
public static class RecordingScalpCoupling
{
    private const int BlockValues = 1 << 20;

    extension(Recording recording)
    {
        /// <summary>The scalp coupling index of each pair of source and detector. The recording is read twice from end to end; nothing crosses a gap, samples that are not numbers take no part.</summary>
        /// <param name="options">The pulse's band; null for 0.7 to 1.5 Hz.</param>
        /// <returns>A value for each pair, in the order of their channels.</returns>
        /// <exception cref="UnfitInputException">There is no NIRS channel, one has no partner, or the rate is too low to hold a pulse.</exception>
        /// <remarks>Source: L. Pollonini et al., Hear Res 309 (2014) 84–93; the filter is MNE-Python's (finite, Hamming window).</remarks>
        public IReadOnlyList<ScalpCoupling> ScalpCoupling(ScalpCouplingOptions? options = null)
        {
            var chosen = options ?? new();
            var densities = recording.Channels.Any(LightChannels.IsDensity) && LightChannels.Intensities(recording).Length == 0 ? recording : recording.OpticalDensity();
            var pairs = LightChannels.Pairs(densities, []);
            int[] light = [.. pairs.SelectMany(p => p.Channels).Order()];
            var pulse = densities.Filter(FilterDesign.WindowedSinc(FilterBand.Bandpass(chosen.LowHz, chosen.HighHz), FirWindow.Hamming, chosen.TransitionHz, chosen.TransitionHz), channels: light);
            var found = new double[pairs.Count];
            foreach (var group in Enumerable.Range(0, pairs.Count).GroupBy(p => (densities.Channels[pairs[p].Channels[0]].RateHz, densities.Channels[pairs[p].Channels[0]].SampleCount)))
            {
                int[] members = [.. group];
                foreach (var (p, index) in members.Zip(Indices(pulse, [.. members.Select(p => pairs[p])])))
                {
                    found[p] = index;
                }
            }

            return [.. pairs.Select((p, i) => new ScalpCoupling(p.Source, p.Detector, [.. p.Channels.Select(c => recording.Channels[c].Label)], found[i]))];
        }
    }

    private static IEnumerable<double> Indices(Recording pulse, IReadOnlyList<LightPair> pairs)
    {
        int[] channels = [.. pairs.SelectMany(p => p.Channels)];
        var count = pulse.Channels[channels[0]].SampleCount;
        if (channels.FirstOrDefault(c => pulse.Channels[c].SampleCount != count, -1) is >= 0 and var other)
        {
            throw new UnfitInputException($"Channel '{pulse.Channels[other].Label}' has another number of samples than its partner.");
        }

        var sums = pairs.Select(p => new Correlation[p.Channels.Length * (p.Channels.Length - 1) / 2]).ToArray();
        var block = (int)Math.Min(count, Math.Max(4096, BlockValues / channels.Length));
        var samples = new double[channels.Length * block];
        for (var first = 0L; first < count; first += block)
        {
            var length = (int)Math.Min(block, count - first);
            pulse.Samples.Read(channels, first, length, samples.AsSpan(0, channels.Length * length));
            for (var (p, row) = (0, 0); p < pairs.Count; row += pairs[p++].Channels.Length)
            {
                for (var (k, at) = (0, 0); k < pairs[p].Channels.Length; k++)
                {
                    for (var l = k + 1; l < pairs[p].Channels.Length; l++)
                    {
                        sums[p][at++].Add(samples.AsSpan((row + k) * length, length), samples.AsSpan((row + l) * length, length));
                    }
                }
            }
        }

        return sums.Select(s => s.Min(c => c.Value));
    }

    // Behind a band-pass means are near zero: plain sums lose nothing.
    private struct Correlation
    {
        // What rounding leaves of light that does not change; a pulse is a thousandth and more.
        private const double Still = 1e-12;

        private double n, x, y, xx, yy, xy;

        public readonly double Value
        {
            get
            {
                var (cov, left, right) = (xy - (x * y / n), xx - (x * x / n), yy - (y * y / n));
                return Math.Min(left, right) > n * Still * Still ? cov / Math.Sqrt(left * right) : 0;
            }
        }

        public void Add(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
        {
            for (var i = 0; i < first.Length; i++)
            {
                var (a, b) = (first[i], second[i]);
                if (double.IsFinite(a) && double.IsFinite(b))
                {
                    (n, x, y, xx, yy, xy) = (n + 1, x + a, y + b, xx + (a * a), yy + (b * b), xy + (a * b));
                }
            }
        }
    }
}
