using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Mff;

/// <summary>The event tracks: files <c>Events_*.xml</c>, each event with the time it happened.</summary>
internal static class MffEvents
{
    /// <summary>Reads all tracks.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recordTime">When the recording began, or null.</param>
    /// <param name="epochs">The recording's unit of time, and when its first sample was recorded.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    /// <returns>Annotations in order of time; their text is the event's code, or its label where it has no code.</returns>
    public static Annotation[] Of(MffFolder folder, DateTime? recordTime, MffEpochs epochs, List<string> remarks)
    {
        var annotations = new List<Annotation>();
        foreach (var name in folder.Named("Events", ".xml"))
        {
            try
            {
                var lost = 0;
                foreach (var track in SafeXml.Load(folder[name]).All("event"))
                {
                    double? onset = MffTime.Parse(track.Text("beginTime")) is { } time && recordTime is { } zero
                        ? (time - zero).TotalSeconds
                        : track.Number("relativeBeginTime") / epochs.TicksPerSecond;
                    if (onset is not { } seconds || !double.IsFinite(seconds))
                    {
                        lost++;
                        continue;
                    }

                    annotations.Add(new(seconds - epochs.BeginSeconds, Math.Max(0, track.Number("duration") ?? 0) / epochs.TicksPerSecond, track.Text("code") ?? track.Text("label") ?? ""));
                }

                if (lost > 0)
                {
                    remarks.Add(FormattableString.Invariant($"{name}: {lost} events have no time; they are left out."));
                }
            }
            catch (MalformedFileException e)
            {
                remarks.Add($"{name} is not whole, its events are left out: {e.Found}");
            }
        }

        return [.. annotations.OrderBy(a => a.OnsetSeconds)];
    }
}
