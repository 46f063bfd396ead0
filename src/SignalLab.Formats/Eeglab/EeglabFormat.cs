using SignalLab.Formats.Mat;
using SignalLab.Model;

namespace SignalLab.Formats.Eeglab;

/// <summary>EEGLAB datasets (<c>.set</c>, MAT version 5 to 7.3) with their samples inside or in an <c>.fdt</c> file beside them.</summary>
/// <remarks>Source: EEGLAB, "Data structures" (eeg_checkset.m, pop_loadset.m), file versions of 2004 to 2024.</remarks>
public sealed class EeglabFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "EEGLAB";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return MatFile.Recognises(head) || MatFile.IsHdf5(head) && HoldsDataset(head.Path);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var fields = EeglabFields.Open(path);
        var remarks = new List<string>();
        var table = EeglabSampleTable.Of(fields, remarks);
        var channels = EeglabChannels.Of(fields, table, remarks);
        var timeline = EeglabTimeline.Of(fields, table, remarks);
        if (fields["icaweights"] is { Count: > 0 })
        {
            remarks.Add("The file holds an ICA decomposition; it is not read.");
        }

        var recording = new Recording(channels.Channels, table.Samples())
        {
            Segments = timeline.Segments,
            Annotations = timeline.Annotations,
            Start = Start(fields["etc"]),
            Subject = new Subject(fields["subject"].AsText()),
            Fiducials = channels.Fiducials,
            Comments = Comments(fields),
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }

    // Importers leave year, month, day, hour, minute and second in etc.T0.
    private static DateTime? Start(MatValue? etc)
    {
        if (etc is not MatStruct { Count: > 0 } kept || kept.Field(0, "T0") is not MatNumbers { Count: 6 } numbers)
        {
            return null;
        }

        var t = new double[6];
        numbers.Read(0, t);
        return t[0] is >= 1 and <= 9998 && t[1] is >= 1 and <= 12 && t[2] is >= 1 && t[2] <= DateTime.DaysInMonth((int)t[0], (int)t[1])
            && t[3] is >= 0 and < 24 && t[4] is >= 0 and < 60 && t[5] is >= 0 and < 61
            ? new DateTime((int)t[0], (int)t[1], (int)t[2], (int)t[3], (int)t[4], 0).AddTicks((long)Math.Round(t[5] * 1e6) * TimeSpan.TicksPerMicrosecond)
            : null;
    }

    private static string[] Comments(EeglabFields fields)
    {
        string[] lines = [.. (fields["comments"].AsText() ?? "").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];
        return fields["ref"].AsText() is { } reference ? [.. lines, $"reference: {reference}"] : lines;
    }

    private static bool HoldsDataset(string path)
    {
        try
        {
            var names = MatFile.Open(path).Names.ToHashSet(StringComparer.Ordinal);
            return names.Contains("EEG") || names.IsSupersetOf(["data", "srate", "nbchan"]);
        }
        catch (MalformedFileException)
        {
            return false;
        }
    }
}
