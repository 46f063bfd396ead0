using SignalLab.Model;

namespace SignalLab.Formats.OpenBci;

/// <summary>The running number of each packet: it wraps, and jumps where packets were lost on the air.</summary>
internal sealed class RunningNumbers
{
    private readonly List<(long Sample, long Jump)> jumps = [];
    private readonly Dictionary<int, long> steps = [];
    private double last = double.NaN;
    private double largest;
    private long count;

    /// <summary>Takes the next row's number in.</summary>
    /// <param name="number">The number.</param>
    public void Add(double number)
    {
        if (!double.IsNaN(last) && Math.Abs(number - last) < 1e6)
        {
            var step = (int)(number - last);
            steps[step] = steps.GetValueOrDefault(step) + 1;
            if (step != 1)
            {
                jumps.Add((count, step));
            }
        }

        largest = Math.Max(largest, double.IsNaN(number) ? 0 : number);
        last = number;
        count++;
    }

    /// <summary>The stretches between lost packets.</summary>
    /// <param name="samples">Rows.</param>
    /// <param name="rateHz">Stated rate.</param>
    /// <param name="mostLost">More jumps than this share of the rows and the number is no running one.</param>
    /// <param name="remarks">Receives how many packets are missing.</param>
    public IReadOnlyList<Segment> Segments(long samples, double rateHz, double mostLost, List<string> remarks)
    {
        // Cyton counts 0 to 255 by ones; other boards count otherwise and lose packets unnoticed.
        var modulus = (long)largest + 1;
        var isCounted = modulus == 256 && steps.GetValueOrDefault(1) >= (1 - mostLost) * count;
        var segments = new List<Segment>();
        var (first, onset, lost) = (0L, 0.0, 0L);
        foreach (var (sample, jump) in isCounted ? jumps : [])
        {
            var missing = (((jump % modulus) + modulus) % modulus) - 1;
            if (missing <= 0)
            {
                continue;
            }

            segments.Add(new(onset, (sample - first) / rateHz));
            onset += (sample - first + missing) / rateHz;
            (first, lost) = (sample, lost + missing);
        }

        if (samples > first)
        {
            segments.Add(new(onset, (samples - first) / rateHz));
        }

        if (lost > 0)
        {
            remarks.Add(FormattableString.Invariant($"{lost} packets are missing by their running numbers: gaps of their length."));
        }

        return segments;
    }

    /// <summary>Real time of a stored sample.</summary>
    public static double TimeOf(IReadOnlyList<Segment> segments, long sample, double rateHz)
    {
        var stored = 0.0;
        foreach (var segment in segments)
        {
            if (sample < stored + (segment.DurationSeconds * rateHz) - 1e-6)
            {
                return segment.OnsetSeconds + ((sample - stored) / rateHz);
            }

            stored += segment.DurationSeconds * rateHz;
        }

        return sample / rateHz;
    }
}
