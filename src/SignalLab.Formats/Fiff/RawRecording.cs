using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>A continuous recording, in one file or in several that name each other.</summary>
internal static class RawRecording
{
    private const int NextFile = 2;
    private const int PreviousFile = 1;

    /// <summary>The raw data block of a measurement, or null.</summary>
    public static FiffBlock? BlockOf(FiffBlock measurement) =>
        measurement.First(BlockKind.RawData) ?? measurement.First(BlockKind.ContinuousData) ?? measurement.First(BlockKind.ShieldedRawData);

    /// <summary>Opens the recording and the parts that continue it.</summary>
    /// <param name="file">The file the user named.</param>
    /// <param name="measurement">Its measurement block.</param>
    /// <param name="block">Its raw data block.</param>
    /// <exception cref="MalformedFileException">A part is missing or does not fit.</exception>
    public static Recording Open(FiffFile file, FiffBlock measurement, FiffBlock block)
    {
        var info = MeasurementInfo.Read(file, measurement);
        var parts = new List<RawPart> { RawPart.Read(file, block, info) };
        var remarks = info.Remarks.ToList();
        if (block.Kind == BlockKind.ShieldedRawData)
        {
            remarks.Add("Recorded with internal active shielding and not processed since: the samples are distorted until MaxFilter or an equivalent is applied.");
        }

        if (ReferenceOf(file, file.Root, PreviousFile) is { } previous)
        {
            remarks.Add($"Continues '{Path.GetFileName(previous)}': open that file for the whole recording.");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal) { Path.GetFullPath(file.Path) };
        for (var part = file; ReferenceOf(part, part.Root, NextFile) is { } next;)
        {
            part = OpenPart(file, info, next, seen, parts);
        }

        return Assemble(file, measurement, info, parts, remarks);
    }

    private static FiffFile OpenPart(FiffFile file, MeasurementInfo info, string next, HashSet<string> seen, List<RawPart> parts)
    {
        var (part, measurement) = OpenNext(file, next, seen);
        if (BlockOf(measurement) is not { } block)
        {
            throw new MalformedFileException(next, null, "content", "no raw data", $"the next part of {Path.GetFileName(file.Path)}");
        }

        parts.Add(RawPart.Read(part, block, SameChannels(file, info, part, measurement)));
        return part;
    }

    /// <summary>The file that a block names as the next, or null.</summary>
    public static string? NextPart(FiffFile file, FiffBlock block) => ReferenceOf(file, block, NextFile);

    /// <summary>Opens a part that another names.</summary>
    /// <param name="file">The file the user named.</param>
    /// <param name="next">The part.</param>
    /// <param name="seen">Files that were opened; the part is added.</param>
    public static (FiffFile Part, FiffBlock Measurement) OpenNext(FiffFile file, string next, HashSet<string> seen)
    {
        if (!File.Exists(next))
        {
            throw new MalformedFileException(file.Path, null, "next part", $"no file '{Path.GetFileName(next)}' beside it", "every part of a split recording in one folder, under its own name");
        }

        if (!seen.Add(Path.GetFullPath(next)))
        {
            throw new MalformedFileException(file.Path, null, "next part", $"'{Path.GetFileName(next)}' for a second time", "parts that do not lead in a circle");
        }

        var part = FiffFile.Open(next);
        return part.Root.First(BlockKind.Measurement) is { } measurement
            ? (part, measurement)
            : throw new MalformedFileException(next, null, "content", "no raw data", $"the next part of {Path.GetFileName(file.Path)}");
    }

    /// <summary>What a part says of its measurement; its channels and rate are those of the first file.</summary>
    public static MeasurementInfo SameChannels(FiffFile file, MeasurementInfo info, FiffFile part, FiffBlock measurement)
    {
        var own = MeasurementInfo.Read(part, measurement);
        return own.RateHz == info.RateHz && own.Channels.Select(c => (c.Name, c.Kind, c.Unit)).SequenceEqual(info.Channels.Select(c => (c.Name, c.Kind, c.Unit)))
            ? own
            : throw new MalformedFileException(part.Path, null, "channels", "other channels or another rate", $"those of {Path.GetFileName(file.Path)}, of which it is a part");
    }

