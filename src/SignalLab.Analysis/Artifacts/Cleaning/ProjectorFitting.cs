using MathNet.Numerics.LinearAlgebra;
using SignalLab.Analysis.Filters;
using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Fits signal-space projectors to artifacts.</summary>
public static class ProjectorFitting
{
    private const int MostEpochs = 300;
    private const int MostValues = 8 << 20;

    extension(Recording recording)
    {
        /// <summary>
        /// The directions in sensor space with most energy around events, for each kind of good channel by itself: singular vectors of their mean, or of the epochs side by side.
        /// At most three hundred events spread over the recording are used; an epoch never crosses a gap.
        /// </summary>
        /// <param name="eventSeconds">Real times of the events.</param>
        /// <param name="options">Epochs and number of vectors; null for blinks.</param>
        /// <returns>Projectors, strongest first within a kind; add them to <see cref="Recording.Projectors"/> and apply.</returns>
        /// <exception cref="UnfitInputException">There is no complete epoch, or no EEG or MEG channel, or more vectors than channels are asked for.</exception>
        /// <remarks>Source: Uusitalo &amp; Ilmoniemi, Med. Biol. Eng. Comput. 35 (1997) 135–140; epochs and band as in MNE-Python's compute_proj_eog.</remarks>
        public IReadOnlyList<FittedProjector> FitProjectors(IReadOnlyList<double> eventSeconds, SspOptions? options = null)
        {
            ArgumentNullException.ThrowIfNull(eventSeconds);
            var chosen = options ?? SspOptions.Eog;
            ArgumentOutOfRangeException.ThrowIfLessThan(chosen.VectorsPerKind, 1, nameof(options));
            var kinds = Enumerable.Range(0, recording.Channels.Count)
                .Where(c => recording.Channels[c] is { Kind: ChannelKind.Eeg or ChannelKind.Mag or ChannelKind.Grad, IsBad: false })
                .GroupBy(c => (recording.Channels[c].Kind, recording.Channels[c].RateHz, recording.Channels[c].SampleCount)).ToList();
            if (kinds.Count == 0)
            {
                throw new UnfitInputException("Projectors need good EEG or MEG channels, there are none.");
            }

            var banded = chosen.LowHz is { } low ? recording.Bandpass(low, Math.Min(chosen.HighHz, 0.45 * kinds.Min(k => k.Key.RateHz))) : recording;
            return [.. kinds.SelectMany(k => Fit(banded, [.. k], eventSeconds, chosen))];
        }
    }

    private static IEnumerable<FittedProjector> Fit(Recording recording, int[] channels, IReadOnlyList<double> events, SspOptions options)
    {
        if (options.VectorsPerKind >= channels.Length)
        {
            throw new UnfitInputException(FormattableString.Invariant($"{options.VectorsPerKind} projection vectors would leave nothing of {channels.Length} channels."));
        }

        var epochs = Epochs(recording, channels, events, options);
        if (epochs.Count == 0)
        {
            throw new UnfitInputException($"There is no complete epoch of '{options.Name}' to fit projectors to: no such event was found, or all lie at a gap or an end.");
        }

        var lead = recording.Channels[channels[0]].Unit;
        double[] scales = [.. channels.Select(c => recording.Channels[c].Unit.To(lead).Factor)];
        var energy = Energy(options.Average ? [Mean(epochs)] : epochs, scales);
        var eigen = energy.Evd(Symmetricity.Symmetric);
        var total = eigen.EigenValues.Real().Sum();
        var kind = recording.Channels[channels[0]].Kind.ToString().ToUpperInvariant();
        for (var v = 0; v < options.VectorsPerKind; v++)
        {
            var column = channels.Length - 1 - v;
            double[] vector = [.. eigen.EigenVectors.Column(column)];
            var name = FormattableString.Invariant($"{kind}-{options.Name}-{options.FromSeconds:0.000}-{options.ToSeconds:0.000}-PCA-{v + 1:00}");
            yield return new(new Projector(name, [.. channels.Select(c => recording.Channels[c].Label)], [vector], false), total > 0 ? eigen.EigenValues[column].Real / total : 0, epochs.Count);
        }
    }

    private static List<double[][]> Epochs(Recording recording, int[] channels, IReadOnlyList<double> events, SspOptions options)
    {
        var rate = recording.Channels[channels[0]].RateHz;
        var (before, length) = ((long)Math.Round(options.FromSeconds * rate), (int)(Math.Round(options.ToSeconds * rate) - Math.Round(options.FromSeconds * rate)) + 1);
        var runs = recording.Runs(channels[0]);
        var starts = new List<long>();
        foreach (var time in events)
        {
            foreach (var run in runs)
            {
                var first = (long)Math.Round((time - run.OnsetSeconds) * rate) + before;
                if (first >= 0 && first + length <= run.Count)
                {
                    starts.Add(run.FirstSample + first);
                    break;
                }
            }
        }

        var most = Math.Clamp(MostValues / length / channels.Length, 1, MostEpochs);
        var used = Math.Min(most, starts.Count);
        var epochs = new List<double[][]>();
        for (var i = 0; i < used; i++)
        {
            var block = new double[channels.Length * length];
            recording.Samples.Read(channels, starts[(int)((long)i * starts.Count / used)], length, block);
            if (block.All(double.IsFinite))
            {
                epochs.Add([.. Enumerable.Range(0, channels.Length).Select(c => block[(c * length)..((c + 1) * length)])]);
            }
        }

        double[] swings = [.. epochs.Select(e => e.Max(row => row.Max() - row.Min()))];
        var limit = options.MostSwings * Robust.Median(swings);
        return [.. epochs.Where((_, i) => !(swings[i] > limit))];
    }

    private static double[][] Mean(List<double[][]> epochs)
    {
        var mean = Array.ConvertAll(epochs[0], row => new double[row.Length]);
        foreach (var epoch in epochs)
        {
            for (var c = 0; c < mean.Length; c++)
            {
                Projections.LinearCombination.AddScaled(1.0 / epochs.Count, epoch[c], mean[c]);
            }
        }

        return mean;
    }

    private static Matrix<double> Energy(List<double[][]> epochs, double[] scales)
    {
        var n = scales.Length;
        var energy = Matrix<double>.Build.Dense(n, n);
        foreach (var epoch in epochs)
        {
            var rows = Matrix<double>.Build.DenseOfRowArrays(epoch.Select((row, c) => Array.ConvertAll(row, x => x * scales[c])));
            energy += rows.TransposeAndMultiply(rows);
        }

        return energy;
    }
}
