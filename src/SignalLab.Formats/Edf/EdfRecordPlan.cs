using System.Globalization;
using SignalLab.Model;

namespace SignalLab.Formats.Edf;

/// <summary>One uninterrupted stretch of data records.</summary>
/// <param name="Onset">Seconds since the first sample.</param>
/// <param name="Records">Number of records.</param>
/// <param name="PaddedSeconds">What is filled up at its end because no record length divides it; 0 as a rule.</param>
internal readonly record struct EdfStretch(decimal Onset, long Records, double PaddedSeconds);

/// <summary>How a recording is cut into data records of one length: every rate gives whole samples, every segment whole records, and the length prints in eight characters.</summary>
internal sealed record EdfRecordPlan
{
    // Beyond this other readers give up.
    private const long LargestRecordBytes = 10_000_000;

    // A rate changed by so little (a tenth of a second in ten days) is the printed duration's last digit.
    private const double RateTolerance = 1e-7;

    public required decimal RecordSeconds { get; init; }

    /// <summary>Per channel.</summary>
    public required int[] SamplesPerRecord { get; init; }

    public required EdfStretch[] Stretches { get; init; }

    /// <summary>Largest relative change of a rate by the printed duration.</summary>
    public double RateError { get; init; }

    public long RecordCount => Stretches.Sum(s => s.Records);

    /// <summary>Cuts a recording.</summary>
    /// <param name="recording">The recording; one without channels gives one record of no length, for its annotations.</param>
    /// <param name="sampleBytes">2 or 3.</param>
    /// <exception cref="UnfitInputException">No record length suits its rates and gaps.</exception>
    public static EdfRecordPlan For(Recording recording, int sampleBytes)
    {
        if (recording.Channels.Count == 0)
        {
            return new() { RecordSeconds = 0, SamplesPerRecord = [], Stretches = [new(0, 1, 0)] };
        }

        recording.RequireOneClock();
        var channels = Enumerable.Range(0, recording.Channels.Count).Select(c => new Line(recording.Channels[c].RateHz, [.. recording.Runs(c).Select(r => r.Count)])).ToArray();
        if (channels.Any(c => c.Counts.Length != channels[0].Counts.Length) || channels[0].Counts.Sum() == 0)
        {
            throw new UnfitInputException("The recording (or one of its channels) holds no samples: there is nothing to write as EDF.");
        }

        var kinds = channels.DistinctBy(c => (c.RateHz, string.Join(' ', c.Counts))).OrderByDescending(c => c.RateHz).ToArray();
        var onsets = recording.Segments.Select(s => EdfNumber.Exact(s.OnsetSeconds)).ToArray();
        var bytesPerSecond = sampleBytes * channels.Sum(c => c.RateHz);
        var best = Whole(kinds, bytesPerSecond) ?? Padded(kinds, onsets, bytesPerSecond)
            ?? throw new UnfitInputException(
                $"No EDF record length suits the rates {string.Join(", ", kinds.Select(k => k.RateHz).Distinct().Select(r => r.ToString("R", CultureInfo.InvariantCulture)))} Hz and these segments: crop to whole seconds, or pick channels of one rate.");
        return new()
        {
            RecordSeconds = best.Seconds,
            SamplesPerRecord = [.. channels.Select(c => best.Samples(c))],
            Stretches = [.. onsets.Select((onset, s) =>
            {
                var records = kinds.Max(k => (k.Counts[s] + best.Samples(k) - 1) / best.Samples(k));
                var filled = kinds.Max(k => ((records * best.Samples(k)) - k.Counts[s]) / k.RateHz);
                return new EdfStretch(onset, records, filled);
            })],
            RateError = best.Error,
        };
    }

    // Lengths that divide every segment: nothing is added.
    private static Candidate? Whole(Line[] kinds, double bytesPerSecond)
    {
        var fastest = kinds[0];
        var shared = fastest.Counts.Aggregate(0L, Gcd);
        var candidates = new List<Candidate>();
        foreach (var samples in Divisors(shared))
        {
            if (samples <= int.MaxValue && Candidate.Of(samples, fastest.RateHz, kinds) is { } candidate
                && kinds.All(k => k.Counts.Zip(fastest.Counts).All(n => (Int128)n.First * samples == (Int128)n.Second * candidate.Samples(k)))
                && (double)candidate.Seconds * bytesPerSecond <= LargestRecordBytes)
            {
                candidates.Add(candidate);
            }
        }

        return Best(candidates, bytesPerSecond);
    }

    // Lengths that suit the rates; the last record of a segment is filled up, but never into the next segment.
    private static Candidate? Padded(Line[] kinds, decimal[] onsets, double bytesPerSecond)
    {
        var fastest = kinds[0];
        var candidates = new List<Candidate>();
        var most = (int)Math.Clamp(10 * fastest.RateHz, 2000, 1_000_000);
        for (var samples = 1; samples <= most; samples++)
        {
            if (Candidate.Of(samples, fastest.RateHz, kinds) is { } candidate && LeavesGaps(candidate))
            {
                candidates.Add(candidate);
            }
        }

        return Best(candidates, bytesPerSecond);

        bool LeavesGaps(Candidate candidate)
        {
            for (var s = 0; s + 1 < onsets.Length; s++)
            {
                var records = kinds.Max(k => (k.Counts[s] + candidate.Samples(k) - 1) / candidate.Samples(k));
                if (onsets[s] + (records * candidate.Seconds) > onsets[s + 1])
                {
                    return false;
                }
            }

            return true;
        }
    }

    // Exact rates first, then records near one second that are not mostly time stamps.
    private static Candidate? Best(List<Candidate> candidates, double bytesPerSecond) =>
        candidates.OrderBy(c => c.Error > 0).ThenBy(c => Math.Abs(Math.Log((double)c.Seconds)) + (bytesPerSecond * (double)c.Seconds < 100 ? 5 : 0)).FirstOrDefault();

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);

    private static IEnumerable<long> Divisors(long number)
    {
        for (long d = 1; d * d <= number; d++)
        {
            if (number % d == 0)
            {
                yield return d;
                if (d != number / d)
                {
                    yield return number / d;
                }
            }
        }
    }

    private sealed record Line(double RateHz, long[] Counts);

    private sealed record Candidate(decimal Seconds, double Error)
    {
        public static Candidate? Of(long samples, double rateHz, Line[] kinds)
        {
            if (EdfNumber.Nearest(samples / rateHz) is not { } seconds || seconds <= 0)
            {
                return null;
            }

            var candidate = new Candidate(seconds, 0);
            var error = 0.0;
            foreach (var kind in kinds)
            {
                var whole = candidate.Samples(kind);
                error = Math.Max(error, whole < 1 ? 1 : Math.Abs((whole / (double)seconds / kind.RateHz) - 1));
            }

            return error <= RateTolerance ? candidate with { Error = error } : null;
        }

        public int Samples(Line line) => (int)Math.Min(int.MaxValue, Math.Round(line.RateHz * (double)Seconds));
    }
}
