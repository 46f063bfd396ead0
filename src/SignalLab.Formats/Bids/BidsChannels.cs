using SignalLab.Model;

namespace SignalLab.Formats.Bids;

/// <summary>
/// What <c>channels.tsv</c> says: kind, unit, filters, whether a channel is bad and why. Samples are never rescaled: a unit counts only where the file states none.
/// </summary>
/// <remarks>Source: BIDS 1.10, "Channels description" of EEG, iEEG, MEG and NIRS.</remarks>
internal static class BidsChannels
{
    private const int NamedAtMost = 8;

    /// <summary>The channels as the table describes them.</summary>
    /// <param name="channels">The channels of a recording.</param>
    /// <param name="known">Names of all channels of the data file, of its other recordings too.</param>
    /// <param name="table">The table.</param>
    /// <param name="remarks">Receives what does not fit together.</param>
    /// <param name="comments">Receives what the table says of a channel's state.</param>
    /// <exception cref="MalformedFileException">The table has no names.</exception>
    public static IReadOnlyList<Channel> Apply(IReadOnlyList<Channel> channels, HashSet<string> known, BidsTable table, List<string> remarks, List<string> comments)
    {
        var name = table.Require("name");
        var columns = Columns.Of(table);
        var described = channels.ToArray();
        var (unknown, rates, types) = (new List<string>(), new List<string>(), new List<string>());
        List<BidsRow> rows = [.. table.Rows];
        foreach (var (row, channel) in Matched(channels, rows, name, table, remarks))
        {
            if (channel < 0)
            {
                if (!known.Contains(row.Cells[name]))
                {
                    unknown.Add(row.Cells[name]);
                }

                continue;
            }

            var before = described[channel];
            described[channel] = One(before, row, table, columns, remarks, types);
            if (table.Number(row, columns.Rate) is { } rate && Math.Abs(rate - before.RateHz) > 1e-3 * before.RateHz)
            {
                rates.Add(before.Label);
            }

            if (BidsTable.Text(row, columns.StatusDescription) is { } why)
            {
                comments.Add($"{before.Label}{(described[channel].IsBad ? " (bad)" : "")}: {why}");
            }
        }

        var file = Path.GetFileName(table.Path);
        Say(remarks, unknown, $"{file} describes channels that the data file has not");
        Say(remarks, rates, $"{file} states another sampling rate than the data file, which counts, for");
        Say(remarks, types, $"{file} gives words that BIDS does not have; the data file's count");
        return described;
    }

    // By name; where no name fits and the counts agree, in order.
    private static IEnumerable<(BidsRow Row, int Channel)> Matched(IReadOnlyList<Channel> channels, List<BidsRow> rows, int name, BidsTable table, List<string> remarks)
    {
        var free = new Dictionary<string, Queue<int>>(StringComparer.Ordinal);
        for (var c = 0; c < channels.Count; c++)
        {
            foreach (var key in new[] { channels[c].Label.Trim(), "\0" + ChannelName.Normalise(channels[c].Label) })
            {
                (free.TryGetValue(key, out var same) ? same : free[key] = new()).Enqueue(c);
            }
        }

        var taken = new HashSet<int>();
        int Next(string key)
        {
            while (free.TryGetValue(key, out var same) && same.TryDequeue(out var channel))
            {
                if (taken.Add(channel))
                {
                    return channel;
                }
            }

            return -1;
        }

        // Names as they stand first: only what they leave is matched by place.
        int[] matched = [.. rows.Select(r => Next(r.Cells[name]))];
        for (var i = 0; i < matched.Length; i++)
        {
            matched[i] = matched[i] >= 0 ? matched[i] : Next("\0" + ChannelName.Normalise(rows[i].Cells[name]));
        }

        if (matched.All(m => m < 0) && rows.Count == channels.Count && rows.Count > 0)
        {
            remarks.Add($"{Path.GetFileName(table.Path)} has other names than the data file: its rows are taken in the data file's order.");
            matched = [.. Enumerable.Range(0, rows.Count)];
        }

        return rows.Zip(matched);
    }

    private static Channel One(Channel channel, BidsRow row, BidsTable table, Columns columns, List<string> remarks, List<string> types)
    {
        if (BidsTable.Text(row, columns.Type) is { } type)
        {
            var kind = BidsChannelTypes.KindOf(type);
            if (kind is null)
            {
                types.Add($"{channel.Label} {type}");
            }
            else if (!BidsChannelTypes.IsFieldSensor(kind.Value) || !BidsChannelTypes.IsFieldSensor(channel.Kind))
            {
                channel = channel with { Kind = kind.Value };
            }
        }

        if (BidsTable.Text(row, columns.Units) is { } units && Unit.Parse(units) is { IsKnown: true } unit)
        {
            if (channel.Unit == Unit.Unknown)
            {
                channel = channel with { Unit = unit };
            }
            else if (channel.Unit.IsKnown && !channel.Unit.ConvertsTo(unit))
            {
                remarks.Add($"{Path.GetFileName(table.Path)} states {unit.Symbol} for {channel.Label}, the data file {(channel.Unit.Symbol.Length > 0 ? channel.Unit.Symbol : "no unit")}, which counts.");
            }
        }

        if (channel.Prefilter.Length == 0 && Filters(row, columns) is { Length: > 0 } filters)
        {
            channel = channel with { Prefilter = filters };
        }

        switch (BidsTable.Text(row, columns.Status))
        {
            case null:
                break;
            case var status when status.Equals("bad", StringComparison.OrdinalIgnoreCase):
                channel = channel with { IsBad = true };
                break;
            case var status when status.Equals("good", StringComparison.OrdinalIgnoreCase):
                if (channel.IsBad)
                {
                    remarks.Add($"{channel.Label} is bad in the data file and good in {Path.GetFileName(table.Path)}, which counts.");
                    channel = channel with { IsBad = false };
                }

                break;
            case var status:
                types.Add($"{channel.Label} {status}");
                break;
        }

        return channel;
    }

    // BIDS calls the high-pass filter's frequency the low cut-off. What is no number ("DC") stands as it is.
    private static string Filters(BidsRow row, Columns columns) => string.Join(' ', new[] { ("HP", columns.Low), ("LP", columns.High), ("N", columns.Notch) }
        .Select(f => BidsTable.Text(row, f.Item2) is { } text ? $"{f.Item1}:{text}{(char.IsAsciiDigit(text[^1]) ? "Hz" : "")}" : "")
        .Where(f => f.Length > 0));

    private static void Say(List<string> remarks, List<string> names, string what)
    {
        if (names.Count > 0)
        {
            remarks.Add($"{what}: {string.Join(", ", names.Take(NamedAtMost))}{(names.Count > NamedAtMost ? FormattableString.Invariant($", … ({names.Count})") : "")}.");
        }
    }

    private readonly record struct Columns(int Type, int Units, int Low, int High, int Notch, int Rate, int Status, int StatusDescription)
    {
        public static Columns Of(BidsTable table) => new(
            table.Column("type"), table.Column("units"), table.Column("low_cutoff"), table.Column("high_cutoff"), table.Column("notch"),
            table.Column("sampling_frequency"), table.Column("status"), table.Column("status_description"));
    }
}
