using System.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>Which annotation goes into which data record: the one it falls in, or a later one where that is full; the order is kept.</summary>
internal sealed class EdfAnnotationLayout
{
    private readonly EdfRecordPlan plan;
    private readonly decimal fraction;
    private readonly List<(long Record, byte[] List)> placed = [];

    private EdfAnnotationLayout(EdfRecordPlan plan, decimal fraction)
    {
        this.plan = plan;
        this.fraction = fraction;
    }

    /// <summary>Bytes of the annotation signal in every record.</summary>
    public int BlockBytes { get; private set; }

    /// <summary>Lays out the annotations.</summary>
    /// <param name="annotations">With onsets since the first sample.</param>
    /// <param name="plan">The data records.</param>
    /// <param name="fraction">Seconds from the header's clock to the first sample.</param>
    /// <param name="sampleBytes">2 or 3.</param>
    /// <exception cref="UnfitInputException">A text holds one of the characters that separate annotations.</exception>
    public static EdfAnnotationLayout Of(IReadOnlyList<Annotation> annotations, EdfRecordPlan plan, decimal fraction, int sampleBytes)
    {
        var layout = new EdfAnnotationLayout(plan, fraction);
        var lists = annotations.Where(a => a.Text.Length > 0).Select(a => (Record: layout.RecordAt(EdfNumber.Exact(a.OnsetSeconds)), List: layout.Encode(a))).ToArray();
        var stamp = layout.LongestStamp();
        var size = stamp + lists.Select(l => l.List.Length).DefaultIfEmpty(0).Max();
        while (!layout.TryPlace(lists, size - stamp))
        {
            size += size / 4;
        }

        layout.BlockBytes = (size + sampleBytes - 1) / sampleBytes * sampleBytes;
        return layout;
    }

    /// <summary>Fills the annotation signal of one record.</summary>
    /// <param name="record">Number of the record.</param>
    /// <param name="next">Position among the annotations, advanced; 0 at the first record.</param>
    /// <param name="block">Receives the bytes.</param>
    public void Fill(long record, ref int next, Span<byte> block)
    {
        block.Clear();
        var bytes = new List<byte>();
        Tal.Append(bytes, fraction + OnsetOf(record), 0, "");
        for (; next < placed.Count && placed[next].Record == record; next++)
        {
            bytes.AddRange(placed[next].List);
        }

        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes).CopyTo(block);
    }

    private bool TryPlace((long Record, byte[] List)[] lists, int room)
    {
        placed.Clear();
        var (record, used) = (0L, 0);
        foreach (var (wanted, list) in lists)
        {
            if (wanted > record)
            {
                (record, used) = (wanted, 0);
            }

            if (used + list.Length > room)
            {
                (record, used) = (record + 1, 0);
            }

            if (record >= plan.RecordCount)
            {
                return false;
            }

            placed.Add((record, list));
            used += list.Length;
        }

        return true;
    }

    private byte[] Encode(Annotation annotation)
    {
        var text = annotation.Channel is null ? annotation.Text : $"{annotation.Text}@@{annotation.Channel}";
        if (text.AsSpan().IndexOfAny('\0', '\x14', '\x15') >= 0)
        {
            throw new UnfitInputException(FormattableString.Invariant(
                $"The annotation at {annotation.OnsetSeconds} s holds a control character (0, 20 or 21) that EDF+ uses between annotations: rename it."));
        }

        var bytes = new List<byte>(Encoding.UTF8.GetByteCount(text) + 24);
        Tal.Append(bytes, fraction + EdfNumber.Exact(annotation.OnsetSeconds), annotation.DurationSeconds > 0 ? EdfNumber.Exact(annotation.DurationSeconds) : 0, text);
        return [.. bytes];
    }

    private long RecordAt(decimal onset)
    {
        var (record, at) = (0L, 0L);
        foreach (var stretch in plan.Stretches)
        {
            if (onset >= stretch.Onset && stretch.Records > 0)
            {
                record = at + (plan.RecordSeconds == 0 ? 0 : (long)Math.Min(stretch.Records - 1, decimal.Floor((onset - stretch.Onset) / plan.RecordSeconds)));
            }

            at += stretch.Records;
        }

        return record;
    }

    private decimal OnsetOf(long record)
    {
        foreach (var stretch in plan.Stretches)
        {
            if (record < stretch.Records)
            {
                return stretch.Onset + (record * plan.RecordSeconds);
            }

            record -= stretch.Records;
        }

        throw new ArgumentOutOfRangeException(nameof(record));
    }

    // An upper bound: the longest whole part, all decimals any term has, sign, point and three marks.
    private int LongestStamp()
    {
        var last = fraction + OnsetOf(plan.RecordCount - 1);
        var decimals = plan.Stretches.Select(s => (int)s.Onset.Scale).Append(fraction.Scale).Append(plan.RecordSeconds.Scale).Max();
        return Tal.Print(decimal.Truncate(last)).Length + decimals + 5;
    }
}
