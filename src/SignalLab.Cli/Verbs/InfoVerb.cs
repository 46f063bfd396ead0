using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SignalLab.Formats;
using SignalLab.Formats.Bids;
using SignalLab.Model;
using Spectre.Console;

namespace SignalLab.Cli.Verbs;

/// <summary><c>signallab info FILE</c>: what is in the file.</summary>
internal static class InfoVerb
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var file = Common.File("Recording, image or electrode file (or folder).");
        var command = new Command("info", "Shows what is in a file. Example: signallab info night.edf --json") { file, Common.Json, Common.Condition };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var document = BidsDataset.Recordings(path) is { Count: > 1 } recordings ? OfDataset(recordings, path) : Describe(KnownFormats.Open(path), path, parsed.GetValue(Common.Condition));
            if (parsed.GetValue(Common.Json))
            {
                Console.Out.WriteLine(document.ToJsonString(Layout));
            }
            else
            {
                Print(document);
            }

            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The document of CLI.md's <c>info --json</c>.</summary>
    public static JsonObject Describe(Study study, string path, string? condition = null)
    {
        if (study.Recordings.Count > 0)
        {
            return OfRecording(study, Selection.Recording(study, path, condition), path);
        }

        return StudyContent.KindOf(study) switch
        {
            "image" or "map" => OfImage(study, path),
            "surface" when study.Maps.Count > 0 => OfImage(study, path),
            "layout" => OfLayout(study, path),
            var kind => OfModel(study, path, kind),
        };
    }

    private static JsonObject OfRecording(Study study, Recording recording, string path)
    {
        var document = Head(study, path, "recording", ChannelKinds.Modality(recording), recording.Subject, recording.Start);
        document["duration_s"] = recording.DurationSeconds;
        document["rate_hz"] = recording.CommonRateHz;
        document["channels"] = new JsonArray([.. recording.Channels.Select(c => (JsonNode)new JsonObject
        {
            ["name"] = c.Label,
            ["kind"] = ChannelKinds.Name(c.Kind),
            ["unit"] = c.Unit.Symbol,
            ["rate_hz"] = c.RateHz,
            ["samples"] = c.SampleCount,
            ["position_m"] = c.Sensor is null ? null : Position(c.Sensor.PositionMetres),
            ["frame"] = c.Frame?.Name,
            ["bad"] = c.IsBad,
        })]);
        var sidecars = recording.Provenance.Steps.FirstOrDefault(s => s.Name == BidsDataset.SidecarStep);
        var hasDetails = recording.Annotations.Any(a => a.Details.Length > 0);

        // Of a file that was named, its own marks as they stand in it and the dataset's events apart; of a dataset, both joined.
        var isFile = sidecars is not null && File.Exists(path) && study.Recordings.Count == 1;
        var annotations = isFile ? KnownFormats.OpenAlone(path).Recordings[0].Annotations : recording.Annotations;
        document["annotations"] = new JsonArray([.. annotations.Select(a => (JsonNode)Annotation(a, sidecars is not null && !isFile, hasDetails && !isFile))]);
        if (isFile)
        {
            document["events"] = new JsonArray([.. recording.Annotations.Where(a => a.Origin.Name.Length > 0).Select(a => (JsonNode)Annotation(a, true, hasDetails))]);
        }

        document["segments"] = new JsonArray([.. recording.Segments.Select(s => (JsonNode)new JsonObject { ["onset_s"] = s.OnsetSeconds, ["duration_s"] = s.DurationSeconds })]);
        if (recording.Evoked is { } evoked)
        {
            document["condition"] = evoked.Condition;
            document["nave"] = evoked.AverageCount;
            document["first_latency_s"] = evoked.FirstLatencySeconds;
        }

        if (recording.Evoked is not null || study.Recordings.Count > 1)
        {
            document["conditions"] = new JsonArray([.. study.Recordings.Select(r => (JsonNode)Selection.NameOf(r))]);
        }

        if (recording.Measurements.Count > 0)
        {
            document["measurements"] = Measurements(recording.Measurements);
        }

        if (sidecars is not null)
        {
            document["sidecars"] = new JsonArray([.. sidecars.Parameters["files"].Split(", ").Select(f => (JsonNode)f)]);
        }

        document["projectors"] = recording.Projectors.Count == 0 ? null : new JsonArray([.. recording.Projectors.Select(p => (JsonNode)new JsonObject { ["name"] = p.Name, ["active"] = p.IsActive })]);
        if (document["projectors"] is null)
        {
            document.Remove("projectors");
        }

        ModelDocument.AddCompensations(document, recording);
        document["remarks"] = Remarks(study, [.. recording.Remarks, .. recording.Comments]);
        return document;
    }

    // Where files of a dataset describe a recording, whose statement each annotation is stands beside it: nothing for the data file's own.
    private static JsonObject Annotation(Annotation a, bool hasSidecars, bool hasDetails)
    {
        var annotation = new JsonObject { ["onset_s"] = a.OnsetSeconds, ["duration_s"] = a.DurationSeconds, ["text"] = a.Text, ["channel"] = a.Channel };
        if (hasSidecars)
        {
            annotation["origin"] = a.Origin.Name.Length > 0 ? a.Origin.Name : null;
        }

        if (hasDetails)
        {
            annotation["details"] = a.Details.Length > 0 ? a.Details : null;
        }

        return annotation;
    }

    private static JsonObject OfDataset(IReadOnlyList<string> recordings, string path) => new()
    {
        ["file"] = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))),
        ["format"] = BidsDataset.Name,
        ["kind"] = "dataset",
        ["recordings"] = new JsonArray([.. recordings.Select(r => (JsonNode)new JsonObject { ["path"] = Path.GetRelativePath(path, r).Replace('\\', '/') })]),
        ["remarks"] = new JsonArray(),
    };

    private static JsonObject OfImage(Study study, string path)
    {
        var map = study.Maps[0];
        var document = Head(study, path, StudyContent.KindOf(study), map.Modality, map.Subject, map.Start);
        if (map.Support is GridSupport grid)
        {
            var time = map.Axes.Where(a => a.Kind != AxisKind.Colour).Aggregate(1, (n, a) => n * a.Length);
            document["dims"] = new JsonArray(grid.SizeX, grid.SizeY, grid.SizeZ, time);
            document["spacing_mm"] = Position(grid.SpacingMm);
            document["affine_mm"] = new JsonArray([.. Enumerable.Range(0, 4).Select(r => (JsonNode)new JsonArray([.. Enumerable.Range(0, 4).Select(c => (JsonNode)grid.ToMillimetres[r, c])]))]);
            document["frame"] = grid.Frame.Name;
        }

        document["quantity"] = map.Quantity.Name;
        document["unit"] = map.Unit.Symbol;
        document["frames"] = map.FrameCount;
        document["axes"] = new JsonArray([.. map.Axes.Select(a => (JsonNode)new JsonObject
        {
            ["kind"] = a.Kind.ToString().ToLowerInvariant(),
            ["unit"] = a.Unit.Symbol,
            ["length"] = a.Length,
            ["first"] = a.Length > 0 ? a.Values[0] : null,
            ["step"] = a.Length > 1 ? a.Values[1] - a.Values[0] : null,
        })]);
        document["series"] = study.Maps.Count;
        document["remarks"] = Remarks(study, map.Remarks);
        return document;
    }

    private static JsonObject OfLayout(Study study, string path)
    {
        var layout = study.Layouts[0];
        var document = Head(study, path, "layout", "", Subject.Unknown, null);
        document["frame"] = layout.Frame.Name;
        document["channels"] = Sensors(layout.Sensors);
        document["fiducials"] = Sensors(layout.Fiducials);
        document["remarks"] = Remarks(study, []);
        return document;
    }

    private static JsonObject OfModel(Study study, string path, string kind)
    {
        var document = Head(study, path, kind, "", Subject.Unknown, null);
        ModelDocument.AddTo(document, study);
        document["remarks"] = Remarks(study, []);
        return document;
    }

    private static JsonArray Sensors(IReadOnlyList<Sensor> sensors) => new([.. sensors.Select(s => (JsonNode)new JsonObject { ["name"] = s.Name, ["position_m"] = Position(s.PositionMetres) })]);

    private static JsonObject Head(Study study, string path, string kind, string modality, Subject subject, DateTime? start) => new()
    {
        ["file"] = Path.GetFileName(path.TrimEnd('/', '\\')),
        ["format"] = study.Format,
        ["kind"] = kind,
        ["modality"] = modality,
        ["subject"] = new JsonObject { ["id"] = subject.Id, ["sex"] = subject.Sex, ["age_y"] = subject.AgeYears },
        ["start"] = start is { } s ? s.ToString(s.Kind == DateTimeKind.Utc ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) : null,
    };

    private static JsonArray Measurements(IReadOnlyList<Measurement> measurements) => new([.. measurements.Select(m => (JsonNode)new JsonObject
    {
        ["name"] = m.Name,
        ["value"] = m.Value,
        ["unit"] = m.Unit.Symbol,
        ["method"] = m.Method,
        ["origin"] = m.Origin.Name.Length > 0 ? m.Origin.Name : m.Origin.Kind.ToString().ToLowerInvariant(),
        ["origin_kind"] = m.Origin.Kind.ToString().ToLowerInvariant(),
        ["reason"] = m.Reason,
    })]);

    private static JsonArray Position(Point3 p) => new(p.X, p.Y, p.Z);

    private static JsonArray Remarks(Study study, IReadOnlyList<string> own) => new([.. study.Remarks.Concat(own).Distinct().Select(r => (JsonNode)r)]);

    private static void Print(JsonObject document)
    {
        static string Cell(JsonNode? node) => node switch
        {
            null => "–",
            JsonValue v when v.TryGetValue<double>(out var d) => d.ToString("0.######", CultureInfo.InvariantCulture),
            JsonValue v => v.ToString(),
            JsonArray a => string.Join(" ", a.Select(Cell)),
            JsonObject o => string.Join(", ", o.Where(p => p.Value is not null).Select(p => $"{p.Key} {Cell(p.Value)}")),
            _ => "",
        };

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        foreach (var (name, value) in document)
        {
            if (value is JsonArray { Count: > 0 } rows && rows[0] is JsonObject first)
            {
                var table = new Table().Border(TableBorder.Simple).Title(Markup.Escape($"{name} ({rows.Count})"));
                foreach (var column in first.Select(p => p.Key))
                {
                    table.AddColumn(Markup.Escape(column));
                }

                foreach (var row in rows.Take(400))
                {
                    table.AddRow([.. row!.AsObject().Select(p => Markup.Escape(Cell(p.Value)))]);
                }

                console.Write(table);
            }
            else if (value is not JsonArray { Count: 0 })
            {
                console.WriteLine($"{name,-14}{Cell(value)}");
            }
        }
    }
}
