namespace SignalLab.Analysis.Ecg;

/// <summary>Broad QRS complexes of conducted beats: which bundle branch is blocked, by the shape of the usual beat in V1 and in a left-sided lead.</summary>
/// <remarks>Source: Surawicz et al., AHA/ACCF/HRS recommendations for the standardization and interpretation of the electrocardiogram, part III (Circulation 2009; 119: e235).</remarks>
internal static class BundleBranches
{
    private const double BroadSeconds = 0.12;
    private const double TerminalSeconds = 0.04;
    private const int FewestBeats = 3;

    private const string Broad = "broad QRS complex";

    private static readonly string[] LeftSided = ["V6", "I", "V5"];
    private static readonly (string Name, string Shape, double Confidence) Untold = (Broad, "the side was not judged, because V1 and one of V6, I and V5 are needed", 0.7);

    /// <summary>Finds a bundle-branch block, or says why its side cannot be told.</summary>
    /// <param name="examination">The examination; its median beat shows the shape.</param>
    /// <param name="strip">Its beats.</param>
    public static IEnumerable<RhythmFinding> Find(EcgExamination examination, RhythmStrip strip)
    {
        var beats = Enumerable.Range(0, strip.Count).Where(i => strip.Conducted[i] && double.IsFinite(strip.QrsSeconds[i])).ToArray();
        var seconds = double.IsFinite(strip.UsualQrsSeconds) ? strip.UsualQrsSeconds : RhythmStrip.Median(beats.Select(i => strip.QrsSeconds[i]));
        if (beats.Length < FewestBeats || !(seconds >= BroadSeconds) || strip.Paced.Count(p => p) > strip.Count / 2)
        {
            yield break;
        }

        var (name, shape, confidence) = Shape(examination.Median);
        yield return new(name, strip.Seconds[beats[0]], strip.Seconds[beats[^1]], FormattableString.Invariant($"QRS duration {1000 * seconds:0} ms, usual of {beats.Length} conducted beats; {shape}."), confidence);
    }

    private static (string Name, string Shape, double Confidence) Shape(MedianBeat? median)
    {
        if (median is not { Global: { QrsOn: { } on, QrsOff: { } off } })
        {
            return (Broad, "its shape was not judged, because there is no median beat", 0.7);
        }

        var right = Of(median, on, off, "V1");
        (double First, double Last, double Area)[] left = [.. LeftSided.Select(l => Of(median, on, off, l)).OfType<(double, double, double)>()];
        return right switch
        {
            null => Untold,
            _ when left.Length == 0 => Untold,
            { Last: > 0 } when left.Any(l => l is { Last: < 0 }) => ("right bundle-branch block", "it ends upwards in V1 and downwards in a left-sided lead", 0.8),
            { Area: < 0, Last: < 0 } when left.Any(l => l is { Area: > 0, Last: > 0, First: > 0 }) => ("left bundle-branch block", "it points down in V1 and upwards, without q, in a left-sided lead", 0.8),
            _ => ("intraventricular conduction delay", "its shape in V1 and the left-sided leads is that of neither bundle branch", 0.6),
        };
    }

    // Mean of the first and the last part of the complex, and its area, above the line from its onset to its end: a shifted ST segment is no part of it.
    private static (double First, double Last, double Area)? Of(MedianBeat median, long on, long off, string lead)
    {
        var channels = median.Waveforms.Channels;
        var channel = Enumerable.Range(0, channels.Count).FirstOrDefault(c => string.Equals(channels[c].Label.Replace("lead", "", StringComparison.OrdinalIgnoreCase).Trim(), lead, StringComparison.OrdinalIgnoreCase), -1);
        if (channel < 0 || on < 0 || off >= channels[channel].SampleCount || off <= on)
        {
            return null;
        }

        var values = new double[off - on + 1];
        median.Waveforms.Samples.Read(channel, on, values);
        var part = Math.Clamp((int)Math.Round(TerminalSeconds * channels[channel].RateHz), 1, values.Length);
        var (begin, rise) = (values[0], (values[^1] - values[0]) / (values.Length - 1));
        for (var i = 0; i < values.Length; i++)
        {
            values[i] -= begin + (rise * i);
        }

        return (values.Take(part / 2 is var half and > 0 ? half : 1).Average(), values.TakeLast(part).Average(), values.Sum());
    }
}
