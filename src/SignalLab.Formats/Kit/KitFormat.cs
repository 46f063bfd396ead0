using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Kit;

/// <summary>Recordings of KIT, Yokogawa and Ricoh MEG systems (<c>.sqd .con .raw .mrk</c>): continuous or in epochs; a file of markers gives their places.</summary>
/// <remarks>Source: the directory, system, channel and acquisition structures as the Yokogawa MEG Reader toolbox 1.5 (Ricoh, 2018) and MNE-Python document them.</remarks>
public sealed class KitFormat : IFormat
{
    internal const string FormatName = "KIT";

    /// <inheritdoc/>
    public string Name => FormatName;

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && !head.IsGzip && KitDirectory.Begins(head.Bytes);
    }

    /// <inheritdoc/>
    /// <exception cref="UnfitInputException">The file holds averages, or is too old to say how it was scaled.</exception>
    public Study Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var bytes = ByteSource.OpenAsIs(path);
        var directory = KitDirectory.Read(bytes);
        var remarks = new List<string>();
        var system = KitSystem.Read(directory, remarks);
        var acquisition = KitAcquisition.Read(directory);
        var markers = KitMarkers.Read(directory);
        if (acquisition.Type == KitAcquisition.Averaged)
        {
            return Markers(path, markers);
        }

        var channels = KitChannel.ReadAll(directory, system, remarks);
        var points = KitPoints.Of(path, directory, markers, remarks);
        var data = directory.Entry(KitDirectory.RawData, "samples");
        var table = new NumberTable(system.SampleType, channels.Count);
        bytes.Require(data.Offset, acquisition.SampleCount * table.FrameBytes, "samples");
        var recording = new Recording(
            [.. channels.Select((c, i) => c.ToChannel(acquisition, system, points))],
            new NumberSamples(bytes, table, data.Offset, acquisition.SampleCount, [.. channels.Select((c, i) => new NumberColumn(i, c.Step))]))
        {
            Segments = acquisition.Segments(remarks),
            Start = system.Created,
            Comments = system.Comments,
            Fiducials = points.Fiducials,
            HeadShape = points.HeadShape,
            Transforms = points.Transforms,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Transforms = points.Transforms, Format = Name, Remarks = remarks };
    }

    private static Study Markers(string path, IReadOnlyList<Point3> markers) => markers.Count == 0
        ? throw new UnfitInputException($"{path}: holds an average or markers that were not measured; give the continuous recording it was made from.")
        : new Study
        {
            Layouts = [new SensorLayout(Frame.Device, [.. markers.Select((m, i) => new Sensor(FormattableString.Invariant($"hpi_{i + 1}"), m))], [], Path.GetFileName(path))],
            Format = FormatName,
            Remarks = ["A measurement of the markers: their places in the device frame are read, its averaged samples are not."],
        };
}
