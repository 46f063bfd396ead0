using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Averaging;

/// <summary>The usual beat of a recording.</summary>
public static class BeatAveraging
{
    private const double CompareBeforeSeconds = 0.1;
    private const double CompareAfterSeconds = 0.1;
    private const double NoiseBeforeSeconds = 0.25;
    private const double NoiseAfterSeconds = 0.4;

    // The waves are sought in a longer stretch, so that the beats around bound the search.
    private const double SearchBeforeSeconds = 0.9;
    private const double SearchAfterSeconds = 1.3;

    extension(Recording recording)
    {
        /// <summary>Averages the beats of the most frequent kind: aligned by cross-correlation over all leads, without their baseline, each weighted by the inverse of its noise.</summary>
        /// <param name="leads">Channel indices, of one rate and length.</param>
        /// <param name="beats">Beats in order of time, with templates, classes and marks where they are known.</param>
        /// <param name="options">What decides the result; null for the defaults.</param>
        /// <returns>The beat with its marks; null where no beat can be averaged.</returns>
        /// <remarks>Source of the rules: CSE Working Party 1985, Eur Heart J 6:815 (a representative beat of the dominant kind); Meyer and Keiser 1977 for the baseline.</remarks>
        public MedianBeat? AverageBeats(IReadOnlyList<int> leads, IReadOnlyList<Beat> beats, BeatAveragingOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(leads);
            ArgumentNullException.ThrowIfNull(beats);
            options ??= BeatAveragingOptions.Default;
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MostBeats, nameof(options));
            var like = leads.Count == 0 ? [] : recording.Dominant(leads[0], beats);
            if (like.Count == 0)
            {
                return null;
            }

            var rate = recording.Channels[leads[0]].RateHz;
            var picked = like.Count <= options.MostBeats ? like : [.. Enumerable.Range(0, options.MostBeats).Select(i => like[(int)((long)i * like.Count / options.MostBeats)])];
            var (before, after) = ((int)Math.Round(options.BeforeSeconds * rate), (int)Math.Round(options.AfterSeconds * rate));
            var (searchBefore, searchAfter) = (Math.Max(before, (int)(SearchBeforeSeconds * rate)), Math.Max(after, (int)(SearchAfterSeconds * rate)));
            var most = Math.Max(1, (int)Math.Round(options.LongestShiftSeconds * rate));
            var stack = BeatStack.Read(recording, leads, picked, like, searchBefore, searchBefore + searchAfter + 1, most + BeatAlignment.Taps);
            var aligned = Align(stack, searchBefore, rate, most, options);
            var searched = recording.Averaged(leads, aligned.Samples, aligned.Kept.Length, options);
            Beat[] kept = [.. aligned.Kept.Select(k => picked[k])];
            var marks = Marks(searched, searchBefore, Around(beats, kept));
            var zeros = kept.Zip(aligned.Shifts, (k, shift) => k.Sample + shift).ToArray();
            var isPaced = 2 * kept.Count(k => k.IsPaced) > kept.Length;
            WaveMarks Reconciled(WaveMarks own, Func<Beat, WaveMarks?> of)
            {
                var marked = UsualMarks.Reconcile(
                    own, UsualMarks.Of([.. kept.Zip(zeros, (k, zero) => (zero, Marks: of(k))).Where(k => k.Marks is not null).Select(k => (k.zero, k.Marks!))], searchBefore, searchBefore + searchAfter + 1), rate);

                // What stands before a paced complex is a spike, or a P wave that need not belong to it.
                return isPaced ? marked with { POn = null, P = null, POff = null, PConfidence = 0 } : marked;
            }

            var (skipped, length) = (searchBefore - before, before + after + 1);
            return new MedianBeat(
                recording.Averaged(leads, [.. aligned.Samples.Select(v => v[skipped..(skipped + length)])], aligned.Kept.Length, options), before, aligned.Kept.Length,
                [.. marks.Leads.Select((m, l) => Reconciled(m, k => k.Leads.Count == leads.Count ? k.Leads[l] : null).Moved(-skipped, length))], Reconciled(marks.Global, k => k.Global).Moved(-skipped, length));
        }

        /// <summary>The beats of the most frequent kind whose QRS complex was recorded whole.</summary>
        private IReadOnlyList<Beat> Dominant(int lead, IReadOnlyList<Beat> beats)
        {
            var rate = recording.Channels[lead].RateHz;
            var (before, after) = ((long)Math.Ceiling(CompareBeforeSeconds * rate), (long)Math.Ceiling(CompareAfterSeconds * rate));
            var runs = recording.Runs(lead);
            return DominantKind.Of([.. beats.Where(b => runs.Any(r => b.Sample - before >= r.FirstSample && b.Sample + after < r.EndSample))]);
        }

