using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Ishne;

/// <summary>ISHNE standard output format for digital Holter data: 16-bit samples of all leads behind one header.</summary>
/// <remarks>Source: F. Badilini, "The ISHNE Holter standard output file format", Ann Noninvasive Electrocardiol 3 (1998) 263–266.</remarks>
public sealed class IshneFormat : IFormat
{
    private const string Magic = "ISHNE1.0";

    /// <inheritdoc/>
    public string Name => "ISHNE Holter";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsDirectory && head.Has(0, Magic);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var source = ByteSource.Open(path);
        var header = IshneHeader.Read(source, Magic);
        var frames = FramesOf(source, header);
        var remarks = new List<string>(header.Remarks);
        var held = (source.Length - header.SampleOffset) / (2L * header.Leads.Count);
        if (held > frames)
        {
            remarks.Add(FormattableString.Invariant($"The file holds {held - frames} more samples per lead than its header states; they are left out."));
        }

        var samples = new NumberSamples(source, new NumberTable(NumberType.Int16, header.Leads.Count), header.SampleOffset, frames, [.. header.Leads.Select((l, i) => new NumberColumn(i, l.Gain))]);
        var recording = new Recording([.. header.Leads.Select(l => ChannelOf(l, header.RateHz, frames))], samples)
        {
            Start = header.Start,
            Subject = header.Subject,
            Comments = header.Comments,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }

    private static Channel ChannelOf(IshneLead lead, double rateHz, long frames) => new(lead.Name, ChannelKind.Ecg, lead.Unit, rateHz, frames)
    {
        Calibration = new(lead.Gain, 0, short.MinValue, short.MaxValue, short.MinValue * lead.Gain, short.MaxValue * lead.Gain),
    };

    // Writers state the samples of one lead, or those of all leads together.
    private static long FramesOf(ByteSource source, IshneHeader header)
    {
        var (leads, bytes) = (header.Leads.Count, source.Length - header.SampleOffset);
        var held = bytes / (2L * leads);
        return header.StatedSamples <= held ? header.StatedSamples
            : header.StatedSamples == held * leads ? held
            : throw new MalformedFileException(source.Path, source.Length, "samples", FormattableString.Invariant($"the end of the file after {held} samples of {leads} leads"), FormattableString.Invariant($"{header.StatedSamples}, as the header states"));
    }
}
