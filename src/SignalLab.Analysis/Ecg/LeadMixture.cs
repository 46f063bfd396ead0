namespace SignalLab.Analysis.Ecg;

/// <summary>
/// Joins the envelopes of several leads into one detection function in which a usual beat has the height 1: each lead counts by how far its beats stand out of its own noise at that time.
/// Where only one lead can be trusted, what is not to be seen in that lead counts little.
/// </summary>
internal static class LeadMixture
{
    private const double BlockSeconds = 1.5;

    // A lead can speak alone where its beats stand out so far, all others being disturbed or weaker by the share.
    private const float TrustedWeight = 16;
    private const float WeakShare = 0.1f;

    // A beat shows at least so much of its usual height in a lead that speaks alone, within the time by which leads differ.
    private const float LeastShown = 0.15f;
    private const double LeadLagSeconds = 0.08;

    /// <summary>Mixes envelopes of one stretch.</summary>
    /// <param name="envelopes">One array a lead, each at least as long as the mixture.</param>
    /// <param name="rateHz">Values a second.</param>
    /// <param name="into">Receives the mixture.</param>
    /// <returns>Stretches of it in which no lead stands out of its noise, half open and in order.</returns>
    public static List<(int From, int To)> Mix(float[][] envelopes, double rateHz, Span<float> into)
    {
        into.Clear();
        var length = into.Length;
        var block = Math.Max(1, (int)Math.Round(BlockSeconds * rateHz));
        var leads = new LeadContrast[envelopes.Length];
        for (var lead = 0; lead < envelopes.Length; lead++)
        {
            leads[lead] = LeadContrast.Of(envelopes[lead].AsSpan(0, length), block);
        }

        var faint = new List<(int From, int To)>();
        for (var b = 0; b * block < length; b++)
        {
            if (leads.All(l => l.IsFaint[b]))
            {
                Append(faint, b * block, Math.Min(length, (b + 1) * block));
            }

            var sum = leads.Sum(l => l.Weights[b]);
            var part = into[(b * block)..Math.Min(length, (b + 1) * block)];
            for (var lead = 0; lead < envelopes.Length && sum > 0; lead++)
            {
                if (leads[lead].Weights[b] == 0)
                {
                    continue;
                }

                var factor = leads[lead].Weights[b] / (sum * leads[lead].Levels[b]);
                var envelope = envelopes[lead].AsSpan(b * block, part.Length);
                for (var i = 0; i < part.Length; i++)
                {
                    part[i] += factor * envelope[i];
                }
            }

            if (leads.Length > 1 && Speaker(leads, b) is >= 0 and var only)
            {
                Damp(part, envelopes[only].AsSpan(0, length), b * block, LeastShown * leads[only].Levels[b], (int)(LeadLagSeconds * rateHz));
            }
        }

        return faint;
    }

    /// <summary>Adds a stretch to stretches in order; one that follows at once lengthens the last.</summary>
    public static void Append(List<(int From, int To)> stretches, int from, int to)
    {
        if (stretches.Count > 0 && stretches[^1].To == from)
        {
            (from, _) = stretches[^1];
            stretches.RemoveAt(stretches.Count - 1);
        }

        stretches.Add((from, to));
    }

    // The lead that speaks alone in a block, or −1.
    private static int Speaker(LeadContrast[] leads, int block)
    {
        var surest = 0;
        for (var lead = 1; lead < leads.Length; lead++)
        {
            surest = leads[lead].Weights[block] > leads[surest].Weights[block] ? lead : surest;
        }

        var weight = leads[surest].Weights[block];
        return weight >= TrustedWeight && !leads[surest].IsDisturbed[block]
            && leads.Where((_, l) => l != surest).All(l => l.Weights[block] < WeakShare * weight || l.IsDisturbedAround(block)) ? surest : -1;
    }

    private static void Damp(Span<float> part, ReadOnlySpan<float> envelope, int from, float least, int reach)
    {
        for (var i = 0; i < part.Length; i++)
        {
            var shown = 0f;
            foreach (var value in envelope[Math.Max(0, from + i - reach)..Math.Min(envelope.Length, from + i + reach + 1)])
            {
                shown = Math.Max(shown, value);
            }

            part[i] *= Math.Min(1, shown / least);
        }
    }
}