        private Recording Averaged(IReadOnlyList<int> leads, double[][] samples, int count, BeatAveragingOptions options) =>
            new([.. leads.Select((c, l) => recording.Channels[c] with { SampleCount = samples[l].Length, Calibration = null, Segments = null })], new MemorySamples(samples))
            {
                Subject = recording.Subject,
                Title = "MEDIAN BEAT",
                Provenance = recording.Provenance.Then(ProcessingStep.Of(
                    "average beats", ("beats", count), ("centre", options.Centre), ("before_s", options.BeforeSeconds), ("after_s", options.AfterSeconds),
                    ("least_correlation", options.LeastCorrelation), ("longest_shift_s", options.LongestShiftSeconds), ("most_beats", options.MostBeats))),
            };
    }

    // The waves are sought in the average itself; its neighbours, smeared as they are, bound the search as they do in the recording.
    private static Beat Marks(Recording waveforms, int peak, (double Before, double After) around)
    {
        var rate = waveforms.Channels[0].RateHz;
        double[] places = [peak - around.Before, peak, peak + around.After];
        Beat[] beats = [.. places.Where(p => p >= 0 && p < waveforms.Channels[0].SampleCount).Select(p => new Beat((long)Math.Round(p), p / rate))];
        return waveforms.DelineateBeats(beats, [.. Enumerable.Range(0, waveforms.Channels.Count)]).First(b => b.Sample == peak);
    }

    // Usual distances to the beats before and after, of any kind; NaN where there is none.
    private static (double Before, double After) Around(IReadOnlyList<Beat> beats, IReadOnlyList<Beat> kept)
    {
        var places = new Dictionary<Beat, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < beats.Count; i++)
        {
            places[beats[i]] = i;
        }

        return (Middle([.. kept.Where(b => places[b] > 0).Select(b => b.Sample - beats[places[b] - 1].Sample)]),
            Middle([.. kept.Where(b => places[b] + 1 < beats.Count).Select(b => beats[places[b] + 1].Sample - b.Sample)]));

        static double Middle(long[] distances)
        {
            Array.Sort(distances);
            return distances.Length == 0 ? double.NaN : distances[distances.Length / 2];
        }
    }

    private sealed record AlignedBeats(double[][] Samples, int[] Kept, double[] Shifts);

    // Twice: first onto the plain median of the unshifted beats, then onto the average of the shifted ones.
    private static AlignedBeats Align(BeatStack stack, int before, double rate, int most, BeatAveragingOptions options)
    {
        var (beats, leads) = (stack.Samples, stack.Samples[0].Length);
        var zero = before + stack.Margin;
        var (from, to) = (zero - (int)(CompareBeforeSeconds * rate), zero + (int)(CompareAfterSeconds * rate));
        (from, to) = (Math.Max(most, from), Math.Min(stack.Length + (2 * stack.Margin) - most, to));
        var weights = Enumerable.Repeat(1.0, beats.Length).ToArray();
        var reference = new double[leads][];
        var leadWeights = new double[leads];
        for (var l = 0; l < leads; l++)
        {
            reference[l] = BeatCombining.Combine([.. beats.Select(b => b[l])], weights, BeatCentre.Median);
            var height = reference[l].Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
            leadWeights[l] = height > 0 ? 1 / (height * height) : 0;
        }

        var found = beats.Select(b => BeatAlignment.Find(reference, b, leadWeights, from, to, most)).ToArray();
        var kept = Like(found, options.LeastCorrelation);
        var joined = Join(stack, kept, found, before, rate, options, leadWeights);

        // The average lies within the margins; with them it is as long as the beats.
        reference = [.. joined.Select(j => Padded(j, stack.Margin))];
        found = [.. beats.Select(b => BeatAlignment.Find(reference, b, leadWeights, from, to, most))];
        kept = Like(found, options.LeastCorrelation);
        return new(Join(stack, kept, found, before, rate, options, leadWeights), kept, [.. kept.Select(k => found[k].Shift)]);
    }

    // Beats unlike the average are left out, as long as most of them are alike.
    private static int[] Like((double Shift, double Correlation)[] found, double least)
    {
        int[] like = [.. Enumerable.Range(0, found.Length).Where(b => found[b].Correlation >= least)];
        return 2 * like.Length > found.Length ? like : [.. Enumerable.Range(0, found.Length)];
    }

    private static double[][] Join(BeatStack stack, int[] kept, (double Shift, double Correlation)[] found, int before, double rate, BeatAveragingOptions options, double[] leadWeights)
    {
        var leads = stack.Samples[0].Length;
        var joined = new double[leads][];
        var (from, to) = (Math.Max(0, before - (int)(NoiseBeforeSeconds * rate)), Math.Min(stack.Length, before + (int)(NoiseAfterSeconds * rate)));
        var equal = Enumerable.Repeat(1.0, kept.Length).ToArray();
        for (var l = 0; l < leads; l++)
        {
            double[][] shifted = [.. kept.Select(b => Shifted(stack, b, l, found[b].Shift))];
            joined[l] = BeatCombining.Combine(shifted, equal, BeatCentre.Median);
            var (weights, variance) = BeatCombining.Weigh(shifted, joined[l], from, to);
            joined[l] = BeatCombining.Combine(shifted, weights, options.Centre);
            Hold(joined[l]);
            leadWeights[l] = variance > 0 ? 1 / variance : leadWeights[l];
        }

        return joined;
    }

    private static double[] Shifted(BeatStack stack, int beat, int lead, double shift)
    {
        var values = new double[stack.Length];
        BeatAlignment.Shifted(stack.Samples[beat][lead], stack.Margin, shift, values);
        return values;
    }

    private static double[] Padded(double[] values, int margin)
    {
        var padded = new double[values.Length + (2 * margin)];
        Array.Fill(padded, double.NaN);
        values.CopyTo(padded, margin);
        return padded;
    }

    // Where no beat was recorded, at the ends of a short recording, the nearest value stands.
    private static void Hold(double[] values)
    {
        var first = Array.FindIndex(values, double.IsFinite);
        if (first < 0)
        {
            Array.Clear(values);
            return;
        }

        var last = values[first];
        for (var i = 0; i < values.Length; i++)
        {
            last = double.IsFinite(values[i]) ? values[i] : last;
            values[i] = last;
        }
    }
}
