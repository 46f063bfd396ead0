using System.Globalization;
using System.Text.RegularExpressions;
using SignalLab.Formats.Times;
using SignalLab.Model;

namespace SignalLab.Formats.Delimited;

/// <summary>Goes through the rows of a table once: times, words, whether each row is a sample.</summary>
/// <param name="plan">What its columns are.</param>
internal sealed partial class DelimitedScan(DelimitedPlan plan)
{
    // Fewer times than this tell nothing about their spacing; where most steps differ there is no rate to tell.
    private const int FewestTimes = 6;
    private const double LeastEvenShare = 0.5;

    private readonly TimeScan times = new();
    private readonly List<(double Seconds, long Sample, string Text)> words = [];
    private DateTime? first;
    private double? scale;
    private double zero = double.NaN;
    private long samples;
    private long lost;

    /// <summary>Wall clock at the first sample where the times tell it.</summary>
    public DateTime? Start { get; private set; }

    /// <summary>Looks at a row.</summary>
    /// <param name="cells">Its cells.</param>
    /// <returns>True where it is a sample.</returns>
    public bool Take(RowCells cells)
    {
        var isSample = plan.IsSample(cells);
        var seconds = plan.Time is { } column ? Seconds(cells, column) : double.NaN;
        foreach (var word in plan.Words)
        {
            // A marker column of numbers says 0 where nothing happened.
            if (cells[word] is not ([] or [(byte)'0']) && cells.Text(word) is { } text && text is not ("0.0" or "n/a" or "nan" or "NaN"))
            {
                words.Add((seconds, samples, text));
            }
        }

        lost += !isSample && plan.HasValue(cells) ? 1 : 0;
        if (isSample)
        {
            samples++;
            if (plan.Time is not null)
            {
                times.Add(seconds);
                zero = double.IsNaN(zero) ? seconds : zero;
            }
        }

        return isSample;
    }

    /// <summary>Rate and gaps.</summary>
    /// <param name="path">The file; where there are no times, its name may tell the rate (<c>name_200Hz.txt</c>).</param>
    /// <param name="count">Samples.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <exception cref="UnfitInputException">Nothing tells the rate, or the times are spaced unevenly.</exception>
    public SampledTimes Times(string path, long count, List<string> remarks)
    {
        if (plan.Values.Count == 0)
        {
            throw new UnfitInputException($"{path}: the table has no columns of numbers beside its times.");
        }

        if (lost > 0)
        {
            remarks.Add(FormattableString.Invariant($"{lost} rows have no time; they are left out."));
        }

        if (plan.Time is not null)
        {
            var read = times.Finish() ?? throw new MalformedFileException(path, null, "times", FormattableString.Invariant($"{count} rows whose times do not rise"), "two rows at least, one later than the other");
            if (count >= FewestTimes && read.EvenShare < LeastEvenShare)
            {
                throw new UnfitInputException($"{path}: a table whose times are spaced unevenly (fewer than half of the steps are near the usual one): they tell no sampling rate.");
            }

            remarks.AddRange(read.Remark is { } remark ? [remark] : []);
            Start = first ?? (scale is not null ? ColumnName.Epoch(zero) : null);
            return read;
        }

        if (RateIn(path) is { } rate)
        {
            remarks.Add(FormattableString.Invariant($"The table has no times: the rate of {rate} Hz is taken from the file's name."));
            return SampledTimes.Steady(0, rate, count);
        }

        throw new UnfitInputException($"{path}: a table without a column of times: nothing tells the sampling rate. Add a column \"time_s\", or name the rate in the file's name (name_250Hz.csv).");
    }

    /// <summary>The rate that a file's name tells, or null.</summary>
    /// <param name="path">The file.</param>
    public static double? RateIn(string path) =>
        RateInName().Match(Path.GetFileNameWithoutExtension(path)) is { Success: true } match && double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is > 0 and < 1e9 and var rate ? rate : null;

    /// <summary>The words found, at their times.</summary>
    /// <param name="sampled">Rate and gaps.</param>
    public IReadOnlyList<Annotation> Annotations(SampledTimes sampled) =>
        [.. words.Select(w => new Annotation(plan.Time is null || double.IsNaN(w.Seconds) ? w.Sample / sampled.RateHz : w.Seconds - sampled.StartSeconds, 0, w.Text)).OrderBy(a => a.OnsetSeconds)];

    private double Seconds(RowCells cells, int column)
    {
        var value = cells.Number(column);
        if (plan.SecondsOfTime > 0)
        {
            return value * plan.SecondsOfTime;
        }

        if (double.IsNaN(value))
        {
            if (ColumnName.Moment(cells.Text(column)) is not { } moment)
            {
                return double.NaN;
            }

            first ??= moment;
            return (moment - first.Value).TotalSeconds;
        }

        // Counts from 1970 tell the wall clock and, by their size, their unit.
        if (samples == 0 && first is null)
        {
            scale = ColumnName.EpochScale(value);
        }

        return value * (scale ?? 1);
    }

    [GeneratedRegex(@"(?<![\d.])(\d+(?:\.\d+)?)\s*Hz", RegexOptions.IgnoreCase)]
    private static partial Regex RateInName();
}
