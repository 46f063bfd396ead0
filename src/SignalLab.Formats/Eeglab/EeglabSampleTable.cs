using SignalLab.Formats.Mat;
using SignalLab.Formats.Numbers;
using SignalLab.Model;

namespace SignalLab.Formats.Eeglab;

/// <summary>Where the samples lie: channels × points (× trials), in the file or beside it.</summary>
/// <param name="Numbers">All samples in storage order.</param>
/// <param name="ChannelCount">Channels.</param>
/// <param name="Points">Points of a trial.</param>
/// <param name="Trials">Trials; 1 for a continuous recording.</param>
/// <param name="RateHz">Sampling rate.</param>
/// <param name="IsChannelMajor">True where each channel's samples stand together (<c>.dat</c> files), false where each point's channels do.</param>
internal sealed record EeglabSampleTable(MatNumbers Numbers, int ChannelCount, int Points, int Trials, double RateHz, bool IsChannelMajor)
{
    /// <summary>Samples of a channel over all trials.</summary>
    public long SampleCount => (long)Points * Trials;

    /// <summary>The samples, read when asked for.</summary>
    public ISampleSource Samples() => Numbers is Mat5Numbers stored
        ? new NumberSamples(
            stored.Source, new(stored.StoredType, ChannelCount, IsChannelMajor, stored.IsBigEndian), stored.Offset, SampleCount, [.. Enumerable.Range(0, ChannelCount).Select(c => new NumberColumn(c))])
        : new EeglabSamples(this);

    /// <summary>Finds the samples of a dataset.</summary>
    /// <param name="fields">The dataset.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static EeglabSampleTable Of(EeglabFields fields, List<string> remarks)
    {
        var (channels, points) = (fields.Whole("nbchan", 1), fields.Whole("pnts", 0));
        var trials = fields["trials"] is { Count: > 0 } ? fields.Whole("trials", 1) : 1;
        var rate = fields["srate"].AsNumber() is { } r && r > 0 && double.IsFinite(r) ? r : throw fields.Fault("srate", "no positive number", "the sampling rate in Hz");
        var wanted = (long)channels * points * trials;
        switch (fields["data"])
        {
            case MatNumbers numbers when numbers.Count == wanted && (wanted == 0 || numbers.Dimensions[0] == channels):
                return new(numbers, channels, points, trials, rate, false);
            case MatNumbers numbers:
                throw fields.Fault("data", string.Join(" × ", numbers.Dimensions), FormattableString.Invariant($"{channels} channels × {points} points × {trials} trials"));
            case MatText { Count: > 0 } name:
                var path = Locate(fields, name.ToString(), remarks);
                return new(Beside(path, channels, points, trials, remarks), channels, points, trials, rate, path.EndsWith(".dat", StringComparison.OrdinalIgnoreCase));
            default:
                throw fields.Fault("data", "nothing", "samples, or the name of the file that holds them");
        }
    }

    // EEGLAB keeps the name the file had when saved; a dataset that was renamed since has its samples under its own name.
    private static string Locate(EeglabFields fields, string name, List<string> remarks)
    {
        if (name.IndexOfAny(['/', '\\', '\0', ':']) >= 0 || name is "." or ".." || name.Any(char.IsControl))
        {
            throw fields.Fault("data", $"\"{name}\"", "the name of a file beside the dataset, without a path");
        }

        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(fields.Path))!;
        var stated = System.IO.Path.Combine(folder, name);
        if (File.Exists(stated))
        {
            return stated;
        }

        var renamed = System.IO.Path.Combine(folder, System.IO.Path.GetFileNameWithoutExtension(fields.Path) + System.IO.Path.GetExtension(name));
        if (!File.Exists(renamed) || System.IO.Path.GetFullPath(renamed) == System.IO.Path.GetFullPath(fields.Path))
        {
            throw fields.Fault("data", $"no file \"{name}\" beside the dataset", "the file that holds its samples");
        }

        remarks.Add($"The dataset names its samples \"{name}\", which is not there; \"{System.IO.Path.GetFileName(renamed)}\" was taken.");
        return renamed;
    }

    private static Mat5Numbers Beside(string path, int channels, int points, int trials, List<string> remarks)
    {
        var bytes = ByteSource.OpenAsIs(path);
        var wanted = sizeof(float) * (long)channels * points * trials;
        if (bytes.Length < wanted)
        {
            throw new MalformedFileException(
                path, bytes.Length, "samples", FormattableString.Invariant($"the end of the file at byte {bytes.Length}"),
                FormattableString.Invariant($"{wanted} bytes: {channels} channels × {points} points × {trials} trials of 4 bytes"));
        }

        if (bytes.Length > wanted)
        {
            remarks.Add(FormattableString.Invariant($"{System.IO.Path.GetFileName(path)} holds {bytes.Length - wanted} bytes more than the dataset states; they are left out."));
        }

        return new([channels, (long)points * trials], false, bytes, 0, Mat5Numbers.Single, isBig: false);
    }
}
