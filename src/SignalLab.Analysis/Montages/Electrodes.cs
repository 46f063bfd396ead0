using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>A recording's channels by the electrode they mean.</summary>
internal sealed class Electrodes
{
    private readonly IReadOnlyList<Channel> channels;
    private readonly ILookup<string, int> byName;

    public Electrodes(Recording recording)
    {
        Recording = recording;
        channels = recording.Channels;
        // Where two channels mean one electrode (a polygraphic copy beside the EEG), the EEG channel comes first.
        byName = Enumerable.Range(0, channels.Count)
            .Where(c => channels[c].Kind != ChannelKind.Stim)
            .OrderBy(c => channels[c].Kind == ChannelKind.Eeg ? 0 : 1)
            .ToLookup(c => ChannelName.Normalise(channels[c].Label), StringComparer.Ordinal);
        Eeg = Of(ChannelKind.Eeg) is { Length: > 0 } scalp ? scalp : Of(ChannelKind.Seeg, ChannelKind.Ecog);
    }

    public Recording Recording { get; }

    /// <summary>The scalp EEG channels in their order; where there is none, the intracranial ones.</summary>
    public int[] Eeg { get; }

    /// <summary>The good electrodes of <see cref="Eeg"/> that are neither ear nor mastoid.</summary>
    public int[] GoodScalp => [.. Eeg.Where(c => !IsEar(c) && !IsBad(c))];

    /// <summary>Index of the channel of that electrode, or −1.</summary>
    public int Find(string electrode)
    {
        var hash = electrode.LastIndexOf('#');
        var copy = 1;
        if (hash > 0 && int.TryParse(electrode[(hash + 1)..], System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            (copy, electrode) = (number, electrode[..hash]);
        }

        return byName[ChannelName.Normalise(electrode)].Skip(copy - 1).FirstOrDefault(-1);
    }

    public string ShortName(int channel) => ChannelName.Short(channels[channel].Label);

    /// <summary>Names for a sentence.</summary>
    public string Names(IEnumerable<int> of) => string.Join(", ", of.Select(ShortName));

    public bool IsBad(int channel) => channels[channel].IsBad;

    /// <summary>True for A1, A2.</summary>
    public bool IsAuricle(int channel) => ChannelName.Normalise(channels[channel].Label) is "A1" or "A2";

    /// <summary>True for the ears and mastoids of the 10-20 system; in caps labelled A1 … A32, B1 … these are scalp sites.</summary>
    public bool IsEar(int channel) =>
        (IsAuricle(channel) && !byName.Contains("A3")) || ChannelName.Normalise(channels[channel].Label) is "M1" or "M2";

    private int[] Of(params ChannelKind[] kinds) => [.. Enumerable.Range(0, channels.Count).Where(c => kinds.Contains(channels[c].Kind))];
}
