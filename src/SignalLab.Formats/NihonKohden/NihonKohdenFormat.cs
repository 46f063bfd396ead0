using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.NihonKohden;

/// <summary>Nihon Kohden Neurofax recordings (<c>.EEG</c>) of the EEG-1100, EEG-2100 and EEG-1200 families, with the <c>.21E .LOG .PNT</c> files beside them.</summary>
/// <remarks>Source: T. van Beelen, nk2edf (2007–2018), and the readers that agree with it; see this folder's README.</remarks>
public sealed class NihonKohdenFormat : IFormat
{
    /// <inheritdoc/>
    public string Name => "Nihon Kohden";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsGzip && !head.IsDirectory && NihonKohdenHeader.IsSignature(head.Bytes) && NihonKohdenHeader.IsRecording(head.Path);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var bytes = ByteSource.OpenAsIs(path);
        var header = NihonKohdenHeader.Read(bytes);
        var remarks = new List<string>();
        var names = ElectrodeNames.Beside(path, remarks);
        var log = NihonKohdenLog.Beside(path, remarks);
        var first = header.Blocks[0].Start ?? header.Start;
        var subject = NihonKohdenPatient.Beside(path, first, remarks);

        // A recording whose electrodes or rate change goes on as another one.
        var recordings = new List<Recording>();
        foreach (var blocks in header.Blocks.GroupBy(b => (b.RateHz, string.Join(',', b.Electrodes))))
        {
            WaveformBlock[] parts = [.. blocks];
            var onset = parts[0].Start is { } start && first is { } zero ? (start - zero).TotalSeconds : 0;
            recordings.Add(Recording(bytes, parts, names) with
            {
                Start = parts[0].Start ?? header.Start,
                Annotations = [.. log.Select(a => a with { OnsetSeconds = a.OnsetSeconds - onset })],
                Subject = subject,
                Remarks = remarks,
                Provenance = Provenance.OfFile(path, Name),
            });
        }

        if (recordings.Count > 1)
        {
            remarks.Add(FormattableString.Invariant($"Electrodes or rate change during the recording: the file holds {recordings.Count} recordings."));
        }

        if (header.Blocks.Count > 1)
        {
            remarks.Add("When a stretch begins is stored to the second: gaps are that exact.");
        }

        return new Study { Recordings = recordings, Format = Name, Remarks = remarks };
    }

    private static Recording Recording(ByteSource bytes, WaveformBlock[] blocks, ElectrodeNames names)
    {
        var (electrodes, rate) = (blocks[0].Electrodes, blocks[0].RateHz);
        var stretches = new List<NumberBlock>();
        var segments = new List<Segment>();
        foreach (var block in blocks.Where(b => b.SampleCount > 0))
        {
            var first = stretches.Count == 0 ? 0 : stretches[^1].End;
            var earliest = segments.Count == 0 ? 0 : segments[^1].EndSeconds;
            var stated = block.Start is { } start && blocks[0].Start is { } zero ? (start - zero).TotalSeconds : earliest;
            stretches.Add(new(block.SamplesOffset, first, block.SampleCount));
            segments.Add(new(Math.Max(earliest, stated), (double)block.SampleCount / rate));
        }

        var count = stretches.Count == 0 ? 0 : stretches[^1].End;
        var channels = new Channel[electrodes.Count];
        var columns = new NumberColumn[electrodes.Count];
        for (var c = 0; c < channels.Length; c++)
        {
            var input = AmplifierInput.Of(electrodes[c]);
            var label = names[electrodes[c]];
            channels[c] = new Channel(label, names.KindOf(electrodes[c]), input.Unit, rate, count) { Calibration = input.Calibration };
            columns[c] = new(c, input.Calibration.Gain, input.Calibration.PhysicalMinimum);
        }

        // After the electrodes each sample has one word of marks.
        var table = new NumberTable(NumberType.UInt16, electrodes.Count + 1);
        return new Recording(channels, new NumberSamples(bytes, table, stretches, columns)) { Segments = segments };
    }
}
