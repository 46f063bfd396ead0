using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Formats.Parquet;

/// <summary>What a recording says beside its samples, as JSON in the file's keys and values.</summary>
internal static class ParquetNotes
{
    /// <summary>Keys and values of a file.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="columns">Names of its channels' columns.</param>
    public static IReadOnlyList<(string Key, string Value)> Of(Recording recording, IReadOnlyList<string> columns) =>
    [
        ("channels", Json(w => Channels(w, recording.Channels, columns))),
        ("segments", Json(w => Array(w, recording.Segments, s => Object(w, ("onset_s", s.OnsetSeconds), ("duration_s", s.DurationSeconds))))),
        ("annotations", Json(w => Array(w, recording.Annotations, a => Object(
            w, ("onset_s", a.OnsetSeconds), ("duration_s", a.DurationSeconds), ("text", a.Text), ("channel", a.Channel), ("details", a.Details),
            ("origin", a.Origin.Kind.ToString().ToLowerInvariant()), ("origin_name", a.Origin.Name), ("confidence", a.Confidence))))),
        ("start", Json(w => Value(w, recording.Start is { } s ? s.ToString(s.Kind == DateTimeKind.Utc ? "yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) : null))),
        ("subject", Json(w => Object(
            w, ("id", recording.Subject.Id), ("name", recording.Subject.Name), ("sex", recording.Subject.Sex), ("age_y", recording.Subject.AgeYears),
            ("birthdate", recording.Subject.Birthdate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))))),
        ("comments", Json(w => Array(w, recording.Comments, c => Value(w, c)))),
        ("title", Json(w => Value(w, recording.Title))),
        ("average", Json(w => Average(w, recording.Evoked))),
        ("provenance", Json(w => From(w, recording.Provenance))),
    ];

    private static void Channels(Utf8JsonWriter json, IReadOnlyList<Channel> channels, IReadOnlyList<string> columns)
    {
        json.WriteStartArray();
        for (var c = 0; c < channels.Count; c++)
        {
            var (channel, place) = (channels[c], channels[c].Sensor?.PositionMetres);
            Object(
                json, ("column", columns[c]), ("name", channel.Label), ("kind", channel.Kind.ToString().ToLowerInvariant()), ("unit", channel.Unit.Symbol), ("rate_hz", channel.RateHz),
                ("position_m", place is { } p ? new[] { p.X, p.Y, p.Z } : null), ("frame", channel.Frame?.Name), ("bad", channel.IsBad),
                ("prefilter", channel.Prefilter), ("transducer", channel.Transducer));
        }

        json.WriteEndArray();
    }

    private static void Average(Utf8JsonWriter json, Evoked? evoked)
    {
        if (evoked is null)
        {
            json.WriteNullValue();
            return;
        }

        Object(
            json, ("condition", evoked.Condition), ("averages", evoked.AverageCount), ("first_latency_s", evoked.FirstLatencySeconds),
            ("baseline_s", evoked.Baseline is var (from, to) ? new[] { from, to } : null));
    }

    private static void From(Utf8JsonWriter json, Provenance provenance)
    {
        json.WriteStartObject();
        json.WriteString("input", provenance.Input);
        json.WriteString("format", provenance.Format);
        json.WriteString("sha256", provenance.InputSha256);
        json.WritePropertyName("steps");
        Array(json, provenance.Steps, s =>
        {
            json.WriteStartObject();
            json.WriteString("name", s.Name);
            json.WritePropertyName("parameters");
            Object(json, [.. s.Parameters.Select(p => (p.Key, (object?)p.Value))]);
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static void Array<T>(Utf8JsonWriter json, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    private static void Object(Utf8JsonWriter json, params ReadOnlySpan<(string Name, object? Value)> members)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members)
        {
            json.WritePropertyName(name);
            Value(json, value);
        }

        json.WriteEndObject();
    }

    // JSON knows no number that is not finite: such a one is null.
    private static void Value(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case double[] numbers: Array(json, numbers, n => Value(json, n)); break;
            default: json.WriteNullValue(); break;
        }
    }
}
