namespace SignalLab.Analysis.Ecg;

/// <summary>Joins the envelopes of several leads into one detection function in which a usual beat has the height 1: each lead counts by how far its beats stand out of its own noise at that time.</summary>
internal static class LeadMixture
{
    private const double BlockSeconds = 1.5;
    private const int BlocksEitherSide = 4;
    private const double BeatPercentile = 0.7;
    private const double UselessContrast = 2;
    private const double FullContrast = 12;
    private const float LeastLevel = 0.7f;

    /// <summary>Mixes envelopes of one stretch.</summary>
    /// <param name="envelopes">One array a lead, each at least as long as the mixture.</param>
    /// <param name="rateHz">Values a second.</param>
    /// <param name="into">Receives the mixture.</param>
    public static void Mix(float[][] envelopes, double rateHz, Span<float> into)
    {
        into.Clear();
        var length = into.Length;
        var block = Math.Max(1, (int)Math.Round(BlockSeconds * rateHz));
        var blocks = (length + block - 1) / block;
        var levels = new float[envelopes.Length][];
        var weights = new float[envelopes.Length][];
        for (var lead = 0; lead < envelopes.Length; lead++)
        {
            (levels[lead], weights[lead]) = Contrast(envelopes[lead].AsSpan(0, length), block, blocks);
        }

        for (var b = 0; b < blocks; b++)
        {
            var sum = 0f;
            for (var lead = 0; lead < envelopes.Length; lead++)
            {
                sum += weights[lead][b];
            }

            var part = into[(b * block)..Math.Min(length, (b + 1) * block)];
            for (var lead = 0; lead < envelopes.Length && sum > 0; lead++)
            {
                if (weights[lead][b] == 0)
                {
                    continue;
                }

                var factor = weights[lead][b] / (sum * levels[lead][b]);
                var envelope = envelopes[lead].AsSpan(b * block, part.Length);
                for (var i = 0; i < part.Length; i++)
                {
                    part[i] += factor * envelope[i];
                }
            }
        }
    }

    private static (float[] Levels, float[] Weights) Contrast(ReadOnlySpan<float> envelope, int block, int blocks)
    {
        var (highest, middle) = (new float[blocks], new float[blocks]);
        var sorted = new float[block];
        for (var b = 0; b < blocks; b++)
        {
            var part = sorted.AsSpan(0, Math.Min(block, envelope.Length - (b * block)));
            envelope.Slice(b * block, part.Length).CopyTo(part);
            part.Sort();
            (highest[b], middle[b]) = (part[^1], part[part.Length * 7 / 10]);
        }

        // Until the second loop a weight holds the block's own background.
        var (levels, weights) = (new float[blocks], new float[blocks]);
        Span<float> window = stackalloc float[(2 * BlocksEitherSide) + 1];
        for (var b = 0; b < blocks; b++)
        {
            var count = Math.Min(blocks, window.Length);
            var from = Math.Clamp(b - BlocksEitherSide, 0, blocks - count);
            highest.AsSpan(from, count).CopyTo(window);
            window[..count].Sort();
            levels[b] = window[(int)(BeatPercentile * (count - 1))];
            middle.AsSpan(from, count).CopyTo(window);
            window[..count].Sort();
            weights[b] = window[count / 2];
        }

        // In a long pause the level stays that of the beats before and after, so that P waves and noise cannot grow into beats.
        var least = LeastLevel * levels.Order().ElementAt(3 * blocks / 4);
        for (var b = 0; b < blocks; b++)
        {
            levels[b] = Math.Max(levels[b], least);
            var contrast = levels[b] == 0 ? 0 : Math.Clamp((levels[b] / Math.Max(weights[b], 1e-6f * levels[b])) - UselessContrast, 0.1, FullContrast);
            weights[b] = (float)(contrast * contrast);
        }

        return (levels, weights);
    }
}
