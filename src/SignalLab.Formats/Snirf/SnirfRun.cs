using System.Globalization;
using SignalLab.Formats.Hdf5;
using SignalLab.Model;

namespace SignalLab.Formats.Snirf;

/// <summary>One run of a file (a group <c>nirs</c>): its channels, and what was recorded beside them.</summary>
/// <param name="file">The file.</param>
/// <param name="run">The group.</param>
internal sealed class SnirfRun(Hdf5File file, string run)
{
    private readonly List<string> remarks = [];

    /// <summary>The light channels as one recording; auxiliary signals, which have clocks of their own, follow as others.</summary>
    public IEnumerable<Recording> Recordings()
    {
        var probe = SnirfProbe.Read(file, run, remarks);
        var seconds = SecondsOf(Tag("TimeUnit"));
        var blocks = Members("data").Select(d => SnirfBlock.Read(file, $"{run}/{d}", "dataTimeSeries", seconds, remarks)).OfType<SnirfBlock>().ToArray();
        if (blocks.Length == 0)
        {
            remarks.Add($"The group {run} holds no samples.");
        }

        var zero = blocks.Select(b => b.StartSeconds).DefaultIfEmpty(0).Min();
        var (isTogether, segments) = Timeline(blocks, zero);
        var channels = blocks.SelectMany(b => SnirfChannels.Of(file, b, probe).Select(c => c with { Segments = isTogether ? null : b.SegmentsFrom(zero) })).ToArray();
        var main = new Recording(channels, new SnirfSamples(file, blocks))
        {
            Segments = segments,
            Annotations = Stimuli(zero, seconds),
            Start = StartOf(),
            Subject = SubjectOf(),
            Fiducials = probe.Fiducials,
            Comments = Comments(),
            Remarks = remarks,
        };
        yield return main;
        foreach (var aux in Members("aux"))
        {
            if (SnirfBlock.Read(file, $"{run}/{aux}", "dataTimeSeries", seconds, remarks) is { } block)
            {
                yield return Auxiliary(main, block, zero);
            }
        }
    }

    private Recording Auxiliary(Recording main, SnirfBlock block, double zero)
    {
        var name = file.Text(block.Path + "/name") ?? block.Path[(run.Length + 1)..];
        var unit = Unit.Parse(file.Text(block.Path + "/dataUnit"));
        var shift = block.StartSeconds - zero;
        return new Recording(
            [.. Enumerable.Range(0, block.Columns).Select(c => new Channel(block.Columns == 1 ? name : FormattableString.Invariant($"{name} {c + 1}"), ChannelKind.Misc, unit, block.RateHz, block.Rows))],
            new SnirfSamples(file, [block]))
        {
            Segments = block.SegmentsFrom(block.StartSeconds),
            Annotations = [.. main.Annotations.Select(a => a with { OnsetSeconds = a.OnsetSeconds - shift })],
            Start = main.Start?.AddTicks((long)Math.Round(shift * TimeSpan.TicksPerSecond)),
            Subject = main.Subject,
        };
    }

    private static (bool IsTogether, IReadOnlyList<Segment> Segments) Timeline(SnirfBlock[] blocks, double zero) => blocks.Length switch
    {
        0 => (true, []),
        1 => (true, blocks[0].SegmentsFrom(zero)),
        _ when blocks.All(b => b.SegmentsFrom(zero).SequenceEqual(blocks[0].SegmentsFrom(zero))) => (true, blocks[0].SegmentsFrom(zero)),
        _ => (false, [new Segment(0, blocks.Max(b => b.SegmentsFrom(zero)[^1].EndSeconds))]),
    };

    // Rows of onset, duration and value.
    private Annotation[] Stimuli(double zero, double seconds)
    {
        var list = new List<Annotation>();
        foreach (var stim in Members("stim"))
        {
            var path = $"{run}/{stim}";
            if (file.Numbers(path + "/data") is not { Length: > 0 } data)
            {
                continue;
            }

            var sizes = file.Sizes(path + "/data")!;
            var columns = (int)sizes[^1];
            var name = file.Text(path + "/name") ?? stim;
            for (var row = 0; (row + 1) * columns <= data.Length; row++)
            {
                var (onset, duration) = (data[row * columns] * seconds, columns > 1 ? data[(row * columns) + 1] * seconds : 0);
                if (double.IsFinite(onset))
                {
                    list.Add(new(onset - zero, duration > 0 && double.IsFinite(duration) ? duration : 0, name));
                }
            }
        }

        return [.. list.OrderBy(a => a.OnsetSeconds)];
    }

    // Members of one kind in the order of their numbers: data1, data2, …, data10; a single one may have none.
    private IEnumerable<string> Members(string kind) => file.Children(run)
        .Where(n => n.StartsWith(kind, StringComparison.Ordinal) && n.AsSpan(kind.Length).ContainsAnyExceptInRange('0', '9') is false)
        .OrderBy(n => n.Length).ThenBy(n => n, StringComparer.Ordinal);

    private string? Tag(string name) => file.Text($"{run}/metaDataTags/{name}") is { } text && !text.Equals("unknown", StringComparison.OrdinalIgnoreCase) ? text : null;

    private double SecondsOf(string? unit)
    {
        var parsed = Unit.Parse(unit ?? "s");
        if (parsed.IsKnown && parsed.ConvertsTo(Unit.Second))
        {
            return parsed.Scale;
        }

        remarks.Add($"The unit of time '{unit}' is not known: seconds are taken.");
        return 1;
    }

    private DateTime? StartOf()
    {
        if (Tag("MeasurementDate") is not { } date)
        {
            return null;
        }

        var text = $"{date}T{Tag("MeasurementTime") ?? "00:00:00"}";
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            remarks.Add($"The start '{text}' is no date and time.");
            return null;
        }

        var isUtc = text[^1] == 'Z' || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal);
        return DateTime.SpecifyKind(time.UtcDateTime, isUtc ? DateTimeKind.Utc : DateTimeKind.Unspecified);
    }

    private Subject SubjectOf()
    {
        var sex = Tag("sex") ?? Tag("Sex") ?? Tag("gender");
        return new Subject(Tag("SubjectID"), sex?.ToUpperInvariant() switch { "M" or "MALE" => "M", "F" or "FEMALE" => "F", _ => null })
        {
            Birthdate = DateOnly.TryParseExact(Tag("DateOfBirth"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var born) ? born : null,
        };
    }

    private string[] Comments() =>
        [.. file.Children($"{run}/metaDataTags").Where(n => n is "ManufacturerName" or "Model" or "StudyID" or "MeasurementID" or "AppName").Select(n => (n, Text: Tag(n))).Where(t => t.Text is not null).Select(t => $"{t.n}: {t.Text}")];
}
