using System.Globalization;
using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Besa;

/// <summary>The table of an export: a line of keys and values, in newer files a line of names, then the numbers.</summary>
internal sealed record BesaTable
{
    private const long LargestBytes = 64_000_000;

    /// <summary>Name of the condition or segment, or empty.</summary>
    public required string Segment { get; init; }

    /// <summary>Latency of the first sample.</summary>
    public required double FirstMilliseconds { get; init; }

    public required double RateHz { get; init; }

    public required int Points { get; init; }

    /// <summary>Names as the file lists them; empty in old files.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Microvolts, a row a channel.</summary>
    public required IReadOnlyList<double[]> Samples { get; init; }

    /// <summary>True for averages: every <c>.avr</c>, and a <c>.mul</c> that begins before its event.</summary>
    public required bool IsAverage { get; init; }

    /// <summary>True where a text begins as an export does.</summary>
    public static bool Begins(string text) =>
        text.AsSpan().TrimStart() is var start && (start.StartsWith("Npts=", StringComparison.OrdinalIgnoreCase) || start.StartsWith("TimePoints=", StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads an export whole.</summary>
    /// <param name="path">The file.</param>
    public static BesaTable Read(string path)
    {
        var bytes = ByteSource.OpenAsIs(path);
        if (bytes.Length > LargestBytes)
        {
            throw new UnfitInputException(FormattableString.Invariant($"{path}: an export of {bytes.Length} bytes as text is too large to be held; export it as binary (EDF+, BrainVision)."));
        }

        var content = Encoding.Latin1.GetString(bytes.Read(0, bytes.Length, "export"));
        if (!Begins(content))
        {
            throw new MalformedFileException(path, 0, "header", "no \"Npts=\" or \"TimePoints=\"", "the first line of a BESA export");
        }

        var keys = Keys(Line(content, 0, out var at));
        var isRows = keys.ContainsKey("NPTS");
        double Value(string key, string modern) => keys.TryGetValue(isRows ? key : modern, out var word) && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var v) && double.IsFinite(v)
            ? v
            : throw new MalformedFileException(path, 0, isRows ? key : modern, word is null ? "nothing" : $"\"{word}\"", "a number");
        var points = Count(path, "number of points", Value("NPTS", "TIMEPOINTS"));
        var interval = Value("DI", "SAMPLINGINTERVAL[MS]");
        if (!(interval > 0) || !double.IsFinite(1000 / interval))
        {
            throw new MalformedFileException(path, 0, "sampling interval", FormattableString.Invariant($"{interval} ms"), "a positive interval");
        }

        var scaleKey = isRows ? "SB" : "BINS/UV";
        var scale = keys.ContainsKey(scaleKey) ? Value(scaleKey, scaleKey) : 1;
        if (scale == 0)
        {
            throw new MalformedFileException(path, 0, scaleKey, "0", "steps a microvolt");
        }

        var second = Line(content, at, out var afterNames);
        var names = second.Any(char.IsLetter) && !IsNumber(Words(second)[0]) ? Words(second) : [];
        var numbers = Numbers(path, content, names.Length > 0 ? afterNames : at, 1 / scale);
        var channels = keys.ContainsKey(isRows ? "NCHAN" : "CHANNELS") ? Count(path, "number of channels", Value("NCHAN", "CHANNELS")) : points == 0 ? names.Length : numbers.Count / points;
        if (channels == 0 || numbers.Count != (long)channels * points || (names.Length > 0 && names.Length != channels))
        {
            throw new MalformedFileException(
                path, null, "samples", FormattableString.Invariant($"{numbers.Count} numbers and {names.Length} names"), FormattableString.Invariant($"{points} points of {channels} channels"));
        }

        var begin = Value("TSB", "BEGINSWEEP[MS]");
        return new()
        {
            Segment = keys.GetValueOrDefault("SEGMENTNAME") ?? keys.GetValueOrDefault("CONDITION") ?? "",
            FirstMilliseconds = begin,
            RateHz = 1000 / interval,
            Points = points,
            Names = names,
            Samples = [.. Enumerable.Range(0, channels).Select(c => Enumerable.Range(0, points).Select(p => isRows ? numbers[(c * points) + p] : numbers[(p * channels) + c]).ToArray())],
            IsAverage = isRows || begin < 0,
        };
    }

    // "Key= value Key= value …"; the last value may hold blanks.
    private static Dictionary<string, string> Keys(string line)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        string? key = null;
        foreach (var word in Words(line.Replace("=", "= ", StringComparison.Ordinal)))
        {
            if (word.EndsWith('='))
            {
                key = word[..^1].ToUpperInvariant();
                keys.TryAdd(key, "");
            }
            else if (key is not null)
            {
                keys[key] = keys[key].Length == 0 ? word : $"{keys[key]} {word}";
            }
        }

        return keys;
    }

    private static int Count(string path, string field, double value) => value is >= 0 and <= 100_000_000 && value == Math.Floor(value)
        ? (int)value
        : throw new MalformedFileException(path, 0, field, FormattableString.Invariant($"{value}"), "a whole number");

    private static List<double> Numbers(string path, string content, int at, double factor)
    {
        var numbers = new List<double>();
        var rest = content.AsSpan();
        while (at < rest.Length)
        {
            if (char.IsWhiteSpace(rest[at]))
            {
                at++;
                continue;
            }

            var end = at;
            while (end < rest.Length && !char.IsWhiteSpace(rest[end]))
            {
                end++;
            }

            numbers.Add(double.TryParse(rest[at..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? factor * value
                : throw new MalformedFileException(path, at, "sample", $"\"{rest[at..end]}\"", "a number"));
            at = end;
        }

        return numbers;
    }

    private static string Line(string content, int from, out int next)
    {
        var end = content.IndexOf('\n', from);
        next = end < 0 ? content.Length : end + 1;
        return content[from..next].Trim();
    }

    private static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsNumber(string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
