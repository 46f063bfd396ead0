using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>All annotation lists of a file, read in one pass over the annotation signals.</summary>
internal sealed class EdfAnnotationPass
{
    private EdfAnnotationPass()
    {
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Annotation> Annotations { get; private set; } = [];

    /// <summary>When each record starts, in seconds since the header's clock; null where it does not say.</summary>
    public List<decimal?> Stamps { get; } = [];

    public List<string> Remarks { get; } = [];

    /// <summary>When one record starts; null where it does not say.</summary>
    /// <param name="records">The data records.</param>
    /// <param name="signal">The first annotation signal.</param>
    /// <param name="record">Number of the record.</param>
    public static decimal? StampOf(EdfRecords records, EdfSignal signal, long record)
    {
        var block = new byte[signal.SamplesPerRecord * records.Header.SampleBytes];
        records.Read(record, signal.ByteOffset, block);
        var lists = new List<Tal>();
        Tal.ReadAll(block, lists);
        return Stamp(lists);
    }

    /// <summary>Reads them all.</summary>
    /// <param name="records">The data records.</param>
    /// <param name="signals">The annotation signals; the first one keeps the time.</param>
    /// <param name="firstOnset">When the first record starts, subtracted from every onset.</param>
    public static EdfAnnotationPass Over(EdfRecords records, EdfSignal[] signals, decimal firstOnset)
    {
        var pass = new EdfAnnotationPass();
        var labels = records.Header.Signals.Where(s => !s.HoldsAnnotations).Select(s => s.Label).ToHashSet(StringComparer.Ordinal);
        var found = new List<(long Record, Annotation Annotation)>();
        var damaged = 0;
        for (var i = 0; i < signals.Length; i++)
        {
            var collector = new Collector(found, i == 0 ? pass.Stamps : null, labels, firstOnset);
            records.ForEach(0, records.Header.RecordCount, signals[i].ByteOffset, signals[i].SamplesPerRecord * records.Header.SampleBytes, ref collector);
            damaged += collector.Damaged;
        }

        if (damaged > 0)
        {
            pass.Remarks.Add($"{damaged} data record(s) hold something in an annotation signal that is not an annotation; it is passed over.");
        }

        pass.Annotations = signals.Length == 1 ? found.ConvertAll(f => f.Annotation) : [.. found.OrderBy(f => f.Record).Select(f => f.Annotation)];
        return pass;
    }

    // The first text of the first list is empty: that list is the record's time stamp.
    private static decimal? Stamp(List<Tal> lists) => lists.Count > 0 && lists[0].Texts is ["", ..] ? lists[0].Onset : null;

    private struct Collector(List<(long Record, Annotation Annotation)> found, List<decimal?>? stamps, HashSet<string> labels, decimal firstOnset) : IEdfRecordVisitor
    {
        private readonly List<Tal> lists = [];

        public int Damaged { get; private set; }

        public void Visit(long record, ReadOnlySpan<byte> bytes)
        {
            lists.Clear();
            Damaged += Tal.ReadAll(bytes, lists) ? 0 : 1;
            stamps?.Add(Stamp(lists));
            foreach (var list in lists)
            {
                foreach (var text in list.Texts)
                {
                    if (text.Length > 0)
                    {
                        found.Add((record, Linked((double)(list.Onset - firstOnset), (double)list.Duration, text)));
                    }
                }
            }
        }

        // Source: EDF+ standard texts 3.3, "text@@label" is about one signal.
        private readonly Annotation Linked(double onset, double duration, string text)
        {
            var at = text.LastIndexOf("@@", StringComparison.Ordinal);
            return at > 0 && labels.Contains(text[(at + 2)..].Trim())
                ? new(onset, duration, text[..at], text[(at + 2)..].Trim())
                : new(onset, duration, text);
        }
    }
}
