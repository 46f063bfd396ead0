using SignalLab.Model;

namespace SignalLab.Formats.Dicom;

/// <summary>The multiplex groups of a waveform object, a recording each: every group has its own rate, length and start.</summary>
/// <remarks>Source: DICOM PS3.3, C.10.9 (waveform), C.10.10 (annotations), A.34 (ECG, hemodynamic, audio, neurophysiology objects).</remarks>
internal static class WaveformRecordings
{
    private const string Storage = "1.2.840.10008.5.1.4.1.1.9.";
    private const int MostGroups = 1000;

    // The longest beginning that fits gives the kind of channels that their own label does not tell.
    private static readonly (string Beginning, ChannelKind Kind)[] Kinds =
    [
        (Storage + "1.", ChannelKind.Ecg),
        (Storage + "3.", ChannelKind.Ecg),
        (Storage + "4.", ChannelKind.Sound),
        (Storage + "5.", ChannelKind.Pleth),
        (Storage + "6.", ChannelKind.Resp),
        (Storage + "7.1", ChannelKind.Eeg),
        (Storage + "7.2", ChannelKind.Emg),
        (Storage + "7.3", ChannelKind.Eog),
        (Storage + "7.4", ChannelKind.Eeg),
        (Storage + "8.", ChannelKind.Position),
    ];

    /// <summary>True where the object holds waveforms.</summary>
    /// <exception cref="MalformedFileException">Its class is one of waveforms, but there are none.</exception>
    public static bool AreIn(DicomFile file)
    {
        var areThere = file.Data.Items(DicomTag.Waveforms).Count > 0;
        return areThere || !SopClassOf(file).StartsWith(Storage, StringComparison.Ordinal)
            ? areThere
            : throw new MalformedFileException(file.Path, null, "waveform sequence", "none", "at least one multiplex group in a waveform object");
    }

    /// <summary>The recordings in the file's order.</summary>
    /// <param name="file">An object that holds waveforms; it stays open.</param>
    /// <param name="provenance">Where they come from.</param>
    public static List<Recording> Of(DicomFile file, Provenance provenance)
    {
        var data = file.Data;
        var items = data.Items(DicomTag.Waveforms);
        if (items.Count > MostGroups)
        {
            throw new MalformedFileException(file.Path, null, "waveform sequence", FormattableString.Invariant($"{items.Count} multiplex groups"), FormattableString.Invariant($"at most {MostGroups}"));
        }

        var sop = SopClassOf(file);
        var kind = Kinds.FirstOrDefault(k => sop.StartsWith(k.Beginning, StringComparison.Ordinal)).Kind;
        List<WaveformGroup> groups = [.. items.Select((g, i) => WaveformGroup.Of(file, g, i, kind))];
        var annotations = new WaveformAnnotations(data, groups);
        var subject = DicomPerson.SubjectOf(data);
        var start = DicomPerson.StartOf(data);
        return
        [
            .. groups.Select((g, i) => new Recording(g.Channels, g.Samples)
            {
                Title = g.Label,
                Start = start?.AddMilliseconds(g.OffsetMilliseconds),
                Subject = subject,
                Annotations = annotations.Of(i),
                Measurements = annotations.MeasurementsOf(i),
                Remarks = g.Remarks,
                Provenance = provenance,
            }),
        ];
    }

    private static string SopClassOf(DicomFile file) => file.Data.Text(DicomTag.SopClass) ?? file.Meta.Text(DicomTag.MediaSopClass) ?? "";
}
