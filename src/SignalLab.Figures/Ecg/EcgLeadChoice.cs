using SignalLab.Model;

namespace SignalLab.Figures.Ecg;

/// <summary>Which leads a sheet shows, in which layout.</summary>
/// <param name="Layout">The layout, no longer automatic.</param>
/// <param name="Leads">Channel and name in the layout's order; the channel is <see cref="Absent"/> where the lead was not recorded.</param>
/// <param name="LeftOut">Labels of ECG channels that the layout has no place for.</param>
internal sealed record EcgLeadChoice(EcgLayout Layout, IReadOnlyList<(int Channel, string Name)> Leads, IReadOnlyList<string> LeftOut)
{
    /// <summary>Stands for the channel of a lead that was not recorded.</summary>
    public const int Absent = -1;

    private const int MostRows = 24;

    // With fewer of the twelve, a layout of twelve places is mostly empty.
    private const int FewestOfTwelve = 6;

    /// <summary>Chooses.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="options">Layout, order and channels wanted.</param>
    /// <exception cref="UnfitInputException">The layout needs leads that are not there, or there are none or too many.</exception>
    public static EcgLeadChoice Of(Recording recording, EcgSheetOptions options)
    {
        var found = EcgLeads.Find(recording);
        string[] missing = [.. EcgLeads.Standard.Where(s => !found.ContainsKey(s))];
        var isGrid = options.Layout is EcgLayout.ThreeByFourAndRhythm or EcgLayout.SixByTwo;
        if (isGrid && found.Count < FewestOfTwelve)
        {
            throw new UnfitInputException($"This layout needs the twelve leads; missing: {string.Join(", ", missing)}. Use one lead a row.");
        }

        if (options.Channels is null && (missing.Length == 0 || isGrid))
        {
            var order = options.Cabrera ? EcgLeads.Cabrera : EcgLeads.Standard;
            var layout = options.Layout == EcgLayout.Automatic ? EcgLayout.ThreeByFourAndRhythm : options.Layout;
            string[] others = [.. EcgLeads.Any(recording).Where(c => !found.ContainsValue(c)).Select(c => recording.Channels[c].Label)];
            return new(layout, [.. order.Select(name => (found.GetValueOrDefault(name.TrimStart('−'), Absent), name))], others);
        }

        var channels = options.Channels ?? EcgLeads.Any(recording);
        if (channels.Count is 0 or > MostRows)
        {
            throw new UnfitInputException(FormattableString.Invariant($"An ECG sheet has 1 to {MostRows} leads, not {channels.Count}: choose channels."));
        }

        return new(EcgLayout.OneARow, [.. channels.Select(c => (c, recording.Channels[c].Label))], []);
    }
}
