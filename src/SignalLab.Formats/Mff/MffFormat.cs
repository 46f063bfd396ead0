using SignalLab.Formats.Numbers;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Mff;

/// <summary>EGI's MFF: a folder of signals and XML files, opened as one recording; of averages, as one recording a category.</summary>
/// <remarks>Source: Electrical Geodesics, "MFF file format specification" and its schemas (mffVersion 0 to 3).</remarks>
public sealed class MffFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "EGI MFF";

    /// <summary>True for such a folder, and for the file of the electrodes' samples inside it.</summary>
    /// <param name="head">The folder or file.</param>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return head.IsDirectory
            ? MffFolder.IsFolder(head.Path)
            : head.Has(0, "\u0001\0\0\0") && MffFolder.IsFolder(Path.GetDirectoryName(Path.GetFullPath(head.Path))!) && MffFolder.Of(head.Path).IsFirstSignal(head.Path);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var folder = MffFolder.Of(path);
        var remarks = new List<string>();
        var signals = MffSignals.Of(folder, remarks);
        var recordTime = MffTime.Parse(folder.Require("info.xml").Text("recordTime"));
        if (recordTime is null)
        {
            remarks.Add("info.xml states no time of recording: events that have only a time of day are left out.");
        }

        var epochs = MffEpochs.Of(folder, signals.Main, remarks);
        var physiology = signals.Physiology is { } other ? MffPhysiology.Channels(folder, other, remarks) : [];
        var electrodes = signals.Electrodes is { } eeg ? MffElectrodes.Of(folder, eeg, remarks) : null;
        ISampleSource[] sources = [.. new[] { electrodes is null ? null : signals.Electrodes!.Samples(electrodes.Gains), signals.Physiology?.Samples(null) }.OfType<ISampleSource>()];

        var whole = new Recording([.. electrodes?.Channels ?? [], .. physiology], sources.Length == 1 ? sources[0] : new StackedSamples(sources))
        {
            Segments = epochs.Segments,
            Annotations = MffEvents.Of(folder, recordTime, epochs, remarks),
            Start = recordTime is { } time && epochs.BeginSeconds < (DateTime.MaxValue - time).TotalSeconds - 1 ? time.AddSeconds(epochs.BeginSeconds) : recordTime,
            Subject = MffSubject.Of(folder, recordTime),
            Fiducials = electrodes?.Fiducials ?? [],
            Remarks = remarks,
            Provenance = folder.Provenance(path, Name),
        };
        if (signals.Physiology is { } pns && signals.Electrodes is { } main && pns.RateHz == main.RateHz && pns.SampleCount != main.SampleCount)
        {
            remarks.Add(FormattableString.Invariant($"The physiological channels have {pns.SampleCount} samples, the electrodes {main.SampleCount}."));
        }

        var categories = MffCategories.Of(folder, epochs, electrodes?.Channels.Count ?? 0);
        IReadOnlyList<Recording> recordings = categories.IsAveraged ? categories.Conditions(whole, epochs) : [categories.Annotate(whole, epochs)];
        return new Study { Recordings = recordings, Format = Name, Remarks = remarks };
    }
}
