using SignalLab.Formats.Mat;
using SignalLab.Model;

namespace SignalLab.Formats.Eeglab;

/// <summary>The fields of a written dataset, all that <c>eeg_checkset</c> asks for.</summary>
internal static class EeglabDataset
{
    private const string ReferenceComment = "reference: ";
    private static readonly string[] LocationFields = ["labels", "type", "theta", "radius", "X", "Y", "Z", "sph_theta", "sph_phi", "sph_radius", "urchan", "ref", "unit"];
    private static readonly string[] LandmarkFields = ["labels", "type", "description", "X", "Y", "Z"];
    private static readonly string[] EventFields = ["type", "latency", "duration"];

    /// <summary>What a channel's samples are multiplied by: potentials are in microvolts by EEGLAB's convention.</summary>
    /// <param name="channel">The channel.</param>
    public static double FactorOf(Channel channel) => IsInMicrovolts(channel) ? channel.Unit.To(Unit.Microvolt).Factor : 1;

    /// <summary>Names and bytes of the fields; null for samples that the caller writes.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="samplesName">The file that holds the samples, or null where they stand inside.</param>
    /// <param name="losses">Receives what the format cannot hold.</param>
    public static IReadOnlyList<(string Name, byte[]? Value)> Fields(Recording recording, string? samplesName, List<Loss> losses)
    {
        var (rate, points) = (recording.Channels[0].RateHz, recording.Channels[0].SampleCount);
        var first = recording.Evoked?.FirstLatencySeconds ?? 0;
        var reference = recording.Comments.LastOrDefault(c => c.StartsWith(ReferenceComment, StringComparison.Ordinal));
        Tell(recording, losses);
        return
        [
            ("setname", Mat5Writer.Text(Path.GetFileNameWithoutExtension(recording.Provenance.Input))), ("filename", Mat5Writer.Text("")), ("filepath", Mat5Writer.Text("")),
            ("subject", Mat5Writer.Text(recording.Subject.Id ?? "")), ("group", Mat5Writer.Text("")), ("condition", Mat5Writer.Text(recording.Evoked?.Condition ?? "")), ("session", Mat5Writer.Nothing()),
            ("comments", Mat5Writer.Text(Comments(recording, reference))),
            ("nbchan", Mat5Writer.Number(recording.Channels.Count)), ("trials", Mat5Writer.Number(1)), ("pnts", Mat5Writer.Number(points)), ("srate", Mat5Writer.Number(rate)),
            ("xmin", Mat5Writer.Number(first)), ("xmax", Mat5Writer.Number(first + (Math.Max(0, points - 1) / rate))), ("times", Mat5Writer.Nothing()),
            ("data", samplesName is null ? null : Mat5Writer.Text(samplesName)), ("datfile", Mat5Writer.Text(samplesName ?? "")),
            ("icaact", Mat5Writer.Nothing()), ("icawinv", Mat5Writer.Nothing()), ("icasphere", Mat5Writer.Nothing()), ("icaweights", Mat5Writer.Nothing()), ("icachansind", Mat5Writer.Nothing()),
            ("chanlocs", Locations(recording.Channels)), ("urchanlocs", Mat5Writer.Nothing()), ("chaninfo", Info(recording.Fiducials)),
            ("ref", Mat5Writer.Text(reference?[ReferenceComment.Length..] ?? "")), ("event", Events(recording, losses)), ("urevent", Mat5Writer.Nothing()), ("eventdescription", Mat5Writer.NoCells()),
            ("epoch", Mat5Writer.Nothing()), ("epochdescription", Mat5Writer.NoCells()), ("reject", Mat5Writer.Nothing()), ("stats", Mat5Writer.Nothing()),
            ("specdata", Mat5Writer.Nothing()), ("specicaact", Mat5Writer.Nothing()), ("splinefile", Mat5Writer.Text("")), ("icasplinefile", Mat5Writer.Text("")), ("dipfit", Mat5Writer.Nothing()),
            ("history", Mat5Writer.Text(string.Join('\n', recording.Provenance.Steps.Select(s => "% " + s)))), ("saved", Mat5Writer.Text("yes")), ("etc", Etc(recording.Start)),
        ];
    }

