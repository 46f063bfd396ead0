namespace SignalLab.Formats.Philips;

/// <summary>III, aVR, aVL and aVF are stored as what is left after predicting them from I and II; here they become leads again.</summary>
internal static class AugmentedLeads
{
    /// <summary>Restores the four leads in place, in the order in which each needs the ones before.</summary>
    /// <param name="labels">Lead names.</param>
    /// <param name="leads">Stored steps.</param>
    /// <param name="areResiduals">True where the coding says so; else they are taken for residuals only where they are smaller than the restored lead's own error would be.</param>
    public static void Restore(string[] labels, int[][] leads, bool areResiduals)
    {
        int[] at = [.. new[] { "I", "II", "III", "aVR", "aVL", "aVF" }.Select(n => Array.IndexOf(labels, n))];
        if (at.Any(i => i < 0) || at.Any(i => leads[i].Length != leads[at[0]].Length) || (!areResiduals && !LookLikeResiduals(leads[at[0]], leads[at[1]], leads[at[2]])))
        {
            return;
        }

        var (one, two, three, right, left, foot) = (leads[at[0]], leads[at[1]], leads[at[2]], leads[at[3]], leads[at[4]], leads[at[5]]);
        for (var i = 0; i < one.Length; i++)
        {
            three[i] = two[i] - one[i] - three[i];
            right[i] = -right[i] - ((one[i] + two[i]) >> 1);
            left[i] = ((one[i] - three[i]) >> 1) - left[i];
            foot[i] = ((two[i] + three[i]) >> 1) - foot[i];
        }
    }

    // As a lead, III differs little from II - I; as a residual it is small itself.
    private static bool LookLikeResiduals(int[] one, int[] two, int[] three)
    {
        var (asLead, asResidual) = (0.0, 0.0);
        for (var i = 0; i < one.Length; i++)
        {
            asLead += Math.Abs((double)two[i] - one[i] - three[i]);
            asResidual += Math.Abs((double)three[i]);
        }

        return asResidual < asLead;
    }
}
