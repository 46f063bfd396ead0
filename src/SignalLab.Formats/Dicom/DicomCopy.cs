using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>Walks through a data set and writes what may stand of it.</summary>
internal sealed class DicomCopy(DicomFile file, DicomElementWriter writer, Anonymity anonymity)
{
    // Texts that are looked at; a longer one is left out.
    private const int LongestText = 1 << 16;

    private readonly List<TreatedField> report = [];
    private readonly int days = anonymity.Key.ShiftDays(DicomPerson.SubjectOf(file.Data));

    public Subject Subject { get; } = DicomPerson.SubjectOf(file.Data);

    public IReadOnlyList<TreatedField> Report => report;

    /// <summary>Writes a data set in the order of its tags.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="added">Elements that are written in any case, in place of the set's own.</param>
    public void Write(DicomDataset set, IReadOnlyDictionary<DicomTag, Action<DicomElementWriter>> added)
    {
        var elements = set.Elements.ToDictionary(e => e.Key, e => e.Value);
        foreach (var tag in elements.Keys.Union(added.Keys).OrderBy(t => ((uint)t.Group << 16) | t.Element))
        {
            var has = elements.TryGetValue(tag, out var element);
            if (added.TryGetValue(tag, out var write))
            {
                if (has && set.Has(tag))
                {
                    Add(tag, ElementTreatments.Of(tag) == ElementTreatment.Age ? Treatment.Coarsened : Treatment.Removed);
                }

                write(writer);
            }
            else if (has)
            {
                Write(set, tag, element!);
            }
        }
    }

    private void Write(DicomDataset set, DicomTag tag, DicomElement element)
    {
        // A length of the group alone would no longer be right.
        if (tag.Element == 0)
        {
            return;
        }

        var treatment = ElementTreatments.Of(tag);
        var isSequence = element.Vr == "SQ" || element.Items.Count > 0;
        switch (treatment)
        {
            case ElementTreatment.Items when isSequence:
                writer.Sequence(tag, element.Items.Select<DicomDataset, Action>(i => () => Write(i, new Dictionary<DicomTag, Action<DicomElementWriter>>())));
                break;
            case ElementTreatment.Keep when !isSequence && element.Fragments is null:
                writer.Copy(tag, element, set.Source);
                break;
            case ElementTreatment.Date or ElementTreatment.Uid or ElementTreatment.Text or ElementTreatment.Told when !isSequence && element.Length <= LongestText:
                WriteText(set, tag, element, treatment);
                break;
            default:
                if (set.Has(tag))
                {
                    Add(tag, Treatment.Removed);
                }

                break;
        }
    }

    private void WriteText(DicomDataset set, DicomTag tag, DicomElement element, ElementTreatment treatment)
    {
        if (set.Text(tag) is not { } text)
        {
            writer.Value(tag, element.Vr, []);
            return;
        }

        switch (treatment)
        {
            case ElementTreatment.Date:
                var dates = set.Texts(tag).Select(t => PrintedDate.Back(t, days)).ToArray();
                var areWhole = dates.All(d => d is not null);
                Add(tag, areWhole ? Treatment.Shifted : Treatment.Removed);
                writer.Text(tag, element.Vr, areWhole ? string.Join('\\', dates) : "");
                break;
            case ElementTreatment.Uid:
                Add(tag, Treatment.Replaced);
                writer.Text(tag, "UI", string.Join('\\', set.Texts(tag).Select(anonymity.Key.Uid)));
                break;
            case ElementTreatment.Told:
                var told = anonymity.Told(text);
                Add(tag, told == text ? Treatment.Kept : Treatment.Replaced);
                Put(told, told == text);
                break;
            default:
                var isTold = !anonymity.NamesSubject(text);
                if (!isTold)
                {
                    Add(tag, Treatment.Removed);
                }

                Put("", isTold);
                break;
        }

        // A text that stays keeps its bytes and with them its character set; a new one is told in letters of every set.
        void Put(string other, bool isOwn)
        {
            if (isOwn)
            {
                writer.Copy(tag, element, set.Source);
            }
            else
            {
                writer.Text(tag, element.Vr, other);
            }
        }
    }

    private void Add(DicomTag tag, Treatment treatment) => report.Add(new(ElementTreatments.NameOf(tag), treatment));
}