    private static bool IsInMicrovolts(Channel channel) => EeglabChannels.IsPotential(channel.Kind) && channel.Unit.ConvertsTo(Unit.Volt);

    private static string Comments(Recording recording, string? reference) =>
        string.Join('\n', recording.Comments.Where(c => c != reference));

    private static byte[] Locations(IReadOnlyList<Channel> channels)
    {
        var values = new List<byte[]>();
        for (var c = 0; c < channels.Count; c++)
        {
            var channel = channels[c];
            values.Add(Mat5Writer.Text(channel.Label));
            values.Add(Mat5Writer.Text(EeglabChannels.TypeOf(channel.Kind)));
            values.AddRange(Angles(channel.Sensor?.PositionMetres));
            values.Add(Mat5Writer.Number(c + 1));
            values.Add(Mat5Writer.Text(""));
            values.Add(Mat5Writer.Text(IsInMicrovolts(channel) ? Unit.Microvolt.Symbol : channel.Unit.Symbol is { Length: > 0 } symbol ? symbol : EeglabChannels.NoUnit));
        }

        return Mat5Writer.Structs(channels.Count, LocationFields, values);
    }

    // Polar for topographies, then Cartesian in millimetres (x to the nose, y to the left), then spherical: elevation from the equator, azimuth from the nose to the left.
    private static IEnumerable<byte[]> Angles(Point3? position)
    {
        if (position is not { } p)
        {
            return Enumerable.Repeat(Mat5Writer.Nothing(), 8);
        }

        var (x, y, z) = (1e3 * p.Y, -1e3 * p.X, 1e3 * p.Z);
        var azimuth = x == 0 && y == 0 ? 0 : double.RadiansToDegrees(Math.Atan2(y, x));
        var elevation = double.RadiansToDegrees(Math.Atan2(z, Math.Sqrt((x * x) + (y * y))));
        double[] numbers = [-azimuth, 0.5 - (elevation / 180), x, y, z, azimuth, elevation, 1e3 * p.Norm];
        return numbers.Select(n => Mat5Writer.Number(n));
    }

    private static byte[] Info(IReadOnlyList<Sensor> fiducials)
    {
        var points = fiducials.SelectMany(f => new[]
        {
            Mat5Writer.Text(f.Name), Mat5Writer.Text("FID"),
            Mat5Writer.Text(f.Name switch { "nasion" => "Nasion", "lpa" => "Left periauricular point", "rpa" => "Right periauricular point", _ => f.Name }),
            Mat5Writer.Number(1e3 * f.PositionMetres.Y), Mat5Writer.Number(-1e3 * f.PositionMetres.X), Mat5Writer.Number(1e3 * f.PositionMetres.Z),
        }).ToArray();
        return Mat5Writer.Structs(
            1, ["plotrad", "shrink", "nosedir", "nodatchans", "icachansind"],
            [Mat5Writer.Nothing(), Mat5Writer.Nothing(), Mat5Writer.Text("+X"), fiducials.Count == 0 ? Mat5Writer.Nothing() : Mat5Writer.Structs(fiducials.Count, LandmarkFields, points), Mat5Writer.Nothing()]);
    }

    // The start as a vector of year, month, day, hour, minute and second, as EEGLAB's importers leave it.
    private static byte[] Etc(DateTime? start) => start is not { } s
        ? Mat5Writer.Nothing()
        : Mat5Writer.Structs(1, ["T0"], [Mat5Writer.Doubles(1, 6, s.Year, s.Month, s.Day, s.Hour, s.Minute, s.Second + ((s.Ticks % TimeSpan.TicksPerSecond) / (double)TimeSpan.TicksPerSecond))]);

