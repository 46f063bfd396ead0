using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SignalLab.Analysis.Artifacts;
using SignalLab.Formats.Delimited;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Faulty channels and artifacts as CSV, JSON and text.</summary>
internal static class ArtifactTables
{
    /// <summary>Rows <c>kind,channel,onset_s,duration_s,confidence,measure,value,threshold</c>: faults span the recording, then stretches in order of time.</summary>
    public static void Write(ArtifactReport report, double durationSeconds, Stream output, Delimiter delimiter)
    {
        using var table = new TableWriter(output, delimiter);
        foreach (var heading in new[] { "kind", "channel", "onset_s", "duration_s", "confidence", "measure", "value", "threshold" })
        {
            table.Cell(heading);
        }

        table.EndRow();
        foreach (var fault in report.Faults)
        {
            Row(fault.Kind, fault.Channel, 0, durationSeconds, fault.Confidence, fault.Measure, fault.Value, fault.Threshold);
        }

        foreach (var artifact in report.Artifacts)
        {
            Row(artifact.Kind, artifact.Channel ?? "", artifact.OnsetSeconds, artifact.DurationSeconds, artifact.Confidence, artifact.Measure, artifact.Value, artifact.Threshold);
        }

        void Row(ArtifactKind kind, string channel, double onset, double duration, double confidence, string measure, double value, double threshold)
        {
            table.Cell(kind.Text);
            table.Cell(channel);
            table.Cell(onset);
            table.Cell(duration);
            table.Cell(confidence);
            table.Cell(measure);
            table.Cell(value);
            table.Cell(threshold);
            table.EndRow();
        }
    }

    /// <summary>One JSON document.</summary>
    public static JsonObject Json(Recording recording, ArtifactReport report, ArtifactCleaning? cleaning) => new()
    {
        ["duration_s"] = recording.DurationSeconds,
        ["channel_faults"] = new JsonArray([.. report.Faults.Select(f => (JsonNode)new JsonObject
        {
            ["kind"] = f.Kind.Text,
            ["channel"] = f.Channel,
            ["partner"] = f.Partner.Length == 0 ? null : f.Partner,
            ["confidence"] = f.Confidence,
            ["measure"] = f.Measure,
            ["value"] = Number(f.Value),
            ["threshold"] = Number(f.Threshold),
            ["share_of_time"] = f.ShareOfTime,
        })]),
        ["artifacts"] = new JsonArray([.. report.Artifacts.Select(a => (JsonNode)new JsonObject
        {
            ["kind"] = a.Kind.Text,
            ["channel"] = a.Channel,
            ["onset_s"] = a.OnsetSeconds,
            ["duration_s"] = a.DurationSeconds,
            ["confidence"] = a.Confidence,
            ["measure"] = a.Measure,
            ["value"] = Number(a.Value),
            ["threshold"] = Number(a.Threshold),
        })]),
        ["scalp_coupling"] = report.ScalpCoupling.Count == 0 ? null : new JsonArray([.. report.ScalpCoupling.Select(c => (JsonNode)new JsonObject
        {
            ["source"] = c.Source,
            ["detector"] = c.Detector,
            ["channels"] = new JsonArray([.. c.Channels.Select(l => (JsonNode)l)]),
            ["index"] = c.Index,
        })]),
        ["cleaning"] = cleaning is null ? null : new JsonObject
        {
            ["method"] = cleaning.Method,
            ["details"] = new JsonArray([.. cleaning.Details.Select(d => (JsonNode)d)]),
            ["channels"] = new JsonArray([.. cleaning.Removed.Select(r => (JsonNode)new JsonObject
            {
                ["channel"] = r.Channel,
                ["variance_removed"] = Number(r.VarianceRemoved),
                ["share_of_time_changed"] = r.ShareOfTimeChanged,
            })]),
        },
        ["remarks"] = new JsonArray([.. report.Remarks.Select(r => (JsonNode)r)]),
    };

    /// <summary>What a cleaning took away, for a reader.</summary>
    public static string Text(ArtifactCleaning cleaning)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Cleaned by {cleaning.Method}: variance removed within windows of 2 s\n");
        foreach (var detail in cleaning.Details)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {detail}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  {"channel",-12} {"removed",9} {"of time",9}\n");
        foreach (var r in cleaning.Removed)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {r.Channel,-12} {100 * r.VarianceRemoved,7:0.0} % {100 * r.ShareOfTimeChanged,7:0.0} %\n");
        }

        return text.ToString();
    }

    /// <summary>Two tables for a reader.</summary>
    public static string Text(Recording recording, ArtifactReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Faulty channels: {report.FaultyChannels.Count} of {recording.Channels.Count}\n");
        if (report.Faults.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {"channel",-12} {"fault",-9} {"measure",-26} {"value",10} {"threshold",10} {"of time",8} {"confidence",10}\n");
        }

        foreach (var f in report.Faults)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {f.Channel,-12} {f.Kind.Text,-9} {f.Measure,-26} {Short(f.Value),10} {Short(f.Threshold),10} {100 * f.ShareOfTime,6:0.0} % {f.Confidence,10:0.00}");
            text.Append(f.Partner.Length == 0 ? "\n" : $"  with {f.Partner}\n");
        }

        if (report.ScalpCoupling.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Scalp coupling: {report.ScalpCoupling.Count} optode pairs\n");
        }

        foreach (var pair in report.ScalpCoupling)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {pair.Source + "_" + pair.Detector,-12} {pair.Index,6:0.000}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"Artifacts: {report.Artifacts.Count}\n");
        if (report.Artifacts.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {"kind",-24} {"count",6} {"seconds",9} {"confidence",10}  channels\n");
        }

        foreach (var kind in report.Artifacts.GroupBy(a => a.Kind).OrderBy(g => g.Key))
        {
            var channels = kind.Where(a => a.Channel is not null).GroupBy(a => a.Channel!).OrderByDescending(g => g.Count()).Select(g => $"{g.Key} {g.Count()}").ToList();
            text.Append(CultureInfo.InvariantCulture, $"  {kind.Key.Text,-24} {kind.Count(),6} {kind.Sum(a => a.DurationSeconds),9:0.0} {kind.Average(a => a.Confidence),10:0.00}  ");
            text.Append(string.Join(", ", channels.Take(6))).Append(channels.Count > 6 ? $", … ({channels.Count})" : "").Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Four significant digits.</summary>
    public static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static JsonNode? Number(double value) => double.IsFinite(value) ? value : null;
}