    private static Recording Assemble(FiffFile file, FiffBlock measurement, MeasurementInfo info, List<RawPart> parts, List<string> remarks)
    {
        var firstPart = parts.FirstOrDefault(p => p.Count > 0) ?? parts[0];
        var zero = firstPart.FirstSample;
        var (buffers, runs) = (new List<RawBuffer>(), new List<(long At, long Count)>());
        long stored = 0, end = zero;
        foreach (var part in parts.Where(p => p.Count > 0))
        {
            // A part that does not count on from the last one starts where that ended.
            var shift = part.FirstSample >= end ? 0 : end - part.FirstSample;
            foreach (var (at, count) in part.Runs)
            {
                if (runs.Count > 0 && runs[^1].At + runs[^1].Count == at + shift)
                {
                    runs[^1] = (runs[^1].At, runs[^1].Count + count);
                }
                else
                {
                    runs.Add((at + shift, count));
                }
            }

            var before = stored;
            buffers.AddRange(part.Buffers.Select(b => b with { First = b.First + before }));
            stored += part.Count;
            end = part.End + shift;
        }

        if (buffers.Select(b => b.Type == DataType.Pack16 ? DataType.Short : b.Type).Distinct().Count() > 1)
        {
            remarks.Add("Data buffers are coded with different number types.");
        }

        var rate = info.RateHz;
        var annotations = FiffAnnotations.Read(file, measurement, info.Date, zero / rate);
        return Described(file, info, [.. info.Channels.Select(c => c.ToChannel(rate, stored, info.Bad.Contains(c.Name), info.Prefilter))], new RawSamples(buffers, info.Channels.Count)) with
        {
            Segments = [.. runs.Select(r => new Segment((r.At - zero) / rate, r.Count / rate))],
            Annotations = annotations,
            Start = FirstSampleTime(info.Date, zero / rate),
            Remarks = remarks,
        };
    }

    /// <summary>What raw recordings and averages take from the measurement information alike.</summary>
    public static Recording Described(FiffFile file, MeasurementInfo info, IReadOnlyList<Channel> channels, ISampleSource samples) => new(channels, samples)
    {
        Start = info.Date,
        Subject = info.Subject,
        Remarks = info.Remarks,
        Projectors = info.Projectors,
        Compensations = info.Compensations,
        Fiducials = info.Digitised.Fiducials,
        HeadShape = info.Digitised.HeadShape,
        Transforms = info.Transforms,
        LineFrequencyHz = info.LineFrequencyHz,
        Provenance = Provenance.OfFile(file.Path, FiffFormat.FormatName),
    };

    /// <summary>The clock so many seconds after a date, or null where there is none.</summary>
    public static DateTime? FirstSampleTime(DateTime? date, double seconds)
    {
        var ticks = Math.Round(seconds * TimeSpan.TicksPerSecond);
        return date is { } d && ticks > (DateTime.MinValue - d).Ticks && ticks < (DateTime.MaxValue - d).Ticks ? d.AddTicks((long)ticks) : null;
    }

    // The file that continues this one (or that it continues), beside it: by name, else by number.
    private static string? ReferenceOf(FiffFile file, FiffBlock root, int role)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file.Path))!;
        foreach (var block in root.All(BlockKind.Reference))
        {
            if (block.Find(TagKind.ReferenceRole) is not { } roleTag || file.Int(roleTag, "role of the other file") != role)
            {
                continue;
            }

            if (block.Find(TagKind.ReferenceName) is { } name && NameIn(file, file.Text(name, "name of the other file").Trim()) is { Length: > 0 } found)
            {
                return Path.Combine(folder, found);
            }

            if (block.Find(TagKind.ReferenceNumber) is { } number)
            {
                return Path.Combine(folder, Numbered(Path.GetFileName(file.Path), file.Int(number, "number of the other file")));
            }
        }

        return null;
    }

    // The folder of the system that wrote it is passed over: parts lie beside each other.
    private static string NameIn(FiffFile file, string stated)
    {
        var words = stated.Split('/', '\\');
        return !words.Contains("..") && !stated.Any(char.IsControl)
            ? words[^1]
            : throw new MalformedFileException(file.Path, null, "name of the other file", $"\"{stated}\"", "the name of a file beside it");
    }

    // raw.fif, raw-1.fif, raw-2.fif …
    private static string Numbered(string name, int number)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var d ? d : name.Length;
        var dash = name.LastIndexOf('-', Math.Max(0, dot - 1));
        var stem = dash > 0 && dot > dash + 1 && name.AsSpan(dash + 1, dot - dash - 1).IndexOfAnyExceptInRange('0', '9') < 0 ? name[..dash] : name[..dot];
        return number <= 0 ? stem + name[dot..] : FormattableString.Invariant($"{stem}-{number}{name[dot..]}");
    }
}