    private static byte[] Events(Recording recording, List<Loss> losses)
    {
        var rate = recording.Channels[0].RateHz;
        SampleRun[] runs = [.. recording.Runs(0).Where(r => r.Count > 0)];
        var moved = 0;
        var events = new List<(double Latency, double Duration, string Type)>();
        for (var r = 1; r < runs.Length; r++)
        {
            // Between the last sample before and the first after, counted from 1.
            var gap = runs[r].OnsetSeconds - runs[r - 1].OnsetSeconds - (runs[r - 1].Count / rate);
            events.Add((runs[r].FirstSample + 0.5, Math.Max(0, gap * rate), EeglabTimeline.Boundary));
        }

        foreach (var annotation in recording.Annotations.Where(a => !IsOwnBoundary(a, runs, rate)))
        {
            var r = Math.Max(0, Array.FindLastIndex(runs, x => x.OnsetSeconds <= annotation.OnsetSeconds + (1e-6 / rate)));
            var offset = (annotation.OnsetSeconds - (runs.Length == 0 ? 0 : runs[r].OnsetSeconds)) * rate;
            var isInGap = r + 1 < runs.Length && offset > runs[r].Count - 1 + 1e-6;
            moved += isInGap ? 1 : 0;
            events.Add((1 + (isInGap ? runs[r + 1].FirstSample : (runs.Length == 0 ? 0 : runs[r].FirstSample) + offset), annotation.DurationSeconds * rate, annotation.Text));
        }

        if (moved > 0)
        {
            losses.Add(new(Aspect.AnnotationTimes, $"{moved} annotations lie in a gap: they are moved to the sample that follows."));
        }

        if (recording.Annotations.Any(a => a.Channel is not null))
        {
            losses.Add(new(Aspect.AnnotationChannels, "EEGLAB events state no channel: annotations of one channel are written for all."));
        }

        return events.Count == 0
            ? Mat5Writer.Nothing()
            : Mat5Writer.Structs(events.Count, EventFields, [.. events.OrderBy(e => e.Latency).SelectMany(e => new[] { Mat5Writer.Text(e.Type), Mat5Writer.Number(e.Latency), Mat5Writer.Number(e.Duration) })]);
    }

    // A boundary that was read from a dataset: it is written anew from the segments.
    private static bool IsOwnBoundary(Annotation annotation, SampleRun[] runs, double rate) =>
        annotation.Text.Equals(EeglabTimeline.Boundary, StringComparison.OrdinalIgnoreCase)
        && Enumerable.Range(1, Math.Max(0, runs.Length - 1)).Any(r =>
            Math.Abs(annotation.OnsetSeconds - runs[r].OnsetSeconds) <= 1 / rate
            || Math.Abs(annotation.OnsetSeconds - runs[r - 1].OnsetSeconds - (runs[r - 1].Count / rate)) <= 1 / rate);

    private static void Tell(Recording recording, List<Loss> losses)
    {
        var converted = recording.Channels.Count(c => FactorOf(c) != 1);
        if (converted > 0)
        {
            losses.Add(new(Aspect.Units, $"EEGLAB holds potentials in microvolts: {converted} channels are converted."));
        }

        var lost = recording.Channels.Where(c => EeglabChannels.KindOf(EeglabChannels.TypeOf(c.Kind)) != c.Kind).Select(c => c.Kind).Distinct().ToArray();
        if (lost.Length > 0)
        {
            losses.Add(new(Aspect.Kinds, $"EEGLAB has no type for channels of the kind {string.Join(", ", lost).ToLowerInvariant()}: they are written as miscellaneous."));
        }

        if (recording.Subject is not { Name: null, Sex: null, AgeYears: null, Birthdate: null })
        {
            losses.Add(new(Aspect.Subject, "Of the subject an EEGLAB dataset holds only the code: name, sex and age are left out."));
        }

        if (recording.Channels.Any(c => c.IsBad))
        {
            losses.Add(new(Aspect.BadMarks, "An EEGLAB dataset does not mark bad channels."));
        }

        if (recording.Channels.Any(c => c.Sensor is not null))
        {
            losses.Add(new(Aspect.Positions, "EEGLAB states no unit of length and no frame: positions are written in millimetres, as they are."));
        }

        if (recording.Projectors.Count > 0)
        {
            losses.Add(new(Aspect.Projectors, "An EEGLAB dataset holds no projectors."));
        }
    }
}
