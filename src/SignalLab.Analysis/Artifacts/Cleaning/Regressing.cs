using MathNet.Numerics.LinearAlgebra;
using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Removes what EOG channels explain by least squares.</summary>
public static class Regressing
{
    private const int ChunkSamples = 4096;

    extension(Recording recording)
    {
        /// <summary>Fits the coefficients; run it on a high-passed recording, so that drifts do not decide.</summary>
        /// <param name="regressors">EOG channels; null for all good ones.</param>
        /// <param name="channels">Channels to be corrected; null for all good EEG and MEG channels of the EOG's rate.</param>
        /// <param name="within">Real times that are looked at, from and to: around eye artifacts the EOG holds least brain. Null for everything.</param>
        /// <returns>The coefficients: data, to be kept and applied to any filtering of the same recording.</returns>
        /// <exception cref="UnfitInputException">There is no EOG channel, rates differ, there is less data than regressors, or the regressors depend on each other.</exception>
        public EogRegression FitEogRegression(IReadOnlyList<int>? regressors = null, IReadOnlyList<int>? channels = null, IReadOnlyList<(double FromSeconds, double ToSeconds)>? within = null)
        {
            int[] eyes = [.. regressors ?? [.. Enumerable.Range(0, recording.Channels.Count).Where(c => recording.Channels[c] is { Kind: ChannelKind.Eog, IsBad: false })]];
            if (eyes.Length == 0)
            {
                throw new UnfitInputException("Regression needs an EOG channel, there is no good one: name the electrodes beside the eyes.");
            }

            var first = recording.Channels[eyes[0]];
            bool IsAlike(Channel c) => c.RateHz == first.RateHz && c.SampleCount == first.SampleCount;
            int[] targets = [.. (channels ?? [.. Enumerable.Range(0, recording.Channels.Count).Where(c => recording.Channels[c] is { Kind: ChannelKind.Eeg or ChannelKind.Mag or ChannelKind.Grad, IsBad: false } k && IsAlike(k))]).Except(eyes)];
            int[] all = [.. eyes, .. targets];
            if (all.FirstOrDefault(c => !IsAlike(recording.Channels[c]), -1) is >= 0 and var other)
            {
                throw new UnfitInputException($"'{first.Label}' and '{recording.Channels[other].Label}' are sampled differently: resample them to one rate first.");
            }

            var products = new CrossProducts(eyes.Length, targets.Length);
            foreach (var (from, end) in Stretches(recording, eyes[0], within))
            {
                for (var at = from; at < end; at += ChunkSamples)
                {
                    var count = (int)Math.Min(ChunkSamples, end - at);
                    var rows = new double[all.Length * count];
                    recording.Samples.Read(all, at, count, rows);
                    products.Add(rows, count);
                }
            }

            var coefficients = products.Solve()
                ?? throw new UnfitInputException("The EOG channels are flat, depend on each other, or hold too few samples: no coefficients can be fitted.");
            return new([.. targets.Select(c => recording.Channels[c].Label)], [.. eyes.Select(c => recording.Channels[c].Label)], coefficients);
        }

        /// <summary>Subtracts from each channel what the EOG channels explain; nothing is computed until samples are read.</summary>
        /// <param name="regression">The coefficients.</param>
        /// <exception cref="UnfitInputException">A channel is missing.</exception>
        public Recording Regress(EogRegression regression)
        {
            ArgumentNullException.ThrowIfNull(regression);
            int[] eyes = [.. regression.Regressors.Select(Find)];
            var coefficients = new Dictionary<int, double[]>();
            for (var i = 0; i < regression.Channels.Count; i++)
            {
                coefficients[Find(regression.Channels[i])] = regression.Coefficients[i];
            }

            return recording with
            {
                Channels = [.. recording.Channels.Select((c, i) => coefficients.ContainsKey(i) ? c with { Calibration = null } : c)],
                Samples = new RegressedSamples(recording.Samples, eyes, coefficients),
                Segments = recording.Segments,
                Evoked = recording.Evoked is { } evoked ? evoked with { StandardError = null } : null,
                Provenance = recording.Provenance.Then(ProcessingStep.Of(
                    "regress eog", ("regressors", string.Join(",", regression.Regressors)), ("channels", string.Join(",", regression.Channels)),
                    ("coefficients", string.Join(";", regression.Coefficients.Select(row => string.Join(",", row.Select(b => b.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))))))),
            };

            int Find(string label) => Enumerable.Range(0, recording.Channels.Count).FirstOrDefault(c => recording.Channels[c].Label == label, -1) is >= 0 and var found
                ? found
                : throw new UnfitInputException($"The regression names channel '{label}', which the recording does not have.");
        }
    }

    private static IEnumerable<(long From, long End)> Stretches(Recording recording, int channel, IReadOnlyList<(double From, double To)>? within)
    {
        var rate = recording.Channels[channel].RateHz;
        foreach (var run in recording.Runs(channel))
        {
            if (within is null)
            {
                yield return (run.FirstSample, run.EndSample);
                continue;
            }

            var done = run.FirstSample;
            foreach (var (from, to) in within.OrderBy(w => w.From))
            {
                var first = Math.Max(done, run.FirstSample + (long)Math.Ceiling((from - run.OnsetSeconds) * rate));
                var end = Math.Min(run.EndSample, run.FirstSample + (long)Math.Ceiling((to - run.OnsetSeconds) * rate));
                if (first < end)
                {
                    yield return (first, end);
                    done = end;
                }
            }
        }
    }

    // Sums of products around the first chunk's means: a large offset costs no digits.
    private sealed class CrossProducts(int eyes, int targets)
    {
        private readonly double[] sums = new double[eyes + targets];
        private readonly Matrix<double> products = Matrix<double>.Build.Dense(eyes, eyes + targets);
        private double[]? shift;
        private long total;

        public void Add(double[] rows, int count)
        {
            shift ??= [.. Enumerable.Range(0, eyes + targets).Select(c => rows.AsSpan(c * count, count).ToArray().Where(double.IsFinite).DefaultIfEmpty(0).Average())];
            for (var t = 0; t < count; t++)
            {
                if (!IsWhole(rows, count, t))
                {
                    continue;
                }

                total++;
                for (var c = 0; c < sums.Length; c++)
                {
                    var value = rows[(c * count) + t] - shift[c];
                    sums[c] += value;
                    for (var e = 0; e < eyes; e++)
                    {
                        products[e, c] += (rows[(e * count) + t] - shift[e]) * value;
                    }
                }
            }
        }

        public double[][]? Solve()
        {
            if (total <= eyes + 1)
            {
                return null;
            }

            var centred = products.MapIndexed((e, c, p) => p - (sums[e] * sums[c] / total));
            var own = centred.SubMatrix(0, eyes, 0, eyes);
            var scale = own.Diagonal().PointwiseSqrt();
            if (!scale.All(s => s > 0) || own.MapIndexed((i, j, p) => p / (scale[i] * scale[j])).Determinant() < 1e-10)
            {
                return null;
            }

            var solved = own.Cholesky().Solve(centred.SubMatrix(0, eyes, eyes, targets));
            return [.. Enumerable.Range(0, targets).Select(c => solved.Column(c).ToArray())];
        }

        private bool IsWhole(double[] rows, int count, int t)
        {
            for (var c = 0; c < sums.Length; c++)
            {
                if (!double.IsFinite(rows[(c * count) + t]))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
