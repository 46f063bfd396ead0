using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Where the eyes are seen: weights of channels that give a vertical and a horizontal electro-oculogram.</summary>
/// <param name="Vertical">Track and weight; empty where there is none.</param>
/// <param name="Horizontal">Track and weight, positive to the left; empty where there is none.</param>
/// <param name="VerticalName">What the vertical one is made of.</param>
/// <param name="HorizontalName">What the horizontal one is made of.</param>
/// <param name="SignIsKnown">True where an opening lid is known to be positive (frontal electrodes); of an EOG channel it is taken from the data.</param>
internal sealed record EyeDerivations((int Track, double Weight)[] Vertical, (int Track, double Weight)[] Horizontal, string VerticalName, string HorizontalName, bool SignIsKnown)
{
    private static readonly (string Left, string Right)[] Sides = [("F7", "F8"), ("F9", "F10"), ("AF7", "AF8"), ("FT7", "FT8"), ("FT9", "FT10"), ("F5", "F6"), ("FC5", "FC6")];

    /// <summary>EOG channels by their names first, then frontal electrodes against those behind them.</summary>
    public static EyeDerivations Of(IReadOnlyList<Track> tracks, Func<int, bool> isBad)
    {
        int[] good = [.. Enumerable.Range(0, tracks.Count).Where(t => tracks[t].IsMicrovolt && !isBad(tracks[t].Channel))];
        int[] eog = [.. good.Where(t => tracks[t].Kind == ChannelKind.Eog)];
        int[] eeg = [.. good.Where(t => tracks[t].Kind == ChannelKind.Eeg)];
        int[] vertical = [.. eog.Where(t => IsVertical(tracks[t].Label))];
        int[] horizontal = [.. eog.Where(t => IsHorizontal(tracks[t].Label))];
        int[] poles = [.. eeg.Where(t => Site(tracks[t].Label) is var s && s.StartsWith("FP", StringComparison.Ordinal) && s.Length > 2)];
        int[] behind = [.. eeg.Where(t => Site(tracks[t].Label) is [('C' or 'P' or 'O' or 'T'), ..])];
        var known = vertical.Length == 0 && poles.Length > 0;
        int[] lids = vertical.Length > 0 ? vertical[..1] : poles.Length > 0 ? poles : [.. eog.Except(horizontal).Take(1)];
        // A derivation between two electrodes is a difference already.
        var isBipolar = poles.Any(t => Site(tracks[t].Label).Contains('-', StringComparison.Ordinal));
        var v = known && behind.Length > 0 && !isBipolar ? Difference(lids, behind) : Difference(lids, []);
        var h = HorizontalOf(tracks, horizontal, eeg);
        return new(v, h, Name(tracks, v), Name(tracks, h), known);
    }

    /// <summary>What a derivation is made of: the channels with positive weight, then those with negative.</summary>
    private static string Name(IReadOnlyList<Track> tracks, (int Track, double Weight)[] weights)
    {
        var plus = string.Join("+", weights.Where(w => w.Weight > 0).Select(w => ChannelName.Short(tracks[w.Track].Label)));
        string[] minus = [.. weights.Where(w => w.Weight < 0).Select(w => ChannelName.Short(tracks[w.Track].Label))];
        return minus.Length switch { 0 => plus, 1 => $"{plus}-{minus[0]}", var n => $"{plus} - mean of {n}" };
    }

    private static (int, double)[] HorizontalOf(IReadOnlyList<Track> tracks, int[] horizontal, int[] eeg)
    {
        if (horizontal.Length >= 2)
        {
            return Difference(horizontal[..1], horizontal[1..2]);
        }

        if (horizontal.Length == 1)
        {
            return Difference(horizontal, []);
        }

        foreach (var (left, right) in Sides)
        {
            var (l, r) = (eeg.FirstOrDefault(t => Site(tracks[t].Label) == left, -1), eeg.FirstOrDefault(t => Site(tracks[t].Label) == right, -1));
            if (l >= 0 && r >= 0)
            {
                return Difference([l], [r]);
            }
        }

        return [];
    }

    private static (int, double)[] Difference(int[] plus, int[] minus) =>
        [.. plus.Select(t => (t, 1.0 / plus.Length)), .. minus.Select(t => (t, -1.0 / minus.Length))];

    private static string Site(string label) => ChannelName.Normalise(label);

    private static bool IsVertical(string label) => Letters(label) is var s
        && (s.Contains("VEOG", StringComparison.Ordinal) || s.Contains("EOGV", StringComparison.Ordinal) || s.Contains("VERT", StringComparison.Ordinal));

    private static bool IsHorizontal(string label) => Letters(label) is var s
        && (s.Contains("HEOG", StringComparison.Ordinal) || s.Contains("EOGH", StringComparison.Ordinal) || s.Contains("HORI", StringComparison.Ordinal)
            || s.Contains("LOC", StringComparison.Ordinal) || s.Contains("ROC", StringComparison.Ordinal) || s is "E1" or "E2" or "E1M1" or "E1M2" or "E2M1" or "E2M2" or "EOGL" or "EOGR" or "EOGLEFT" or "EOGRIGHT");

    private static string Letters(string label) => string.Concat(label.ToUpperInvariant().Where(char.IsLetterOrDigit));
}
