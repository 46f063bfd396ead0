using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SignalLab.Model;

namespace SignalLab.Figures;

/// <summary>How a file was made: what every figure and report carries, as a line on the page and as JSON in its metadata.</summary>
/// <param name="Command">The command line, or the action in the reviewer.</param>
/// <param name="Inputs">From which files, through which steps.</param>
public sealed record Colophon(string Command, IReadOnlyList<Provenance> Inputs)
{
    /// <summary>Nothing is stated beside the program's version.</summary>
    public static Colophon None { get; } = new("", []);

    /// <summary>Program and version.</summary>
    public string Program { get; init; } = FormattableString.Invariant($"SignalLab {typeof(Colophon).Assembly.GetName().Version?.ToString(3)}");

    /// <summary>Parameters of the figure itself; names end in their unit.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>What a written recording does not hold as it was; null where no recording was written.</summary>
    public IReadOnlyList<Loss>? Losses { get; init; }

    /// <summary>One line for the foot of a page: program, inputs with the beginning of their SHA-256, steps.</summary>
    public string Line
    {
        get
        {
            var parts = new List<string> { Program };
            foreach (var input in Inputs.Where(i => i.Input.Length > 0))
            {
                parts.Add(input.InputSha256 is { } hash ? $"{input.Input} (SHA-256 {hash[..12]}…)" : input.Input);
                parts.AddRange(input.Steps.Select(s => s.ToString()));
            }

            return string.Join(" · ", parts);
        }
    }

    /// <summary>The whole of it as one JSON object: <c>program, command, inputs[name, format, sha256, steps[name, parameters]], parameters, losses[aspect, text]</c>, the last where a recording was written.</summary>
    public string ToJson()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("program", Program);
            json.WriteString("command", Command);
            json.WriteStartArray("inputs");
            foreach (var input in Inputs)
            {
                Write(json, input);
            }

            json.WriteEndArray();
            Write(json, Parameters);
            WriteLosses(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private void WriteLosses(Utf8JsonWriter json)
    {
        if (Losses is null)
        {
            return;
        }

        json.WriteStartArray("losses");
        foreach (var loss in Losses)
        {
            json.WriteStartObject();
            json.WriteString("aspect", JsonNamingPolicy.SnakeCaseLower.ConvertName(loss.Of.ToString()));
            json.WriteString("text", loss.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Provenance input)
    {
        json.WriteStartObject();
        json.WriteString("name", input.Input);
        json.WriteString("format", input.Format);
        json.WriteString("sha256", input.InputSha256);
        json.WriteStartArray("steps");
        foreach (var step in input.Steps)
        {
            json.WriteStartObject();
            json.WriteString("name", step.Name);
            Write(json, step.Parameters);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, string> parameters)
    {
        json.WriteStartObject("parameters");
        foreach (var (name, value) in parameters)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }
}
