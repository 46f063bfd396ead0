namespace SignalLab.Analysis.Ecg;

/// <summary>
/// Decides which maxima of a detection function are beats: a threshold between the beats and the noise around, a refractory time, rejection of T waves and of weak
/// maxima that would halve an even rhythm, and a second look where a beat is overdue.
/// </summary>
internal static class BeatDecision
{
    private const double RefractorySeconds = 0.2;

    // A maximum so soon after a beat, or before one, must be half as high: it is a T or a P wave otherwise.
    private const double TWaveSeconds = 0.36;
    private const double TWaveShare = 0.5;
    private const double PWaveSeconds = 0.24;
    private const double PWaveShare = 0.35;

    // Shares of the way from the noise around to the beats around.
    private const double FirstThreshold = 0.3;
    private const double Threshold = 0.25;
    private const double LeastShare = 0.22;
    private const double SearchShare = 0.1;
    private const double LeastSearchShare = 0.15;

    // A gap of so many usual intervals is searched again.
    private const double Overdue = 1.55;
    private const double Intruder = 0.6;

    // What leaves so even a rhythm when it is taken away was not part of it.
    private const double Even = 1.25;

    // A tall P wave stands so shortly before a beat, in what is an even rhythm without it; where there are many, only the rhythm farther around tells which.
    private const double TallPWaveSeconds = 0.28;
    private const double TallPWaveShare = 0.8;
    private const int FarNeighbours = 20;
    private const int Neighbours = 6;
    private const double NoiseSeconds = 6;

    /// <summary>Finds the beats.</summary>
    /// <param name="function">Detection function in which a usual beat has the height 1.</param>
    /// <param name="rateHz">Its values a second.</param>
    /// <returns>Indices in order.</returns>
    public static List<int> Find(ReadOnlySpan<float> function, double rateHz)
    {
        var peaks = Maxima(function, (int)Math.Round(RefractorySeconds * rateHz));
        var isBeat = peaks.Select(p => p.Height >= FirstThreshold).ToArray();
        var limits = Limits(peaks, isBeat, rateHz);
        for (var i = 0; i < peaks.Count; i++)
        {
            var (beat, noise) = limits[i];
            isBeat[i] = peaks[i].Height >= Math.Max(LeastShare * beat, noise + (Threshold * (beat - noise)));
        }

        RejectNeighbouringWaves(peaks, isBeat, rateHz);
        RejectIntruders(peaks, isBeat, limits, rateHz);
        SearchBack(peaks, isBeat, limits, rateHz);
        return [.. peaks.Where((_, i) => isBeat[i]).Select(p => p.At)];
    }

    private static List<(int At, float Height)> Maxima(ReadOnlySpan<float> f, int refractory)
    {
        var peaks = new List<(int At, float Height)>();
        for (var i = 1; i < f.Length - 1; i++)
        {
            if (f[i] < 0.02f || f[i] < f[i - 1] || f[i] <= f[i + 1])
            {
                continue;
            }

            if (peaks.Count > 0 && i - peaks[^1].At < refractory)
            {
                if (f[i] > peaks[^1].Height)
                {
                    peaks[^1] = (i, f[i]);
                }
            }
            else
            {
                peaks.Add((i, f[i]));
            }
        }

        return peaks;
    }

    // For each maximum the median height of the beats around it, and of the other maxima around it.
    private static (float Beat, float Noise)[] Limits(List<(int At, float Height)> peaks, bool[] isBeat, double rateHz)
    {
        var limits = new (float Beat, float Noise)[peaks.Count];
        var beats = new List<float>();
        var others = new List<float>();
        for (var i = 0; i < peaks.Count; i++)
        {
            beats.Clear();
            others.Clear();
            for (int k = i, n = 0; k >= 0 && n < Neighbours; k--)
            {
                n += Sort(k);
            }

            for (int k = i + 1, n = 0; k < peaks.Count && n < Neighbours; k++)
            {
                n += Sort(k);
            }

            limits[i] = (Median(beats, 1), Median(others, 0));

            int Sort(int k)
            {
                if (isBeat[k])
                {
                    beats.Add(peaks[k].Height);
                    return 1;
                }

                if (Math.Abs(peaks[k].At - peaks[i].At) < NoiseSeconds * rateHz)
                {
                    others.Add(peaks[k].Height);
                }

                return 0;
            }
        }

        return limits;
    }

