using System.Globalization;
using System.Text.Json.Nodes;
using SignalLab.Analysis.Ecg;
using SignalLab.Formats.Delimited;

namespace SignalLab.Cli.Ecg;

/// <summary>The tables of <c>ecg</c>: a row a record, a row a fiducial, a row a beat.</summary>
internal static class EcgTables
{
    private static readonly (string Column, string[] Path)[] Numbers =
    [
        ("duration_s", ["duration_s"]), ("heart_rate_bpm", ["heart_rate_bpm"]),
        ("rr_median_ms", ["rr_ms", "median"]), ("rr_min_ms", ["rr_ms", "min"]), ("rr_max_ms", ["rr_ms", "max"]),
        ("p_ms", ["intervals_ms", "p"]), ("pr_ms", ["intervals_ms", "pr"]), ("qrs_ms", ["intervals_ms", "qrs"]), ("qt_ms", ["intervals_ms", "qt"]),
        ("qtc_bazett_ms", ["qtc_ms", "bazett"]), ("qtc_fridericia_ms", ["qtc_ms", "fridericia"]), ("qtc_framingham_ms", ["qtc_ms", "framingham"]), ("qtc_hodges_ms", ["qtc_ms", "hodges"]),
        ("p_axis_deg", ["axes_deg", "p"]), ("qrs_axis_deg", ["axes_deg", "qrs"]), ("t_axis_deg", ["axes_deg", "t"]),
        ("sdnn_ms", ["hrv", "sdnn_ms"]), ("rmssd_ms", ["hrv", "rmssd_ms"]), ("pnn50", ["hrv", "pnn50"]), ("lf_ms2", ["hrv", "lf_ms2"]), ("hf_ms2", ["hrv", "hf_ms2"]),
        ("beats_n", ["beats", "N"]), ("beats_s", ["beats", "S"]), ("beats_v", ["beats", "V"]), ("beats_f", ["beats", "F"]), ("beats_q", ["beats", "Q"]),
    ];

    /// <summary>A row a record; numbers that could not be measured are empty.</summary>
    /// <param name="documents">The records' documents.</param>
    /// <param name="table">Receives the rows.</param>
    public static void WriteSummary(IReadOnlyList<JsonObject> documents, TableWriter table)
    {
        var leads = documents.SelectMany(d => d["st_mv"]!.AsObject()).Select(f => f.Key).Where(k => k != "reason").Distinct().ToList();
        foreach (var heading in Numbers.Select(n => n.Column).Prepend("age_y").Prepend("sex").Prepend("record").Concat(leads.Select(l => $"st_{l}_mv")).Append("leads").Append("rhythm").Append("abnormal").Append("reason"))
        {
            table.Cell(heading);
        }

        table.EndRow();
        foreach (var document in documents)
        {
            table.Cell((string)document["record"]!);
            table.Cell(Text(document["subject"]!["sex"]));
            table.Cell(Text(document["subject"]!["age_y"]));
            foreach (var (_, path) in Numbers)
            {
                table.Cell(Text(path.Aggregate((JsonNode?)document, (node, key) => node?[key])));
            }

            foreach (var lead in leads)
            {
                table.Cell(Text(document["st_mv"]![lead]));
            }

            table.Cell(string.Join(' ', document["leads"]!.AsArray().Select(l => (string)l!)));
            table.Cell(string.Join("; ", document["rhythm"]!.AsArray().Select(r => (string)r!["name"]!).Distinct()));
            table.Cell(string.Join("; ", document["findings"]!.AsArray().Where(f => (bool?)f!["abnormal"] == true).Select(f => (string)f!["name"]!)));
            table.Cell(string.Join("; ", Reasons(document).Distinct()));
            table.EndRow();
        }
    }

    /// <summary>Headings of the fiducials' table.</summary>
    public static void BeginFiducials(TableWriter table) => Row(table, "record", "lead", "sample_index", "kind");

    /// <summary>Headings of the beats' table.</summary>
    public static void BeginBeats(TableWriter table) => Row(table, "record", "sample_index", "class");

    /// <summary>Every beat, its global fiducials, and those of each lead.</summary>
    public static void WriteFiducials(EcgRecord record, TableWriter table)
    {
        foreach (var beat in record.Examination.Beats)
        {
            Fiducial(table, record, "", beat.Sample, "QRS");
            Waves(table, record, "", beat.Global);
            for (var i = 0; i < beat.Leads.Count; i++)
            {
                Waves(table, record, record.Leads[i], beat.Leads[i]);
            }
        }
    }

    /// <summary>Every beat and its class.</summary>
    public static void WriteBeats(EcgRecord record, TableWriter table)
    {
        foreach (var beat in record.Examination.Beats)
        {
            table.Cell(record.Name);
            table.Cell(record.FirstSample + beat.Sample);
            table.Cell(EcgJson.LetterOf(beat.Class));
            table.EndRow();
        }
    }

    /// <summary>The marks of a beat that are there, by their names in the table.</summary>
    public static IEnumerable<(string Kind, long Sample)> Marks(WaveMarks waves)
    {
        (string Kind, long? Sample)[] all =
        [
            ("Pon", waves.POn), ("P", waves.P), ("Poff", waves.POff), ("QRSon", waves.QrsOn), ("R", waves.R), ("QRSoff", waves.QrsOff), ("Ton", waves.TOn), ("T", waves.T), ("Toff", waves.TOff),
        ];
        return all.Where(m => m.Sample is not null).Select(m => (m.Kind, m.Sample!.Value));
    }

    private static void Waves(TableWriter table, EcgRecord record, string lead, WaveMarks waves)
    {
        foreach (var (kind, sample) in Marks(waves))
        {
            Fiducial(table, record, lead, sample, kind);
        }
    }

    private static void Fiducial(TableWriter table, EcgRecord record, string lead, long sample, string kind)
    {
        table.Cell(record.Name);
        table.Cell(lead);
        table.Cell(record.FirstSample + sample);
        table.Cell(kind);
        table.EndRow();
    }

    private static void Row(TableWriter table, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            table.Cell(cell);
        }

        table.EndRow();
    }

    private static string Text(JsonNode? number) => number is null ? "" : number.GetValueKind() == System.Text.Json.JsonValueKind.Number ? Number(number) : number.ToString();

    private static string Number(JsonNode number) => number.AsValue().TryGetValue<double>(out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : number.ToString();

    private static IEnumerable<string> Reasons(JsonObject document) =>
        document.Where(f => f.Value is JsonObject o && o["reason"] is not null).Select(f => $"{f.Key}: {(string)f.Value!["reason"]!}").Prepend((string?)document["reason"] is { } r ? "heart_rate_bpm: " + r : null).OfType<string>();
}
