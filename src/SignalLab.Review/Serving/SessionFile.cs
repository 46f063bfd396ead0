using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

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
            return File.Exists(path) ? File.ReadAllText(path) : "{}";
        }
    }

    /// <summary>Keeps a session.</summary>
    /// <param name="session">A JSON object.</param>
    /// <exception cref="QueryException">It is none.</exception>
    public void Save(JsonElement session)
    {
        if (session.ValueKind != JsonValueKind.Object)
        {
            throw new QueryException("A session is a JSON object.");
        }

        lock (gate)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(path + ".part", session.GetRawText());
            File.Move(path + ".part", path, overwrite: true);
        }
    }
}
