using System.Globalization;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Ctf;

/// <summary>The header of a dataset (<c>.res4</c>), big-endian.</summary>
internal sealed record Res4Header
{
    private const int RunDescription = 1844;
    private const int CoefficientBytes = 1992;
    private const int LongestFilter = 1000;

    /// <summary>Samples a trial.</summary>
    public required int TrialSamples { get; init; }

    /// <summary>Trials the header states.</summary>
    public required int Trials { get; init; }

    /// <summary>Samples of each trial before its trigger.</summary>
    public required int PreTriggerSamples { get; init; }

    public required double RateHz { get; init; }

    /// <summary>Trials averaged, 0 where nothing was.</summary>
    public required int AverageCount { get; init; }

    public required IReadOnlyList<Res4Channel> Channels { get; init; }

    /// <summary>Sets of compensation coefficients, by the number of channels each is for.</summary>
    public required int Coefficients { get; init; }

    public DateTime? Start { get; init; }

    public Subject Subject { get; init; } = Subject.Unknown;

    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>Analogue filters as <c>LP:200Hz</c>.</summary>
    public string Prefilter { get; init; } = "";

    /// <summary>True where bytes begin as a header does.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head.StartsWith("MEG4"u8) && head.Length >= 8 && head[5..7].SequenceEqual("RS"u8) && head[7] is 0 or (byte)' ';

    /// <summary>Reads the header.</summary>
    /// <param name="path">The <c>.res4</c> file.</param>
    public static Res4Header Read(string path)
    {
        var fields = new FieldCursor(ByteSource.OpenAsIs(path), isBigEndian: true);
        fields.Require(RunDescription, "header");
        var magic = fields.Text(8, "identification");
        if (!magic.StartsWith("MEG4", StringComparison.Ordinal) || !magic.EndsWith("RS", StringComparison.Ordinal))
        {
            throw fields.Fault(8, "identification", $"\"{magic}\"", "\"MEG41RS\" or \"MEG42RS\"");
        }

        fields.Skip(512);
        var description = fields.Text(256, "description");
        var averages = fields.Int16("trials averaged");
        var (time, date) = (fields.Text(255, "time"), fields.Text(255, "date"));
        fields.Position = 1288;
        var samples = Positive(fields, fields.Int32("samples a trial"), 4, "samples a trial");
        var channels = Positive(fields, fields.Int16("number of channels"), 2, "number of channels");
        fields.Align(8);
        var rate = fields.Double("sampling rate");
        if (!double.IsFinite(rate) || rate <= 0)
        {
            throw fields.Fault(8, "sampling rate", FormattableString.Invariant($"{rate} Hz"), "a positive rate");
        }

        fields.Skip(8);
        var trials = fields.Int16("number of trials");
        fields.Align(4);
        var before = fields.Int32("samples before the trigger");
        fields.Position = 1360;
        string[] texts = [fields.Text(32, "run name"), fields.Text(256, "run title"), fields.Text(32, "instruments"), fields.Text(32, "collection"), fields.Text(32, "subject"), fields.Text(32, "operator")];
        fields.Position = 1836;
        var length = fields.Int32("length of the run description");
        fields.Position = RunDescription;
        if (length < 0)
        {
            throw new MalformedFileException(path, 1836, "length of the run description", FormattableString.Invariant($"{length}"), "a length in bytes");
        }

        fields.Require(length, "run description");
        var run = fields.Text(length, "run description");
        var filters = Filters(fields);
        var described = Res4Channel.ReadAll(fields, channels);
        var coefficients = fields.Int16("number of compensation coefficients");
        fields.Require(Math.Max(0L, coefficients) * CoefficientBytes, "compensation coefficients");
        return new()
        {
            TrialSamples = samples,
            Trials = trials,
            PreTriggerSamples = before >= 0 && before <= samples ? before : 0,
            RateHz = rate,
            AverageCount = Math.Max(0, (int)averages),
            Channels = described,
            Coefficients = Math.Max(0, (int)coefficients),
            Start = Clock(date, time),
            Subject = new Subject(texts[4].Length > 0 ? texts[4] : null),
            Comments = [.. new[] { description, texts[0], texts[1], run }.Where(t => t.Length > 0).Distinct()],
            Prefilter = filters,
        };
    }

    private static int Positive(FieldCursor fields, int value, int size, string field) => value > 0 ? value : throw fields.Fault(size, field, FormattableString.Invariant($"{value}"), "at least 1");

    // Class 1 … 3 tell the design; type 1 is a low-pass, 2 a high-pass, 3 a notch.
    private static string Filters(FieldCursor fields)
    {
        var count = fields.Int16("number of filters");
        if (count < 0)
        {
            throw fields.Fault(2, "number of filters", FormattableString.Invariant($"{count}"), "0 or more");
        }

        var words = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var frequency = fields.Double("filter frequency");
            fields.Skip(4);
            var type = fields.Int32("filter type");
            var parameters = fields.Int16("filter parameters");
            if (parameters is < 0 or > LongestFilter)
            {
                throw fields.Fault(2, "filter parameters", FormattableString.Invariant($"{parameters}"), FormattableString.Invariant($"0 to {LongestFilter}"));
            }

            fields.Skip(8L * parameters);
            if (type is >= 1 and <= 3 && double.IsFinite(frequency) && frequency > 0)
            {
                words.Add(FormattableString.Invariant($"{(type == 1 ? "LP" : type == 2 ? "HP" : "N")}:{frequency:0.######}Hz"));
            }
        }

        return string.Join(' ', words);
    }

    // Typed by the operator's system: some exchange the two fields.
    private static DateTime? Clock(string date, string time)
    {
        if (date.Contains(':', StringComparison.Ordinal) && !time.Contains(':', StringComparison.Ordinal))
        {
            (date, time) = (time, date);
        }

        string[] days = ["d/M/yyyy", "d-MMM-yyyy", "ddd, MMM d, yyyy", "ddd, MMM dd, yyyy", "yyyy/M/d", "yyyy-M-d"];
        string[] hours = [@"h\:m\:s", @"h\:m"];
        return DateOnly.TryParseExact(date, days, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var day)
            && TimeSpan.TryParseExact(time, hours, CultureInfo.InvariantCulture, out var clock)
            ? day.ToDateTime(TimeOnly.MinValue).Add(clock)
            : null;
    }
}
