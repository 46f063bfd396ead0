using System.Globalization;
using SignalLab.Formats.Labels;
using SignalLab.Model;

namespace SignalLab.Formats.Curry;

/// <summary>
/// Channels in groups: coils (<c>_MAG1</c>), electrodes (no suffix), others (<c>_OTHERS</c>). Each group has labels and a unit, and may say which column of the data each
/// channel is. Curry's x points left and y back.
/// </summary>
/// <param name="Channels">Channels in the order of the data; their rate and count are not yet known.</param>
/// <param name="Fiducials">Nasion and ears where they are listed.</param>
internal sealed record CurryChannels(IReadOnlyList<Channel> Channels, IReadOnlyList<Sensor> Fiducials)
{
    private const string Coils = "_MAG";
    private const string Others = "_OTHERS";

    /// <summary>The channels of a recording.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="parameters">What its data are.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static CurryChannels Of(CurryFiles files, CurryParameters parameters, List<string> remarks)
    {
        if (files.Labels is null)
        {
            throw new MalformedFileException(files.Parameters, null, "labels", $"no file \"{Path.GetFileNameWithoutExtension(files.Parameters)}.rs3\" beside it", "the file that holds the names of the channels");
        }

        var labels = files.Labels == files.Parameters ? parameters.Text : CurryText.Read(files.Labels);
        var found = new SortedDictionary<int, Channel>();
        var running = 0;
        foreach (var suffix in Suffixes(labels))
        {
            foreach (var (column, channel) in Group(labels, parameters, suffix, remarks))
            {
                running++;
                var place = column ?? running;
                if (place > parameters.ChannelCount || !found.TryAdd(place, channel))
                {
                    throw new MalformedFileException(
                        labels.Path, null, $"column of '{channel.Label}'", FormattableString.Invariant($"{place}"), FormattableString.Invariant($"a column of its own among 1 to {parameters.ChannelCount}"));
                }
            }
        }

        return found.Count == parameters.ChannelCount
            ? Placed([.. found.Values], Landmarks(labels))
            : throw new MalformedFileException(labels.Path, null, "LABELS", FormattableString.Invariant($"{found.Count} channels"), FormattableString.Invariant($"the {parameters.ChannelCount} that the data have"));
    }

    private static IEnumerable<string> Suffixes(CurryText labels) => labels.Lists
        .Where(l => l.StartsWith("LABELS", StringComparison.Ordinal))
        .Select(l => l["LABELS".Length..])
        .OrderBy(s => s.StartsWith(Coils, StringComparison.Ordinal) ? 0 : s.Length == 0 ? 1 : 2);

    private static IEnumerable<(int? Column, Channel Channel)> Group(CurryText labels, CurryParameters parameters, string suffix, List<string> remarks)
    {
        var names = labels.Rows("LABELS" + suffix);
        var columns = parameters.Text.Rows("CHAN_IN_FILE" + suffix);
        var positions = "SENSORS" + suffix;
        var arePlaced = labels.Rows(positions).Count == names.Count && suffix.Length == 0;
        var unit = Unit.Parse(parameters.Text.Value("DEVICE_PARAMETERS" + suffix, "DataUnit"));
        if (!parameters.Text.HasSection("DEVICE_PARAMETERS" + suffix))
        {
            throw new MalformedFileException(parameters.Text.Path, null, "DEVICE_PARAMETERS" + suffix, "no such section", $"the unit of the group \"LABELS{suffix}\"");
        }

        if (columns.Count > 0 && columns.Count != names.Count)
        {
            throw new MalformedFileException(
                parameters.Text.Path, null, "CHAN_IN_FILE" + suffix, FormattableString.Invariant($"{columns.Count} columns"), FormattableString.Invariant($"one for each of the {names.Count} labels"));
        }

        if (suffix.StartsWith(Coils, StringComparison.Ordinal))
        {
            remarks.Add("The file holds MEG channels; where their coils are is not read.");
        }

        var isElectrode = ChannelLabels.ElectrodesOf(names);
        for (var i = 0; i < names.Count; i++)
        {
            // Column 0: the reference, which is listed and not stored.
            int? column = columns.Count == 0 ? null : int.TryParse(columns[i].Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var c) ? c : int.MaxValue;
            if (column is null or > 0)
            {
                var label = names[i].Trim();
                yield return (column, new Channel(label, KindOf(label, suffix, unit, isElectrode), unit, 1, 0)
                {
                    Sensor = arePlaced && PositionOf(labels.Numbers(positions, i, 3)) is { } p ? new Sensor(label, p) : null,
                });
            }
        }
    }

    private static ChannelKind KindOf(string label, string suffix, Unit unit, Func<string, bool> isElectrode)
    {
        if (suffix.StartsWith(Coils, StringComparison.Ordinal))
        {
            return ChannelKind.Mag;
        }

        var told = ChannelLabels.Of(label, unit, isElectrode);
        return told != ChannelKind.Other ? told : suffix == Others || suffix.Length > 0 ? ChannelKind.Misc : ChannelKind.Eeg;
    }

    // Millimetres, x left and y back, to metres, x right and y front.
    private static Point3? PositionOf(double[] row) => row[0] == 0 && row[1] == 0 && row[2] == 0 ? null : new(-row[0] / 1000, -row[1] / 1000, row[2] / 1000);

    private static List<Sensor> Landmarks(CurryText labels)
    {
        var found = new List<Sensor>();
        foreach (var list in labels.Lists.Where(l => l.StartsWith("LANDMARKS", StringComparison.Ordinal)))
        {
            var names = labels.Rows("LM_REMARKS" + list["LANDMARKS".Length..]);
            for (var i = 0; i < Math.Min(names.Count, labels.Rows(list).Count); i++)
            {
                var role = names[i].Trim().ToUpperInvariant() switch { "NASION" => "nasion", "LEFT EAR" => "lpa", "RIGHT EAR" => "rpa", _ => null };
                if (role is not null && found.All(s => s.Name != role) && PositionOf(labels.Numbers(list, i, 3)) is { } position)
                {
                    found.Add(new(role, position));
                }
            }
        }

        return found;
    }

    private static CurryChannels Placed(Channel[] channels, List<Sensor> landmarks)
    {
        int[] located = [.. Enumerable.Range(0, channels.Length).Where(c => channels[c].Sensor is not null)];
        var layout = new SensorLayout(Frame.Electrodes, [.. located.Select(c => channels[c].Sensor!)], landmarks, "").InHeadFrame();
        for (var i = 0; i < located.Length; i++)
        {
            channels[located[i]] = channels[located[i]] with { Sensor = layout.Sensors[i], Frame = layout.Frame };
        }

        return new(channels, layout.Fiducials);
    }
}