    private static void RejectNeighbouringWaves(List<(int At, float Height)> peaks, bool[] isBeat, double rateHz)
    {
        var last = -1;
        for (var i = 0; i < peaks.Count; i++)
        {
            if (!isBeat[i])
            {
                continue;
            }

            if (last >= 0)
            {
                var apart = (peaks[i].At - peaks[last].At) / rateHz;
                if (apart < TWaveSeconds && peaks[i].Height < TWaveShare * peaks[last].Height)
                {
                    isBeat[i] = false;
                    continue;
                }

                if (apart < PWaveSeconds && peaks[last].Height < PWaveShare * peaks[i].Height)
                {
                    isBeat[last] = false;
                }
            }

            last = i;
        }
    }

    // A weak maximum between two beats that are one usual interval apart is noise, or the P wave of the second.
    private static void RejectIntruders(List<(int At, float Height)> peaks, bool[] isBeat, (float Beat, float Noise)[] limits, double rateHz)
    {
        var beats = Indices(isBeat);
        for (var b = 1; b + 1 < beats.Count; b++)
        {
            var usual = UsualInterval(peaks, beats, b);
            var around = peaks[beats[b + 1]].At - peaks[beats[b - 1]].At;
            var i = beats[b];
            var isIntruder = around < Even * usual && peaks[i].Height < Intruder * limits[i].Beat && peaks[i].Height < Math.Min(peaks[beats[b - 1]].Height, peaks[beats[b + 1]].Height);
            var isPWave = (peaks[beats[b + 1]].At - peaks[i].At) / rateHz < TallPWaveSeconds && peaks[i].Height < TallPWaveShare * peaks[beats[b + 1]].Height
                && around < Even * UsualInterval(peaks, beats, b, FarNeighbours);
            if (isIntruder || isPWave)
            {
                isBeat[i] = false;
                beats.RemoveAt(b--);
            }
        }
    }

    private static void SearchBack(List<(int At, float Height)> peaks, bool[] isBeat, (float Beat, float Noise)[] limits, double rateHz)
    {
        var beats = Indices(isBeat);
        for (var b = 0; b + 1 < beats.Count; b++)
        {
            var (from, to) = (peaks[beats[b]], peaks[beats[b + 1]]);
            if (to.At - from.At < Overdue * UsualInterval(peaks, beats, b))
            {
                continue;
            }

            var best = -1;
            for (var i = beats[b] + 1; i < beats[b + 1]; i++)
            {
                var (beat, noise) = limits[i];
                var apart = Math.Min(peaks[i].At - from.At, to.At - peaks[i].At) / rateHz;
                if (apart > TWaveSeconds && peaks[i].Height >= Math.Max(LeastSearchShare * beat, noise + (SearchShare * (beat - noise))) && (best < 0 || peaks[i].Height > peaks[best].Height))
                {
                    best = i;
                }
            }

            if (best >= 0)
            {
                isBeat[best] = true;
                beats.Insert(b + 1, best);
                b--;
            }
        }
    }

    private static double UsualInterval(List<(int At, float Height)> peaks, List<int> beats, int around, int neighbours = Neighbours)
    {
        var from = Math.Max(0, around - neighbours);
        var to = Math.Min(beats.Count - 1, around + neighbours);
        Span<int> intervals = stackalloc int[2 * neighbours];
        for (var b = from; b < to; b++)
        {
            intervals[b - from] = peaks[beats[b + 1]].At - peaks[beats[b]].At;
        }

        intervals = intervals[..(to - from)];
        intervals.Sort();
        return intervals.Length == 0 ? double.PositiveInfinity : intervals[intervals.Length / 2];
    }

    private static List<int> Indices(bool[] isBeat) => [.. Enumerable.Range(0, isBeat.Length).Where(i => isBeat[i])];

    private static float Median(List<float> values, float missing)
    {
        values.Sort();
        return values.Count == 0 ? missing : values[values.Count / 2];
    }
}
