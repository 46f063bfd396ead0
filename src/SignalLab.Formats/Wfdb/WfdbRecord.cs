using SignalLab.Model;

namespace SignalLab.Formats.Wfdb;

/// <summary>Puts an ordinary record together: header, signal files, channels.</summary>
/// <param name="Header">The header.</param>
/// <param name="Frames">Frames of the record, stated or derived from the files.</param>
/// <param name="Samples">Its samples.</param>
/// <param name="Channels">Its channels.</param>
/// <param name="Remarks">What is odd.</param>
internal sealed record WfdbRecord(WfdbHeader Header, long Frames, WfdbSamples Samples, IReadOnlyList<Channel> Channels, IReadOnlyList<string> Remarks)
{
    private const int LargestFrame = 1 << 22;

    /// <summary>Finds the signal files and checks their lengths.</summary>
    /// <param name="header">Header of an ordinary record.</param>
    /// <param name="files">Where its files are found.</param>
    /// <param name="framesIfUnstated">What a multi-segment header says of its length, or null.</param>
    /// <exception cref="MalformedFileException">A file is missing, too short or named twice apart.</exception>
    public static WfdbRecord Open(WfdbHeader header, SignalFiles files, long? framesIfUnstated = null)
    {
        List<string> remarks = [.. header.Remarks];
        var groups = Groups(header);
        var paths = groups.Select(g => g.Format == SampleFormat.Null ? "" : files.Locate(header.Path, g.File, $"signal file of '{g.Signals[0].Description}'")).ToArray();
        var frames = header.Frames ?? framesIfUnstated ?? Derive(groups, paths, files, remarks);
        var signals = new List<StoredSignal>(header.Signals.Count);
        for (var g = 0; g < groups.Count; g++)
        {
            var (_, format, members) = groups[g];
            if (format.IsFlac())
            {
                WfdbFlac.Require(header.Path, format, members, SignalFiles.OpenFlac(files, paths[g]).Info, frames, remarks);
            }
            else if (format != SampleFormat.Null)
            {
                RequireLength(groups[g], paths[g], frames, remarks);
            }

            var group = new SignalGroup(
                files, paths[g], format, members[0].ByteOffset, [.. members.Select(s => s.SamplesPerFrame)],
                [.. members.Select(s => (int)Math.Clamp(s.InitialValue, int.MinValue, int.MaxValue))], frames);
            var offset = 0;
            for (var i = 0; i < members.Count; i++)
            {
                signals.Add(new StoredSignal(group, i, offset, members[i].SamplesPerFrame, members[i].SkewFrames, members[i].Gain, members[i].Baseline));
                offset += members[i].SamplesPerFrame;
            }
        }

        return new(header, frames, new WfdbSamples(signals, frames), [.. header.Signals.Select(s => ChannelOf(s, header.FrameRateHz, frames))], remarks);
    }

    /// <summary>The channel of a signal.</summary>
    public static Channel ChannelOf(WfdbSignal signal, double frameRateHz, long frames)
    {
        var unit = Unit.Parse(signal.Units);
        var (low, high) = signal.Format.Range();
        return new Channel(signal.Description, WfdbChannelKind.Of(signal.Description, unit), unit, frameRateHz * signal.SamplesPerFrame, frames * signal.SamplesPerFrame)
        {
            Calibration = signal.Format == SampleFormat.Null
                ? null
                : new Calibration(1 / signal.Gain, -signal.Baseline / signal.Gain, low, high, (low - signal.Baseline) / signal.Gain, (high - signal.Baseline) / signal.Gain),
        };
    }

    private static List<(string File, SampleFormat Format, List<WfdbSignal> Signals)> Groups(WfdbHeader header)
    {
        List<(string File, SampleFormat Format, List<WfdbSignal> Signals)> groups = [];
        foreach (var signal in header.Signals)
        {
            if (groups.Count == 0 || groups[^1].File != signal.File || signal.Format == SampleFormat.Null)
            {
                if (signal.Format != SampleFormat.Null && groups.Any(g => g.File == signal.File))
                {
                    throw new MalformedFileException(header.Path, null, $"signal file of '{signal.Description}'", $"\"{signal.File}\" again after another file", "the signals of one file to follow each other");
                }

                groups.Add((signal.File, signal.Format, [signal]));
                continue;
            }

            var first = groups[^1].Signals[0];
            if (first.Format != signal.Format || first.ByteOffset != signal.ByteOffset)
            {
                throw new MalformedFileException(
                    header.Path, null, $"format of '{signal.Description}'", FormattableString.Invariant($"{(int)signal.Format}+{signal.ByteOffset}"),
                    FormattableString.Invariant($"{(int)first.Format}+{first.ByteOffset}, as the other signals of \"{signal.File}\" have"));
            }

            groups[^1].Signals.Add(signal);
        }

        foreach (var group in groups)
        {
            var size = group.Signals.Sum(s => (long)s.SamplesPerFrame);
            if (size > LargestFrame)
            {
                throw new MalformedFileException(header.Path, null, $"samples per frame of \"{group.File}\"", FormattableString.Invariant($"{size}"), FormattableString.Invariant($"at most {LargestFrame} in a frame"));
            }
        }

        return groups;
    }

    private static long Derive(List<(string File, SampleFormat Format, List<WfdbSignal> Signals)> groups, string[] paths, SignalFiles files, List<string> remarks)
    {
        long[] counts =
        [
            .. groups.Zip(paths).Where(p => p.Second.Length > 0).Select(p =>
                p.First.Format.IsFlac()
                    ? SignalFiles.OpenFlac(files, p.Second).Info.Samples / p.First.Signals[0].SamplesPerFrame
                    : p.First.Format.SamplesIn(Math.Max(0, new FileInfo(p.Second).Length - p.First.Signals[0].ByteOffset)) / p.First.Signals.Sum(s => s.SamplesPerFrame)),
        ];
        var frames = counts.Length == 0 ? 0 : counts.Min();
        remarks.Add(FormattableString.Invariant($"The header does not state the number of samples: {frames} are taken from the length of the signal file{(counts.Length > 1 ? "s" : "")}."));
        if (counts.Length > 1 && counts.Max() != frames)
        {
            remarks.Add(FormattableString.Invariant($"The signal files differ in length ({frames} to {counts.Max()} samples per signal): the shortest decides."));
        }

        return frames;
    }

    private static void RequireLength((string File, SampleFormat Format, List<WfdbSignal> Signals) group, string path, long frames, List<string> remarks)
    {
        var length = new FileInfo(path).Length;
        var frame = group.Signals.Sum(s => s.SamplesPerFrame);
        var offset = group.Signals[0].ByteOffset;
        var held = group.Format.SamplesIn(Math.Max(0, length - offset)) / frame;
        if (offset > length || held < frames)
        {
            throw new MalformedFileException(
                path, length, "samples", FormattableString.Invariant($"the end of the file after {held} samples per signal"),
                FormattableString.Invariant($"{frames} samples per signal in format {(int)group.Format}, as the header states"));
        }

        if (held > frames)
        {
            remarks.Add(FormattableString.Invariant($"{group.File} holds {held - frames} more samples per signal than the header states; they are left out."));
        }
    }
}
