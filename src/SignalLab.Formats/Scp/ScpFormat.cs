using SignalLab.Model;

namespace SignalLab.Formats.Scp;

/// <summary>SCP-ECG records: rhythm, reference beat, measurements and statements.</summary>
/// <remarks>Source: EN 1064:2005+A1:2007, Standard communication protocol for computer-assisted electrocardiography; ANSI/AAMI EC71:2001; EN 1064:2020 for section 12.</remarks>
public sealed class ScpFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "SCP-ECG";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && !head.IsGzip && ScpFile.Begins(head.Bytes);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var file = ScpFile.Open(path);
        var longTerm = file[12] is { } twelve ? ScpLongTerm.Of(twelve) : null;
        var (leads, isSubtracted) = LeadsOf(file, longTerm is not null);
        var huffman = ScpHuffman.Of(file[2]);
        var reference = leads.Count > 0 && file[5] is { } five ? new ScpSignal(five, leads.Count, huffman) : null;
        var beats = file[4] is { } four ? ScpBeats.Of(four) : null;
        var header = new ScpHeader(file[1]);
        var origin = new Origin(OriginKind.Algorithm, header.Device.Length > 0 ? header.Device : "SCP-ECG device");
        var recordings = new List<Recording>();
        ScpRhythm? rhythm = null;
        if (leads.Count > 0 && file[6] is { } six)
        {
            rhythm = new ScpRhythm(file, new ScpSignal(six, leads.Count, huffman), leads, reference, beats, isSubtracted);
            if (rhythm.Decimation > 1)
            {
                file.Remarks.Add(FormattableString.Invariant($"Outside the QRS complexes the samples were decimated {rhythm.Decimation}:1 before storing (bimodal compression); they are interpolated."));
            }

            recordings.AddRange(Rhythms(file, header, leads, rhythm));
        }

        if (longTerm is not null)
        {
            recordings.Add(longTerm.Recording(header.Start, header.Prefilter) with { Remarks = file.Remarks });
        }

        if (reference is not null && beats is { LengthMs: > 0 })
        {
            recordings.Add(ReferenceBeat(leads, reference, beats) with { Remarks = file.Remarks });
        }

        if (recordings.Count == 0)
        {
            throw new MalformedFileException(path, null, "sections 5, 6 and 12", "neither a rhythm nor a reference beat", "at least one");
        }

        // Beats count samples of the rhythm of section 6.
        var marks = Annotations(file, rhythm is null ? null : beats, rhythm?.RateHz ?? 1, origin);
        recordings[0] = recordings[0] with { Annotations = [.. marks], Measurements = [.. Measurements(file, origin)] };
        if (file.Sections.Where(s => s is 9 or > 12 || (s == 12 && longTerm is null)).ToList() is { Count: > 0 } unread)
        {
            file.Remarks.Add($"Not read: section{(unread.Count > 1 ? "s" : "")} {string.Join(", ", unread.Select(NameOf))}.");
        }

        var provenance = Provenance.OfFile(path, Name);
        return new Study
        {
            Recordings = [.. recordings.Select(r => r with { Subject = header.Subject, LineFrequencyHz = header.LineFrequencyHz, Comments = header.Comments, Provenance = provenance })],
            Format = Name,
            Remarks = file.Remarks,
        };
    }

    private static string NameOf(int section) => section switch
    {
        9 => "9 (the maker's own diagnosis)",
        12 => "12 (long-term rhythm, in a layout that is not known)",
        13 => "13 (stress and drug trials)",
        14 => "14 (selected sequences)",
        15 => "15 (measurements of every beat)",
        16 => "16 (measurements of selected beats)",
        17 => "17 (pacemaker spikes)",
        18 => "18 (further annotations)",
        _ => FormattableString.Invariant($"{section} (not known)"),
    };

    private static (IReadOnlyList<ScpLead> Leads, bool IsSubtracted) LeadsOf(ScpFile file, bool mayLack) =>
        file[3] is { } three ? ScpLead.Of(three)
        : mayLack ? ([], false)
        : throw new MalformedFileException(file.Path, null, "section 3", "none", "the definition of the leads");

    // Leads that begin together are one recording; in a page of columns each column begins later.
    private static IEnumerable<Recording> Rhythms(ScpFile file, ScpHeader header, IReadOnlyList<ScpLead> leads, ScpRhythm rhythm)
    {
        var groups = Enumerable.Range(0, leads.Count).GroupBy(i => leads[i].First).OrderBy(g => g.Key).ToList();
        for (var g = 0; g < groups.Count; g++)
        {
            int[] members = [.. groups[g]];
            var scale = rhythm.MicrovoltsPerStep;
            yield return new Recording(
                [
                    .. members.Select(i => new Channel(leads[i].Name, ChannelKind.Ecg, Unit.Microvolt, rhythm.RateHz, leads[i].Count)
                    {
                        Prefilter = header.Prefilter,
                        Calibration = rhythm.IsStepped ? new(scale, 0, short.MinValue, short.MaxValue, short.MinValue * scale, short.MaxValue * scale) : null,
                    }),
                ],
                new ScpSamples(members, [.. members.Select(i => leads[i].Count)], lead => rhythm[lead]))
            {
                Title = groups.Count == 1 ? "rhythm" : FormattableString.Invariant($"rhythm {g + 1}"),
                Start = header.Start?.AddSeconds((groups[g].Key - groups[0].Key) / rhythm.RateHz),
                Remarks = file.Remarks,
            };
        }
    }

    private static Recording ReferenceBeat(IReadOnlyList<ScpLead> leads, ScpSignal reference, ScpBeats beats)
    {
        var (scale, indices) = (reference.MicrovoltsPerStep, Enumerable.Range(0, leads.Count).ToArray());
        long[] counts = [.. indices.Select(i => Math.Min(reference.MostSamples(i), beats.LengthMs * 1000L / reference.IntervalMicroseconds))];
        return new(
            [
                .. leads.Select((l, i) => new Channel(l.Name, ChannelKind.Ecg, Unit.Microvolt, reference.RateHz, counts[i])
                {
                    Calibration = new(scale, 0, short.MinValue, short.MaxValue, short.MinValue * scale, short.MaxValue * scale),
                }),
            ],
            new ScpSamples(indices, counts, lead => Array.ConvertAll(reference.Decode(lead, (int)counts[lead]), v => v * scale)))
        {
            Title = "reference beat",
        };
    }

    private static IEnumerable<Annotation> Annotations(ScpFile file, ScpBeats? beats, double rateHz, Origin origin)
    {
        var marks = (beats?.Beats ?? []).Where(b => b.Fiducial > 0).Select(b => new Annotation((b.Fiducial - 1) / rateHz, 0, FormattableString.Invariant($"QRS type {b.Type}")) { Origin = origin });
        var spikes = file[7] is { } seven ? ScpMeasurements.Spikes(seven, origin) : [];
        var statements = file[8] is { } eight ? ScpStatements.Of(eight, false, origin) : [];
        var coded = file[11] is { } eleven ? ScpStatements.Of(eleven, true, origin) : [];
        return statements.Concat(coded).Concat(marks).Concat(spikes);
    }

    private static IEnumerable<Measurement> Measurements(ScpFile file, Origin origin) =>
        (file[7] is { } seven ? ScpMeasurements.Global(seven, origin) : []).Concat(file[10] is { } ten ? ScpMeasurements.OfLeads(ten, origin) : []);
}
