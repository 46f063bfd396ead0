using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SignalLab.Review.Serving;

/// <summary>What a reader had open and set, kept between sessions, one file for each folder that is read.</summary>
/// <param name="folder">Where sessions are kept.</param>
/// <param name="root">The folder that is read.</param>
internal sealed class SessionFile(string folder, string root)
{
    private readonly Lock gate = new();
    private readonly string path = Path.Combine(folder, $"session-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(root))))[..16]}.json");

    /// <summary>What was kept, as JSON.</summary>
    public string Load()
    {
        lock (gate)
        {
            return Kept().ToJsonString();
        }
    }

    /// <summary>Keeps a session. What it says replaces what was kept; of objects in it (views and bookmarks by file) each entry by itself, so that two pages that read at once keep both.</summary>
    /// <param name="session">A JSON object.</param>
    /// <exception cref="QueryException">It is none, or names something twice.</exception>
    public void Save(JsonElement session)
    {
        if (session.ValueKind != JsonValueKind.Object)
        {
            throw new QueryException("A session is a JSON object.");
        }

        lock (gate)
        {
            var whole = Merged(Kept(), session);
            Directory.CreateDirectory(folder);
            File.WriteAllText(path + ".part", whole.ToJsonString());
            File.Move(path + ".part", path, overwrite: true);
        }
    }

    private static JsonObject Merged(JsonObject whole, JsonElement session)
    {
        try
        {
            foreach (var (name, value) in JsonObject.Create(session)!)
            {
                if (value is JsonObject entries && whole[name] is JsonObject kept)
                {
                    foreach (var (key, entry) in entries)
                    {
                        kept[key] = entry?.DeepClone();
                    }
                }
                else
                {
                    whole[name] = value?.DeepClone();
                }
            }

            return whole;
        }
        catch (ArgumentException)
        {
            throw new QueryException("A session names nothing twice.");
        }
    }

    // A file that is damaged is begun anew: it holds what is seen again at a glance.
    private JsonObject Kept()
    {
        try
        {
            return File.Exists(path) && JsonNode.Parse(File.ReadAllText(path)) is JsonObject kept ? kept : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
