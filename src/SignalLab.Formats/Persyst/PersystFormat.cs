using SignalLab.Formats.Text;
using SignalLab.Model;

namespace SignalLab.Formats.Persyst;

/// <summary>Persyst recordings: a <c>.lay</c> file of text and a <c>.dat</c> file of samples beside it.</summary>
/// <remarks>Source: Persyst, "Persyst EEG file format" (lay and dat files), as its MATLAB reader layread.m states it; see this folder's README.</remarks>
public sealed class PersystFormat : IFormat
{
    private const long LargestHeader = 64_000_000;

    /// <inheritdoc/>
    public string Name => "Persyst";

    /// <inheritdoc/>
    public bool Recognises(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return !head.IsGzip && head.Text.Contains("[FileInfo]", StringComparison.OrdinalIgnoreCase) && head.Text.Contains("WaveformCount", StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public Study Open(string path)
    {
        var text = SectionedText.Read(path, "layout of a recording", LargestHeader);
        var remarks = new List<string>();
        var waveforms = PersystWaveforms.Of(text, remarks);
        var patient = PersystPatient.Of(text, remarks);
        var timeline = PersystTimeline.Of(text, waveforms, patient.TestTime, remarks);
        var recording = new Recording(waveforms.Channels, waveforms.Samples)
        {
            Segments = timeline.Segments,
            Annotations = PersystComments.Of(text, remarks),
            Start = timeline.Start,
            Subject = patient.Subject,
            Comments = patient.Comments,
            Remarks = remarks,
            Provenance = Provenance.OfFile(path, Name),
        };
        return new Study { Recordings = [recording], Format = Name, Remarks = remarks };
    }
}
