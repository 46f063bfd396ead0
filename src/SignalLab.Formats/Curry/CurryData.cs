using System.Buffers;
using SignalLab.Formats.Numbers;
using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Curry;

/// <summary>The data file: 32-bit floating-point numbers, or a text.</summary>
/// <param name="Samples">Where samples are read from, in the channels' units.</param>
/// <param name="SampleCount">Samples a channel over all trials.</param>
/// <param name="Segments">One a trial.</param>
internal sealed record CurryData(ISampleSource Samples, long SampleCount, IReadOnlyList<Segment> Segments)
{
    private const int LookBytes = 256;

    private static readonly SearchValues<byte> OfNumbers = SearchValues.Create("0123456789+-.,eE \t\r\n"u8);

    /// <summary>Opens the data of a recording.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="parameters">What its data are.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <exception cref="MalformedFileException">The file is missing or shorter than the parameters state.</exception>
    public static CurryData Open(CurryFiles files, CurryParameters parameters, List<string> remarks)
    {
        if (files.Data is not { } path)
        {
            throw new MalformedFileException(files.Parameters, null, "samples", "no data file beside it", files.Version == 8 ? "the .cdt file that holds its samples" : "the .dat file that holds its samples");
        }

        var bytes = ByteSource.OpenAsIs(path);
        var frame = (long)sizeof(float) * parameters.ChannelCount;
        var isText = parameters.IsAscii || (bytes.Length != frame * parameters.SampleCount && bytes.Length != frame * parameters.SampleCount * parameters.TrialCount && LooksLikeText(bytes));
        var table = isText
            ? AsciiTable.Of(bytes, new(parameters.ChannelCount, parameters.IsVectorised, 0, parameters.Skipped.Lines, parameters.Skipped.Columns, parameters.HasDecimalComma ? ',' : '.'))
            : null;
        var (count, perTrial) = Counts(path, parameters, table?.Count ?? bytes.Length / frame, remarks);
        ISampleSource samples = table is not null
            ? new AsciiSamples(table, count, [.. Enumerable.Repeat(1.0, parameters.ChannelCount)])
            : new NumberSamples(
                bytes, new(NumberType.Float32, parameters.ChannelCount, parameters.IsVectorised, parameters.IsBigEndian), 0, count,
                [.. Enumerable.Range(0, parameters.ChannelCount).Select(c => new NumberColumn(c))]);
        return new(samples, count, Trials(count, perTrial, parameters.RateHz, remarks));
    }

    // Makers differ in whether the stated samples are those of a trial or of all.
    private static (long Count, long PerTrial) Counts(string path, CurryParameters parameters, long held, List<string> remarks)
    {
        var (stated, trials) = (parameters.SampleCount, parameters.TrialCount);
        if (trials > 1 && held == stated && stated % trials == 0)
        {
            return (stated, stated / trials);
        }

        var count = stated > (1L << 53) / trials ? long.MaxValue : stated * trials;
        if (held < count)
        {
            throw new MalformedFileException(
                path, null, "samples", FormattableString.Invariant($"{held} of each channel"), FormattableString.Invariant($"{stated} in each of {trials} trials, as the parameters state"));
        }

        if (held > count)
        {
            remarks.Add(FormattableString.Invariant($"The data file holds {held - count} samples a channel more than the parameters state; they are left out."));
        }

        return (count, stated);
    }

    private static Segment[] Trials(long count, long perTrial, double rateHz, List<string> remarks)
    {
        if (count == 0)
        {
            return [];
        }

        if (count == perTrial)
        {
            return [new(0, count / rateHz)];
        }

        remarks.Add(FormattableString.Invariant($"The recording holds {count / perTrial} trials, a segment each; when they were recorded is not told: times run as if they followed each other."));
        return [.. Enumerable.Range(0, (int)(count / perTrial)).Select(t => new Segment(t * perTrial / rateHz, perTrial / rateHz))];
    }

    private static bool LooksLikeText(ByteSource bytes)
    {
        var head = new byte[(int)Math.Min(LookBytes, bytes.Length)];
        bytes.ReadExactly(0, head, "samples");
        return head.Length > 0 && head.AsSpan().IndexOfAnyExcept(OfNumbers) < 0;
    }
}
