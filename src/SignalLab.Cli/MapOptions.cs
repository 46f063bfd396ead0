using System.CommandLine;
using System.Globalization;
using SignalLab.Analysis.Maps;
using SignalLab.Model;

namespace SignalLab.Cli;

/// <summary>Which time or band a map shows.</summary>
internal abstract record MapTime
{
    /// <summary>An instant; the latency of an average.</summary>
    public sealed record At(double Seconds) : MapTime;

    /// <summary>The mean over a stretch.</summary>
    public sealed record Window(double FromSeconds, double ToSeconds) : MapTime;

    /// <summary>Power in a band.</summary>
    public sealed record Power(FrequencyBand Band) : MapTime;

    /// <summary>A component of a decomposition, from 0.</summary>
    public sealed record Component(int Number) : MapTime;
}

/// <summary>The options that decide a map.</summary>
internal sealed class MapOptions
{
    private readonly Option<string> at = new("--at") { Description = "Instant in seconds; of an average the latency." };
    private readonly Option<string> window = new("--window") { Description = "Mean over the stretch A-B in seconds." };
    private readonly Option<string> band = new("--band") { Description = "Power in a band: delta theta alpha beta gamma, or LOW-HIGH in Hz." };
    private readonly Option<string> component = new("--component") { Description = "Independent component, from 0: fitted with the usual settings of ica, or of --load." };
    private readonly Option<string> load = new("--load") { Description = "Decomposition that ica --save wrote, for --component." };
    private readonly Option<string> baseline = new("--baseline") { Description = "Averages: subtract the mean of the latencies A,B; an empty side means the end." };
    private readonly Option<string> exclude = new("--exclude") { Description = "Sensors to leave out beside the bad ones." };
    private readonly Option<string> projectors = new("--proj") { Description = "on or off: the file's signal-space projectors.", DefaultValueFactory = _ => "on" };
    private readonly Option<string> reference = new("--reference") { Description = "as-recorded or average.", DefaultValueFactory = _ => "as-recorded" };
    private readonly Option<string> method = new("--method") { Description = "spline, cubic or nearest.", DefaultValueFactory = _ => "spline" };
    private readonly Option<string> extrapolate = new("--extrapolate") { Description = "head or local; as the sensors ask for where not given." };
    private readonly Option<int> grid = new("--grid") { Description = "Nodes a side.", DefaultValueFactory = _ => 64 };
    private readonly Option<string> normPack = new("--z") { Description = "Norm pack to compare with." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { at, window, band, component, load, baseline, exclude, projectors, reference, method, extrapolate, grid, normPack })
        {
            command.Options.Add(option);
        }
    }

    public MapTime Time(ParseResult parsed)
    {
        if (parsed.GetValue(normPack) is not null)
        {
            throw new UsageException("--z: this version has no norm packs.");
        }

        return (Selection.Seconds(parsed.GetValue(at), "--at"), Stretch(parsed), parsed.GetValue(band), Component(parsed)) switch
        {
            ({ } t, null, null, null) => new MapTime.At(t),
            (null, { } s, null, null) => new MapTime.Window(s.From, s.To),
            (null, null, { } name, null) => new MapTime.Power(BandNamed(name)),
            (null, null, null, { } number) => new MapTime.Component(number),
            (null, null, null, null) => throw new UsageException("map: give one of --at S, --window A-B, --band NAME, --component K."),
            _ => throw new UsageException("map: --at, --window, --band and --component exclude each other."),
        };
    }

    /// <summary>The component asked for, or null.</summary>
    public int? Component(ParseResult parsed) => parsed.GetValue(component) switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        var text => throw new UsageException($"--component '{text}': expected a number from 0."),
    };

    /// <summary>The decomposition to load, or null.</summary>
    public string? Load(ParseResult parsed) => parsed.GetValue(load);

    /// <summary>A-B in seconds; either side may be negative.</summary>
    public (double From, double To)? Stretch(ParseResult parsed)
    {
        if (parsed.GetValue(window) is not { } text)
        {
            return null;
        }

        var (from, to) = Range(text, "--window");
        return from < to ? (from, to) : throw new UsageException($"--window '{text}': the start must lie before the end.");
    }

    /// <summary>Latencies of the baseline, null for an open end; or null for none.</summary>
    public (double? From, double? To)? Baseline(ParseResult parsed)
    {
        if (parsed.GetValue(baseline) is not { } text)
        {
            return null;
        }

        var sides = text.Split(',');
        return sides.Length == 2
            ? (Side(sides[0]), Side(sides[1]))
            : throw new UsageException($"--baseline '{text}': expected two latencies separated by a comma.");

        static double? Side(string side) => side.Trim() is "" or "None" ? null : Selection.Numbers(side, "--baseline", 1)[0];
    }

    public bool Projects(ParseResult parsed) => OneOf(parsed, projectors, ("on", true), ("off", false));

    public TopographyOptions Topography(ParseResult parsed)
    {
        var size = parsed.GetValue(grid);
        return size is >= 8 and <= 1024
            ? new TopographyOptions
            {
                Method = OneOf(parsed, method, ("spline", TopographyMethod.Spline), ("cubic", TopographyMethod.CloughTocher), ("nearest", TopographyMethod.Nearest)),
                Extrapolation = parsed.GetValue(extrapolate) is null ? TopographyExtrapolation.Auto : OneOf(parsed, extrapolate, ("head", TopographyExtrapolation.Head), ("local", TopographyExtrapolation.Local)),
                Reference = OneOf(parsed, reference, ("as-recorded", TopographyReference.AsRecorded), ("average", TopographyReference.Average)),
                GridSize = size,
                Exclude = parsed.GetValue(exclude)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            }
            : throw new UsageException("--grid: expected 8 to 1024.");
    }

    private static FrequencyBand BandNamed(string text)
    {
        if (FrequencyBand.Standard.FirstOrDefault(b => string.Equals(b.Name, text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return known;
        }

        var (low, high) = Range(text, "--band");
        return low >= 0 && low < high ? new FrequencyBand(text + " Hz", low, high) : throw new UsageException($"--band '{text}': expected LOW-HIGH in Hz.");
    }

    private static (double Low, double High) Range(string text, string option)
    {
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == '-' && text[i - 1] is not ('e' or 'E' or '-')
                && double.TryParse(text[..i], NumberStyles.Float, CultureInfo.InvariantCulture, out var low)
                && double.TryParse(text[(i + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var high))
            {
                return (low, high);
            }
        }

        throw new UsageException($"{option} '{text}': expected two numbers with a dash between.");
    }

    private static T OneOf<T>(ParseResult parsed, Option<string> option, params ReadOnlySpan<(string Name, T Value)> choices)
    {
        var asked = parsed.GetValue(option);
        foreach (var (name, value) in choices)
        {
            if (name == asked)
            {
                return value;
            }
        }

        var names = new List<string>();
        foreach (var (name, _) in choices)
        {
            names.Add(name);
        }

        throw new UsageException($"{option.Name} '{asked}': expected {string.Join(" or ", names)}.");
    }
}
