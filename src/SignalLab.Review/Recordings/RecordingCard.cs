using SignalLab.Model;

namespace SignalLab.Review.Recordings;

/// <summary>What the page must know of an opened file before it asks for samples.</summary>
internal static class RecordingCard
{
    /// <summary>The card as JSON members.</summary>
    /// <param name="study">The file.</param>
    public static object Of(OpenStudy study) => new
    {
        file = study.Relative,
        format = study.Study.Format,
        kind = study.Study.Recordings.Count > 0 ? "recording" : study.Study.Maps.Count > 0 ? "image" : "other",
        recordings = study.Study.Recordings.Count,
        maps = study.Study.Maps.Count,
        remarks = study.Study.Remarks,
    };

    /// <summary>The card of one recording as it is seen through a view.</summary>
    /// <param name="open">The recording.</param>
    /// <param name="view">The same through its view.</param>
    public static object Of(OpenRecording open, Recording view)
    {
        var recording = open.Recording;
        return new
        {
            file = open.Study.Relative,
            format = open.Study.Study.Format,
            title = recording.Title,
            start = recording.Start?.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture),
            duration = recording.DurationSeconds,
            evoked = recording.Evoked is { } e ? new { condition = e.Condition, nave = e.AverageCount, first = e.FirstLatencySeconds } : null,
            segments = recording.Segments.Select(s => new[] { s.OnsetSeconds, s.DurationSeconds }),
            remarks = open.Study.Study.Remarks.Concat(view.Remarks),
            isEcg = recording.Channels.Count(c => c.Kind == ChannelKind.Ecg) > recording.Channels.Count / 2,
            hasMap = recording.Channels.Any(c => c.Sensor is not null && c.Kind is ChannelKind.Eeg or ChannelKind.Mag or ChannelKind.Grad),
            channels = view.Channels.Select(c => new
            {
                label = c.Label,
                kind = c.Kind.ToString().ToLowerInvariant(),
                unit = c.Unit.Symbol,
                micro = c.Unit.ConvertsTo(Unit.Volt) ? c.Unit.To(Unit.Microvolt).Factor : (double?)null,
                rate = c.RateHz,
                bad = c.IsBad,
            }),
        };
    }
}
