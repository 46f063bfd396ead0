namespace SignalLab.Analysis.Filters;

/// <summary>Taps that keep the samples they still look back to.</summary>
/// <param name="taps">The weights, symmetric.</param>
/// <param name="channels">Number of channels.</param>
internal sealed class StreamingTaps(double[] taps, int channels) : IStreamingStage
{
    private readonly double[][] history = [.. Enumerable.Range(0, channels).Select(_ => new double[taps.Length - 1])];

    /// <inheritdoc/>
    public void Process(Span<double> samples, int count)
    {
        var past = taps.Length - 1;
        var line = new double[past + count];
        for (var c = 0; c < channels; c++)
        {
            var row = samples.Slice(c * count, count);
            for (var start = 0; start < count;)
            {
                if (!double.IsFinite(row[start]))
                {
                    row[start++] = double.NaN;
                    Array.Clear(history[c]);
                    continue;
                }

                var end = start;
                while (end < count && double.IsFinite(row[end]))
                {
                    end++;
                }

                Convolve(row[start..end], history[c], line.AsSpan(0, past + end - start));
                start = end;
            }
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        foreach (var line in history)
        {
            Array.Clear(line);
        }
    }

    private void Convolve(Span<double> row, double[] past, Span<double> line)
    {
        past.CopyTo(line);
        row.CopyTo(line[past.Length..]);
        for (var t = 0; t < row.Length; t++)
        {
            // The taps are symmetric: a sum of products forwards is the convolution.
            row[t] = InnerProduct.Of(taps, line.Slice(t, taps.Length));
        }

        line[^past.Length..].CopyTo(past);
    }
}
