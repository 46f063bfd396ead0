using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>Which channels are decomposed.</summary>
internal static class ComponentChannels
{
    private static readonly ChannelKind[] Kinds = [ChannelKind.Eeg, ChannelKind.Mag, ChannelKind.Grad, ChannelKind.Seeg, ChannelKind.Ecog];

    /// <summary>The channels asked for, or all good ones that record the brain.</summary>
    public static int[] Of(Recording recording, IReadOnlyList<int>? asked)
    {
        int[] chosen = [.. asked ?? Enumerable.Range(0, recording.Channels.Count).Where(i => Kinds.Contains(recording.Channels[i].Kind) && !recording.Channels[i].IsBad)];
        if (chosen.Length < 2)
        {
            throw new UnfitInputException($"Independent components are taken apart from at least 2 good EEG or MEG channels; there {(chosen.Length == 1 ? "is 1" : "are none")}.");
        }

        if (chosen.Distinct().Count() != chosen.Length)
        {
            throw new UnfitInputException("A channel was chosen twice: independent components are taken apart from different channels.");
        }

        RequireAlike(recording, chosen);
        return chosen;
    }

    /// <summary>Refuses channels that do not share their sampling instants.</summary>
    public static void RequireAlike(Recording recording, int[] channels)
    {
        var lead = recording.Channels[channels[0]];
        if (channels.Select(c => recording.Channels[c]).FirstOrDefault(c => c.RateHz != lead.RateHz || c.SampleCount != lead.SampleCount) is { } other)
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"'{lead.Label}' has {lead.SampleCount} samples at {lead.RateHz} Hz, '{other.Label}' {other.SampleCount} at {other.RateHz} Hz: components need channels of one rate, choose or resample them."));
        }
    }
}
