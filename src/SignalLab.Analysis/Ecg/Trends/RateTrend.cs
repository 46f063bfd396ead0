namespace SignalLab.Analysis.Ecg;

/// <summary>How heart rate and ectopic beats run over a long recording, and the moments that stand out.</summary>
public static class RateTrend
{
    /// <summary>A lowest or highest rate is that of so many successive intervals, so that one early beat is no tachycardia.</summary>
    public const int IntervalsOfARate = 8;

    private const double PauseSeconds = 2;
    private const int ShortestVentricularRun = 3;
    private const int ShortestSupraventricularRun = 4;

    extension(EcgExamination examination)
    {
        /// <summary>Rate and beats in equal stretches of time, from 0 to the recording's end; the last one may be shorter.</summary>
        /// <param name="binSeconds">Length of a stretch, &gt; 0: 60 or 3600 by habit.</param>
        /// <returns>One entry a stretch, those without a beat too.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The length is not positive.</exception>
        public IReadOnlyList<RateBin> TrendOver(double binSeconds)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(binSeconds);
            var (beats, intervals) = (examination.Beats, examination.IntervalsBefore());
            var means = RunningMeans(intervals);
            var count = Math.Max(1, (int)Math.Ceiling((examination.Recording.DurationSeconds / binSeconds) - 1e-9));
            var members = Enumerable.Range(0, beats.Count).ToLookup(i => (int)Math.Clamp(Math.Floor(beats[i].Seconds / binSeconds), 0, count - 1));
            var bins = new RateBin[count];
            for (var b = 0; b < count; b++)
            {
                int[] inside = [.. members[b]];
                double[] rr = [.. inside.Select(i => intervals[i]).Where(double.IsFinite)];
                double[] rates = [.. inside.Select(i => 60 / means[i]).Where(double.IsFinite)];
                bins[b] = new(
                    b * binSeconds, inside.Length, rates.Length > 0 ? rates.Min() : null, rr.Length > 0 ? 60 / rr.Average() : null, rates.Length > 0 ? rates.Max() : null,
                    inside.Count(i => beats[i].Class == BeatClass.Supraventricular), inside.Count(i => beats[i].Class == BeatClass.Ventricular), rr.DefaultIfEmpty(0).Max());
            }

            return bins;
        }

        /// <summary>The moments that stand out: fastest and slowest rate of eight intervals, longest interval, longest ventricular flutter, longest ventricular and supraventricular run, first ectopic beats.</summary>
        /// <returns>Those that are there, in this order.</returns>
        public IReadOnlyList<EcgMoment> Moments()
        {
            var (beats, intervals) = (examination.Beats, examination.IntervalsBefore());
            var means = RunningMeans(intervals);
            int[] measured = [.. Enumerable.Range(0, beats.Count).Where(i => double.IsFinite(means[i]))];
            var moments = new List<EcgMoment>();
            if (measured.Length > 0)
            {
                foreach (var (name, at) in new[] { ("fastest rate", measured.MinBy(i => means[i])), ("slowest rate", measured.MaxBy(i => means[i])) })
                {
                    moments.Add(new(name, beats[at - IntervalsOfARate].Seconds, beats[at].Seconds, FormattableString.Invariant($"{60 / means[at]:0} /min over {IntervalsOfARate} intervals")));
                }
            }

            int[] ended = [.. Enumerable.Range(0, beats.Count).Where(i => double.IsFinite(intervals[i]))];
            if (ended.Length > 0)
            {
                var at = ended.MaxBy(i => intervals[i]);
                moments.Add(new(intervals[at] >= PauseSeconds ? "longest pause" : "longest interval", beats[at - 1].Seconds, beats[at].Seconds, FormattableString.Invariant($"{intervals[at]:0.00} s")));
            }

            if (examination.VentricularFlutter.MaxBy(f => f.EndSeconds - f.OnsetSeconds) is { } flutter)
            {
                moments.Add(new(RhythmAnalysis.VentricularFlutter, flutter.OnsetSeconds, flutter.EndSeconds, FormattableString.Invariant($"{flutter.EndSeconds - flutter.OnsetSeconds:0} s at {60 / flutter.CycleSeconds:0} /min")));
            }

            AddRun(moments, beats, intervals, BeatClass.Ventricular, "ventricular", ShortestVentricularRun);
            AddRun(moments, beats, intervals, BeatClass.Supraventricular, "supraventricular", ShortestSupraventricularRun);
            return moments;
        }
    }

    // Mean of the eight intervals that end at each beat; NaN where one of them is not there.
    private static double[] RunningMeans(double[] intervals)
    {
        var means = new double[intervals.Length];
        var (sum, whole) = (0.0, 0);
        for (var i = 0; i < intervals.Length; i++)
        {
            if (!double.IsFinite(intervals[i]))
            {
                (sum, whole) = (0, 0);
            }
            else
            {
                sum += intervals[i] - (whole >= IntervalsOfARate ? intervals[i - IntervalsOfARate] : 0);
                whole++;
            }

            means[i] = whole >= IntervalsOfARate ? sum / IntervalsOfARate : double.NaN;
        }

        return means;
    }

    private static void AddRun(List<EcgMoment> moments, IReadOnlyList<Beat> beats, double[] intervals, BeatClass kind, string name, int shortest)
    {
        var (longest, end) = (0, -1);
        for (int i = 0, length = 0; i < beats.Count; i++)
        {
            // Beats on both sides of a gap do not follow one another.
            length = beats[i].Class != kind ? 0 : double.IsFinite(intervals[i]) ? length + 1 : 1;
            if (length > longest)
            {
                (longest, end) = (length, i);
            }
        }

        if (longest == 0)
        {
            return;
        }

        var (first, last) = (beats[end - longest + 1].Seconds, beats[end].Seconds);
        moments.Add(longest >= shortest
            ? new($"longest {name} run", first, last, FormattableString.Invariant($"{longest} beats"))
            : new($"{name} ectopic", first, last, longest == 1 ? "single" : FormattableString.Invariant($"{longest} in a row")));
    }
}
