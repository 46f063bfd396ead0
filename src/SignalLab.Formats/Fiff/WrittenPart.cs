using SignalLab.Model;

namespace SignalLab.Formats.Fiff;

/// <summary>One file of a raw recording that is written: a FIFF file's positions end at 2 GB, a longer recording goes on in further files.</summary>
/// <param name="Path">The file: <c>raw.fif</c>, then <c>raw-1.fif</c>, <c>raw-2.fif</c> and so on.</param>
/// <param name="First">Its first stored sample.</param>
/// <param name="End">The one after its last.</param>
internal sealed record WrittenPart(string Path, long First, long End)
{
    private const int NextFile = 2, PreviousFile = 1;

    // The measurement information and what is written beside the samples.
    private const double ShareForSamples = 0.99;

    /// <summary>The files of a recording.</summary>
    /// <param name="path">The first.</param>
    /// <param name="count">Samples a channel.</param>
    /// <param name="frameBytes">Bytes of a sample of all channels.</param>
    /// <param name="largestFile">Bytes a file may have.</param>
    /// <exception cref="UnfitInputException">Not one sample of all channels fits a file.</exception>
    public static IReadOnlyList<WrittenPart> Of(string path, long count, long frameBytes, long largestFile)
    {
        var most = (long)(ShareForSamples * largestFile) / frameBytes;
        if (most < 1)
        {
            throw new UnfitInputException($"{path}: has more channels than a FIFF file of 2 GB can hold.");
        }

        var parts = new List<WrittenPart> { new(path, 0, Math.Min(most, count)) };
        while (parts[^1].End < count)
        {
            parts.Add(new(Numbered(path, parts.Count), parts[^1].End, Math.Min(parts[^1].End + most, count)));
        }

        return parts;
    }

    /// <summary>The runs of a recording as far as they lie in this file.</summary>
    /// <param name="recording">The recording, its channels of one rate.</param>
    public IEnumerable<SampleRun> Runs(Recording recording)
    {
        var rate = recording.Channels[0].RateHz;
        foreach (var run in recording.Runs(0))
        {
            var (first, end) = (Math.Max(run.FirstSample, First), Math.Min(run.EndSample, End));
            if (end > first)
            {
                yield return new(run.OnsetSeconds + ((first - run.FirstSample) / rate), first, end - first);
            }
        }
    }

    /// <summary>Names the files before and after this one, so that readers find them.</summary>
    /// <param name="tags">Receives the references.</param>
    /// <param name="parts">All files.</param>
    public void WriteReferences(TagWriter tags, IReadOnlyList<WrittenPart> parts)
    {
        var index = parts.ToList().IndexOf(this);
        foreach (var (other, role) in new[] { (index - 1, PreviousFile), (index + 1, NextFile) })
        {
            if (other >= 0 && other < parts.Count)
            {
                tags.Block(BlockKind.Reference, () =>
                {
                    tags.Ints(TagKind.ReferenceRole, role);
                    tags.Text(TagKind.ReferenceName, System.IO.Path.GetFileName(parts[other].Path));
                    tags.Ints(TagKind.ReferenceNumber, other);
                });
            }
        }
    }

    private static string Numbered(string path, int number)
    {
        var ending = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? System.IO.Path.GetExtension(path[..^3]) + path[^3..] : System.IO.Path.GetExtension(path);
        return FormattableString.Invariant($"{path[..^ending.Length]}-{number}{ending}");
    }
}
