using SignalLab.Model;

namespace SignalLab.Analysis.Averages;

/// <summary>What stands for many epochs.</summary>
public enum AverageMethod
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>Their median at each sample.</summary>
    Median,

    /// <summary>Their mean at each sample without the smallest and largest values.</summary>
    TrimmedMean,
}

/// <summary>Averages epochs to evoked responses.</summary>
public static class EpochAveraging
{
    private const int RobustValues = 8 << 20;

    extension(Epochs epochs)
    {
        /// <summary>The average over epochs, with the number averaged and the standard error.</summary>
        /// <param name="condition">Its name.</param>
        /// <param name="method">What stands for the epochs. The mean takes the memory of a few epochs however many there are; the others read the recording several times where they are many.</param>
        /// <param name="trimShare">Share left out on each side by the trimmed mean, 0 to below 0.5.</param>
        /// <returns>An average on events in the channels' units; no standard error from a single epoch.</returns>
        /// <exception cref="UnfitInputException">No epoch is left.</exception>
        public Recording Average(string condition, AverageMethod method = AverageMethod.Mean, double trimShare = 0.2)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(trimShare);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(trimShare, 0.5);
            if (epochs.Events.Count == 0)
            {
                throw new UnfitInputException($"'{condition}': no epoch is left to average{Reasons(epochs)}.");
            }

            var grid = EpochGrid.Of(epochs);
            var (centre, error) = method == AverageMethod.Mean ? Mean(epochs, grid.Count) : Robust(epochs, grid.Count, method, trimShare);
            var count = grid.Count;
            var source = epochs.Recording;
            return source with
            {
                Channels = [.. source.Channels.Select(c => c with { SampleCount = count, Calibration = null })],
                Samples = Rows(centre, count),
                Segments = [new(0, count / grid.RateHz)],
                Annotations = [],
                Evoked = new Evoked(condition, epochs.Events.Count, grid.First / grid.RateHz, epochs.Baseline, error is null ? null : Rows(error, count)),
                Provenance = epochs.Provenance.Then(method == AverageMethod.TrimmedMean
                    ? ProcessingStep.Of("average", ("condition", condition), ("epochs", epochs.Events.Count), ("method", "trimmed mean"), ("trim_share", trimShare))
                    : ProcessingStep.Of("average", ("condition", condition), ("epochs", epochs.Events.Count), ("method", method == AverageMethod.Mean ? "mean" : "median"))),
            };
        }
    }

    /// <summary>Rows of one array as samples, one row a channel.</summary>
    internal static MemorySamples Rows(double[] values, int count) =>
        new([.. Enumerable.Range(0, values.Length / count).Select(c => values[(c * count)..((c + 1) * count)])]);

    private static string Reasons(Epochs epochs) => epochs.Dropped.Count == 0
        ? ", there was no event"
        : $", all {epochs.Dropped.Count} were dropped: {string.Join(", ", epochs.Dropped.CountBy(d => d.Fault).Select(g => $"{g.Value} {Words(g.Key)}"))}";

    private static string Words(EpochFault fault) => fault switch
    {
        EpochFault.NoData => "outside the recording",
        EpochFault.Gap => "at a gap",
        EpochFault.Annotation => "marked as bad",
        EpochFault.PeakToPeak => "too large",
        EpochFault.Flat => "flat",
        _ => "not finite",
    };

    private static (double[] Centre, double[]? Error) Mean(Epochs epochs, int count)
    {
        int[] channels = [.. Enumerable.Range(0, epochs.Recording.Channels.Count)];
        var moments = new EpochMoments(channels.Length * count);
        EpochStretch.ForEach(epochs, channels, (epoch, c, row) => moments.AddPart(epoch, c * count, row));
        return (moments.Mean, moments.StandardError(epochs.Events.Count));
    }

    // As many channels at a time as fit: all epochs of one sample must be at hand.
    private static (double[] Centre, double[]? Error) Robust(Epochs epochs, int count, AverageMethod method, double trimShare)
    {
        var (n, all) = (epochs.Events.Count, epochs.Recording.Channels.Count);
        var (centre, error) = (new double[all * count], new double[all * count]);
        var perPass = (int)Math.Clamp(RobustValues / ((long)n * count), 1, all);
        for (var first = 0; first < all; first += perPass)
        {
            int[] channels = [.. Enumerable.Range(first, Math.Min(perPass, all - first))];
            var values = Array.ConvertAll(new double[n][], _ => new double[channels.Length * count]);
            EpochStretch.ForEach(epochs, channels, (epoch, c, row) => row.CopyTo(values[epoch].AsSpan(c * count)));
            Parallel.For(0, channels.Length, c =>
            {
                var sorted = new double[n];
                for (var t = c * count; t < (c + 1) * count; t++)
                {
                    for (var i = 0; i < n; i++)
                    {
                        sorted[i] = values[i][t];
                    }

                    // Where a value is no number there is no order.
                    var finite = Array.TrueForAll(sorted, double.IsFinite);
                    Array.Sort(sorted);
                    (centre[(first * count) + t], error[(first * count) + t]) = !finite ? (double.NaN, double.NaN)
                        : method == AverageMethod.Median ? RobustCentre.Median(sorted) : RobustCentre.TrimmedMean(sorted, trimShare);
                }
            });
        }

        return (centre, Array.TrueForAll(error, double.IsNaN) ? null : error);
    }
}
