using SignalLab.Model;

namespace SignalLab.Analysis.Imaging;

/// <summary>Where an image series follows a task: a linear model at every voxel.</summary>
public static class TaskActivation
{
    extension(ParameterMap series)
    {
        /// <summary>t statistic of a regressor at every location, with mean and linear drift in the model.</summary>
        /// <param name="regressor">One value a frame, for example blocks convolved with the haemodynamic response.</param>
        /// <returns>A map of t with frames − 3 degrees of freedom; 0 where a location does not vary.</returns>
        /// <exception cref="UnfitInputException">The series has no time axis, too few frames, or the regressor does not vary or is not as long as the series.</exception>
        /// <remarks>
        /// Source: Friston et al. 1995, Hum Brain Mapp 2:189, ordinary least squares. The noise is taken as white: t is optimistic where the noise is correlated in time.
        /// </remarks>
        public ParameterMap ActivationBy(IReadOnlyList<double> regressor)
        {
            ArgumentNullException.ThrowIfNull(regressor);
            var frames = series.FrameCount;
            if (series.Axes.Count != 1 || series.Axes[0].Kind != AxisKind.Time || frames < 8)
            {
                throw new UnfitInputException($"A task map needs a series over time of at least 8 frames, this has {frames}.");
            }

            if (regressor.Count != frames)
            {
                throw new UnfitInputException($"The regressor has {regressor.Count} values, the series {frames} frames.");
            }

            var (mean, drift, task) = Basis(regressor);
            var count = checked((int)series.Support.Count);
            var (first, frame) = (series.ReadFrame(), new double[count]);
            var (onMean, onDrift, onTask, squares) = (new double[count], new double[count], new double[count], new double[count]);
            for (var f = 1; f < frames; f++)
            {
                series.Values.Read(f, 0, frame);
                for (var i = 0; i < count; i++)
                {
                    // The first frame is taken off, so that small changes of large values keep their digits.
                    var y = frame[i] - first[i];
                    onMean[i] += y * mean[f];
                    onDrift[i] += y * drift[f];
                    onTask[i] += y * task[f];
                    squares[i] += y * y;
                }
            }

            var t = new double[count];
            for (var i = 0; i < count; i++)
            {
                var residual = squares[i] - (onMean[i] * onMean[i]) - (onDrift[i] * onDrift[i]) - (onTask[i] * onTask[i]);
                t[i] = residual > 1e-12 * squares[i] ? onTask[i] / Math.Sqrt(residual / (frames - 3)) : 0;
            }

            return series with
            {
                Quantity = new Quantity("t statistic"),
                Unit = Unit.One,
                Kind = MapKind.Statistic,
                Axes = [],
                Values = new MemoryValues(t, count),
                Window = null,
                Provenance = series.Provenance.Then(ProcessingStep.Of("task activation", ("degrees_of_freedom", frames - 3))),
            };
        }
    }

    // Orthonormal: constant, linear drift, and what of the regressor neither explains.
    private static (double[] Mean, double[] Drift, double[] Task) Basis(IReadOnlyList<double> regressor)
    {
        var n = regressor.Count;
        double[] mean = [.. Enumerable.Repeat(1 / Math.Sqrt(n), n)];
        double[] drift = [.. Enumerable.Range(0, n).Select(i => i - ((n - 1) / 2.0))];
        Normalise(drift);
        double[] task = [.. regressor];
        Remove(task, mean);
        Remove(task, drift);
        Remove(task, mean);
        if (!(task.Sum(v => v * v) > 1e-12 * regressor.Sum(v => v * v)))
        {
            throw new UnfitInputException("The regressor does not vary beyond a straight line.");
        }

        Normalise(task);
        return (mean, drift, task);
    }

    private static void Remove(double[] values, double[] direction)
    {
        var along = values.Zip(direction, (v, d) => v * d).Sum();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] -= along * direction[i];
        }
    }

    private static void Normalise(double[] values)
    {
        var norm = Math.Sqrt(values.Sum(v => v * v));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] /= norm;
        }
    }
}
