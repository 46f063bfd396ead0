using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Ctf;

/// <summary>The samples of a dataset: after 8 bytes, trial by trial, each channel's samples together, 32-bit big-endian; large datasets go on in further files.</summary>
/// <param name="Source">Where samples are read from.</param>
/// <param name="Count">Samples a channel.</param>
/// <param name="Clock">The channel of the system's clock, in steps, or -1.</param>
internal sealed record CtfSamples(ISampleSource Source, long Count, int Clock)
{
    private const int HeaderBytes = 8;

    /// <summary>True where bytes begin as a file of samples does.</summary>
    public static bool Begins(ReadOnlySpan<byte> head) => head.Length >= 8 && head.StartsWith("MEG4"u8) && head[5..7].SequenceEqual("CP"u8);

    /// <summary>Finds the samples.</summary>
    /// <param name="folder">The dataset.</param>
    /// <param name="header">Its header.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static CtfSamples Open(CtfFolder folder, Res4Header header, List<string> remarks)
    {
        if (folder.Parts.Count == 0)
        {
            throw new MalformedFileException(folder.Header, null, "samples", "no .meg4 file beside it", "the file that holds the dataset's samples");
        }

        NumberColumn[] columns = [.. header.Channels.Select((c, i) => new NumberColumn(i, c.Step))];
        var parts = folder.Parts.Select(p => Part(p, header, columns)).ToList();
        var total = parts.Sum(p => p.Count);
        var clock = header.Channels.ToList().FindIndex(c => c.Name.StartsWith("SCLK01", StringComparison.Ordinal));
        var source = new ConsecutiveSamples(parts);
        var recorded = clock < 0 ? total : Recorded(source, clock, total);
        if (recorded < total)
        {
            remarks.Add(FormattableString.Invariant($"The acquisition was stopped after {recorded} samples; the file goes on with {total - recorded} empty ones, which are left out."));
        }

        if (header.Trials > 0 && total != (long)header.Trials * header.TrialSamples)
        {
            remarks.Add(FormattableString.Invariant($"The header states {header.Trials} trials, the files of samples hold {total / header.TrialSamples}."));
        }

        return new(recorded < total ? new ConsecutiveSamples([(source, recorded)]) : source, recorded, clock);
    }

    private static (ISampleSource, long Count) Part(string path, Res4Header header, NumberColumn[] columns)
    {
        var bytes = ByteSource.OpenAsIs(path);
        Span<byte> magic = stackalloc byte[HeaderBytes];
        bytes.ReadExactly(0, magic, "identification");
        if (!Begins(magic))
        {
            throw new MalformedFileException(path, 0, "identification", Convert.ToHexStringLower(magic), "\"MEG41CP\"");
        }

        var table = new NumberTable(NumberType.Int32, header.Channels.Count, IsVectorised: true, IsBigEndian: true);
        var trialBytes = table.FrameBytes * header.TrialSamples;
        if ((bytes.Length - HeaderBytes) % trialBytes != 0)
        {
            throw new MalformedFileException(
                path, bytes.Length, "samples", FormattableString.Invariant($"{bytes.Length - HeaderBytes} bytes"),
                FormattableString.Invariant($"whole trials of {header.Channels.Count} channels × {header.TrialSamples} samples × 4 bytes"));
        }

        NumberBlock[] trials =
        [
            .. Enumerable.Range(0, (int)((bytes.Length - HeaderBytes) / trialBytes))
                .Select(t => new NumberBlock(HeaderBytes + (t * trialBytes), (long)t * header.TrialSamples, header.TrialSamples)),
        ];
        return (new NumberSamples(bytes, table, trials, columns), (long)trials.Length * header.TrialSamples);
    }

    // The clock counts up while something is recorded and stands at 0 after: bisect for the first 0 from the end.
    private static long Recorded(ConsecutiveSamples source, int clock, long total)
    {
        bool IsEmpty(long sample)
        {
            Span<double> one = [0];
            source.Read(clock, sample, one);
            return one[0] == 0;
        }

        if (total == 0 || !IsEmpty(total - 1))
        {
            return total;
        }

        var (low, high) = (0L, total - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = IsEmpty(middle) ? (low, middle) : (middle + 1, high);
        }

        return low == 0 ? total : low;
    }
}
