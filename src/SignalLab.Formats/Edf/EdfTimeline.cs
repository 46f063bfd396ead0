using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>What the time stamps of the data records say: where the recording starts, its gaps, its annotations.</summary>
internal sealed class EdfTimeline
{
    // Overlaps up to this share of a record are clock jitter; beyond, the records are not in order.
    private const decimal JitterShare = 0.1m;

    // Annotations of one record, in bytes: far more than any writer makes, far less than would hurt.
    private const int LargestBlock = 1 << 28;

    private readonly EdfRecords records;
    private readonly EdfSignal[] stamped;
    private readonly decimal tolerance;
    private readonly Lazy<EdfAnnotationPass> pass;
    private readonly List<string> remarks = [];

    private EdfTimeline(EdfRecords records)
    {
        this.records = records;
        var header = records.Header;
        stamped = [.. header.Signals.Where(s => s.HoldsAnnotations && s.SamplesPerRecord > 0)];
        var fastest = header.Signals.Where(s => !s.HoldsAnnotations).Select(s => s.SamplesPerRecord).DefaultIfEmpty(0).Max();
        tolerance = fastest == 0 ? 0.001m : Math.Clamp(header.RecordSeconds / (2 * fastest), 0.001m, 0.005m);
        pass = new(() => EdfAnnotationPass.Over(records, stamped, FirstOnset));
        Annotations = stamped.Length == 0 ? [] : new LazyList<Annotation>(() => pass.Value.Annotations);
    }

    /// <summary>Seconds from the header's clock to the first sample.</summary>
    public decimal FirstOnset { get; private set; }

    public IReadOnlyList<Segment> Segments { get; private set; } = [];

    /// <summary>Read in one pass over the annotation signals when first looked at.</summary>
    public IReadOnlyList<Annotation> Annotations { get; }

    /// <summary>What is odd: in the header, then in stamps and annotations; looking at it reads the annotations.</summary>
    /// <param name="headerRemarks">What is odd in the header.</param>
    public IReadOnlyList<string> RemarksAfter(IReadOnlyList<string> headerRemarks) => stamped.Length == 0
        ? [.. headerRemarks, .. remarks]
        : new LazyList<string>(() => [.. headerRemarks, .. remarks, .. pass.Value.Remarks]);

    /// <summary>Reads as few stamps as the format allows: the first and the last of a continuous file, all of one with gaps.</summary>
    /// <param name="records">The data records.</param>
    /// <exception cref="MalformedFileException">Records with gaps lack a stamp, or do not follow each other.</exception>
    public static EdfTimeline Of(EdfRecords records)
    {
        var timeline = new EdfTimeline(records);
        timeline.Settle();
        return timeline;
    }

    private void Settle()
    {
        var header = records.Header;
        var (count, step) = (header.RecordCount, header.RecordSeconds);
        Segments = count == 0 || step == 0 ? [] : [new Segment(0, (double)(count * step))];
        if (stamped.Length == 0)
        {
            if (header.IsPlus)
            {
                remarks.Add($"The file claims to be {header.Format} but has no annotation signal{(header.IsDiscontinuous ? ": it is read as if it had no gaps, so times may be wrong" : "")}.");
            }

            return;
        }

        if (!header.IsPlus)
        {
            remarks.Add($"The file has an annotation signal though it claims to be plain {header.Format}.");
        }

        if (count == 0)
        {
            return;
        }

        RequireSensibleSize();
        var first = EdfAnnotationPass.StampOf(records, stamped[0], 0);
        if (first is null)
        {
            remarks.Add("The first data record has no time stamp; it is taken to start at the header's time.");
        }

        FirstOnset = first ?? 0;
        if (step == 0)
        {
            return;
        }

        if (header.IsDiscontinuous)
        {
            Segments = Discontinuous();
        }
        else if (first is not null && count > 1 && EdfAnnotationPass.StampOf(records, stamped[0], count - 1) is { } last
            && Math.Abs(last - FirstOnset - ((count - 1) * step)) > tolerance)
        {
            Segments = DespiteClaim(last);
        }
    }

    private void RequireSensibleSize()
    {
        if (stamped.FirstOrDefault(s => (long)s.SamplesPerRecord * records.Header.SampleBytes > LargestBlock) is { } huge)
        {
            throw new MalformedFileException(
                records.Path, records.Header.DataOffset + huge.ByteOffset, $"signal '{huge.Label}'",
                FormattableString.Invariant($"{huge.SamplesPerRecord} samples a record"), FormattableString.Invariant($"at most {LargestBlock} bytes of annotations"));
        }
    }

    private List<Segment> Discontinuous()
    {
        var stamps = pass.Value.Stamps;
        if (stamps.FindIndex(s => s is null) is >= 0 and var missing)
        {
            throw Fault(missing, "no time stamp", "one in every data record of a file with gaps");
        }

        var segments = Join(stamps, out var overlap);
        if (overlap >= 0)
        {
            throw Fault(overlap, FormattableString.Invariant($"a record that starts {stamps[overlap]:0.######} s after the header's time"),
                FormattableString.Invariant($"not before {stamps[overlap - 1] + records.Header.RecordSeconds:0.######} s, where the record before it ends"));
        }

        return segments;
    }

    // A file that claims to be continuous but whose stamps do not add up: real gaps are kept, nonsense is not believed.
    private IReadOnlyList<Segment> DespiteClaim(decimal last)
    {
        var stamps = pass.Value.Stamps;
        var segments = stamps.Contains(null) ? [] : Join(stamps, out var overlap) is var joined && overlap < 0 ? joined : [];
        var format = records.Header.Format;
        if (segments.Count > 1)
        {
            remarks.Add($"The file claims to be {format} (no gaps), but the time stamps of its records show {segments.Count - 1} gap(s); they are kept.");
            return segments;
        }

        remarks.Add(FormattableString.Invariant(
            $"The time stamps of the data records do not fit their duration (the last one says {last - FirstOnset:0.######} s, {(records.Header.RecordCount - 1) * records.Header.RecordSeconds:0.######} s expected); the file is read as continuous, as it claims."));
        return Segments;
    }

    private List<Segment> Join(List<decimal?> stamps, out int overlap)
    {
        var step = records.Header.RecordSeconds;
        var jitter = Math.Max(tolerance, JitterShare * step);
        var segments = new List<Segment>();
        var (start, recordsIn, end) = (0m, 1, 0m);
        var jittered = 0;
        overlap = -1;
        for (var i = 1; i < stamps.Count; i++)
        {
            var late = stamps[i]!.Value - stamps[i - 1]!.Value - step;
            if (late < -jitter)
            {
                overlap = i;
                return segments;
            }

            jittered += late < -tolerance ? 1 : 0;
            if (late <= tolerance)
            {
                recordsIn++;
                continue;
            }

            segments.Add(new((double)start, (double)(recordsIn * step)));
            end = start + (recordsIn * step);
            start = Math.Max(end, stamps[i]!.Value - FirstOnset);
            recordsIn = 1;
        }

        segments.Add(new((double)start, (double)(recordsIn * step)));
        if (jittered > 0)
        {
            remarks.Add($"{jittered} data record(s) start a little before the one before them ends; they are taken to follow it.");
        }

        return segments;
    }

    private MalformedFileException Fault(int record, string found, string expected) =>
        new(records.Path, records.Header.DataOffset + (record * records.Header.RecordBytes) + stamped[0].ByteOffset,
            FormattableString.Invariant($"time stamp of data record {record + 1}"), found, expected);
}
