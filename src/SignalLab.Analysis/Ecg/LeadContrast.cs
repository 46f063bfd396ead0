namespace SignalLab.Analysis.Ecg;

/// <summary>How far the beats of one lead stand out, block by block.</summary>
/// <param name="Levels">Envelope of a usual beat; 0 where the lead is silent.</param>
/// <param name="Weights">How much the lead shall count: the square of the beats' height over the background, less where a block is restless or holds something far too tall.</param>
/// <param name="IsDisturbed">The block is restless, or holds something far too tall for a beat.</param>
/// <param name="IsFaint">What is tallest in the blocks around does not stand out more than the tallest of noise does.</param>
internal sealed record LeadContrast(float[] Levels, float[] Weights, bool[] IsDisturbed, bool[] IsFaint)
{
    private const int BlocksEitherSide = 4;
    private const double BeatPercentile = 0.7;
    private const double BackgroundPercentile = 0.7;
    private const float UselessContrast = 2;
    private const float LeastContrast = 0.1f;
    private const float FullContrast = 12;

    // Noise of any spectrum reaches 2.5 (the envelope is Rayleigh distributed); the faintest block of 153 real records has 3.
    private const float FaintContrast = 2.6f;
    private const float LeastLevel = 0.7f;

    // So many times the background around, or the usual beat: an artefact of this lead.
    private const float Restless = 1.5f;
    private const float TooTall = 3;

    /// <summary>Whether the block or one beside it is disturbed.</summary>
    /// <param name="block">Its index.</param>
    public bool IsDisturbedAround(int block) => IsDisturbed.AsSpan(Math.Max(0, block - 1)..Math.Min(IsDisturbed.Length, block + 2)).Contains(true);

    /// <summary>Measures a lead.</summary>
    /// <param name="envelope">Its envelope.</param>
    /// <param name="block">Values a block.</param>
    public static LeadContrast Of(ReadOnlySpan<float> envelope, int block)
    {
        var blocks = (envelope.Length + block - 1) / block;
        var (highest, background) = (new float[blocks], new float[blocks]);
        var sorted = new float[block];
        for (var b = 0; b < blocks; b++)
        {
            var part = sorted.AsSpan(0, Math.Min(block, envelope.Length - (b * block)));
            envelope.Slice(b * block, part.Length).CopyTo(part);
            part.Sort();
            (highest[b], background[b]) = (part[^1], part[(int)(part.Length * BackgroundPercentile)]);
        }

        var (levels, weights, disturbed) = (Around(highest, BeatPercentile), Around(background, 0.5), new bool[blocks]);
        var faint = new bool[blocks];

        // In a long pause the level stays that of the beats before and after, so that P waves and noise cannot grow into beats.
        var least = LeastLevel * levels.Order().ElementAt(3 * blocks / 4);
        for (var b = 0; b < blocks; b++)
        {
            levels[b] = Math.Max(levels[b], least);
            if (levels[b] == 0)
            {
                (weights[b], faint[b]) = (0, true);
                continue;
            }

            var usual = Math.Max(weights[b], 1e-6f * levels[b]);
            var excess = Math.Max(1, background[b] / (Restless * usual)) * Math.Max(1, highest[b] / (TooTall * levels[b]));
            disturbed[b] = excess > 1;
            faint[b] = levels[b] < FaintContrast * usual;
            var contrast = Math.Clamp((levels[b] / usual) - UselessContrast, LeastContrast, FullContrast) / excess;
            weights[b] = contrast * contrast;
        }

        return new(levels, weights, disturbed, faint);
    }

    // A percentile of the blocks around each.
    private static float[] Around(float[] values, double percentile)
    {
        var around = new float[values.Length];
        Span<float> window = stackalloc float[(2 * BlocksEitherSide) + 1];
        for (var b = 0; b < values.Length; b++)
        {
            var count = Math.Min(values.Length, window.Length);
            values.AsSpan(Math.Clamp(b - BlocksEitherSide, 0, values.Length - count), count).CopyTo(window);
            window[..count].Sort();
            around[b] = window[(int)(percentile * (count - 1))];
        }

        return around;
    }
}
