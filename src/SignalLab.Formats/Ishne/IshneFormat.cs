using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Ishne;

/// <summary>ISHNE standard output format for digital Holter data: 16-bit samples of all leads behind one header, and the beats in a file beside them.</summary>
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
        return !head.IsDirectory && (head.Has(0, Magic) || head.Has(0, IshneAnnotations.Magic));
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var source = ByteSource.Open(path);
        if (FileHead.Of(path).Has(0, IshneAnnotations.Magic))
        {
            return new Study { Recordings = [BeatsAlone(source)], Format = Name };
        }

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
            Annotations = BeatsBeside(path, header.RateHz, remarks),
            Subject = header.Subject,
            Comments = header.Comments,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }

    // An annotation file opened by itself: beats without samples.
    private static Recording BeatsAlone(ByteSource source)
    {
        var header = IshneHeader.Read(source, IshneAnnotations.Magic);
        var remarks = new List<string> { $"The beats alone: the samples lie in another file, {Path.GetFileNameWithoutExtension(source.Path)}.ecg as a rule, with which they are read together." };
        if (header.RateHz <= 0)
        {
            throw new MalformedFileException(source.Path, 272, "sampling rate", FormattableString.Invariant($"{header.RateHz}"), "a number of Hz above 0");
        }

        return new Recording([], new MemorySamples([]))
        {
            Annotations = [.. IshneAnnotations.At(IshneAnnotations.Read(source, header.SampleOffset, remarks), header.RateHz)],
            Start = header.Start,
            Subject = header.Subject,
            Comments = header.Comments,
            Remarks = remarks,
            Provenance = Provenance.OfFile(source.Path, "ISHNE Holter"),
        };
    }

    private static Annotation[] BeatsBeside(string path, double rateHz, List<string> remarks)
    {
        if (SiblingFile.Find(Path.ChangeExtension(path, null), ".ann") is not { } beside || !FileHead.Of(beside).Has(0, IshneAnnotations.Magic))
        {
            return [];
        }

        try
        {
            var source = ByteSource.Open(beside);
            var header = IshneHeader.Read(source, IshneAnnotations.Magic);
            var beats = IshneAnnotations.Read(source, header.SampleOffset, remarks);
            if (header.RateHz > 0 && header.RateHz != rateHz)
            {
                remarks.Add(FormattableString.Invariant($"{Path.GetFileName(beside)} counts {header.RateHz} samples/s, the recording has {rateHz}: the beats' times are by their own rate."));
            }

            return [.. IshneAnnotations.At(beats, header.RateHz > 0 ? header.RateHz : rateHz)];
        }
        catch (MalformedFileException e)
        {
            // The samples can be read without them: the user is told.
            remarks.Add($"The beats beside the recording cannot be read: {e.Message}");
            return [];
        }
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
