using System.Text.Json.Nodes;
using SignalLab.Analysis.Averages;
using SignalLab.Analysis.Maps;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli.Averages;

/// <summary>Averages, their peaks and dropped epochs as tables and JSON.</summary>
internal static class AverageTables
{
    /// <summary>One recording for one table: channels of several conditions side by side, standard errors behind them where asked for.</summary>
    public static Recording Side(IReadOnlyList<Recording> averages, bool errors)
    {
        if (averages.Count == 1 && !errors)
        {
            return averages[0];
        }

        var (channels, rows) = (new List<Channel>(), new List<double[]>());
        foreach (var average in averages)
        {
            var prefix = averages.Count == 1 ? "" : average.Evoked!.Condition + ":";
            for (var c = 0; c < average.Channels.Count; c++)
            {
                channels.Add(average.Channels[c] with { Label = prefix + average.Channels[c].Label });
                rows.Add(average.ReadAll(c));
            }

            for (var c = 0; errors && average.Evoked!.StandardError is { } error && c < average.Channels.Count; c++)
            {
                var row = new double[average.Channels[c].SampleCount];
                error.Read(c, 0, row);
                channels.Add(average.Channels[c] with { Label = $"{prefix}{average.Channels[c].Label} SE" });
                rows.Add(row);
            }
        }

        return averages[0] with { Channels = channels, Samples = new MemorySamples(rows), Evoked = averages[0].Evoked! with { StandardError = null } };
    }

    /// <summary>Peaks of every channel and of the field power.</summary>
    public static IEnumerable<EvokedPeak> Peaks(Recording average, (double From, double To)? window, PeakSign sign) =>
    [
        .. average.Peaks(window?.From, window?.To, sign),
        .. AveragePage.KindsOf(average).Select(k => average.FieldPowerPeak(k, window?.From, window?.To) is { } p ? p with { Channel = $"global field power {ChannelKinds.Name(k)}" } : null).OfType<EvokedPeak>(),
    ];

    public static void WritePeaks(IReadOnlyList<Recording> averages, (double From, double To)? window, PeakSign sign, Stream output, Delimiter delimiter)
    {
        using var table = new TableWriter(output, delimiter);
        foreach (var heading in new[] { "condition", "channel", "latency_s", "amplitude", "unit", "inside" })
        {
            table.Cell(heading);
        }

        table.EndRow();
        foreach (var average in averages)
        {
            foreach (var peak in Peaks(average, window, sign))
            {
                table.Cell(average.Evoked!.Condition);
                table.Cell(peak.Channel);
                table.Cell(peak.LatencySeconds);
                table.Cell(peak.Amplitude);
                table.Cell(peak.Unit.Symbol);
                table.Cell(peak.IsInside ? "yes" : "no");
                table.EndRow();
            }
        }
    }

    public static void WriteDrops(IReadOnlyList<Averaged> conditions, Stream output, Delimiter delimiter)
    {
        using var table = new TableWriter(output, delimiter);
        foreach (var heading in new[] { "condition", "onset_s", "event", "kept", "reason", "detail" })
        {
            table.Cell(heading);
        }

        table.EndRow();
        foreach (var (name, _, epochs) in conditions)
        {
            foreach (var (e, drop) in (epochs?.Events.Select(e => (Event: e, Drop: (DroppedEpoch?)null)) ?? []).Concat(epochs?.Dropped.Select(d => (d.Event, (DroppedEpoch?)d)) ?? []).OrderBy(p => p.Event.OnsetSeconds))
            {
                table.Cell(name);
                table.Cell(e.OnsetSeconds);
                table.Cell(e.Name);
                table.Cell(drop is null ? "yes" : "no");
                table.Cell(drop is null ? "" : AveragedFile.FaultName(drop.Fault));
                table.Cell(drop?.Detail ?? "");
                table.EndRow();
            }
        }
    }

    public static JsonObject Json(Recording average, Epochs? epochs, (double From, double To)? window, PeakSign sign)
    {
        var evoked = average.Evoked!;
        return new JsonObject
        {
            ["condition"] = evoked.Condition,
            ["nave"] = evoked.AverageCount,
            ["events"] = epochs is null ? null : epochs.Events.Count + epochs.Dropped.Count,
            ["dropped"] = epochs is null ? null : new JsonArray([.. epochs.Dropped.Select(d => (JsonNode)new JsonObject
            {
                ["onset_s"] = d.Event.OnsetSeconds, ["event"] = d.Event.Name, ["reason"] = AveragedFile.FaultName(d.Fault), ["detail"] = d.Detail,
            })]),
            ["rate_hz"] = average.CommonRateHz,
            ["samples"] = average.Channels[0].SampleCount,
            ["from_s"] = evoked.FirstLatencySeconds,
            ["baseline_s"] = evoked.Baseline is var (from, to) ? new JsonArray(from, to) : null,
            ["field_power"] = new JsonObject(AveragePage.KindsOf(average).Where(k => average.Channels.Count(c => c.Kind == k && !c.IsBad) > 1).Select(k =>
            {
                var power = average.GlobalFieldPower(k);
                return KeyValuePair.Create(ChannelKinds.Name(k), (JsonNode?)new JsonObject { ["unit"] = power.Unit.Symbol, ["values"] = Numbers(power.Values) });
            })),
            ["peaks"] = new JsonArray([.. Peaks(average, window, sign).Select(p => (JsonNode)new JsonObject
            {
                ["channel"] = p.Channel, ["latency_s"] = p.LatencySeconds, ["amplitude"] = p.Amplitude, ["unit"] = p.Unit.Symbol, ["inside"] = p.IsInside,
            })]),
        };
    }

    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(v => double.IsFinite(v) ? (JsonNode)v : null)]);
}
