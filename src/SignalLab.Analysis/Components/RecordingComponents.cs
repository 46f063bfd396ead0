using MathNet.Numerics.LinearAlgebra;
using SignalLab.Analysis.Filters;
using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>Independent components of recordings.</summary>
public static class RecordingComponents
{
    private const long MostValues = 16 << 20;
    private const int UsualSamplesPerWeight = 20;

    extension(Recording recording)
    {
        /// <summary>
        /// Takes the channels apart into independent components: centred, scaled to one size a kind, whitened by their principal components, unmixed. Gaps and stretches marked as bad take no part,
        /// nor do instants at which a channel has no finite value. Reads the samples once, and holds at most 128 MB of them.
        /// </summary>
        /// <param name="options">What decides the result; null for the usual.</param>
        /// <param name="channels">Channel indices; null for all good EEG, MEG and intracranial channels.</param>
        /// <returns>The decomposition. Where the method did not converge, it says so in a remark.</returns>
        /// <exception cref="UnfitInputException">Fewer than two channels, channels of several rates, too few samples, no variance, or more components than the data's rank.</exception>
        /// <remarks>Source: Hyvärinen, Karhunen and Oja, Independent Component Analysis (2001); Gramfort et al., Front. Neurosci. 7 (2013) 267 for the scaling by kind.</remarks>
        public Decomposition Decompose(DecompositionOptions? options = null, IReadOnlyList<int>? channels = null)
        {
            options ??= DecompositionOptions.Default;
            options.Check();
            var chosen = ComponentChannels.Of(recording, channels);
            var most = options.MostSamples ?? Math.Max(1, MostValues / chosen.Length);
            var stretches = FittingStretches.Of(recording, chosen, options.FromSeconds, options.ToSeconds, most);
            var prepared = options.HighpassHz is { } cutoff ? recording.Filter(FilterDesign.Butterworth(FilterBand.Highpass(cutoff), 4), Phase.Zero, chosen) : recording;
            var (samples, missing) = FittingSamples.Read(prepared, chosen, stretches);
            RequireEnough(recording, chosen, samples.Count, missing);

            string[] kinds = [.. chosen.Select(c => FormattableString.Invariant($"{recording.Channels[c].Kind} {recording.Channels[c].Unit}"))];
            var whitening = Whitening.Apply(samples, kinds, options.Components, options.VarianceFraction);
            var found = options.Find(samples);
            return Ordered(recording, chosen, whitening, found) with
            {
                Method = options.Method,
                Seed = options.Seed,
                Rank = whitening.Rank,
                SampleCount = samples.Count,
                Iterations = found.Iterations,
                Converged = found.Converged,
                Change = found.Change,
                Tolerance = options.ToleranceOrUsual,
                Remarks = [.. Remarks(recording, chosen, options, whitening, found, samples.Count)],
                Provenance = prepared.Provenance.Then(ProcessingStep.Of(
                    "decompose", ("method", options.Method.ToString().ToLowerInvariant()), ("components", found.Weights.RowCount), ("seed", options.Seed), ("rank", whitening.Rank),
                    ("variance_fraction", options.Components is null ? options.VarianceFraction : null), ("tolerance", options.ToleranceOrUsual), ("most_iterations", options.IterationsOrUsual),
                    ("iterations", found.Iterations), ("converged", found.Converged ? "yes" : "no"), ("change", found.Change), ("samples", samples.Count), ("stretches", stretches.Count),
                    ("from_s", options.FromSeconds), ("to_s", options.ToSeconds), ("channels", string.Join(",", chosen.Select(c => recording.Channels[c].Label))))),
            };
        }
    }

    private static void RequireEnough(Recording recording, int[] channels, long count, long[] missing)
    {
        var least = 10L * channels.Length;
        if (count < least)
        {
            var worst = Array.IndexOf(missing, missing.Max());
            throw new UnfitInputException(FormattableString.Invariant(
                $"{channels.Length} channels need at least {least} samples to be taken apart, there are {count} outside gaps and bad stretches{(missing[worst] > 0 ? $" ('{recording.Channels[channels[worst]].Label}' lacks {missing[worst]} finite values)" : "")}: fit on more time or fewer channels."));
        }
    }

    // Components of unit variance, the strongest first, the largest value of each map positive.
    private static Decomposition Ordered(Recording recording, int[] chosen, Whitening whitening, Unmixing found)
    {
        var norms = found.Weights.EnumerateRows().Select(row => row.L2Norm()).ToArray();
        var unmixing = Matrix<double>.Build.DenseOfDiagonalArray([.. norms.Select(n => 1 / n)]) * found.Weights * whitening.Forward();
        var maps = whitening.Back() * found.Weights.Inverse() * Matrix<double>.Build.DenseOfDiagonalArray(norms);
        var explained = Enumerable.Range(0, norms.Length).Select(k => maps.Column(k).Select((a, c) => a / whitening.Scales[c]).Sum(a => a * a) / whitening.Total).ToArray();
        int[] order = [.. Enumerable.Range(0, norms.Length).OrderByDescending(k => explained[k])];
        double[] signs = [.. order.Select(k => Math.Sign(maps[maps.Column(k).Select((a, c) => Math.Abs(a) / whitening.Scales[c]).ToList() is var sizes ? sizes.IndexOf(sizes.Max()) : 0, k]))];
        return new(
            [.. chosen.Select((c, i) => new DecomposedChannel(recording.Channels[c].Label, recording.Channels[c].Kind, recording.Channels[c].Unit, whitening.Means[i]))],
            [.. order.Select((k, i) => (signs[i] * unmixing.Row(k)).ToArray())],
            [.. order.Select((k, i) => (signs[i] * maps.Column(k)).ToArray())])
        {
            Explained = [.. order.Select(k => explained[k])],
        };
    }

    private static IEnumerable<string> Remarks(Recording recording, int[] chosen, DecompositionOptions options, Whitening whitening, Unmixing found, long samples)
    {
        if (!found.Converged)
        {
            yield return FormattableString.Invariant(
                $"{options.Method.Name} did not converge: after {found.Iterations} iterations the change was {found.Change:0.##E+0}, {options.ToleranceOrUsual:0.##E+0} was asked for. The components may differ with another seed.");
        }

        if (whitening.Rank < chosen.Length)
        {
            yield return $"The {chosen.Length} channels have rank {whitening.Rank}: there are no more than {whitening.Rank} components.";
        }

        var wanted = (long)UsualSamplesPerWeight * found.Weights.RowCount * found.Weights.RowCount;
        if (samples < wanted)
        {
            yield return FormattableString.Invariant($"{samples} samples are few for {found.Weights.RowCount} components: {wanted} are usual (20 for each weight).");
        }

        if (options.HighpassHz is { } cutoff)
        {
            yield return FormattableString.Invariant($"Fitted on a copy high-passed at {cutoff} Hz; the weights apply to the recording as it is.");
        }
        else if (recording.Channels[chosen[0]].Prefilter.Length == 0)
        {
            yield return "Fitted without a high-pass: slow drifts, where there are any, take components for themselves.";
        }
    }
}
