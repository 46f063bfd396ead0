namespace SignalLab.Model;

/// <summary>One thing that was done, with every parameter that decides its result.</summary>
/// <param name="Name">The operation, for example <c>bandpass</c>.</param>
/// <param name="Parameters">Names (ending in their unit) and values.</param>
public sealed record ProcessingStep(string Name, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>A step from name and value pairs, values formatted invariantly.</summary>
    /// <param name="name">The operation.</param>
    /// <param name="parameters">Parameter names and values.</param>
    public static ProcessingStep Of(string name, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in parameters)
        {
            map[key] = value switch
            {
                double d => d.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
                IFormattable f => f.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
                _ => value?.ToString() ?? "",
            };
        }

        return new(name, map);
    }

    /// <summary>One line for a reader: long values are cut, empty ones left out. The parameters themselves keep every value.</summary>
    public override string ToString()
    {
        var told = Parameters.Where(p => p.Value.Length > 0).Select(p => $"{p.Key}={(p.Value.Length <= LongestTold ? p.Value : p.Value[..LongestTold] + "…")}");
        return Parameters.Count == 0 ? Name : $"{Name}({string.Join(", ", told)})";
    }

    private const int LongestTold = 48;
}

/// <summary>From which input, through which steps a recording or a map came.</summary>
/// <param name="Input">The file's name without its folder, or what made the data (<c>simulation</c>).</param>
/// <param name="Format">The format's name.</param>
/// <param name="Steps">What was done, first to last.</param>
public sealed record Provenance(string Input, string Format, IReadOnlyList<ProcessingStep> Steps)
{
    private Lazy<string?> hash = new((string?)null);

    /// <summary>Nothing is known.</summary>
    public static Provenance None { get; } = new("", "", []);

    /// <summary>SHA-256 of the input's bytes in lower-case hexadecimal, computed when first asked for; null where there is no file.</summary>
    public string? InputSha256 => hash.Value;

    /// <summary>Provenance of a file, hashed only when somebody asks.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format's name.</param>
    public static Provenance OfFile(string path, string format) => new(Path.GetFileName(path), format, [])
    {
        hash = new Lazy<string?>(() => Hash(path)),
    };

    /// <summary>Provenance of several files that make one thing (the slices of a series), hashed one after the other in that order.</summary>
    /// <param name="name">What holds them: the folder's name.</param>
    /// <param name="paths">The files.</param>
    /// <param name="format">The format's name.</param>
    public static Provenance OfFiles(string name, IReadOnlyList<string> paths, string format) => new(name, format, [])
    {
        hash = new Lazy<string?>(() => Hash(paths)),
    };

    /// <summary>The same input with one more step.</summary>
    /// <param name="step">What was done.</param>
    public Provenance Then(ProcessingStep step) => this with { Steps = [.. Steps, step] };

    private static string Hash(IReadOnlyList<string> paths)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        foreach (var path in paths)
        {
            using var stream = File.OpenRead(path);
            for (int n; (n = stream.Read(buffer)) > 0;)
            {
                hash.AppendData(buffer, 0, n);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Hash(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
    }
}
