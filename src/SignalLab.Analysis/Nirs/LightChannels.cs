using SignalLab.Model;

namespace SignalLab.Analysis.Nirs;

/// <summary>One pair of source and detector with its channels by rising wavelength.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Detector">The detector's name.</param>
/// <param name="Channels">Channel indices.</param>
/// <param name="WavelengthsNm">A wavelength for each.</param>
internal sealed record LightPair(string Source, string Detector, int[] Channels, double[] WavelengthsNm)
{
    /// <summary>What it is called: S1_D4.</summary>
    public string Name => $"{Source}_{Detector}";
}

/// <summary>What the NIRS channels of a recording hold.</summary>
internal static class LightChannels
{
    // Nominal wavelengths of a device differ by more.
    private const double AlikeNm = 1;

    /// <summary>Channels of light intensity: neither a density nor a concentration.</summary>
    public static int[] Intensities(Recording recording) =>
        [.. Enumerable.Range(0, recording.Channels.Count).Where(i => recording.Channels[i] is { Kind: ChannelKind.Nirs } c && !IsDensity(c) && !IsConcentration(c))];

    /// <summary>True for an optical density.</summary>
    public static bool IsDensity(Channel channel) => channel.Kind == ChannelKind.Nirs && channel.Unit.ConvertsTo(Unit.OpticalDensity);

    /// <summary>True for a haemoglobin.</summary>
    public static bool IsConcentration(Channel channel) =>
        channel.Kind == ChannelKind.Nirs && (channel.Unit.ConvertsTo(Unit.MicromolePerLitre) || channel.Light is { WavelengthNm: null });

    /// <summary>The pairs of a recording of optical densities, in the order of their first channels.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="remarks">Receives the bad channels that are left out because they have no partner.</param>
    /// <exception cref="UnfitInputException">A channel states no light path or wavelength, a good one has no partner, or two of one pair have the same wavelength.</exception>
    public static IReadOnlyList<LightPair> Pairs(Recording recording, List<string> remarks)
    {
        var channels = recording.Channels;
        int[] densities = [.. Enumerable.Range(0, channels.Count).Where(i => IsDensity(channels[i]))];
        foreach (var i in densities)
        {
            if (channels[i].Light?.WavelengthNm is null)
            {
                throw new UnfitInputException($"Channel '{channels[i].Label}' states no source, detector and wavelength: both haemoglobins are computed from pairs of light of two wavelengths.");
            }
        }

        var pairs = new List<LightPair>();
        var alone = new List<string>();
        foreach (var group in densities.GroupBy(i => (channels[i].Light!.Source, channels[i].Light!.Detector)))
        {
            int[] members = [.. group.OrderBy(i => channels[i].Light!.WavelengthNm)];
            double[] wavelengths = [.. members.Select(i => channels[i].Light!.WavelengthNm!.Value)];
            for (var k = 1; k < members.Length; k++)
            {
                if (wavelengths[k] - wavelengths[k - 1] < AlikeNm)
                {
                    throw new UnfitInputException(FormattableString.Invariant(
                        $"Channels '{channels[members[k - 1]].Label}' and '{channels[members[k]].Label}' are of one source, one detector and one wavelength: leave one out first (export --channels)."));
                }
            }

            if (members.Length > 1)
            {
                pairs.Add(new(group.Key.Source, group.Key.Detector, members, wavelengths));
            }
            else if (channels[members[0]].IsBad)
            {
                alone.Add(channels[members[0]].Label);
            }
            else
            {
                throw new UnfitInputException(FormattableString.Invariant(
                    $"Channel '{channels[members[0]].Label}' has no partner of another wavelength between the same source and detector: mark it bad (--bad) to leave it out."));
            }
        }

        if (alone.Count > 0)
        {
            remarks.Add($"Bad channels without a partner of another wavelength are left out: {string.Join(", ", alone)}.");
        }

        return pairs;
    }
}
