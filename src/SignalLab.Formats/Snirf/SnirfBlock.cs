using SignalLab.Formats.Hdf5;
using SignalLab.Formats.Times;
using SignalLab.Model;

namespace SignalLab.Formats.Snirf;

/// <summary>A table of samples with its times.</summary>
/// <param name="Path">The group.</param>
/// <param name="Table">The table's path.</param>
/// <param name="Rows">Samples a channel.</param>
/// <param name="Columns">Channels.</param>
/// <param name="Times">When they were taken.</param>
internal sealed record SnirfBlock(string Path, string Table, long Rows, int Columns, SampledTimes Times)
{
    /// <summary>Sampling rate.</summary>
    public double RateHz => Times.RateHz;

    /// <summary>Time of the first sample by the file's clock.</summary>
    public double StartSeconds => Times.StartSeconds;

    /// <summary>Reads where a table lies and when its rows were taken.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">The group.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="seconds">Seconds in the file's unit of time.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <returns>Null where there are no samples.</returns>
    /// <exception cref="MalformedFileException">Table and times disagree.</exception>
    public static SnirfBlock? Read(Hdf5File file, string path, string table, double seconds, List<string> remarks)
    {
        var tablePath = $"{path}/{table}";
        if (file.Sizes(tablePath) is not { Count: 1 or 2 } sizes || sizes[0] == 0 || sizes[^1] is 0 or > int.MaxValue)
        {
            return null;
        }

        MalformedFileException Fault(string found, string expected) => new(file.Path, null, path + "/time", found, expected);
        var (rows, columns) = (sizes[0], sizes.Count == 2 ? (int)sizes[1] : 1);
        var times = file.Numbers(path + "/time") ?? throw Fault("nothing", "the times of the samples");
        if (times.Length == 2 && rows != 2)
        {
            // The first time and the step.
            return times[1] > 0 && double.IsFinite(times[0]) && double.IsFinite(1 / (times[1] * seconds))
                ? new(path, tablePath, rows, columns, SampledTimes.Steady(times[0] * seconds, SampledTimes.Plain(1 / (times[1] * seconds)), rows))
                : throw Fault(FormattableString.Invariant($"the step {times[1]}"), "a step above 0");
        }

        if (times.Length != rows)
        {
            throw Fault(FormattableString.Invariant($"{times.Length} times"), FormattableString.Invariant($"one for each of {rows} samples, or start and step"));
        }

        for (var i = 0; i < times.Length; i++)
        {
            times[i] *= seconds;
        }

        var read = SampledTimes.Of(times) ?? throw Fault("times that do not rise", "rising times of two samples at least");
        if (read.Remark is { } remark)
        {
            remarks.Add($"{path}: {remark}");
        }

        return new(path, tablePath, rows, columns, read);
    }

    /// <summary>The stretches, time counted from a moment.</summary>
    /// <param name="zeroSeconds">The moment, by the file's clock.</param>
    public IReadOnlyList<Segment> SegmentsFrom(double zeroSeconds) => [.. Times.Segments.Select(s => s with { OnsetSeconds = s.OnsetSeconds + StartSeconds - zeroSeconds })];
}
