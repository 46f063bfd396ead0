using SignalLab.Formats.Labels;
using SignalLab.Model;

namespace SignalLab.Formats.Cnt;

/// <summary>Neuroscan continuous recordings (<c>.cnt</c>), 16 and 32 bits, multiplexed by sample or by block.</summary>
/// <remarks>Source: Neuroscan, SCAN 4 manual, "Data file formats" (<c>sethead.h</c>): SETUP, ELECTLOC, TEEG, EVENT1 to EVENT3.</remarks>
public sealed class CntFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "Neuroscan CNT";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && CntHeader.Recognises(head.Bytes);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var bytes = ByteSource.Open(path);
        var remarks = new List<string>();
        var header = CntHeader.Read(bytes);
        var layout = CntLayout.Of(bytes, header, remarks);
        var electrodes = CntElectrode.ReadAll(bytes, header.ChannelCount);
        var recording = new Recording(Channels(header, electrodes, layout.SampleCount), layout.Samples(bytes, electrodes))
        {
            Annotations = CntEvents.Read(bytes, header, layout, remarks),
            Start = header.Start,
            Subject = header.Subject,
            Comments = header.Comments,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }

    private static Channel[] Channels(CntHeader header, CntElectrode[] electrodes, long count)
    {
        var kindOf = ChannelLabels.KindsAmong(electrodes.Select(e => e.Label));
        return [.. electrodes.Select(e => new Channel(e.Label, kindOf(e.Label, Unit.Microvolt), Unit.Microvolt, header.RateHz, count)
        {
            IsBad = e.IsBad,
        })];
    }
}
