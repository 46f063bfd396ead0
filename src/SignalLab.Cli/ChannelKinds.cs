using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Short names of channel kinds, as <c>info</c> prints them and <c>--channels</c> takes them.</summary>
internal static class ChannelKinds
{
    /// <summary>The name of a kind: its own in lower case.</summary>
    public static string Name(ChannelKind kind) => kind switch
    {
        ChannelKind.RefMeg => "ref_meg",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>The kinds a name stands for (<c>meg</c> is magnetometers and gradiometers), or null.</summary>
    public static ChannelKind[]? Parse(string name) => name.ToLowerInvariant() switch
    {
        "meg" => [ChannelKind.Mag, ChannelKind.Grad],
        "data" => [ChannelKind.Eeg, ChannelKind.Mag, ChannelKind.Grad, ChannelKind.Seeg, ChannelKind.Ecog],
        "ref_meg" => [ChannelKind.RefMeg],
        var other => Enum.TryParse<ChannelKind>(other, true, out var kind) && Name(kind) == other ? [kind] : null,
    };

    /// <summary>The modality of a recording: that of most of its channels.</summary>
    public static string Modality(Recording recording)
    {
        var kinds = recording.Channels.Select(c => c.Kind).Where(k => k is not (ChannelKind.Stim or ChannelKind.Misc or ChannelKind.Other)).ToList();
        if (kinds.Any(k => k is ChannelKind.Mag or ChannelKind.Grad))
        {
            return "meg";
        }

        return kinds.Count == 0 ? "" : Name(kinds.Contains(ChannelKind.Eeg) ? ChannelKind.Eeg : kinds.GroupBy(k => k).MaxBy(g => g.Count())!.Key);
    }
}
