using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Curry;

/// <summary>What the data are, as section <c>DATA_PARAMETERS</c> states.</summary>
/// <param name="Text">The parameter file.</param>
/// <param name="ChannelCount">Columns of the data.</param>
/// <param name="SampleCount">Samples a channel, or a trial.</param>
/// <param name="TrialCount">Trials, at least 1.</param>
/// <param name="RateHz">Sampling rate.</param>
internal sealed record CurryParameters(CurryText Text, int ChannelCount, long SampleCount, int TrialCount, double RateHz)
{
    private const string Section = "DATA_PARAMETERS";

    /// <summary>True where the data say that they are text.</summary>
    public bool IsAscii { get; init; }

    public bool IsBigEndian { get; init; }

    /// <summary>True where each channel's samples stand together.</summary>
    public bool IsVectorised { get; init; }

    /// <summary>Lines and columns of a text file before its numbers.</summary>
    public (int Lines, int Columns) Skipped { get; init; }

    public bool HasDecimalComma { get; init; }

    public DateTime? Start { get; init; }

    /// <summary>Reads the section.</summary>
    /// <param name="text">The parameter file.</param>
    public static CurryParameters Of(CurryText text)
    {
        if (Whole(text, "FrequencyDomain", 0) != 0)
        {
            throw new UnfitInputException($"{text.Path}: the data are in the frequency domain; only recordings over time can be read.");
        }

        var format = text.Value(Section, "DataFormat")?.ToUpperInvariant() ?? "FLOAT";
        if (format is not ("FLOAT" or "ASCII") && !int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new UnfitInputException($"{text.Path}: the data are stored as \"{format}\"; FLOAT and ASCII can be read.");
        }

        return new(text, (int)Whole(text, "NumChannels", null, 1), Whole(text, "NumSamples", null), (int)Math.Max(1, Whole(text, "NumTrials", 1)), Rate(text))
        {
            IsAscii = format == "ASCII",
            IsBigEndian = text.Value(Section, "DataByteOrder") is { } order && order.Equals("MOTOROLA", StringComparison.OrdinalIgnoreCase),
            IsVectorised = text.Value(Section, "DataSampOrder") is { } samples && samples.Equals("CHAN", StringComparison.OrdinalIgnoreCase),
            Skipped = ((int)Whole(text, "NumLinesSkip", 0), (int)Whole(text, "NumColumnsSkip", 0)),
            HasDecimalComma = Whole(text, "DecimalSymbol", 0) != 0,
            Start = Clock(text),
        };
    }

    // Both are stated; where they differ the interval counts, which is what the amplifier was set to.
    private static double Rate(CurryText text)
    {
        var interval = Number(text, "SampleTimeUsec");
        var rate = interval > 0 ? 1e6 / interval : 0;
        var stated = Number(text, "SampleFreqHz");
        if (stated > 0 && (rate == 0 || Math.Abs(stated - rate) < 1e-5 * rate))
        {
            rate = stated;
        }

        return rate > 0 && double.IsFinite(rate) ? rate : throw Fault(text, "SampleFreqHz", "a rate above 0, or SampleTimeUsec above 0");
    }

    private static double Number(CurryText text, string key) =>
        double.TryParse(text.Value(Section, key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : 0;

    private static long Whole(CurryText text, string key, long? otherwise, long least = 0)
    {
        if (text.Value(Section, key) is not { } value)
        {
            return otherwise ?? throw Fault(text, key, "a whole number");
        }

        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= (key == "NumSamples" ? 1L << 53 : int.MaxValue)
            ? number
            : throw Fault(text, key, FormattableString.Invariant($"a whole number of at least {least}"));
    }

    private static MalformedFileException Fault(CurryText text, string key, string expected) =>
        new(text.Path, null, $"{Section}, {key}", text.Value(Section, key) is { } value ? $"\"{value}\"" : "nothing", expected);

    // Files of other makers state seconds of the day here; a clock that cannot be is unknown.
    private static DateTime? Clock(CurryText text)
    {
        int? Part(string key, int least, int most) =>
            int.TryParse(text.Value(Section, key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? value : null;

        return Part("StartYear", 1, 9999) is { } year && Part("StartMonth", 1, 12) is { } month && Part("StartDay", 1, DateTime.DaysInMonth(year, month)) is { } day
            && Part("StartHour", 0, 23) is { } hour && Part("StartMin", 0, 59) is { } minute && Part("StartSec", 0, 59) is { } second
            ? new DateTime(year, month, day, hour, minute, second, Part("StartMillisec", 0, 999) ?? 0)
            : null;
    }
}
