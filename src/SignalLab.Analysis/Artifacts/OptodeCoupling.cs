using SignalLab.Analysis.Nirs;
using SignalLab.Model;

namespace SignalLab.Analysis.Artifacts;

/// <summary>Light channels whose optodes do not touch the scalp.</summary>
internal static class OptodeCoupling
{
    /// <summary>The coupling of each optode pair; none, and a remark, where it cannot be measured.</summary>
    public static IReadOnlyList<ScalpCoupling> Of(Recording recording, List<string> remarks)
    {
        if (!recording.Channels.Any(c => c.SampleCount > 0 && (LightChannels.IsDensity(c) || c is { Kind: ChannelKind.Nirs, Light.WavelengthNm: not null })))
        {
            return [];
        }

        try
        {
            return recording.ScalpCoupling();
        }
        catch (UnfitInputException e)
        {
            remarks.Add($"Scalp coupling was not measured: {e.Message}");
            return [];
        }
    }

    /// <summary>The channels of pairs below a limit.</summary>
    public static IEnumerable<(int Channel, ChannelFault Fault)> Faults(Recording recording, IReadOnlyList<ScalpCoupling> coupling, double least)
    {
        foreach (var pair in coupling.Where(p => p.Index < least))
        {
            var confidence = pair.Index > 0 ? Evidence.Confidence(least / pair.Index) : 1;
            foreach (var label in pair.Channels)
            {
                var channel = Enumerable.Range(0, recording.Channels.Count).First(i => recording.Channels[i].Label == label);
                yield return (channel, new(ArtifactKind.Uncoupled, label, confidence, "scalp_coupling_index", pair.Index, least, 1));
            }
        }
    }
}
