using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Cli.Verbs;

/// <summary>The parts of <c>info --json</c> for what a source analysis keeps beside its recording.</summary>
internal static class ModelDocument
{
    /// <summary>Adds every such content that a study has.</summary>
    public static void AddTo(JsonObject document, Study study)
    {
        Add(document, "lead_fields", study.LeadFields, l => new()
        {
            ["sensors"] = l.Sensors.Sensors.Count,
            ["kinds"] = string.Join(' ', l.Kinds.Distinct().Select(ChannelKinds.Name)),
            ["sources"] = l.SourceCount,
            ["orientation"] = l.IsFixed ? "fixed" : "free",
            ["frame"] = l.Frame.Name,
            ["bad"] = new JsonArray([.. l.BadChannels.Select(b => (JsonNode)b)]),
        });
        Add(document, "covariances", study.NoiseCovariances, c => new()
        {
            ["channels"] = c.Channels.Count,
            ["diagonal"] = c.IsDiagonal,
            ["degrees_of_freedom"] = c.DegreesOfFreedom,
            ["method"] = c.Method,
            ["projectors"] = c.Projectors.Count,
            ["bad"] = new JsonArray([.. c.BadChannels.Select(b => (JsonNode)b)]),
        });
        Add(document, "variances", study.NoiseCovariances.Take(1).SelectMany(c => c.Channels.Select((name, i) => (Name: name, Value: c[i, i]))), v => new() { ["name"] = v.Name, ["variance"] = v.Value });
        Add(document, "source_spaces", study.SourceSpaces, s => new()
        {
            ["name"] = s.Name,
            ["kind"] = s.Kind.ToString().ToLowerInvariant(),
            ["points"] = s.PositionsMetres.Count,
            ["used"] = s.Used.Count,
            ["triangles"] = s.Triangles.Count,
            ["frame"] = s.Frame.Name,
        });
        Add(document, "surfaces", study.Surfaces, s => new()
        {
            ["name"] = s.Name,
            ["vertices"] = s.Mesh.Vertices.Count,
            ["triangles"] = s.Mesh.Triangles.Count,
            ["conductivity_s_per_m"] = s.ConductivitySiemensPerMetre,
            ["frame"] = s.Mesh.Frame.Name,
        });
        Add(document, "projectors", study.Projectors, Projector);
        Add(document, "dipoles", study.Dipoles, d => new()
        {
            ["begin_s"] = d.BeginSeconds,
            ["end_s"] = d.EndSeconds,
            ["position_m"] = Position(d.PositionMetres),
            ["moment_am"] = Position(d.MomentAmpereMetres),
            ["goodness_of_fit"] = d.GoodnessOfFit,
            ["frame"] = d.Frame.Name,
        });
        Add(document, "head_positions", study.HeadPositions, h => new()
        {
            ["time_s"] = h.TimeSeconds,
            ["device_to_head_m"] = MatrixOf(h.DeviceToHead),
            ["goodness_of_fit"] = h.GoodnessOfFit,
            ["error_m"] = h.ErrorMetres,
            ["speed_m_per_s"] = h.MetresPerSecond,
        });
        Add(document, "neighbours", study.Neighbours?.Pairs ?? [], p => new() { ["a"] = study.Neighbours!.Labels[p.A], ["b"] = study.Neighbours.Labels[p.B] });
        Add(document, "coil_definitions", study.CoilDefinitions, c => new()
        {
            ["coil_type"] = c.CoilType,
            ["class"] = c.Class.ToString(),
            ["accuracy"] = c.Accuracy.ToString().ToLowerInvariant(),
            ["points"] = c.Points.Count,
            ["size_m"] = c.SizeMetres,
            ["baseline_m"] = c.BaselineMetres,
            ["description"] = c.Description,
        });
        if (study.CrossTalk is { } crossTalk)
        {
            document["cross_talk_channels"] = crossTalk.Rows.Count;
        }

        Add(document, "events", study.Events, e => new() { ["sample"] = e.Sample, ["before"] = e.Before, ["after"] = e.After, ["time_s"] = e.TimeSeconds, ["text"] = e.Text });
        Add(document, "transforms", study.Transforms, t => new()
        {
            ["from"] = t.From.Name,
            ["to"] = t.To.Name,
            ["matrix_m"] = MatrixOf(t),
        });
        Add(document, "fiducials", study.Layouts.SelectMany(l => l.Fiducials), f => new() { ["name"] = f.Name, ["position_m"] = Position(f.PositionMetres) });
    }

    /// <summary>The compensations that came with a recording.</summary>
    public static void AddCompensations(JsonObject document, Recording recording)
    {
        Add(document, "compensations", recording.Compensations, c => new()
        {
            ["name"] = c.Name,
            ["grade"] = c.Grade,
            ["channels"] = c.Coefficients.Rows.Count,
            ["references"] = c.Coefficients.Columns.Count,
        });
        int[] grades = [.. recording.Channels.Select(c => c.CompensationGrade).OfType<int>().Distinct().Order()];
        if (grades.Length > 0)
        {
            document["compensation_grades"] = new JsonArray([.. grades.Select(g => (JsonNode)g)]);
        }
    }

    private static JsonObject Projector(Projector projector) => new()
    {
        ["name"] = projector.Name,
        ["active"] = projector.IsActive,
        ["channels"] = projector.Channels.Count,
        ["vectors"] = projector.Vectors.Count,
    };

    private static JsonArray MatrixOf(Transform transform) =>
        new([.. Enumerable.Range(0, 4).Select(r => (JsonNode)new JsonArray([.. Enumerable.Range(0, 4).Select(c => (JsonNode)transform.Matrix[r, c])]))]);

    private static JsonArray Position(Point3 p) => new(p.X, p.Y, p.Z);

    private static void Add<T>(JsonObject document, string name, IEnumerable<T> items, Func<T, JsonObject> describe)
    {
        var rows = new JsonArray([.. items.Select(i => (JsonNode)describe(i))]);
        if (rows.Count > 0)
        {
            document[name] = rows;
        }
    }
}
