using System.Text.Json;
using System.Text.Json.Nodes;
using SignalLab.Model;

namespace SignalLab.Analysis.Components;

/// <summary>Decompositions as text, every number in full precision, so that one can be kept and applied to another recording.</summary>
public static class DecompositionJson
{
    private const string Kind = "signallab decomposition";

    /// <summary>Writes a decomposition.</summary>
    /// <param name="decomposition">The decomposition.</param>
    public static string Write(Decomposition decomposition)
    {
        ArgumentNullException.ThrowIfNull(decomposition);
        var d = decomposition;
        return new JsonObject
        {
            ["kind"] = Kind,
            ["method"] = d.Method.ToString(),
            ["seed"] = d.Seed,
            ["rank"] = d.Rank,
            ["samples"] = d.SampleCount,
            ["iterations"] = d.Iterations,
            ["converged"] = d.Converged,
            ["change"] = d.Change,
            ["tolerance"] = d.Tolerance,
            ["input"] = d.Provenance.Input,
            ["input_sha256"] = d.Provenance.InputSha256,
            ["steps"] = new JsonArray([.. d.Provenance.Steps.Select(s => (JsonNode)s.ToString())]),
            ["remarks"] = new JsonArray([.. d.Remarks.Select(r => (JsonNode)r)]),
            ["channels"] = new JsonArray([.. d.Channels.Select(c => (JsonNode)new JsonObject { ["name"] = c.Label, ["kind"] = c.Kind.ToString(), ["unit"] = c.Unit.Code, ["mean"] = c.Mean })]),
            ["components"] = new JsonArray([.. Enumerable.Range(0, d.Count).Select(k => (JsonNode)Component(d, k))]),
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    /// <summary>Reads a decomposition.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="UnfitInputException">The text is not JSON, or not a decomposition.</exception>
    public static Decomposition Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var root = JsonNode.Parse(json)!;
            if ((string?)root["kind"] != Kind)
            {
                throw new UnfitInputException($"The file is no decomposition: its \"kind\" is not \"{Kind}\".");
            }

            var channels = root["channels"]!.AsArray().Select(c => new DecomposedChannel((string)c!["name"]!, Enum.Parse<ChannelKind>((string)c["kind"]!), Unit.Parse((string)c["unit"]!), (double)c["mean"]!)).ToArray();
            var components = root["components"]!.AsArray();
            return new(channels, [.. components.Select(c => Row(c!["unmixing"]!, channels.Length))], [.. components.Select(c => Row(c!["map"]!, channels.Length))])
            {
                Method = Enum.Parse<ComponentMethod>((string)root["method"]!),
                Seed = (int)root["seed"]!,
                Rank = (int)root["rank"]!,
                SampleCount = (long)root["samples"]!,
                Iterations = (int)root["iterations"]!,
                Converged = (bool)root["converged"]!,
                Change = (double)root["change"]!,
                Tolerance = (double)root["tolerance"]!,
                Explained = [.. components.Select(c => (double)c!["explained"]!)],
                Labels = components.All(c => c!["label"] is not null) ? [.. components.Select(c => Label(c!))] : [],
                Remarks = [.. root["remarks"]!.AsArray().Select(r => (string)r!)],
                Provenance = new((string)root["input"]!, "", [.. root["steps"]!.AsArray().Select(s => ProcessingStep.Of((string)s!))]),
            };
        }
        catch (Exception fault) when (fault is JsonException or NullReferenceException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            throw new UnfitInputException($"The file is no whole decomposition: {fault.Message}");
        }
    }

    private static JsonObject Component(Decomposition d, int k)
    {
        var component = new JsonObject { ["explained"] = d.Explained[k], ["unmixing"] = Numbers(d.Unmixing[k]), ["map"] = Numbers(d.Maps[k]) };
        if (d.Labels.Count > 0)
        {
            component["label"] = d.Labels[k].Class.ToString();
            component["confidence"] = d.Labels[k].Confidence;
            component["scores"] = new JsonObject(d.Labels[k].Scores.Select(s => KeyValuePair.Create(s.Key.ToString(), (JsonNode?)s.Value)));
            component["evidence"] = d.Labels[k].Evidence;
        }

        return component;
    }

    private static ComponentLabel Label(JsonNode c) => new(
        Enum.Parse<ComponentClass>((string)c["label"]!), (double)c["confidence"]!, c["scores"]!.AsObject().ToDictionary(s => Enum.Parse<ComponentClass>(s.Key), s => (double)s.Value!), (string)c["evidence"]!);

    private static double[] Row(JsonNode values, int length)
    {
        double[] row = [.. values.AsArray().Select(v => (double)v!)];
        return row.Length == length && row.All(double.IsFinite) ? row : throw new UnfitInputException($"The file is no whole decomposition: a component has {row.Length} weights, {length} channels are listed.");
    }

    private static JsonArray Numbers(double[] values) => new([.. values.Select(v => (JsonNode)v)]);
}
