using SignalLab.Analysis.Filters;
using SignalLab.Analysis.Montages;
using SignalLab.Analysis.Selection;
using SignalLab.Model;

namespace SignalLab.Review.Traces;

/// <summary>One filter setting; null where a side is open.</summary>
/// <param name="LowHz">Lower cut-off.</param>
/// <param name="HighHz">Upper cut-off.</param>
/// <param name="NotchHz">Mains frequency taken out.</param>
internal sealed record BandSetting(double? LowHz, double? HighHz, double? NotchHz)
{
    /// <summary>The filters this setting means, in the order band, notch, as the command line applies them.</summary>
    public IEnumerable<FilterDesign> Designs()
    {
        var band = (LowHz, HighHz) switch
        {
            ({ } low, { } high) => FilterBand.Bandpass(low, high),
            ({ } low, null) => FilterBand.Highpass(low),
            (null, { } high) => FilterBand.Lowpass(high),
            _ => null,
        };
        if (band is not null)
        {
            yield return FilterDesign.Butterworth(band);
        }

        if (NotchHz is { } notch)
        {
            yield return FilterDesign.Notch(notch);
        }
    }
}

/// <summary>How a recording is looked at: bad channels, montage, filters for all and for single channels.</summary>
/// <param name="Montage">Name of a montage, its JSON, or null for as recorded.</param>
/// <param name="Bad">Labels of channels to take for bad, comma-separated, or null.</param>
/// <param name="Band">Filters of all channels but triggers.</param>
/// <param name="Own">Channels with filters of their own: <c>label=low:high:notch</c>, semicolon-separated, or null.</param>
internal sealed record ViewSpec(string? Montage, string? Bad, BandSetting Band, string? Own)
{
    /// <summary>The recording through this view. A filter that a channel's rate is too low for is left out on that channel.</summary>
    /// <param name="recording">As recorded.</param>
    public Recording Apply(Recording recording)
    {
        if (Bad is { } bad)
        {
            var labels = bad.Split(',');
            recording = recording.MarkBad([.. Enumerable.Range(0, recording.Channels.Count).Where(i => labels.Contains(recording.Channels[i].Label))]);
        }

        if (Montage is { } montage)
        {
            recording = recording.Montage(montage.StartsWith('{') || montage.StartsWith('[') ? Analysis.Montages.Montage.FromJson(montage) : Analysis.Montages.Montage.Named(montage));
        }

        var settings = Settings();
        foreach (var group in Enumerable.Range(0, recording.Channels.Count).Where(i => recording.Channels[i].Kind != ChannelKind.Stim).GroupBy(i => settings.GetValueOrDefault(recording.Channels[i].Label, Band)).ToArray())
        {
            foreach (var design in group.Key.Designs())
            {
                int[] fit = [.. group.Where(i => design.HighestHz < recording.Channels[i].RateHz / 2)];
                recording = fit.Length == 0 ? recording : recording.Filter(design, Phase.Zero, fit);
            }
        }

        return recording;
    }

    // Of channels that this montage does not show too: they count again when it does.
    private Dictionary<string, BandSetting> Settings()
    {
        var settings = new Dictionary<string, BandSetting>();
        foreach (var entry in Own?.Split(';') ?? [])
        {
            var at = entry.LastIndexOf('=');
            string[] parts = at < 0 ? [] : entry[(at + 1)..].Split(':');
            if (parts.Length != 3)
            {
                throw new UnfitInputException($"'{entry}': expected a channel's own filters as label=low:high:notch.");
            }

            settings[entry[..at]] = new(Hz(parts[0], entry), Hz(parts[1], entry), Hz(parts[2], entry));
        }

        return settings;
    }

    private static double? Hz(string text, string entry) => text.Length == 0 ? null
        : double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var hz) && hz is > 0 and < 1e6 ? hz
        : throw new UnfitInputException($"'{entry}': '{text}' is no frequency in Hz.");
}
