using System.Xml.Linq;
using SignalLab.Formats.Numbers;
using SignalLab.Formats.Xml;
using SignalLab.Model;

namespace SignalLab.Formats.Mff;

/// <summary>A segment of a category.</summary>
/// <param name="Category">Name of the category.</param>
/// <param name="BeginTicks">When it begins, in the folder's unit of time.</param>
/// <param name="EndTicks">When it ends.</param>
/// <param name="EventTicks">When its event happened.</param>
/// <param name="Averages">Segments averaged into it.</param>
/// <param name="Status">What was decided about it: good, bad or nothing.</param>
/// <param name="Bad">Bad channels of the recording, counted from 0.</param>
internal sealed record MffSegment(string Category, double BeginTicks, double EndTicks, double EventTicks, double Averages, string Status, IReadOnlySet<int> Bad);

/// <summary>Segments by category: <c>categories.xml</c>; of averages each is a condition.</summary>
/// <param name="Segments">The segments, in order of time.</param>
/// <param name="IsAveraged">True where the folder holds averages.</param>
internal sealed record MffCategories(IReadOnlyList<MffSegment> Segments, bool IsAveraged)
{
    /// <summary>Reads the categories.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="epochs">The stretches.</param>
    /// <param name="electrodes">Number of electrodes, after which the physiological channels come.</param>
    public static MffCategories Of(MffFolder folder, MffEpochs epochs, int electrodes)
    {
        var segments = new List<MffSegment>();
        var areAverages = true;
        foreach (var category in folder.Find("categories.xml")?.All("cat") ?? [])
        {
            var name = category.Text("name") ?? "";
            foreach (var segment in category.All("seg"))
            {
                if (segment.Number("beginTime") is { } begin && segment.Number("endTime") is { } end && end > begin)
                {
                    areAverages &= segment.Text("name")?.StartsWith("Average", StringComparison.OrdinalIgnoreCase) == true;
                    segments.Add(new(name, begin, end, segment.Number("evtBegin") ?? begin, Averages(segment), segment.AttributeText("status") ?? "", Bad(segment, electrodes)));
                }
            }
        }

        // Each average is an epoch of its own.
        var wasAveraged = folder.Find("history.xml")?.All("method").Any(m => m.Value.Contains("Averag", StringComparison.OrdinalIgnoreCase)) == true;
        return new([.. segments.OrderBy(s => s.BeginTicks)], segments.Count > 0 && segments.Count <= epochs.Epochs.Count && (wasAveraged || areAverages));
    }

    /// <summary>The recording with an annotation a segment: its category; what was decided about it; its bad channels.</summary>
    /// <param name="whole">The recording.</param>
    /// <param name="epochs">The stretches.</param>
    public Recording Annotate(Recording whole, MffEpochs epochs)
    {
        if (Segments.Count == 0)
        {
            return whole;
        }

        var annotations = new List<Annotation>(whole.Annotations);
        foreach (var segment in Segments)
        {
            var onset = (segment.BeginTicks / epochs.TicksPerSecond) - epochs.BeginSeconds;
            var length = (segment.EndTicks - segment.BeginTicks) / epochs.TicksPerSecond;
            annotations.Add(new(onset, length, segment.Category));
            if (segment.Status.Equals("bad", StringComparison.OrdinalIgnoreCase))
            {
                annotations.Add(new(onset, length, segment.Status));
            }

            annotations.AddRange(segment.Bad.Where(c => c < whole.Channels.Count).Order().Select(c => new Annotation(onset, length, "badChannels", whole.Channels[c].Label)));
        }

        return whole with { Annotations = [.. annotations.OrderBy(a => a.OnsetSeconds)] };
    }

    /// <summary>A recording a segment.</summary>
    /// <param name="whole">All segments one after the other.</param>
    /// <param name="epochs">The stretches.</param>
    /// <exception cref="MalformedFileException">A segment lies in no epoch.</exception>
    public IReadOnlyList<Recording> Conditions(Recording whole, MffEpochs epochs) => [.. Segments.Select(s => Condition(whole, epochs, s))];

    private static Recording Condition(Recording whole, MffEpochs epochs, MffSegment segment)
    {
        var half = 0.5 * epochs.TicksPerSecond / epochs.RateHz;
        var epoch = epochs.Epochs.LastOrDefault(e => e.BeginTicks <= segment.BeginTicks + half);
        double Seconds(double ticks) => ticks / epochs.TicksPerSecond;
        var onset = Math.Max(0, Seconds(segment.BeginTicks - epoch.BeginTicks));
        var length = Seconds(segment.EndTicks - segment.BeginTicks);
        (long First, long Count) Stretch(Channel channel)
        {
            var first = Math.Min(channel.SampleCount, (long)Math.Round(epoch.FirstSample * channel.RateHz / epochs.RateHz) + (long)Math.Round(onset * channel.RateHz));
            return (first, Math.Clamp((long)Math.Round(length * channel.RateHz), 0, channel.SampleCount - first));
        }

        (long First, long Count)[] stretches = [.. whole.Channels.Select(Stretch)];
        var begin = Seconds(segment.BeginTicks) - epochs.BeginSeconds;
        return whole with
        {
            Channels = [.. whole.Channels.Select((c, i) => c with { SampleCount = stretches[i].Count, IsBad = c.IsBad || segment.Bad.Contains(i) })],
            Samples = new SampleWindow(whole.Samples, stretches),
            Segments = [new(0, whole.Channels.Select((c, i) => stretches[i].Count / c.RateHz).DefaultIfEmpty(0).Max())],
            Annotations = [.. whole.Annotations.Where(a => a.OnsetSeconds >= begin && a.OnsetSeconds < begin + length).Select(a => a with { OnsetSeconds = a.OnsetSeconds - begin })],
            Evoked = new Evoked(segment.Category, segment.Averages, Seconds(segment.BeginTicks - segment.EventTicks)),
        };
    }

    private static double Averages(XElement segment) =>
        segment.All("key").FirstOrDefault(k => k.Text("keyCode") == "#seg")?.Number("data") is { } count and >= 1 ? count : 1;

    // Signal 1 holds the electrodes, 2 the physiological channels.
    private static HashSet<int> Bad(XElement segment, int electrodes) => [.. segment.All("channels").Where(c => c.AttributeText("exclusion") == "badChannels")
        .SelectMany(c => MffElectrodes.Numbers(c.Value).Select(n => n - 1 + (c.AttributeText("signalBin") is null or "1" ? 0 : electrodes)))];
}
