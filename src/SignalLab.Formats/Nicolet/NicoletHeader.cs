using System.Globalization;
using SignalLab.Formats.Numbers;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Nicolet;

/// <summary>The text header: lines <c>name=value</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Labels">Electrodes in the order of the data.</param>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="SampleCount">Samples a channel.</param>
/// <param name="Type">How a number is stored.</param>
/// <param name="MicrovoltsPerStep">Gain of all channels.</param>
internal sealed record NicoletHeader(string Path, IReadOnlyList<string> Labels, double RateHz, long SampleCount, NumberType Type, double MicrovoltsPerStep)
{
    private const long LargestBytes = 1 << 20;

    private const string Rate = "sample_freq";
    private const string Samples = "num_samples";
    private const string Channels = "num_channels";
    private const string Names = "elec_names";
    private const string Factor = "conversion_factor";
    private const string Width = "sample_bytes";

    public DateTime? Start { get; init; }

    public Subject Subject { get; init; } = Subject.Unknown;

    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>True where a text is such a header's beginning.</summary>
    /// <param name="text">The first bytes.</param>
    public static bool Recognises(string text) =>
        text.Contains(Rate + "=", StringComparison.Ordinal) && text.Contains(Samples + "=", StringComparison.Ordinal) && text.Contains(Names + "=[", StringComparison.Ordinal);

    /// <summary>Reads the header.</summary>
    /// <param name="path">The file.</param>
    public static NicoletHeader Read(string path)
    {
        var text = SectionedText.Read(path, "header", LargestBytes);
        var labels = LabelsOf(text);
        return new(path, labels, Number(text, Rate, v => v > 0), (long)Number(text, Samples, v => v >= 0 && v == Math.Floor(v) && v < 1L << 53), TypeOf(text), Number(text, Factor, v => v != 0))
        {
            Start = DateTime.TryParse(text.Value("", "start_ts"), CultureInfo.InvariantCulture, DateTimeStyles.None, out var start) ? start : null,
            Subject = new Subject(text.Value("", "pat_id") is { Length: > 0 } id ? id : null),
            Comments = [.. new[] { "adm_id", "rec_id" }.Where(k => text.Value("", k) is { Length: > 0 }).Select(k => $"{k}: {text.Value("", k)}")],
        };
    }

    private static string[] LabelsOf(SectionedText text)
    {
        if (text.Value("", Names) is not ['[', .. var names, ']'])
        {
            throw text.Fault("", Names, "names in square brackets");
        }

        string[] labels = [.. names.Split(',').Select(n => n.Trim())];
        var stated = Number(text, Channels, v => v > 0);
        return stated == labels.Length ? labels : throw text.Fault("", Channels, FormattableString.Invariant($"{labels.Length}, the number of names"));
    }

    // 16 bits where the header is silent: all exports have them.
    private static NumberType TypeOf(SectionedText text) => text.Value("", Width) switch
    {
        null or "2" => NumberType.Int16,
        "4" => NumberType.Int32,
        _ => throw text.Fault("", Width, "2 or 4"),
    };

    private static double Number(SectionedText text, string key, Func<double, bool> isFit) =>
        double.TryParse(text.Value("", key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && isFit(value)
            ? value
            : throw text.Fault("", key, "a number that makes sense there");
}
