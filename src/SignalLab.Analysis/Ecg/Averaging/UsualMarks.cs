namespace SignalLab.Analysis.Ecg.Averaging;

/// <summary>Where the waves of many beats usually are: medians of their marks.</summary>
internal static class UsualMarks
{
    // A wave that fewer of the beats have is not the usual beat's.
    private const double LeastShare = 0.5;

    /// <summary>The medians.</summary>
    /// <param name="beats">Per beat where its own time axis has its zero, and its marks.</param>
    /// <param name="zero">Where that zero stands in the result.</param>
    /// <param name="limit">Samples of the result's stretch; marks outside are left out.</param>
    public static WaveMarks Of(IReadOnlyList<(double Zero, WaveMarks Marks)> beats, int zero, int limit)
    {
        return new WaveMarks
        {
            POn = Median(m => m.POn),
            P = Median(m => m.P),
            POff = Median(m => m.POff),
            QrsOn = Median(m => m.QrsOn),
            R = Median(m => m.R),
            QrsOff = Median(m => m.QrsOff),
            TOn = Median(m => m.TOn),
            T = Median(m => m.T),
            TOff = Median(m => m.TOff),
            TOffByTangent = Median(m => m.TOffByTangent),
            TOffByThreshold = Median(m => m.TOffByThreshold),
            PConfidence = Mean(m => m.PConfidence),
            QrsConfidence = Mean(m => m.QrsConfidence),
            TConfidence = Mean(m => m.TConfidence),
        };

        long? Median(Func<WaveMarks, long?> mark)
        {
            double[] places = [.. beats.Where(b => mark(b.Marks) is not null).Select(b => mark(b.Marks)!.Value - b.Zero)];
            if (places.Length == 0 || places.Length < LeastShare * beats.Count)
            {
                return null;
            }

            Array.Sort(places);
            var place = zero + (long)Math.Round((places[(places.Length - 1) / 2] + places[places.Length / 2]) / 2);
            return place >= 0 && place < limit ? place : null;
        }

        double Mean(Func<WaveMarks, double> confidence) => beats.Count == 0 ? 0 : beats.Average(b => confidence(b.Marks));
    }
}
